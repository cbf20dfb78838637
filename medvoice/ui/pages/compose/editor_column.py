"""The middle: topic, private title, the page, and the footer that says what is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout

from medvoice.domain.topic import Topic
from medvoice.ui.editor import PostEditor
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.pill import TopicChip

COLUMN = 600
SIDE = 40


class EditorColumn(Surface):
    """`edited` for every change of title or text by the person; `topic_chosen(id)`."""

    edited = Signal()
    topic_chosen = Signal(str)
    left_field = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface")
        self.theme = theme
        self.setObjectName("editor_column")
        self.topics: tuple[Topic, ...] = ()
        self.topic_chip = TopicChip(theme, "rwe", self.tr("No topic"))
        self.topic_chip.setObjectName("topic_chip")
        self.title = QLineEdit()
        self.title.setObjectName("draft_title")
        self.title.setProperty("bare", True)
        self.title.setPlaceholderText(self.tr("A title for yourself"))
        self.title.setAccessibleName(self.tr("Private title, never posted"))
        self.editor = PostEditor(theme)
        self.editor.setPlaceholderText(self.tr("Write as you would say it to a colleague."))
        self.words = Label(theme, "", "small", "text.tertiary")
        self.saved = Label(theme, "", "small", "text.tertiary")
        self.saved.setObjectName("saved_line")
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(20), 0, 0)
        column.setSpacing(px(4))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(10))
        self._head.addWidget(self.topic_chip)
        self._head.addWidget(
            Label(self.theme, self.tr("Private title, never posted"), "small", "text.tertiary")
        )
        self._head.addStretch(1)
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self.title)
        column.addLayout(self._head)
        column.addLayout(self._title_row)
        column.addWidget(self.editor, 1)
        column.addWidget(self._footer())
        self.title.textEdited.connect(self._changed)
        self.title.editingFinished.connect(self.left_field)
        self.editor.text_edited.connect(self._changed)
        self.topic_chip.clicked.connect(self._choose_topic)

    def _footer(self) -> Surface:
        footer = Surface("surface", edge="top")
        footer.setObjectName("editor_footer")
        footer.setFixedHeight(self.theme.px("editorFooter"))
        row = QHBoxLayout(footer)
        row.setContentsMargins(self.theme.px(16), 0, self.theme.px(16), 0)
        row.setSpacing(self.theme.px(4))
        for text, icon, sign in ((self.tr("Tag"), "hash", "#"), (self.tr("Mention"), "at-sign", "@")):
            button = Button(self.theme, text, kind="ghost", size="small", icon=icon)
            button.clicked.connect(lambda _on=False, sign=sign: self.insert(sign))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addWidget(Label(self.theme, "·", "small", "text.tertiary"))
        row.addWidget(self.saved)
        return footer

    def insert(self, sign: str) -> None:
        """Put a sign at the caret, with a space before it where the text needs one."""
        before = self.editor.text()[: self.editor.caret()]
        space = "" if not before or before[-1].isspace() else " "
        self.editor.insert_text(space + sign)
        self.editor.setFocus()

    def show_words(self) -> None:
        """Count again."""
        count = len(self.editor.text().split())
        self.words.setText(self.tr("1 word") if count == 1 else self.tr("{n} words").format(n=count))

    def show_topic(self, topic_id: str | None) -> None:
        topic = next((each for each in self.topics if each.id == topic_id), None)
        if topic is None:
            self.topic_chip.set_topic("career", self.tr("No topic"))
        else:
            self.topic_chip.set_topic(topic.slot, topic.name)

    def _choose_topic(self) -> None:
        menu = QMenu(self)
        for topic in self.topics:
            menu.addAction(topic.name, lambda topic=topic: self.topic_chosen.emit(topic.id))
        menu.addAction(self.tr("No topic"), lambda: self.topic_chosen.emit(""))
        menu.popup(self.topic_chip.mapToGlobal(self.topic_chip.rect().bottomLeft()))

    def _changed(self) -> None:
        self.show_words()
        self.edited.emit()

    def _restyle(self) -> None:
        self.title.setFont(self.theme.font("draftTitle"))
        self.title.setMinimumHeight(self.theme.line_height("draftTitle") + 8)
        self.place()

    def place(self) -> None:
        """Keep head and title in line with the page's column."""
        left = self.editor.column_left()
        self._head.setContentsMargins(left, 0, left, 0)
        self._title_row.setContentsMargins(left, 0, left, 0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        self.place()
