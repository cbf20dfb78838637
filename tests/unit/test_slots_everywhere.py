"""Free slots in every IANA zone, over clock changes and leap days: what holds of each one that is offered."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.clock import wall_to_utc
from medvoice.services.slots import APART, HORIZON_DAYS, SATURDAY, KeptTime, Use, free_slots

ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
TIMES = st.builds(
    KeptTime,
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from((0, 10, 30)),
    st.sampled_from(("", "t_a", "t_b")),
    st.sampled_from(("", "linkedin", "x")),
)
TAKEN = st.lists(st.integers(0, 40 * 24 * 6), max_size=12)


def offered(kept, taken, earliest, zone, others=(), count=8):
    return free_slots(kept, time(8, 10), taken, earliest, zone, count, others)


def exists(wall: str, zone: str) -> bool:
    """Whether the clocks of a zone ever show this time."""
    naive = datetime.strptime(wall, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall time
    return (
        naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        == naive
    )


@given(st.sampled_from(ZONES), MOMENTS, st.lists(TIMES, max_size=6), TAKEN)
def test_each_slot_lies_ahead_exists_is_apart_and_comes_once(zone, earliest, times, ahead) -> None:
    taken = sorted(earliest + timedelta(minutes=10 * each) for each in ahead)
    use = Use("t_a", ("linkedin",))
    kept, others = [each for each in times if each.fits(use)], [each for each in times if not each.fits(use)]
    found = offered(kept, taken, earliest, zone, others)
    moments = [wall_to_utc(each.wall, zone) for each in found]
    assert moments == sorted(moments)
    assert len({each.wall for each in found}) == len(found)
    for slot, at in zip(found, moments, strict=True):
        day, clock = date.fromisoformat(slot.wall[:10]), time.fromisoformat(slot.wall[11:])
        assert exists(slot.wall, zone)
        assert at >= earliest
        assert all(abs(at - other) >= APART for other in taken)
        assert day <= earliest.astimezone(ZoneInfo(zone)).date() + timedelta(days=HORIZON_DAYS)
        if kept:
            assert slot.why == "kept"
            assert any((each.weekday, each.clock) == (day.weekday(), clock) for each in kept)
        else:
            assert (slot.why, day.weekday() < SATURDAY) == ("usual", True)
            assert not any(each.weekday == day.weekday() and _near(each, clock) for each in others)


def _near(one: KeptTime, clock: time) -> bool:
    minutes = abs(one.hour * 60 + one.minute - clock.hour * 60 - clock.minute)
    return timedelta(minutes=minutes) < APART


def test_over_each_clock_change_of_each_zone_a_time_each_day_is_offered_or_skipped_by_the_clocks() -> None:
    """Every zone, the days around each change of one year: with a time kept on each day, a day without a slot
    is one on which the clocks skip it."""
    skipped = 0
    for zone in ZONES:
        place = ZoneInfo(zone)
        day = datetime(2027, 1, 1, tzinfo=UTC)
        offsets = [(day + timedelta(days=each)).astimezone(place).utcoffset() for each in range(366)]
        for at in (each for each in range(1, 366) if offsets[each] != offsets[each - 1]):
            first = (day + timedelta(days=at - 2)).astimezone(place).date()
            earliest = datetime.combine(first, time(0), place).astimezone(UTC)
            kept = [KeptTime(weekday, 2, 30) for weekday in range(7)]
            walls = {each.wall for each in offered(kept, (), earliest, zone, count=4)}
            for ahead in range(3):
                wall = f"{first + timedelta(days=ahead)} 02:30"
                assert (wall in walls) == exists(wall, zone), (zone, wall)
                skipped += not exists(wall, zone)
    assert skipped > 20, "the clocks of many zones skip half past two once a year"


def test_a_leap_day_is_a_day_like_any_other() -> None:
    kept = [KeptTime(1, 9, 0)]  # 29 February 2028 is a Tuesday
    earliest = datetime(2028, 2, 28, 12, 0, tzinfo=UTC)
    assert all(offered(kept, (), earliest, zone, count=1)[0].wall == "2028-02-29 09:00" for zone in ZONES)
