"""The middle: topic, private title, the page, and the footer that says what is saved."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QTextEdit, QVBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft
from medvoice.domain.topic import Topic
from medvoice.ui.editor import PostEditor
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.pill import TopicChip

ICONS_BELOW = 640


class TitleEdit(QTextEdit):
    """The private title: one line of words on as many lines as it needs. Enter and Down go to the page."""

    edited = Signal()
    left_downwards = Signal()
    left_field = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("draft_title")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText(self.tr("A title for yourself"))
        self.setAccessibleName(self.tr("Private title, never posted"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_loading = False
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self.restyle)
        self.restyle()

    def text(self) -> str:
        """The title on one line."""
        return " ".join(self.toPlainText().split("\n"))

    def set_text(self, text: str) -> None:
        """Show a title; `edited` is not emitted."""
        self._is_loading = True
        self.setPlainText(" ".join(text.splitlines()))
        self.restyle()
        self._is_loading = False

    def restyle(self) -> None:
        """Font, line height and height for the text size in force."""
        was, self._is_loading = self._is_loading, True
        self.setFont(self.theme.font("draftTitle"))
        self.document().setDefaultFont(self.theme.font("draftTitle"))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        height = self.theme.line_height("draftTitle")
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(block)
        self._is_loading = was
        self._fit()

    def _changed(self) -> None:
        self._fit()
        if not self._is_loading:
            self.edited.emit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height() / self.theme.line_height("draftTitle")))
        self.setFixedHeight(lines * self.theme.line_height("draftTitle") + self.theme.px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_last = event.key() == Qt.Key.Key_Down and not self._has_line_below()
        if (is_enter or is_last) and not event.modifiers():
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def _has_line_below(self) -> bool:
        cursor = self.textCursor()
        return cursor.movePosition(QTextCursor.MoveOperation.Down)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left_field.emit()


class EditorColumn(Surface):
    """`edited` for every change of title or text by the person; `topic_chosen(id)`, `layer_chosen(channel)`
    ("" is the main text), `own_text_wanted(channel, is_own)`, `split_requested` for the thread."""

    edited = Signal()
    topic_chosen = Signal(str)
    left_field = Signal()
    layer_chosen = Signal(str)
    own_text_wanted = Signal(str, bool)
    split_requested = Signal()
    idea_switched = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface")
        self.theme = theme
        self.setObjectName("editor_column")
        self.topics: tuple[Topic, ...] = ()
        self._draft: Draft | None = None
        self.topic_chip = TopicChip(theme, "rwe", self.tr("No topic"))
        self.topic_chip.setObjectName("topic_chip")
        self.no_topic = Button(theme, self.tr("Choose a topic"), size="small")
        self.no_topic.setObjectName("choose_topic")
        self.title = TitleEdit(theme)
        self.editor = PostEditor(theme)
        self.editor.setPlaceholderText(self.tr("Write as you would say it to a colleague."))
        self.layers: SegmentedControl | None = None
        self._layer_keys: list[str] = []
        self.more = IconButton(theme, "ellipsis", self.tr("More for this draft"), size="small")
        self.more.setObjectName("draft_more")
        self.words = Label(theme, "", "small", "text.tertiary")
        self.saved = Label(theme, "", "small", "text.tertiary")
        self.saved.setObjectName("saved_line")
        self._tools: list[tuple[Button, str]] = []
        self._build()
        theme.changed.connect(self.place)

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(26), 0, 0)
        column.setSpacing(px(6))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._head.addWidget(self.topic_chip)
        self._head.addWidget(self.no_topic)
        private = Label(self.theme, self.tr("Private title, never posted"), "small", "text.tertiary")
        self._head.addWidget(private)
        self._head.addStretch(1)
        self._head.addWidget(self.more)
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self.title)
        column.addLayout(self._head)
        column.addLayout(self._title_row)
        column.addSpacing(px(6))
        column.addWidget(self.editor, 1)
        column.addWidget(self._footer())
        self.title.edited.connect(self.edited)
        self.title.left_field.connect(self.left_field)
        self.title.left_downwards.connect(self.editor.setFocus)
        self.editor.text_edited.connect(self._changed)
        self.topic_chip.clicked.connect(self._choose_topic)
        self.no_topic.clicked.connect(self._choose_topic)
        self.more.clicked.connect(self._open_more)

    def _footer(self) -> Surface:
        footer = Surface("surface", edge="top")
        footer.setObjectName("editor_footer")
        self._footer_surface = footer
        footer.setFixedHeight(self.theme.px("editorFooter"))
        row = QHBoxLayout(footer)
        row.setContentsMargins(self.theme.px(20), 0, self.theme.px(20), 0)
        row.setSpacing(self.theme.px(4))
        for name, text, icon, call in (
            ("tool_tag", self.tr("Tag"), "hash", lambda: self.insert("#")),
            ("tool_mention", self.tr("Mention"), "at-sign", lambda: self.insert("@")),
            ("tool_split", self.tr("Split thread"), "scissors", self.split_requested.emit),
        ):
            button = Button(self.theme, text, kind="ghost", size="small", icon=icon)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _on=False, call=call: call())
            self._tools.append((button, text))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.words)
        self.dot = Label(self.theme, "·", "small", "text.tertiary")
        row.addWidget(self.dot)
        row.addWidget(self.saved)
        return footer

    # What is open

    def show_draft(self, draft: Draft, layer: str) -> None:
        """Topic, layers and the tools that fit this draft; the words are set by the page."""
        self._draft = draft
        self._show_layers([channel for channel in CHANNELS if draft.variant(channel).text is not None], layer)
        self.show_topic(draft.topic_id)
        self.show_words()

    def _show_layers(self, own: list[str], layer: str) -> None:
        """A choice between the main text and the texts of their own, where there are any."""
        if self._layer_keys != own:
            self._layer_keys = own
            if self.layers is not None:
                self._head.removeWidget(self.layers)
                self.layers.deleteLater()
                self.layers = None
            if own:
                self.layers = SegmentedControl(self.theme, self.tr("Which text"))
                self.layers.setObjectName("text_layers")
                self.layers.add("main", self.tr("Main text"))
                for channel in own:
                    self.layers.add(channel, CHANNEL_NAMES[channel], channel)
                self.layers.chosen.connect(self._layer_chosen)
                self._head.insertWidget(self._head.count() - 1, self.layers)
        if self.layers is not None:
            self.layers.set_current(layer or "main")

    def _layer_chosen(self, key: str) -> None:
        self.layer_chosen.emit("" if key == "main" else key)

    def show_words(self) -> None:
        """Count again."""
        count = len(self.editor.text().split())
        self.words.setText(self.tr("1 word") if count == 1 else self.tr("{n} words").format(n=count))

    def show_topic(self, topic_id: str | None) -> None:
        topic = next((each for each in self.topics if each.id == topic_id), None)
        self.topic_chip.setVisible(topic is not None)
        self.no_topic.setVisible(topic is None)
        if topic is not None:
            self.topic_chip.set_topic(topic.slot, topic.name)

    def insert(self, sign: str) -> None:
        """Put a sign at the caret, with a space before it where the text needs one."""
        before = self.editor.text()[: self.editor.caret()]
        space = "" if not before or before[-1].isspace() else " "
        self.editor.insert_text(space + sign)
        self.editor.setFocus()

    def _choose_topic(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("topic_menu")
        for topic in self.topics:
            menu.addAction(topic.name, lambda topic=topic: self.topic_chosen.emit(topic.id))
        if self.topics:
            menu.addSeparator()
        menu.addAction(self.tr("No topic"), lambda: self.topic_chosen.emit(""))
        anchor = self.topic_chip if self.topic_chip.isVisible() else self.no_topic
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """Different texts for channels, and whether this is an idea."""
        menu = QMenu(self)
        menu.setObjectName("draft_menu")
        draft = self._draft
        if draft is None:
            return menu
        for channel in draft.channels_on:
            name = CHANNEL_NAMES[channel]
            if draft.variant(channel).text is None:
                words = self.tr("Different text for {channel}").format(channel=name)
                menu.addAction(words, lambda channel=channel: self.own_text_wanted.emit(channel, True))
            else:
                words = self.tr("{channel}: follow the main text again").format(channel=name)
                menu.addAction(words, lambda channel=channel: self.own_text_wanted.emit(channel, False))
        menu.addSeparator()
        words = self.tr("It is more than an idea") if draft.is_idea else self.tr("Keep as an idea")
        menu.addAction(words, lambda: self.idea_switched.emit(not draft.is_idea))
        return menu

    def _open_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _changed(self) -> None:
        self.show_words()
        self.edited.emit()

    def set_usable(self, is_usable: bool) -> None:
        """Nothing can be typed while no draft is open."""
        for part in (self.title, self.editor, self.more, *(button for button, _ in self._tools)):
            part.setEnabled(is_usable)

    # Shape

    def place(self) -> None:
        """Keep head and title in line with the page's column; tools become icons where it is narrow."""
        self._footer_surface.setFixedHeight(self.theme.px("editorFooter"))
        left = self.editor.column_left()
        self._head.setContentsMargins(left, 0, left, 0)
        self._title_row.setContentsMargins(left, 0, left, 0)
        is_narrow = self.width() < self.theme.px(ICONS_BELOW)
        for button, text in self._tools:
            button.setText("" if is_narrow else text)
            button.setToolTip(text if is_narrow else "")
            button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The editor gets its width from the layout after this; its column is known then.
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.place()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
