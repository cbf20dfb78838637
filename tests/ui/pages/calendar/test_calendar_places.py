"""Nothing in the calendar lies over something else, and nothing that must be read is cut."""

import random
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt

from medvoice.domain.clock import to_text
from medvoice.store.plan import Entry
from medvoice.ui.models.calendar_data import Card, make_card
from medvoice.ui.models.calendar_days import title_of
from medvoice.ui.pages.calendar.doing import VIEWS
from medvoice.ui.pages.calendar.geometry import lay_out_day
from medvoice.ui.pages.calendar.hour_layout import DAY_MINUTES, lay_out_hours
from medvoice.ui.widgets.paint import text_width

from .conftest import embargo, in_mind

TITLES = ("Short", "A hazard ratio is not a risk, and here is why it matters to you")


def a_card(at: int, minute: int, audience: str = "") -> Card:
    moment = datetime(2026, 11, 13, minute // 60, minute % 60, tzinfo=UTC)
    entry = Entry(
        f"d_{at}", (), TITLES[at % 2], None, ("linkedin",), moment, to_text(moment)[:16], "UTC", "draft"
    )
    return make_card(entry, None, "UTC", None, audience)


@pytest.mark.parametrize("width", [60, 120, 260])
def test_cards_of_a_day_never_cover_each_other_and_none_is_lost(theme, width) -> None:
    chance = random.Random(width)
    for _ in range(40):
        minutes = sorted(chance.choices(range(DAY_MINUTES), k=chance.randrange(1, 12)))
        minutes += [minutes[0]] * chance.randrange(4)
        cards = [a_card(at, minute) for at, minute in enumerate(sorted(minutes))]
        current = chance.choice(cards).key
        made = lay_out_hours(theme, cards, 10, width, lambda minute: minute * 46 / 60, current)
        places = [each.rect for each in made.placed] + [place for place, _count in made.more]
        for first, second in combinations(places, 2):
            assert not first.intersects(second), minutes
        for place in places:
            assert QRectF(10, 0, width, 24 * 46).contains(place), minutes
        assert len(made.placed) + sum(count for _place, count in made.more) == len(cards)
        assert current in {each.card.key for each in made.placed}


@pytest.mark.parametrize("audience", ["", "Asia/Tokyo"])
def test_cards_of_a_month_s_day_stay_in_their_cell(theme, audience) -> None:
    for height in range(60, 260, 9):
        cell = QRectF(0, 0, 140, height)
        for count in range(1, 7):
            made = lay_out_day(theme, cell, [a_card(at, 500 + at, audience) for at in range(count)], 0)
            assert len(made.placed) + made.more == count
            assert all(cell.contains(each.rect) for each in made.placed), (height, count)
            assert not made.more or cell.contains(made.more_rect.center())


def test_no_band_and_no_date_is_cut_where_the_text_is_large(rig, theme, calendar, qtbot) -> None:
    embargo(rig, in_mind(rig, "Three talks", "2026-11-19 12:30"), "2026-11-19 09:00")
    hands = calendar(918, 584)
    page = hands.page
    for scale in (1.0, 1.5):
        theme.set_text_scale(scale)
        for row in range(page.month.days.weeks):
            for lane in page.month.lanes(row):
                band = page.month.band_rect(row, lane)
                cell = page.month.visualRect(page.month.days.index(row, lane.first))
                assert band.bottom() <= cell.bottom() + 1, scale
        for kind in VIEWS:
            for day in (date(2026, 9, 30), date(2026, 12, 30)):
                page.show_view(kind)
                page.show_day(day)
                titles = (title_of(kind, day), title_of(kind, day, is_short=True))
                qtbot.waitUntil(lambda either=titles: page.header.title.text() in either)
    theme.set_text_scale(1.0)


def test_a_second_click_for_what_is_counted_in_the_week_opens_the_day(rig, calendar, qtbot) -> None:
    for at in range(5):
        in_mind(rig, f"Post {at}", "2026-11-13 10:10")
    hands = calendar()
    hands.page.show_view("week")
    view = hands.page.week
    ((place, count),) = view.layout_of(4).more
    assert count + len(view.layout_of(4).placed) == 5
    assert text_width(hands.page.theme, f"+{count}", "smallStrong") < place.width()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert hands.page.side.shown == "2026-11-13"
