"""Where LinkedIn hides the rest of a post, measured by laying the words out as its feed does."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from medvoice.ui.editor.spans import SpanMap

# The feed as read in a browser window and on a phone (2026-11): width of the text column and size of its
# letters in CSS pixels, and the lines shown before "…more". Not documented by LinkedIn, so an estimate.
LETTERS_PX = 14
LINES = 3
MORE = "…more"


@dataclass(frozen=True, slots=True)
class Form:
    """A width of the feed's text column in CSS pixels."""

    key: str
    width: int


DESKTOP, PHONE = Form("desktop", 521), Form("mobile", 328)
FORMS = {form.key: form for form in (DESKTOP, PHONE)}


def fold_at(text: str, form: Form, font: QFont) -> int:
    """How much of `text`, in code points, stands before "…more"; its length when all of it does.

    Blank lines count as lines, as they do in the feed. `font` gives the family; the size is the feed's. Cuts
    only between characters as readers see them. UI thread.
    """
    letters = QFont(font)
    letters.setPixelSize(LETTERS_PX)
    # A line ends where the person ended it; one layout then counts all lines alike.
    flat = text.replace("\r\n", " \u2028").replace("\n", "\u2028").replace("\u2029", "\u2028")
    layout = QTextLayout(flat, letters)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[tuple[int, int]] = []
    while len(ends) <= LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(form.width)
        line.setPosition(QPointF(0, len(ends) * 20))
        ends.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    if len(ends) <= LINES:
        return len(text)
    spans = SpanMap(text)
    start, end = (spans.to_code_point(at) for at in ends[LINES - 1])
    if not text[end:].strip():
        return len(text)
    room = form.width - QFontMetricsF(letters).horizontalAdvance(MORE)
    metrics = QFontMetricsF(letters)
    cut = ends[LINES - 1][1]
    while cut > ends[LINES - 1][0]:
        place = spans.to_code_point(cut)
        if metrics.horizontalAdvance(text[start:place].rstrip()) <= room:
            break
        cut = layout.previousCursorPosition(cut)
    return max(spans.to_code_point(cut), start)
