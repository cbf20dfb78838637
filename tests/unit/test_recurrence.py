"""What comes back, in every zone there is: one day for each period, at an instant that the clocks allow."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.domain.recurrence import WEEKDAYS, Recurrence, moment_of, read_recurrence

ZONES = sorted(available_timezones())
# Changes of the clocks where they are common, leap days, a day that Samoa skipped, Lord Howe's half hours.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2024-02-29", "2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01",
        "2028-02-29", "2011-12-30", "2027-02-28",
    )
)  # fmt: skip
CLOCKS = tuple(time(hour, minute) for hour in (0, 1, 2, 3, 12, 23) for minute in (0, 15, 30))
dates = st.dates(date(2020, 1, 1), date(2035, 12, 31))
rules = st.one_of(
    st.builds(
        lambda start, step, weekday: Recurrence("week", start, step, weekday),
        dates, st.integers(1, 8), st.integers(0, 6),
    ),
    st.builds(
        lambda start, step, weekday, nth: Recurrence("month", start, step, weekday, nth),
        dates, st.integers(1, 8), st.integers(0, 6), st.sampled_from((1, 2, 3, 4, -1)),
    ),
    st.builds(
        lambda start, step, day: Recurrence("month", start, step, day=day),
        dates, st.integers(1, 8), st.integers(1, 31),
    ),
)  # fmt: skip


def test_in_every_zone_each_wall_time_is_one_instant_and_none_goes_backwards() -> None:
    """Kept to the minute where the wall time exists; where the clocks skip it, the instant they jump to."""
    skipped = twice = 0
    for name in ZONES:
        place = ZoneInfo(name)
        for day in DAYS:
            before = datetime.min.replace(tzinfo=UTC)
            for clock in CLOCKS:
                moment = moment_of(day, clock, name)
                local = moment.at.astimezone(place).replace(tzinfo=None)
                wanted = datetime.combine(day, clock)
                if moment.shift == "skipped":
                    skipped += 1
                    assert local > wanted, (name, day, clock)
                    earlier = (moment.at - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None)
                    assert earlier < wanted, (name, day, clock, "the first instant after the jump")
                else:
                    assert local == wanted, (name, day, clock)
                if moment.shift == "twice":
                    twice += 1
                    assert wanted.replace(tzinfo=place, fold=1).astimezone(UTC) > moment.at
                assert moment.at >= before, (name, day, clock)
                before = moment.at
    assert skipped > 100
    assert twice > 100


@given(rules, dates, st.integers(0, 800))
def test_days_are_in_order_inside_and_the_same_however_one_asks(
    rule: Recurrence, first: date, more: int
) -> None:
    last = first + timedelta(days=more)
    found = list(rule.days(first, last))
    assert found == sorted(set(found))
    assert all(max(first, rule.start_on) <= day <= last for day in found)
    middle = first + timedelta(days=more // 2)
    assert found == [*rule.days(first, middle), *rule.days(middle + timedelta(days=1), last)]


@given(rules)
def test_each_period_has_exactly_one(rule: Recurrence) -> None:
    """Leap years, short months, and the turn of the year included."""
    last = rule.start_on + timedelta(days=366 * 3)
    found = list(rule.days(rule.start_on, last))
    if rule.every == "week":
        assert all(day.weekday() == rule.weekday for day in found)
        gaps = {(late - early).days for early, late in pairwise(found)}
        assert gaps <= {7 * rule.step}
        assert (found[0] - rule.start_on).days < 7
        return
    months = [day.year * 12 + day.month for day in found]
    start = rule.start_on.year * 12 + rule.start_on.month
    assert all((month - start) % rule.step == 0 for month in months)
    assert len(set(months)) == len(months)
    wanted = {
        month for month in range(start, last.year * 12 + last.month) if (month - start) % rule.step == 0
    }
    assert wanted - {start} <= set(months), "no month is left out but the one that had begun"
    for day in found:
        length = monthrange(day.year, day.month)[1]
        if rule.weekday is None:
            assert day.day == min(rule.day, length)
        elif rule.nth == -1:
            assert day.weekday() == rule.weekday
            assert day.day + 7 > length
        else:
            assert day.weekday() == rule.weekday
            assert (day.day - 1) // 7 + 1 == rule.nth


@settings(max_examples=60)
@given(rules, st.sampled_from(ZONES), st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_instants_of_a_rule_never_stand_still_or_go_back(rule: Recurrence, name: str, clock: time) -> None:
    days = rule.days(rule.start_on, rule.start_on + timedelta(days=800))
    instants = [moment_of(day, clock.replace(tzinfo=None), name).at for day in days]
    assert all(early < late for early, late in pairwise(instants))


@pytest.mark.parametrize(
    ("every", "on", "first"),
    [
        ("week", "tuesday", "2026-12-01"),
        ("week", "Tue", "2026-12-01"),
        ("month", "first tuesday", "2026-12-01"),
        ("month", "last fri", "2026-11-27"),
        ("month", "31", "2026-11-30"),
        ("month", "29th", "2026-11-29"),
    ],
)
def test_words_are_read(every: str, on: str, first: str) -> None:
    rule = read_recurrence(every, on, 1, date(2026, 11, 25))
    assert next(rule.days(date(2026, 11, 25), date(2027, 12, 31))).isoformat() == first


@pytest.mark.parametrize(
    ("every", "on"),
    [("week", "first tuesday"), ("week", "t"), ("month", "tuesday"), ("month", "32"), ("month", "0"),
     ("year", "monday"), ("month", "fifth monday"), ("week", "")],
)  # fmt: skip
def test_what_cannot_come_back_is_refused(every: str, on: str) -> None:
    with pytest.raises(UserError) as caught:
        read_recurrence(every, on, 1, date(2026, 11, 25))
    assert caught.value.code == "recurrence_unreadable"


def test_weekdays_are_those_of_the_calendar() -> None:
    assert [date(2026, 11, 23 + at).strftime("%A").lower() for at in range(7)] == list(WEEKDAYS)
