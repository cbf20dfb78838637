"""The private title of a draft: one line of words on as many lines as it needs."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy

from medvoice.ui.editor.pasting import read_paste
from medvoice.ui.editor.words_edit import WordsEdit
from medvoice.ui.theme import Theme

MAX_TITLE = 300


class TitleEdit(WordsEdit):
    """Enter and Down go to the page. `pasted(Pasted)` when something of the clipboard was left out."""

    edited = Signal()
    left_downwards = Signal()
    left_field = Signal()
    pasted = Signal(object)

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
        self.words.start()
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

    def insertFromMimeData(self, source: QMimeData) -> None:
        pasted = read_paste(source, MAX_TITLE - self.document().characterCount())
        if pasted.text:
            self.insertPlainText(" ".join(pasted.text.split("\n")))
        if pasted.refusal or pasted.dropped or pasted.pictures:
            self.pasted.emit(pasted)

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
