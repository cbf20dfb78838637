"""Where words stand on the page: one geometry for underlines, found words, hover and clicks."""

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QTextLine
from PySide6.QtWidgets import QTextEdit

Lines = list[tuple[QRectF, float]]


def visible_span(editor: QTextEdit) -> tuple[int, int]:
    """First and last position (UTF-16 units) that can be seen now, a line more on both sides."""
    view = editor.viewport().rect()
    top, bottom = editor.cursorForPosition(view.topLeft()), editor.cursorForPosition(view.bottomRight())
    first, last = top.block(), bottom.block()
    start = top.position() - top.positionInBlock() if top.positionInBlock() < 2000 else top.position() - 1000
    end = last.position() + last.length() if last.length() < 2000 else bottom.position() + 1000
    return (min(start, first.position() + first.length()), end)


def lines_between(editor: QTextEdit, start: int, end: int, room: float) -> Lines:
    """(rect, baseline) of the words between two positions on each visible line, in viewport coordinates;
    `room` is the line height. Lines that cannot be seen are left out."""
    document = editor.document()
    layout = document.documentLayout()
    offset = QPointF(-editor.horizontalScrollBar().value(), -editor.verticalScrollBar().value())
    height = editor.viewport().height()
    found: Lines = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        bounds = layout.blockBoundingRect(block).translated(offset)
        if bounds.top() > height:
            break
        if bounds.bottom() >= 0:
            first = max(start - block.position(), 0)
            last = min(end - block.position(), block.length() - 1)
            text_layout = block.layout()
            line = text_layout.lineForTextPosition(first)
            number = line.lineNumber() if line.isValid() else 0
            while first < last and number < text_layout.lineCount():
                line = text_layout.lineAt(number)
                number += 1
                if line.textStart() >= last or bounds.y() + line.y() > height:
                    break
                if bounds.y() + line.y() + line.height() >= -room:
                    part = _part_of(line, first, last, bounds.topLeft(), room)
                    if part is not None:
                        found.append(part)
        block = block.next()
    return found


def _part_of(
    line: QTextLine, first: int, last: int, corner: QPointF, room: float
) -> tuple[QRectF, float] | None:
    begin = max(first, line.textStart())
    finish = min(last, line.textStart() + line.textLength())
    if begin >= finish:
        return None
    left, right = _x_of(line, begin), _x_of(line, finish)
    top = corner.y() + line.y()
    # Qt keeps the natural height in the line; the room of a line is 29 px above its foot.
    foot = top + line.height()
    rect = QRectF(corner.x() + min(left, right), foot - room, abs(right - left), room)
    return rect, top + line.ascent()


def _x_of(line: QTextLine, position: int) -> float:
    answer: object = line.cursorToX(position)
    return float(answer[0]) if isinstance(answer, tuple) else float(answer)  # type: ignore[arg-type]


def is_over(lines: Lines, point: QPoint) -> bool:
    """Whether a viewport point lies on the words."""
    return any(rect.contains(QPointF(point)) for rect, _ in lines)
