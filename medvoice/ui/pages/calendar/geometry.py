"""Where things lie in the calendar's month: lanes of bands over a week, cards in a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from medvoice.ui.models.calendar_data import Card
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.services.planning import Band

HEAD_H, BAND_H, BAND_GAP, INSET, GAP = 26, 20, 3, 5, 4
ONE_LINE_H, TWO_LINES_H, THERE_H, MORE_H = 38, 53, 15, 18


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
    readers' time."""

    card: Card
    rect: QRectF
    has_two_lines: bool
    has_there: bool = False


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
    two, one, there = px(TWO_LINES_H), px(ONE_LINE_H), px(THERE_H)
    ways = [(two, True, False), (one, False, False)]
    if any(card.there for card in cards):
        ways = [(two + there, True, True), (one + there, False, True), *ways]
    for height, has_two, has_there in ways:
        if len(cards) * height + (len(cards) - 1) * px(GAP) <= room:
            made = _stack(cards, left, top, width, height, px(GAP), has_two=has_two, has_there=has_there)
            return DayLayout(made, 0, none)
    height = px(ONE_LINE_H)
    count = max(0, int((room - px(MORE_H)) // (height + px(GAP))))
    placed = _stack(cards[:count], left, top, width, height, px(GAP), has_two=False)
    if room < px(MORE_H) and not placed:
        # No room below the bands: beside the number of the day.
        head = QRectF(cell.x() + cell.width() / 2, cell.y(), cell.width() / 2 - px(INSET), px(HEAD_H))
        return DayLayout((), len(cards), head)
    more_top = placed[-1].rect.bottom() + px(2) if placed else top
    return DayLayout(placed, len(cards) - count, QRectF(left, more_top, width, px(MORE_H)))


def _stack(
    cards: Sequence[Card],
    left: float,
    top: float,
    width: float,
    height: float,
    gap: float,
    *,
    has_two: bool,
    has_there: bool = False,
) -> tuple[Placed, ...]:
    return tuple(
        Placed(card, QRectF(left, top + at * (height + gap), width, height), has_two, has_there)
        for at, card in enumerate(cards)
    )
