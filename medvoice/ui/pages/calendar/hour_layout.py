"""Where the cards of a day lie among the hours of the week: each at its minute, as high as the next one lets
it; those that would cover each other side by side while they can be read, the rest counted. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from medvoice.ui.models.calendar_data import Card
from medvoice.ui.pages.calendar.geometry import ONE_LINE_H, TWO_LINES_H, Placed, is_one_line
from medvoice.ui.theme import Theme

WORD_H, LEAST_W, MORE_W = 20, 84, 34
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class HourLayout:
    """Cards with their places, and places with the number of cards that have none."""

    placed: tuple[Placed, ...]
    more: tuple[tuple[QRectF, int], ...]


def lay_out_hours(
    theme: Theme,
    cards: Sequence[Card],
    left: float,
    width: float,
    y_of: Callable[[float], float],
    current: str = "",
) -> HourLayout:
    """The cards of a day between `left` and `left + width`; `y_of` gives the height of a minute of the day.
    The card `current` always has a place."""
    end, least = y_of(DAY_MINUTES), theme.px(ONE_LINE_H)
    tops = [min(y_of(card.minute), end - least - 2) for card in cards]
    groups: list[list[int]] = []
    for at, top in enumerate(tops):
        if groups and top < tops[groups[-1][-1]] + least + 2:
            groups[-1].append(at)
        else:
            groups.append([at])
    placed: list[Placed] = []
    more: list[tuple[QRectF, int]] = []
    for number, group in enumerate(groups):
        below = tops[groups[number + 1][0]] if number + 1 < len(groups) else end
        fit = max(1, int(width // theme.px(LEAST_W)))
        shown = _shown(group, [cards[at].key for at in group], fit, current)
        rest = theme.px(MORE_W) if len(shown) < len(group) else 0.0
        share = (width - rest) / len(shown)
        for place, at in enumerate(shown):
            area = QRectF(left + place * share, tops[at], share - 2, below - 2 - tops[at])
            placed.append(_fitted(theme, cards[at], area))
        if rest:
            place = QRectF(left + width - rest, tops[shown[-1]], rest - 2, least)
            more.append((place, len(group) - len(shown)))
    return HourLayout(tuple(placed), tuple(more))


def _shown(group: Sequence[int], keys: Sequence[str], fit: int, current: str) -> list[int]:
    """Those of a group that get a place: the first that fit, and the current one."""
    if len(group) <= fit:
        return list(group)
    shown = list(group[:fit])
    if current in keys and group[keys.index(current)] not in shown:
        shown[-1] = group[keys.index(current)]
    return shown


def _fitted(theme: Theme, card: Card, area: QRectF) -> Placed:
    """As high as there is room for: two lines of title and its state in words, if it can be."""
    one, two, word = theme.px(ONE_LINE_H), theme.px(TWO_LINES_H), theme.px(WORD_H)
    ways = ((one + word, False, True),)
    if not is_one_line(theme, card, area.width()):
        ways = ((two + word, True, True), (two, True, False))
    for height, has_two, has_word in ways:
        if height <= area.height():
            place = QRectF(area.x(), area.y(), area.width(), height)
            return Placed(card, place, has_two, has_word=has_word)
    return Placed(card, QRectF(area.x(), area.y(), area.width(), one), has_two_lines=False)
