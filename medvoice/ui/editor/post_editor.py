"""The page on which a post is written: plain text, serif, with findings drawn under the words."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from medvoice.ui.editor.lines import Lines, is_over, lines_between, visible_span
from medvoice.ui.editor.marks import Mark, paint_found, paint_tint, paint_underline, shift_marks
from medvoice.ui.editor.spans import SpanMap, clean_text
from medvoice.ui.editor.split_margin import SplitMargin, SplitMark
from medvoice.ui.editor.writing_page import WritingPage
from medvoice.ui.theme import Theme

HOVER_MS = 400


class PostEditor(WritingPage):
    """The writing page with findings and found words on it.

    Spans of the public methods are code points. `finding_activated(id)` when the caret moves into a finding
    by keyboard or click. UI thread only.
    """

    finding_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._marks: list[Mark] = []
        self._found: list[tuple[int, int]] = []
        self._found_here = -1
        self._active_id = ""
        self._margin: SplitMargin | None = None
        self._hint = ""
        super().__init__(theme, parent)
        self.setObjectName("post_editor")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Post text"))
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(HOVER_MS)
        self._hover_timer.timeout.connect(self._show_hover)
        self._hover_at = QPoint()
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._caret_moved)

    def set_text(self, text: str, key: str = "") -> None:
        """As `WritingPage.set_text`; findings and found words start anew."""
        self._marks, self._found, self._found_here, self._active_id = [], [], -1, ""
        super().set_text(text, key)
        self.show_splits([])

    def document_shown(self) -> None:
        if self._margin is not None:
            self._margin.follow(self.document())

    def after_edit(self, position: int, removed: int, added: int) -> None:
        if self._margin is not None:
            self._margin.shift(position, removed, added)
        # Qt reports the final paragraph end as well when a whole document is replaced.
        self._marks = shift_marks(self._marks, position, removed, added)

    # Posts of a thread

    def show_splits(self, splits: list[tuple[int, str, bool]]) -> None:
        """Mark where posts begin: (code point of `text()`, words for the margin, whether by hand)."""
        if self._margin is None:
            if not splits:
                return
            self._margin = SplitMargin(self.theme, self)
        where = SpanMap(self.text())
        marks = [SplitMark(where.to_utf16(at), label, is_own) for at, label, is_own in splits]
        self._margin.show_marks(marks)

    def splits(self) -> list[tuple[int, str, bool]]:
        """What is marked now, moved along with edits."""
        where = SpanMap(self.text())
        marks = self._margin.marks if self._margin is not None else []
        return [(where.to_code_point(mark.position), mark.label, mark.is_own) for mark in marks]

    def place_margin(self) -> None:
        if self._margin is not None:
            self._margin.place()

    # Found words

    def show_found(self, spans: list[tuple[int, int]], here: int = -1) -> None:
        """Mark words that a search found, code points of `text()`; `here` is the present one's number."""
        where = SpanMap(self.text())
        self._found = [(where.to_utf16(start), where.to_utf16(end)) for start, end in spans]
        self._found_here = here
        self.viewport().update()

    def select_span(self, start: int, end: int) -> None:
        """Select a span given in code points and bring it into view."""
        where = SpanMap(self.text())
        self._select(where.to_utf16(start), where.to_utf16(end))

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
                self._select(mark.start, mark.end)
                return True
        return False

    def go_to_span(self, start: int, end: int) -> None:
        """Select a span given in code points and bring it into view."""
        self.select_span(start, end)

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
        self._select(target.start, target.end)
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

    def _select(self, start: int, end: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.next_finding(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    # Painting

    def lines_of(self, mark: Mark) -> Lines:
        """(rect, baseline) of the marked words on each visible line, in viewport coordinates."""
        return lines_between(self, mark.start, mark.end, self.theme.line_height("editor"))

    # Painting

    def set_hint(self, words: str) -> None:
        """What stands in an empty text, on the very line the first word will stand on: Qt's own placeholder
        knows nothing of our line height."""
        self._hint = words
        self.viewport().update()

    def hint_start(self) -> QPointF:
        """Left end of the first line's baseline, in viewport coordinates."""
        block = self.document().firstBlock()
        line = block.layout().lineAt(0)
        corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
        return corner + QPointF(line.x(), line.y() + line.ascent())

    def _paint_hint(self) -> None:
        layout = self.document().firstBlock().layout()
        if not self._hint or not self.document().isEmpty() or layout.preeditAreaText():
            return
        start = self.hint_start()
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(self.theme.color("text.tertiary"))
        room = self.viewport().width() - round(2 * start.x())
        words = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, room)
        painter.drawText(start, words)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks and not self._found:
            super().paintEvent(event)
            self._paint_hint()
            return
        first, last = visible_span(self)
        drawn = [
            (mark, self.lines_of(mark)) for mark in self._marks if mark.end >= first and mark.start <= last
        ]
        painter = QPainter(self.viewport())  # tints lie below the text
        for mark, lines in drawn:
            paint_tint(painter, self.theme, mark, lines)
        for number, rect, baseline in self._found_lines(first, last):
            paint_found(painter, self.theme, rect, baseline, is_here=number == self._found_here)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())  # the lines lie above it
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, lines in drawn:
            paint_underline(painter, self.theme, mark, lines)
        painter.end()

    def _found_lines(self, first: int, last: int) -> list[tuple[int, QRectF, float]]:
        room = self.theme.line_height("editor")
        return [
            (number, rect, baseline)
            for number, (start, end) in enumerate(self._found)
            if end >= first and start <= last
            for rect, baseline in lines_between(self, start, end, room)
        ]

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
            if is_over(self.lines_of(mark), point):
                return mark
        return None

    def _show_hover(self) -> None:
        mark = self._mark_at(self._hover_at)
        if mark is not None and mark.title:
            where = self.viewport().mapToGlobal(self._hover_at + QPoint(0, 12))
            QToolTip.showText(where, self.hover_words(mark), self.viewport())

    def hover_words(self, mark: Mark) -> str:
        """What is said of a finding under the pointer: how severe, what, and the key to walk on."""
        severity = {
            "must": self.tr("Must fix"),
            "check": self.tr("Check"),
            "suggestion": self.tr("Suggestion"),
        }[mark.severity]
        return f"{severity}: {mark.title}   F8"
