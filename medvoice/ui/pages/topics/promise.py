"""The head of the Topics page: the sentence one wants to be known for, and the two bars below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.services.topics import KNOWN_FOR_LENGTH
from medvoice.ui.models.topics_data import FEW_POSTS, TopicsSnapshot
from medvoice.ui.pages.topics.bars import StackedBars
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button


class SentenceEdit(QLineEdit):
    """`left` by Escape: the sentence stays as it was."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class Promise(Surface):
    """`sentence_changed(words)` when the person wrote another one."""

    sentence_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="bottom", parent=parent)
        self.theme = theme
        px = theme.px
        caption = Label(theme, self.tr("What you want to be known for"), "smallStrong", "text.secondary")
        self.words = Label(theme, "", "panelTitle", wraps=True)
        self.words.setObjectName("topics_known_for")
        self.line = SentenceEdit(self)
        self.line.setObjectName("topics_known_for_edit")
        self.line.setAccessibleName(self.tr("What you want to be known for"))
        self.line.setMaxLength(KNOWN_FOR_LENGTH)
        self.line.setPlaceholderText(self.tr("I help oncology teams read evidence with clear eyes."))
        self.line.hide()
        self.edit = Button(theme, self.tr("Edit"), kind="ghost", size="small", icon="pencil", parent=self)
        self.edit.setObjectName("topics_known_for_button")
        self.edit.setAccessibleName(self.tr("Edit what you want to be known for"))
        self.bars = StackedBars(theme, self)
        self.note = Label(theme, "", "small", "text.secondary", wraps=True)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(18), px(24), px(16))
        column.setSpacing(px(4))
        column.addWidget(caption)
        column.addLayout(row)
        column.addSpacing(px(10))
        column.addWidget(self.bars)
        column.addWidget(self.note)
        self.edit.clicked.connect(self.ask)
        self.line.returnPressed.connect(self._take)
        self.line.editingFinished.connect(self._take)
        self.line.left.connect(self._close)
        self.sentence = ""

    def show_snapshot(self, snapshot: TopicsSnapshot) -> None:
        """The sentence and how the shares stand."""
        self.sentence = snapshot.known_for
        shown = f"“{snapshot.known_for}”" if snapshot.known_for else self.tr("One sentence is enough.")
        self.words.setText(shown)
        self.words.set_tone("text.primary" if snapshot.known_for else "text.tertiary")
        topics = [row.topic for row in snapshot.rows]
        targets = [(each.slot, each.name, each.target_share) for each in topics]
        shares = [(row.topic.slot, row.topic.name, row.share) for row in snapshot.rows]
        self.bars.show_shares(
            ((self.tr("Your target"), targets), (self.tr("Last 90 days"), shares if snapshot.posts else ()))
        )
        few = 0 < snapshot.posts < FEW_POSTS
        words = self.tr("Of {n} posts: too few to read much into the shares.").format(n=snapshot.posts)
        self.note.setText(words if few else "")
        self.note.setVisible(few)

    def ask(self) -> None:
        """Let the sentence be written."""
        self.line.setText(self.sentence)
        self.words.hide()
        self.line.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self) -> None:
        if self.line.isVisible():
            written = " ".join(self.line.text().split())
            self._close()
            if written != self.sentence:
                self.sentence_changed.emit(written)

    def _close(self) -> None:
        had_focus = self.line.hasFocus()
        self.line.hide()
        self.words.show()
        if had_focus:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
