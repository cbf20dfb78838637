"""What can be seen to be wrong with a window without eyes. Each look returns sentences; none means fine."""

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from medvoice.ui.pages.settings.nav import NavItem
from medvoice.ui.widgets.base import ElidedLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.controls import Segment
from medvoice.ui.widgets.nav_rail import RailItem

from .painted_text import Painted, texts_in

SLACK_PX = 2
LARGE_PX, LARGE_BOLD_PX, BOLD = 24, 19, 600
FOCUS_CONTRAST = 3.0
# A caret of 16 px; the ring around the smallest control (a check box of 18 px) has about 150.
CARET_PIXELS, RING_PIXELS = 12, 60
MOST_STOPS = 200


def shown(window: QWidget, kind: type) -> list:
    """The visible widgets of a kind that have a size."""
    return [each for each in window.findChildren(kind) if each.isVisible() and each.width() and each.height()]


def name_of(widget: QWidget) -> str:
    """How a sentence calls a widget."""
    walker: QWidget | None = widget
    while walker is not None and not walker.objectName():
        walker = walker.parentWidget()
    where = walker.objectName() if walker is not None else "?"
    return f"{type(widget).__name__} in {where}" if walker is not widget else where


# Clipped


def cut_labels(window: QWidget) -> list[str]:
    """Labels whose words need more room than they have."""
    cut = []
    for label in shown(window, QLabel):
        if isinstance(label, ElidedLabel) or not label.text() or label.pixmap().width():
            continue
        if label.wordWrap():
            needed = label.heightForWidth(label.width())
            is_cut = needed > label.height() + SLACK_PX
        else:
            is_cut = label.sizeHint().width() > label.width() + SLACK_PX
        if is_cut:
            cut.append(f"cut label {label.text()[:60]!r} {label.width()}x{label.height()}")
    return cut


def is_scrolled(widget: QWidget) -> bool:
    """Whether what goes beyond the widget's edge can be scrolled to."""
    parent = widget.parentWidget()
    return isinstance(widget, QLineEdit) or (
        isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    )


def cut_texts(texts: list[Painted]) -> list[str]:
    """Words that are written beyond the edge of their widget or of one that holds it."""
    cut = []
    for text in texts:
        if text.words == "…":
            continue
        holder: QWidget | None = text.widget
        place = QRectF(text.place)
        while holder is not None and not holder.isWindow():
            ahead, over = -place.left(), place.right() - holder.width()
            is_sideways = max(ahead, over) > SLACK_PX
            if is_sideways and isinstance(holder, QLineEdit):
                break  # the arrows scroll it
            is_upright = max(-place.top(), place.bottom() - holder.height()) > SLACK_PX
            if is_sideways or (is_upright and not is_scrolled(holder)):
                cut.append(f"cut text {text.words[:60]!r} of {name_of(text.widget)} by {name_of(holder)}")
                break
            if is_scrolled(holder) and is_upright:
                break  # scrolled out of sight
            place.translate(holder.pos().toPointF())
            holder = holder.parentWidget()
    return cut


def narrow_buttons(window: QWidget) -> list[str]:
    """Buttons that are narrower than their words."""
    return [
        f"narrow button {name_of(button)} {button.width()} < {button.sizeHint().width()}"
        for button in shown(window, QAbstractButton)
        if button.text() and button.sizePolicy().horizontalPolicy().name == "Fixed"
        if button.width() < button.sizeHint().width() - 1
    ]


def elided_controls(texts: list[Painted]) -> list[str]:
    """Controls whose words end in "…": what a button does has to be read whole."""
    return [
        f"elided {text.words!r} of {name_of(text.widget)}"
        for text in texts
        if isinstance(text.widget, Button | ChannelChip | NavItem | RailItem | Segment)
        and text.words.endswith("…")
    ]


def outside(window: QWidget) -> list[str]:
    """Buttons that lie beyond the window's edge, unless a scroll area holds them."""
    found = []
    for button in shown(window, QAbstractButton):
        parent = button.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        if parent is None and not window.rect().contains(place):
            found.append(f"outside the window: {name_of(button)} {place.getRect()}")
    return found


# On top of each other


def is_seen(text: Painted, window: QWidget) -> bool:
    """Whether nothing lies over the middle of the text."""
    middle = text.place.center().toPoint()
    if not text.widget.visibleRegion().contains(middle):
        return False
    top = window.childAt(text.widget.mapTo(window, middle))
    return top is None or top is text.widget or text.widget.isAncestorOf(top) or top.isAncestorOf(text.widget)


def lies_over(widget: QWidget, other: QWidget) -> bool:
    """Whether a widget, or what holds it, floats: it was placed by hand over what the other belongs to."""
    walker = widget
    while not walker.isAncestorOf(other) and not walker.isWindow():
        holder = walker.parentWidget()
        if not is_placed(walker, holder) and holder.isAncestorOf(other):
            return True
        walker = holder
    return False


def is_placed(widget: QWidget, holder: QWidget) -> bool:
    """Whether a layout, a splitter or a scroll area gives a widget its place."""
    layout, area = holder.layout(), holder.parentWidget()
    return (
        isinstance(holder, QSplitter | QStackedWidget | QAbstractScrollArea)
        or (layout is not None and layout.indexOf(widget) >= 0)
        or (isinstance(area, QScrollArea) and area.viewport() is holder)
    )


def overlaps(window: QWidget, texts: list[Painted]) -> list[str]:
    """Words that are written over other words, but for what floats over the page."""
    places = [
        (text, text.in_window(window))
        for text in texts
        if text.widget.visibleRegion().contains(text.place.center().toPoint())
    ]
    places.sort(key=lambda each: each[1].top())
    found = []
    for at, (text, place) in enumerate(places):
        for other, beside in places[at + 1 :]:
            if beside.top() >= place.bottom():
                break
            if text.widget is other.widget and text.words == other.words:
                continue  # selected text is written twice, once in each colour
            both = place.intersected(beside)
            if both.width() <= SLACK_PX or both.height() <= SLACK_PX:
                continue
            if not lies_over(text.widget, other.widget) and not lies_over(other.widget, text.widget):
                found.append(f"over each other: {text.words[:40]!r} and {other.words[:40]!r}")
    return found


# Contrast


def luminance(rgb: int) -> float:
    """WCAG relative luminance of 0xrrggbb."""
    parts = [((rgb >> shift) & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: int, other: int) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ground_at(image: QImage, place: QRect) -> int | None:
    """The most common colour in a place of a picture, None outside of it."""
    area = place.intersected(image.rect())
    if area.isEmpty():
        return None
    step = max(1, area.width() // 60)
    colours = Counter(
        image.pixel(x, y) & 0xFFFFFF
        for y in range(area.top(), area.bottom() + 1)
        for x in range(area.left(), area.right() + 1, step)
    )
    return colours.most_common(1)[0][0]


def faint_texts(window: QWidget, texts: list[Painted], image: QImage, exempt_ink: str = "") -> list[str]:
    """Words with less contrast than WCAG AA asks; disabled ones are exempt, also by their ink ("#rrggbb")."""
    faint = []
    written: dict[tuple[QWidget, str, float], set[str]] = {}
    for text in texts:
        written.setdefault((text.widget, text.words, text.place.top()), set()).add(text.ink)
    for text in texts:
        is_selected = len(written[text.widget, text.words, text.place.top()]) > 1
        if is_selected or text.ink == exempt_ink.lower() or not text.widget.isEnabled():
            continue
        if not is_seen(text, window):
            continue
        seen = text.widget.visibleRegion().boundingRect()
        seen.translate(text.widget.mapTo(window, QPoint(0, 0)))
        ground = ground_at(image, text.in_window(window).toAlignedRect() & seen)
        if ground is None:
            continue
        is_large = text.size_px >= LARGE_PX or (text.size_px >= LARGE_BOLD_PX and text.weight >= BOLD)
        reached = contrast(int(text.ink[1:], 16), ground)
        if reached < (3.0 if is_large else 4.5):
            where = name_of(text.widget)
            faint.append(f"faint {text.words[:40]!r} {text.ink} on #{ground:06x} {reached:.1f} in {where}")
    return faint


# Focus


def walk_by_tab(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the focus is back where it began. Raises AssertionError where it cannot get on."""
    first = QApplication.focusWidget()
    if first is None:
        window.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(window, key)
        first = QApplication.focusWidget()
    assert first is not None, "nothing takes the focus"
    stops = [first]
    while len(stops) < MOST_STOPS:
        here = stops[-1]
        QTest.keyClick(here, key)
        there = QApplication.focusWidget()
        assert there is not None, f"the focus is lost after {name_of(here)}"
        assert there is not here, f"Tab does not leave {name_of(here)}"
        if there is first:
            return stops
        assert there not in stops, f"Tab goes around without the start: {[name_of(each) for each in stops]}"
        stops.append(there)
    raise AssertionError(f"Tab never comes back to {name_of(first)}")


def lines_of(image: QImage) -> list[bytes]:
    """The picture's rows."""
    width, data = image.bytesPerLine(), bytes(image.constBits())
    return [data[at : at + width] for at in range(0, len(data), width)]


def changed_pixels(before: QImage, after: QImage) -> int:
    """How many pixels of two equal pictures differ by at least 3:1."""
    count = 0
    for y, (old_line, new_line) in enumerate(zip(lines_of(before), lines_of(after), strict=True)):
        if old_line == new_line:
            continue
        for x in range(before.width()):
            at = 4 * x
            if old_line[at : at + 4] != new_line[at : at + 4]:
                old, new = before.pixel(x, y) & 0xFFFFFF, after.pixel(x, y) & 0xFFFFFF
                count += contrast(old, new) >= FOCUS_CONTRAST
    return count


def marked(widget: QWidget, window: QWidget) -> bool:
    """Whether the window looks clearly different while the widget has the focus.

    A text field may show it by its caret, anything else by more than that.
    """
    with_focus = window.grab().toImage()
    widget.clearFocus()
    QApplication.processEvents()
    without = window.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    is_field = isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit)
    return changed_pixels(without, with_focus) >= (CARET_PIXELS if is_field else RING_PIXELS)


def invisible_focus(window: QWidget) -> list[str]:
    """Stops of the Tab key that do not show that they have the focus, or lie out of sight."""
    found = []
    first = QApplication.focusWidget()
    for _turn in range(MOST_STOPS):
        here = QApplication.focusWidget()
        QTest.keyClick(here if here is not None else window, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        QApplication.processEvents()
        if stop is None:
            return [*found, f"the focus is lost after {name_of(here) if here else 'nothing'}"]
        if stop.visibleRegion().isEmpty():
            found.append(f"out of sight while it has the focus: {name_of(stop)}")
        elif not marked(stop, window):
            found.append(f"focus not seen on {name_of(stop)}")
        if stop is first:
            return found
        first = first or stop
    return [*found, "Tab never comes back"]


# All of it


def look_over(window: QWidget, exempt_ink: str = "") -> list[str]:
    """Everything that can be said of a window as it stands, but for its focus."""
    texts = texts_in(window)
    image = window.grab().toImage()
    found = [
        *cut_labels(window),
        *cut_texts(texts),
        *narrow_buttons(window),
        *elided_controls(texts),
        *outside(window),
        *overlaps(window, texts),
        *faint_texts(window, texts, image, exempt_ink),
    ]
    return [first for first, second in pairwise([*sorted(found), ""]) if first != second]
