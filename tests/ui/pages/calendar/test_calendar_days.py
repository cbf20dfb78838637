"""Days, weeks and months of the calendar, and where a card would stand."""

from datetime import date

from medvoice.ui.models.calendar_data import best_wall, shifted
from medvoice.ui.models.calendar_days import span_of, step, title_of, week_of

from .conftest import in_mind


def test_weeks_months_and_titles() -> None:
    assert week_of(date(2026, 11, 12), 0) == date(2026, 11, 9)
    assert week_of(date(2026, 11, 12), 6) == date(2026, 11, 8)
    assert step("month", date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert step("month", date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert step("month", date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert step("week", date(2026, 11, 12), -1) == date(2026, 11, 5)
    for month in range(1, 13):
        span = span_of("month", date(2026, month, 10))
        assert len(span.days) % 7 == 0
        assert span.first <= date(2026, month, 1)
        assert span.last >= step("month", date(2026, month, 31 if month == 1 else 28), 0)
    assert title_of("list", date(2026, 12, 2)).endswith("2027")


def test_a_card_moves_over_the_ends_of_month_and_day(rig, calendar) -> None:
    in_mind(rig, "Late", "2026-11-30 23:50")
    card = calendar().card("Late")
    assert shifted(card, days=1) == "2026-12-01 23:50"
    assert shifted(card, minutes=15) == "2026-12-01 00:00"
    assert shifted(card, minutes=-15) == "2026-11-30 23:45"


def test_the_best_hour_is_one_that_is_kept_and_free(rig, calendar) -> None:
    rig.desk.planning.slots.keep("2026-11-17 09:00", True)
    rig.desk.planning.slots.keep("2026-11-17 12:30", True)
    in_mind(rig, "There", "2026-11-17 09:10")
    snapshot = calendar().page.read
    assert best_wall(date(2026, 11, 17), snapshot) == "2026-11-17 12:30"
    assert best_wall(date(2026, 11, 24), snapshot) == "2026-11-24 09:00"
