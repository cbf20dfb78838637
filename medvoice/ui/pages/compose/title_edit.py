"""The private title of a draft: one line of words on as many lines as it needs."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy

from medvoice.ui.editor.pasting import read_paste
from medvoice.ui.editor.words_edit import WordsEdit
from medvoice.ui.theme import Theme

MAX_TITLE = 300
# Of the column: a long title in a small window scrolls, the text keeps the rest.
MOST_SHARE, LEAST_LINES = 0.4, 2


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
        self._room = 10_000
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

    def fit_into(self, height: int) -> None:
        """The column is so high now."""
        self._room = height
        self._fit()

    def _fit(self) -> None:
        line = self.theme.line_height("draftTitle")
        most = max(int(self._room * MOST_SHARE / line), LEAST_LINES)
        lines = min(max(1, round(self.document().size().height() / line)), most)
        self.setFixedHeight(lines * line + self.theme.px(4))

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
