"""The page on which a post is written: plain text, serif, with findings drawn under the words."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from medvoice.ui.editor.highlighter import TokenHighlighter
from medvoice.ui.editor.marks import Mark, paint_tint, paint_underline, shift_marks
from medvoice.ui.editor.spans import SpanMap, clean_text
from medvoice.ui.theme import Theme

# A blank line is the gap between paragraphs, as on the networks; more would not be true to the post.
PARAGRAPH_GAP = 0
SIDE_PADDING, SIDE_PADDING_NARROW, NARROW_BELOW = 40, 24, 560
HOVER_MS = 400


class PostEditor(QTextEdit):
    """A QTextEdit whose text is exactly what `set_text` got (after `spans.clean_text`).

    Spans of the public methods are code points. Signals: `text_edited` for each change by the person or a
    fix (never for `set_text`), `finding_activated(id)` when the caret moves into a finding by keyboard or
    click, `next_fix_requested` for Ctrl+. handled by the page. UI thread only.
    """

    text_edited = Signal()
    finding_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("post_editor")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Post text"))
        self._marks: list[Mark] = []
        self._active_id = ""
        self._revision = 0
        self._is_loading = False
        self._hovered_id = ""
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(HOVER_MS)
        self._hover_timer.timeout.connect(self._show_hover)
        self._hover_at = QPoint()
        self._highlighter = TokenHighlighter(self.document(), theme)
        self.viewport().setMouseTracking(True)
        self.document().contentsChange.connect(self._contents_changed)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    # Text

    def text(self) -> str:
        """The whole text with "\\n" between paragraphs, as the person sees it."""
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n").removesuffix("\0")

    def set_text(self, text: str) -> None:
        """Load a text: undo history and findings start anew, the caret is at the start."""
        document = self.document()
        self._is_loading = True
        document.setUndoRedoEnabled(False)  # the line height must not be an undo step
        self._marks = []
        self._active_id = ""
        self.setPlainText(clean_text(text))
        self._format_blocks()
        document.setUndoRedoEnabled(True)
        document.setModified(False)
        self._is_loading = False
        self._revision += 1
        self.viewport().update()

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

    def caret(self) -> int:
        """Caret position in code points."""
        return SpanMap(self.text()).to_code_point(self.textCursor().position())

    # Findings

    def set_findings(
        self, findings: Iterable[tuple[int, int, str, str] | tuple[int, int, str, str, str]]
    ) -> None:
        """Show findings: (start, end, level, id[, title]) with code point spans of `text()`; levels are
        "block", "warn", "advise". Replaces what was shown; the caret's finding stays the active one."""
        spans = SpanMap(self.text())
        marks: list[Mark] = []
        for start, end, level, finding_id, *title in findings:
            begin, finish = spans.to_utf16(start), spans.to_utf16(end)
            if finish > begin:
                marks.append(Mark(begin, finish, level, finding_id, title[0] if title else ""))
        self._marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        if self._active_id and not any(mark.id == self._active_id for mark in marks):
            self._active_id = ""
        self.viewport().update()

    def findings(self) -> list[tuple[int, int, str, str]]:
        """What is shown now, as (start, end, level, id) in code points, moved along with edits."""
        spans = SpanMap(self.text())
        return [
            (spans.to_code_point(mark.start), spans.to_code_point(mark.end), mark.level, mark.id)
            for mark in self._marks
        ]

    def go_to(self, finding_id: str) -> bool:
        """Select the words of a finding and bring them into view; False when it is not shown."""
        for mark in self._marks:
            if mark.id == finding_id:
                self._active_id = finding_id
                self._select(mark)
                return True
        return False

    def go_to_span(self, start: int, end: int) -> None:
        """Select a span given in code points and bring it into view."""
        spans = SpanMap(self.text())
        self._select(Mark(spans.to_utf16(start), spans.to_utf16(end), "advise", ""))

    def next_finding(self, step: int = 1) -> None:
        """Go to the finding after (step 1) or before (step -1) the caret, around the end."""
        if not self._marks:
            return
        position = self.textCursor().selectionStart()
        if step > 0:
            after = [mark for mark in self._marks if mark.start > position]
            has_here = self._active_id == "" and self._marks[0].start == position
            target = self._marks[0] if has_here or not after else after[0]
        else:
            before = [mark for mark in self._marks if mark.start < position]
            target = before[-1] if before else self._marks[-1]
        self._active_id = target.id
        self._select(target)
        self.finding_activated.emit(target.id)

    def apply_fix(self, start: int, end: int, replacement: str) -> None:
        """Replace text[start:end] (code points) as one undo step; the caret ends after the new words."""
        spans = SpanMap(self.text())
        cursor = QTextCursor(self.document())
        cursor.setPosition(spans.to_utf16(start))
        cursor.setPosition(spans.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.insertText(clean_text(replacement))
        cursor.endEditBlock()
        with QSignalBlocker(self):
            self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def finding_actions(self) -> list[QAction]:
        """F8 and Shift+F8 as actions for the menu; they work wherever the page puts them."""
        following, previous = (
            QAction(self.tr("Next finding"), self),
            QAction(self.tr("Previous finding"), self),
        )
        following.setShortcut("F8")
        previous.setShortcut("Shift+F8")
        following.triggered.connect(self._go_next)
        previous.triggered.connect(self._go_previous)
        return [following, previous]

    def _go_next(self) -> None:
        self.next_finding(1)

    def _go_previous(self) -> None:
        self.next_finding(-1)

    def _select(self, mark: Mark) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        with QSignalBlocker(self):
            self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.viewport().update()

    def _caret_moved(self) -> None:
        if self._is_loading:
            return
        cursor = self.textCursor()
        position = cursor.position()
        inside = [mark for mark in self._marks if mark.start <= position <= mark.end]
        finding_id = min(inside, key=lambda mark: mark.end - mark.start).id if inside else ""
        if finding_id and finding_id != self._active_id and not cursor.hasSelection():
            self.finding_activated.emit(finding_id)
        self._active_id = finding_id

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        # A change of formats only is reported as equal removed and added without a change of revision.
        if self._is_loading:
            return
        self._revision += 1
        # Qt reports the final paragraph end as well when a whole document is replaced.
        self._marks = shift_marks(self._marks, position, removed, added)
        self.text_edited.emit()

    # Shape of the page

    def _restyle(self) -> None:
        self.setFont(self.theme.font("editor"))
        document = self.document()
        document.setDefaultFont(self.theme.font("editor"))
        document.setDocumentMargin(0)
        was_modified, is_enabled = document.isModified(), self._is_loading
        self._is_loading = True
        if document.availableUndoSteps() == 0 and document.availableRedoSteps() == 0:
            document.setUndoRedoEnabled(False)
            self._format_blocks()
            document.setUndoRedoEnabled(True)
        else:
            cursor = QTextCursor(document)
            cursor.joinPreviousEditBlock()  # keeps the person's undo steps when the text size changes
            self._format_blocks(cursor)
            cursor.endEditBlock()
        document.setModified(was_modified)
        self._is_loading = is_enabled
        self._place_column()

    def _format_blocks(self, cursor: QTextCursor | None = None) -> None:
        cursor = cursor or QTextCursor(self.document())
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

    def _range_changed(self) -> None:
        self._place_column()

    def column_left(self) -> int:
        """Where the text column starts, in widget coordinates, for headings above it."""
        return self.viewportMargins().left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_column()
        super().resizeEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insert_text(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.next_finding(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    # Painting

    def lines_of(self, mark: Mark) -> list[tuple[QRectF, float]]:
        """(rect, baseline) of the marked words on each visible line, in viewport coordinates."""
        layout = self.document().documentLayout()
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        height = self.viewport().height()
        room = self.theme.line_height("editor")
        found: list[tuple[QRectF, float]] = []
        block = self.document().findBlock(mark.start)
        while block.isValid() and block.position() < mark.end:
            bounds = layout.blockBoundingRect(block).translated(offset)
            if bounds.top() > height:
                break
            if bounds.bottom() >= 0:
                first = max(mark.start - block.position(), 0)
                last = min(mark.end - block.position(), block.length() - 1)
                text_layout = block.layout()
                for number in range(text_layout.lineCount()):
                    line = text_layout.lineAt(number)
                    start = max(first, line.textStart())
                    end = min(last, line.textStart() + line.textLength())
                    if start < end:
                        left, right = _x_of(line, start), _x_of(line, end)
                        top = bounds.y() + line.y()
                        # Qt keeps the natural height in the line; the room of a line is 29 px above its foot.
                        foot = top + line.height()
                        rect = QRectF(bounds.x() + min(left, right), foot - room, abs(right - left), room)
                        found.append((rect, top + line.ascent()))
            block = block.next()
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = [(mark, self.lines_of(mark)) for mark in self._marks]
        if drawn:
            painter = QPainter(self.viewport())  # the tint lies below the text
            for mark, lines in drawn:
                paint_tint(painter, self.theme, mark, lines)
            painter.end()
        super().paintEvent(event)
        if drawn:
            painter = QPainter(self.viewport())  # the lines lie above it
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for mark, lines in drawn:
                paint_underline(painter, self.theme, mark, lines)
            painter.end()

    # Hover

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_at = event.position().toPoint()
        self._hover_timer.start()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_timer.stop()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hover_timer.stop()
        super().focusOutEvent(event)

    def finding_at(self, point: QPoint) -> str:
        """Id of the finding under a viewport point, "" for none."""
        mark = self._mark_at(point)
        return mark.id if mark else ""

    def _mark_at(self, point: QPoint) -> Mark | None:
        for mark in self._marks:
            if any(rect.contains(QPointF(point)) for rect, _ in self.lines_of(mark)):
                return mark
        return None

    def _show_hover(self) -> None:
        mark = self._mark_at(self._hover_at)
        if mark is not None and mark.title:
            where = self.viewport().mapToGlobal(self._hover_at + QPoint(0, 12))
            QToolTip.showText(where, f"{mark.title}   F8", self.viewport())


def _x_of(line: object, position: int) -> float:
    answer = line.cursorToX(position)  # type: ignore[attr-defined]
    return answer[0] if isinstance(answer, tuple) else float(answer)
