"""Where things lie in the calendar's month: lanes of bands over a week, cards in a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from medvoice.ui.models.calendar_data import Card
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import text_width

if TYPE_CHECKING:
    from medvoice.services.planning import Band

HEAD_H, BAND_H, BAND_GAP, INSET, GAP = 26, 20, 3, 5, 4
ONE_LINE_H, TWO_LINES_H, THERE_H, MORE_H, MARKER = 38, 53, 15, 18, 9


@dataclass(frozen=True, slots=True)
class Lane:
    """A band in a week: which lane from the top, and which days of the week it covers (0 to 6)."""

    band: "Band"
    lane: int
    first: int
    last: int
    starts_here: bool
    ends_here: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A card with its place; `has_two_lines` where its title may take two, `has_there` where a line says the
    readers' time, `has_word` where one says its state."""

    card: Card
    rect: QRectF
    has_two_lines: bool
    has_there: bool = False
    has_word: bool = False


@dataclass(frozen=True, slots=True)
class DayLayout:
    """What a day shows: its cards, and how many more there are with the place of those words."""

    placed: tuple[Placed, ...]
    more: int
    more_rect: QRectF


def lanes_of(bands: "Sequence[Band]", week: Sequence[date]) -> tuple[Lane, ...]:
    """The bands that touch a week, each in the first lane that is free on its days; congresses first."""
    found: list[Lane] = []
    for band in sorted(bands, key=lambda each: (each.kind, each.first, each.title)):
        if band.first > week[-1] or band.last < week[0]:
            continue
        first, last = max(0, (band.first - week[0]).days), min(6, (band.last - week[0]).days)
        taken = {each.lane for each in found if each.first <= last and each.last >= first}
        lane = next(at for at in range(len(found) + 1) if at not in taken)
        found.append(Lane(band, lane, first, last, band.first >= week[0], band.last <= week[-1]))
    return tuple(found)


def lanes_on(lanes: Sequence[Lane], column: int) -> int:
    """How many lanes lie over a day, empty ones between them included."""
    return max((each.lane + 1 for each in lanes if each.first <= column <= each.last), default=0)


def lay_out_day(theme: Theme, cell: QRectF, cards: Sequence[Card], lanes: int) -> DayLayout:
    """Where the cards of a day lie in its cell, below its number and the bands: two lines each where there is
    room, else one; what does not fit is counted."""
    px = theme.px
    top = cell.y() + px(HEAD_H) + lanes * px(BAND_H + BAND_GAP)
    room = cell.bottom() - px(GAP) - top
    left, width = cell.x() + px(INSET), cell.width() - 2 * px(INSET)
    none = QRectF()
    if not cards:
        return DayLayout((), 0, none)
    least, ways = len(cards) * (px(ONE_LINE_H) + px(GAP)) - px(GAP), ()
    if least <= room:
        ways = ((True, False), (False, False))
        if any(card.there for card in cards):
            ways = ((True, True), (False, True), *ways)
    for has_two, has_there in ways:
        made = _stack(theme, cards, QRectF(left, top, width, room), has_two=has_two, has_there=has_there)
        if made[-1].rect.bottom() <= top + room:
            return DayLayout(made, 0, none)
    height = px(ONE_LINE_H)
    count = max(0, int((room - px(MORE_H)) // (height + px(GAP))))
    placed = _stack(theme, cards[:count], QRectF(left, top, width, room), has_two=False)
    if room < px(MORE_H) and not placed:
        # No room below the bands: beside the number of the day.
        head = QRectF(cell.x() + cell.width() / 2, cell.y(), cell.width() / 2 - px(INSET), px(HEAD_H))
        return DayLayout((), len(cards), head)
    more_top = placed[-1].rect.bottom() + px(2) if placed else top
    return DayLayout(placed, len(cards) - count, QRectF(left, more_top, width, px(MORE_H)))


def _stack(
    theme: Theme, cards: Sequence[Card], area: QRectF, *, has_two: bool, has_there: bool = False
) -> tuple[Placed, ...]:
    """Cards below each other from the top of an area on, each as high as its words."""
    px, top, found = theme.px, area.y(), []
    for card in cards:
        is_two = has_two and not is_one_line(theme, card, area.width())
        height = px(TWO_LINES_H if is_two else ONE_LINE_H) + (px(THERE_H) if has_there else 0)
        found.append(Placed(card, QRectF(area.x(), top, area.width(), height), is_two, has_there))
        top += height + px(GAP)
    return tuple(found)


def suggestion_rect(theme: Theme, cell: QRectF, layout: DayLayout, lanes: int) -> QRectF:
    """Where a suggestion lies: below the cards of a day; empty where there is no room."""
    px = theme.px
    top = cell.y() + px(HEAD_H) + lanes * px(BAND_H + BAND_GAP)
    if layout.placed:
        top = layout.placed[-1].rect.bottom() + px(GAP)
    rect = QRectF(cell.x() + px(INSET), top, cell.width() - 2 * px(INSET), px(ONE_LINE_H))
    return rect if rect.bottom() <= cell.bottom() - px(GAP) else QRectF()


def title_place(theme: Theme, card: Card, rect: QRectF) -> QRectF:
    """Where the title of a card stands, with its marker before it; its height is that of the card."""
    left = rect.x() + theme.px(8) + (theme.px(MARKER) + theme.px(5) if card.slot else 0)
    return QRectF(left, rect.y() + theme.px(3), rect.right() - theme.px(6) - left, rect.height())


def is_one_line(theme: Theme, card: Card, width: float) -> bool:
    """Whether the title of a card of that width needs no second line."""
    room = title_place(theme, card, QRectF(0, 0, width, 0)).width()
    return text_width(theme, card.title, "smallStrong") <= room


def lane_room(theme: Theme, cell_h: float) -> int:
    """How many lanes of bands a day of that height has room for: none is cut."""
    step = theme.px(BAND_H + BAND_GAP)
    return max(0, int((cell_h - theme.px(HEAD_H)) // step))
