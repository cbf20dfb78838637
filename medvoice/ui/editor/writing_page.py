"""The page that holds the words: exact plain text, its shape, what may be typed and pasted."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from medvoice.ui.editor.highlighter import TokenHighlighter
from medvoice.ui.editor.pasting import MAX_TEXT, Pasted, read_paste
from medvoice.ui.editor.spans import SpanMap, clean_text
from medvoice.ui.editor.typography import typeset
from medvoice.ui.editor.words_edit import WordsEdit
from medvoice.ui.theme import Theme

# A blank line is the gap between paragraphs, as on the networks; more would not be true to the post.
PARAGRAPH_GAP = 0
# Texts whose undo history is kept while others are on the page.
KEPT_TEXTS = 12
SIDE_PADDING, SIDE_PADDING_NARROW, NARROW_BELOW = 40, 24, 560


def text_of(document: QTextDocument) -> str:
    """The text of a document with "\\n" between paragraphs."""
    raw = document.toRawText()
    return raw.replace("\u2029", "\n").replace("\u2028", "\n").removesuffix("\0")


class WritingPage(WordsEdit):
    """A field whose text is exactly what `set_text` got (after `spans.clean_text`).

    Signals: `text_edited` for each change by the person or a fix (never for `set_text`), `pasted(Pasted)`
    when something of the clipboard was left out, `escaped` for Esc. `is_typeset` switches round quotes and
    dashes on. UI thread only.
    """

    text_edited = Signal()
    pasted = Signal(object)
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.is_typeset = False
        self._revision = 0
        self._is_loading = False
        self._kept: dict[str, QTextDocument] = {}
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", False)
        TokenHighlighter(self.document(), theme)
        self.document().contentsChange.connect(self._contents_changed)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    # Text

    def text(self) -> str:
        """The whole text with "\\n" between paragraphs, as the person sees it."""
        return text_of(self.document())

    def set_text(self, text: str, key: str = "") -> None:
        """Load a text: the undo history starts anew, the caret is at the start. With a `key` the text last
        loaded under it comes back with its history, where it still reads so."""
        text = clean_text(text)
        self._is_loading = True
        if not (key and self._bring_back(text, key)):
            if key:
                self._make_document(key)
            self.setPlainText(text)
            self._format_blocks()
            self.words.start()
        self.document().setModified(False)
        self._is_loading = False
        self._revision += 1
        self.viewport().update()

    def _bring_back(self, text: str, key: str) -> bool:
        kept = self._kept.pop(key, None)
        if kept is None:
            return False
        if text_of(kept) != text:
            if kept is not self.document():
                kept.deleteLater()
            return False
        self._kept[key] = kept
        self._show_document(kept)
        return True

    def _make_document(self, key: str) -> None:
        made = QTextDocument(self)
        TokenHighlighter(made, self.theme)
        made.contentsChange.connect(self._contents_changed)
        old = self.document()
        self._kept[key] = made
        self._show_document(made)
        if isValid(old) and old not in self._kept.values():
            old.deleteLater()
        while len(self._kept) > KEPT_TEXTS:
            self._kept.pop(next(iter(self._kept))).deleteLater()

    def _show_document(self, document: QTextDocument) -> None:
        if document is not self.document():
            self.setDocument(document)
        self.show_history(document)
        self._restyle()
        self.document_shown()

    def document_shown(self) -> None:
        """Another document is on the page."""

    @property
    def revision(self) -> int:
        """Rises with every change of the text; a check result of an older revision is stale."""
        return self._revision

    def insert_text(self, text: str) -> None:
        """Insert at the caret as one undo step, replacing the selection."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(clean_text(text))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def put_text(self, text: str) -> None:
        """Bring another text onto the page as one undo step; Ctrl+Z brings back what stood there."""
        text = clean_text(text)
        if text == self.text():
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()

    def replace_spans(self, spans: list[tuple[int, int]], words: str) -> int:
        """Replace each (start, end), code points in order, as one undo step; how many were replaced."""
        where, words = SpanMap(self.text()), clean_text(words)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, end in reversed(spans):  # from the end, so that the places before stay true
            cursor.setPosition(where.to_utf16(start))
            cursor.setPosition(where.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words)
        cursor.endEditBlock()
        return len(spans)

    def caret(self) -> int:
        """Caret position in code points."""
        return SpanMap(self.text()).to_code_point(self.textCursor().position())

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        if self._is_loading:
            return
        self._revision += 1
        self.after_edit(position, removed, added)
        self.text_edited.emit()

    def after_edit(self, position: int, removed: int, added: int) -> None:
        """What stands on the words moves with them; UTF-16 units."""

    # Typing and pasting

    def insertFromMimeData(self, source: QMimeData) -> None:
        selected = len(self.textCursor().selectedText())
        room = MAX_TEXT - self.document().characterCount() + selected
        found: Pasted = read_paste(source, max(room, 0))
        if found.text:
            self.insert_text(found.text)
            self.ensureCursorVisible()
        if found.refusal or found.dropped or found.pictures:
            self.pasted.emit(found)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # Pictures and files as well: the person is told why they do not come.
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files are no words: the window makes drafts of them.
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.ignore()
            return
        super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.escaped.emit()
            event.accept()
            return
        if self.is_typeset and not self.isReadOnly() and self._set_type(event.text()):
            event.accept()
            return
        super().keyPressEvent(event)

    def _set_type(self, sign: str) -> bool:
        if len(sign) != 1:
            return False
        cursor, at = self.textCursor(), QTextCursor(self.document())
        at.setPosition(cursor.selectionStart())
        before = at.block().text()[max(at.positionInBlock() - 200, 0) : at.positionInBlock()]
        change = typeset(before, sign)
        if change is None:
            return False
        taken, words = change
        cursor.insertText(sign)  # a step of its own: Ctrl+Z brings back the sign that was typed
        cursor.beginEditBlock()
        end = cursor.position()
        cursor.setPosition(end - 1 - taken, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        cursor.endEditBlock()
        self.words.seal()
        self.setTextCursor(cursor)
        return True

    # Shape of the page

    def _restyle(self) -> None:
        self.setFont(self.theme.font("editor"))
        document = self.document()
        document.setDefaultFont(self.theme.font("editor"))
        document.setDocumentMargin(0)
        was_modified, is_loading = document.isModified(), self._is_loading
        self._is_loading = True
        if self._is_line_height_old():
            self._format_blocks()
        document.setModified(was_modified)
        self._is_loading = is_loading
        self._place_column()

    def _is_line_height_old(self) -> bool:
        height = self.document().begin().blockFormat().lineHeight()
        return height != self.theme.line_height("editor")

    def _format_blocks(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        block.setLineHeight(
            self.theme.line_height("editor"), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        block.setBottomMargin(self.theme.px(PARAGRAPH_GAP))
        cursor.mergeBlockFormat(block)  # paragraphs made with Enter inherit it

    def _place_column(self) -> None:
        padding = SIDE_PADDING_NARROW if self.width() < NARROW_BELOW else SIDE_PADDING
        left = max(padding, (self.width() - self.theme.px(600)) // 2)
        # The scroll bar stands in the right margin, so that text does not wrap anew when it comes or goes.
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self.setViewportMargins(left, 0, max(left - taken, 0), 0)
        self.place_margin()

    def place_margin(self) -> None:
        """The column stands elsewhere now."""

    def _range_changed(self) -> None:
        self._place_column()

    def column_left(self) -> int:
        """Where the text column starts, in widget coordinates, for headings above it."""
        return self.viewportMargins().left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_column()
        super().resizeEvent(event)
