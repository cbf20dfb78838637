"""The middle: topic, private title, the page, and the footer that says what is saved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft
from medvoice.domain.topic import Topic
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.counting import count_words
from medvoice.ui.pages.compose.saved_mark import SavedMark
from medvoice.ui.pages.compose.title_edit import TitleEdit
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.pill import TopicChip

if TYPE_CHECKING:
    from medvoice.ui.editor.find_bar import FindBar
    from medvoice.ui.editor.pasting import Pasted
    from medvoice.ui.widgets.message import Banner

ICONS_BELOW, COUNTS_BELOW = 640, 560
COUNT_AFTER_MS = 120
HEAD_ABOVE = 28


class EditorColumn(Surface):
    """`edited` for every change of title or text by the person; `topic_chosen(id)`, `topic_menu(menu)`
    before it opens, `layer_chosen(channel)` ("" is the main text), `own_text_wanted(channel, is_own)`,
    `compare_wanted(channel)`, `split_requested` for the thread, `duplicate_wanted`, `history_wanted`,
    `tie_wanted` and `archive_wanted` of the open draft; `told(words)` for one sentence to the person,
    `replaced(words)` for one that Ctrl+Z takes back."""

    edited = Signal()
    topic_chosen = Signal(str)
    topic_menu = Signal(object)
    left_field = Signal()
    layer_chosen = Signal(str)
    own_text_wanted = Signal(str, bool)
    split_requested = Signal()
    idea_switched = Signal(bool)
    compare_wanted = Signal(str)
    duplicate_wanted = Signal()
    history_wanted = Signal()
    archive_wanted = Signal()
    tie_wanted = Signal()
    told = Signal(str)
    replaced = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface")
        self.theme = theme
        self.setObjectName("editor_column")
        self.topics: tuple[Topic, ...] = ()
        self._draft: Draft | None = None
        self.topic_chip = TopicChip(theme, "rwe", self.tr("No topic"))
        self.topic_chip.setObjectName("topic_chip")
        self.topic_chip.hide()  # there is a draft with a topic first
        self.no_topic = Button(theme, self.tr("Choose a topic"), size="small")
        self.no_topic.setObjectName("choose_topic")
        self.title = TitleEdit(theme)
        self.editor = PostEditor(theme)
        self.editor.set_hint(self.tr("Write as you would say it to a colleague."))
        self.layers: SegmentedControl | None = None
        self._layer_keys: list[str] = []
        self.more = IconButton(theme, "ellipsis", self.tr("More for this draft"), size="small")
        self.more.setObjectName("draft_more")
        self.words = Label(theme, "", "small", "text.tertiary")
        self.words.setObjectName("word_count")
        self.saved = Label(theme, "", "small", "text.tertiary")
        self.saved.setObjectName("saved_line")
        self.saved_mark = SavedMark(theme)
        self._tools: list[tuple[Button, str]] = []
        self._find: FindBar | None = None
        self._is_alone = False
        self._banners: dict[str, Banner] = {}
        self._notes: QVBoxLayout | None = None
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(COUNT_AFTER_MS)
        self._count_timer.timeout.connect(self.show_words)
        self._build()
        theme.changed.connect(self.place)

    def _build(self) -> None:
        px = self.theme.px
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self._head.addWidget(self.topic_chip)
        self._head.addWidget(self.no_topic)
        words = self.tr("Private title, never posted")
        self.private = ElidedLabel(self.theme, words, "small", "text.tertiary")
        self._head.addWidget(self.private, 1)
        self._head.addStretch(0)  # while the words are hidden
        self._head.addWidget(self.more)
        self._layer_row = QHBoxLayout()  # where the head has no room for the choice of texts
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self.title)
        column.addSpacing(px(HEAD_ABOVE) - px(6))
        column.addLayout(self._head)
        column.addLayout(self._layer_row)
        column.addLayout(self._title_row)
        column.addSpacing(px(4))
        column.addWidget(self.editor, 1)
        column.addWidget(self._footer())
        self.title.edited.connect(self.edited)
        self.title.left_field.connect(self.left_field)
        self.title.left_downwards.connect(self.editor.setFocus)
        self.editor.text_edited.connect(self._changed)
        self.topic_chip.clicked.connect(self._choose_topic)
        self.no_topic.clicked.connect(self._choose_topic)
        self.more.clicked.connect(self._open_more)
        self.editor.selectionChanged.connect(self._count_timer.start)
        for part in (self.editor, self.title):
            part.pasted.connect(self._tell_of_paste)

    def _footer(self) -> Surface:
        footer = Surface("surface", edge="top")
        footer.setObjectName("editor_footer")
        self._footer_surface = footer
        footer.setFixedHeight(self.theme.px("editorFooter"))
        row = QHBoxLayout(footer)
        row.setContentsMargins(self.theme.px(20), 0, self.theme.px(20), 0)
        row.setSpacing(self.theme.px(4))
        for name, text, icon, call in (
            ("tool_tag", self.tr("Tag"), "hash", lambda: self._offer("#")),
            ("tool_mention", self.tr("Mention"), "at-sign", lambda: self._offer("@")),
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
        row.addWidget(self.saved_mark)
        row.addWidget(self.saved)
        return footer

    # What is open

    def show_draft(self, draft: Draft, layer: str) -> None:
        """Topic, layers and the tools that fit this draft; the words are set by the page."""
        self._draft = draft
        self._show_layers([channel for channel in CHANNELS if draft.variant(channel).text is not None], layer)
        self.show_topic(draft.topic_id)
        self.text_shown()

    def _show_layers(self, own: list[str], layer: str) -> None:
        """A choice between the main text and the texts of their own, where there are any."""
        if self._layer_keys != own:
            self._layer_keys = own
            if self.layers is not None:
                self._head.removeWidget(self.layers)
                self._layer_row.removeWidget(self.layers)
                self.layers.deleteLater()
                self.layers = None
            if own:
                self.layers = SegmentedControl(self.theme, self.tr("Which text"))
                self.layers.setObjectName("text_layers")
                self.layers.add("main", self.tr("Main text"))
                for channel in own:
                    self.layers.add(channel, CHANNEL_NAMES[channel], channel)
                self.layers.chosen.connect(self._layer_chosen)
                self._place_layers()
        if self.layers is not None:
            self.layers.set_current(layer or "main")

    def _layer_chosen(self, key: str) -> None:
        self.layer_chosen.emit("" if key == "main" else key)

    def show_words(self) -> None:
        """Count again: words and characters of the text, or of what is selected in it."""
        self._count_timer.stop()
        chosen = self.editor.textCursor().selection().toPlainText()
        words, spoken = count_words(self.editor.text(), chosen)
        self.words.setText(words)
        self.words.setAccessibleName(spoken)

    def _tell_of_paste(self, pasted: "Pasted") -> None:
        from medvoice.ui.pages.compose.telling import paste_words

        self.told.emit(paste_words(pasted))

    # What stands above the text

    def show_banner(self, key: str, kind: str, words: str, action: str = "", icon: str = "") -> "Banner":
        """One sentence above the text until `clear_banner`; one for each key."""
        from medvoice.ui.widgets.message import Banner

        self.clear_banner(key)
        banner = Banner(self.theme, kind, words, action, icon=icon, parent=self)
        if self._notes is None:
            self._notes = QVBoxLayout()
            self._column.insertLayout(0, self._notes)
        self._notes.addWidget(banner)
        self._banners[key] = banner
        self._place_notes()
        return banner

    def banner_words(self, key: str) -> str:
        """The sentence that stands there, "" for none."""
        return self._banners[key].text() if key in self._banners else ""

    def clear_banner(self, key: str) -> bool:
        """Take a sentence away; False when it was not there."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            banner.hide()
            banner.deleteLater()
            self._place_notes()
        return banner is not None

    def _place_notes(self) -> None:
        if self._notes is not None:
            px = self.theme.px
            self._notes.setContentsMargins(*((px(20), px(10), px(20), 0) if self._banners else (0, 0, 0, 0)))
            QTimer.singleShot(0, self, self.place)  # the title leaves room for what is said now

    # Finding words

    def find_bar(self) -> "FindBar":
        """The strip to find and replace; made when it is first asked for."""
        if self._find is None:
            from medvoice.ui.editor.find_bar import FindBar

            self._find = FindBar(self.theme, self.editor)
            self._find.told.connect(self.replaced)
            self._column.insertWidget(0, self._find)
        return self._find

    def find_bar_shown(self) -> "FindBar | None":
        """The strip to find, where it is open."""
        return self._find if self._find is not None and self._find.isVisible() else None

    def text_shown(self) -> None:
        """Another text is on the page."""
        self.show_words()
        if self._find is not None:
            self._find.refresh()

    def show_topic(self, topic_id: str | None) -> None:
        topic = next((each for each in self.topics if each.id == topic_id), None)
        parts = (self.topic_chip, self.no_topic)
        had_focus = any(part.hasFocus() for part in parts)
        self.topic_chip.setVisible(topic is not None and not self._is_alone)
        self.no_topic.setVisible(topic is None and not self._is_alone)
        if topic is not None:
            self.topic_chip.set_topic(topic.slot, topic.name)
        if had_focus:
            parts[topic is None].setFocus(Qt.FocusReason.OtherFocusReason)

    def insert(self, sign: str) -> None:
        """Put a sign at the caret, with a space before it where the text needs one."""
        before = self.editor.text()[: self.editor.caret()]
        space = "" if not before or before[-1].isspace() else " "
        self.editor.insert_text(space + sign)
        self.editor.setFocus()

    def _offer(self, sign: str) -> None:
        from medvoice.ui.pages.compose.bank_menu import offer

        button = self._tools[0 if sign == "#" else 1][0]
        offer(self, sign, self._draft.topic_id if self._draft else None, button)

    def _choose_topic(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("topic_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for topic in self.topics:
            menu.addAction(topic.name, lambda topic=topic: self.topic_chosen.emit(topic.id))
        if self.topics:
            menu.addSeparator()
        menu.addAction(self.tr("No topic"), lambda: self.topic_chosen.emit(""))
        self.topic_menu.emit(menu)
        anchor = self.topic_chip if self.topic_chip.isVisible() else self.no_topic
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """Different texts for channels, whether this is an idea, and what else can be done with a draft."""
        menu = QMenu(self)
        menu.setObjectName("draft_menu")
        draft = self._draft
        if draft is None:
            return menu
        for channel in draft.channels_on:
            name = CHANNEL_NAMES[channel]
            if draft.variant(channel).text is None:
                words = self.tr("Edit separately for {channel}").format(channel=name)
                menu.addAction(words, lambda channel=channel: self.own_text_wanted.emit(channel, True))
            else:
                words = self.tr("{channel}: compare with the main text").format(channel=name)
                menu.addAction(words, lambda channel=channel: self.compare_wanted.emit(channel))
                words = self.tr("{channel}: follow the main text again").format(channel=name)
                menu.addAction(words, lambda channel=channel: self.own_text_wanted.emit(channel, False))
        menu.addSeparator()
        words = self.tr("It is more than an idea") if draft.is_idea else self.tr("Keep as an idea")
        menu.addAction(words, lambda: self.idea_switched.emit(not draft.is_idea))
        menu.addAction(self.tr("Abstracts it draws on"), self.tie_wanted.emit)
        menu.addAction(self.tr("Versions and history"), self.history_wanted.emit)
        menu.addAction(self.tr("Duplicate"), self.duplicate_wanted.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Move to the archive"), self.archive_wanted.emit)
        return menu

    def _open_more(self) -> None:
        menu = self.more_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _changed(self) -> None:
        self._count_timer.start()  # counting must not stand between a key and its letter
        self.edited.emit()

    def set_usable(self, is_usable: bool) -> None:
        """Nothing can be typed while no draft is open."""
        for part in (self.title, self.editor, self.more, *(button for button, _ in self._tools)):
            part.setEnabled(is_usable)

    # Shape

    def set_alone(self, is_alone: bool) -> None:
        """Only title and text, or with topic and footer."""
        self._is_alone = is_alone
        self._footer_surface.setVisible(not is_alone)
        self.private.setVisible(not is_alone)
        self.more.setVisible(not is_alone)
        if self._draft is not None:
            self.show_topic(self._draft.topic_id)

    def place(self) -> None:
        """Keep head and title in line with the page's column; tools become icons where it is narrow."""
        self._footer_surface.setFixedHeight(self.theme.px("editorFooter"))
        left = self.editor.column_left()
        said = sum(banner.sizeHint().height() for banner in self._banners.values())
        self.title.fit_into(self.height() - said)
        self._head.setContentsMargins(left, 0, left, 0)
        self._title_row.setContentsMargins(left, 0, left, 0)
        self._place_layers()
        is_narrow = self.width() < self.theme.px(ICONS_BELOW)
        for button, text in self._tools:
            button.setText("" if is_narrow else text)
            button.setToolTip(text if is_narrow else "")
            button.updateGeometry()
        has_room = self.width() >= self.theme.px(COUNTS_BELOW)
        self.words.setVisible(has_room)
        self.dot.setVisible(has_room)

    def _place_layers(self) -> None:
        """The choice of texts in the head, or below it where it would be cut there."""
        layers, left = self.layers, self._head.contentsMargins().left()
        self._layer_row.setContentsMargins(left, 0, left, 0)
        if layers is None:
            return
        beside = [part.sizeHint().width() for part in (self.topic_chip, self.no_topic) if not part.isHidden()]
        needed = [*beside, layers.sizeHint().width(), self.more.sizeHint().width()]
        has_room = sum(needed) + self._head.spacing() * len(needed) <= self.width() - 2 * left
        if has_room == (self._head.indexOf(layers) >= 0) and layers.parentWidget() is self:
            return
        self._head.removeWidget(layers)
        self._layer_row.removeWidget(layers)
        if has_room:
            self._head.insertWidget(self._head.count() - 1, layers)
        else:
            self._layer_row.insertWidget(0, layers, 0, Qt.AlignmentFlag.AlignLeft)

    def show_saved(self, words: str, *, is_kept: bool = False) -> None:
        """Whether the words are kept, in words, and with a check mark where they are."""
        self.saved.setText(words)
        self.saved_mark.setVisible(is_kept)

    def paint_now(self) -> None:
        """Paint what was just put on the page before anything else is done."""
        self._column.activate()
        self.repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The editor gets its width from the layout after this; its column is known then.
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.place()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
