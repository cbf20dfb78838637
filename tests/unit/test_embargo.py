"""When an embargo ends: the congress's rule, its zone, and both days on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.congress import Abstract, Event, Session
from medvoice.domain.embargo import Lift, latest, latest_instant, lift_of
from medvoice.domain.errors import UserError

AT = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = sorted(available_timezones())
# The days around both changes of the clocks in most zones, the leap day, and a day that Samoa skipped.
DAYS = ("2024-02-29", "2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-04-05", "2011-12-30")


def an_event(style: str = "own", zone: str = "Europe/Madrid", release: str = "") -> Event:
    day = date.fromisoformat(release) if release else None
    first, last = date(2026, 10, 23), date(2026, 10, 27)
    return Event("e_1", "A congress", zone, first, last, AT, style, day)  # pyright: ignore[reportArgumentType]


def an_abstract(kind: str, **more: str) -> Abstract:
    return Abstract("b_1", "e_1", "An abstract", kind, **more)  # pyright: ignore[reportArgumentType]


def a_session(wall: str) -> Session:
    return Session("s_1", "e_1", "Presidential symposium", wall)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("style", "kind", "release", "session", "at", "why"),
    [
        # ASCO 2024: 23 May 2024, 17:00 Eastern daylight time; late-breaking at 07:00 Central on the day.
        ("asco", "regular", "2024-05-23", "", "2024-05-23 21:00", "release"),
        ("asco", "late_breaking", "", "2024-06-02 13:00", "2024-06-02 12:00", "presentation"),
        ("asco", "session", "2024-05-23", "2024-06-02 13:00", "2024-06-02 11:00", "session"),
        ("esmo", "regular", "2026-10-10", "2026-10-24 16:30", "2026-10-24 14:30", "session"),
        ("esmo", "late_breaking", "", "2026-10-25 10:00", "2026-10-25 09:00", "session"),
        ("own", "regular", "", "2026-10-24 16:30", "2026-10-24 14:30", "session"),
    ],
)
def test_each_congress_has_its_rule(style, kind, release, session, at, why) -> None:
    lift = lift_of(
        an_event(style, release=release), an_abstract(kind), a_session(session) if session else None
    )
    assert (lift.at, lift.why) == (utc(at), why)


def test_a_fixed_instant_outranks_the_rule_and_has_its_own_zone() -> None:
    abstract = an_abstract("fixed", wall="2026-10-24 08:00", zone="Asia/Tokyo")
    assert lift_of(an_event("asco", release="2026-10-01"), abstract, None).at == utc("2026-10-23 23:00")
    assert lift_of(an_event(), an_abstract("fixed", wall="2026-10-24 08:00"), None).zone == "Europe/Madrid"


@pytest.mark.parametrize(
    ("style", "kind", "why"),
    [
        ("asco", "regular", "release_missing"),
        ("asco", "late_breaking", "session_missing"),
        ("esmo", "regular", "session_missing"),
    ],
)
def test_what_is_not_known_keeps_it_closed(style, kind, why) -> None:
    lift = lift_of(an_event(style), an_abstract(kind), None)
    assert (lift.at, lift.why) == (None, why)
    assert not lift.is_over(datetime.max.replace(tzinfo=UTC))


def test_the_instant_itself_is_after_the_embargo() -> None:
    lift = lift_of(an_event(), an_abstract("session"), a_session("2026-10-24 16:30"))
    assert lift.is_over(utc("2026-10-24 14:30"))
    assert not lift.is_over(utc("2026-10-24 14:30") - timedelta(microseconds=1))


def test_the_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    assert latest_instant("2026-11-01 01:30", "America/New_York") == utc("2026-11-01 06:30")
    assert latest_instant("2026-03-08 02:30", "America/New_York") == utc("2026-03-08 07:30")
    assert latest_instant("2026-03-08T03:00", "America/New_York") == utc("2026-03-08 07:00")


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-29 08:00", "2026-10-24 25:00", "0001-01-01 00:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        latest_instant(text, "Asia/Tokyo")
    assert refused.value.code == "time_unreadable"


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        latest_instant("2026-10-24 08:00", "Mars/Olympus")
    assert refused.value.code == "zone_unknown"


@pytest.mark.parametrize("day", DAYS)
def test_in_no_zone_does_it_end_before_the_clock_on_the_wall_says_so(day: str) -> None:
    """All zones, each half hour of the day: at the instant the wall shows that time or a later one, and no
    instant after it shows the time again."""
    for name in ZONES:
        place = ZoneInfo(name)
        for half in range(48):
            wall = f"{day} {half // 2:02}:{half % 2 * 30:02}"
            at = latest_instant(wall, name)
            shown = at.astimezone(place).replace(tzinfo=None)
            assert shown >= datetime.fromisoformat(wall), (name, wall, at)
            again = (at + timedelta(hours=1)).astimezone(place).replace(tzinfo=None)
            assert again > datetime.fromisoformat(wall), (name, wall, at)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - wall times
    st.sampled_from(ZONES),
)
def test_it_is_never_earlier_than_any_reading_of_the_wall(naive: datetime, name: str) -> None:
    naive = naive.replace(second=0, microsecond=0)
    at = latest_instant(naive.strftime("%Y-%m-%d %H:%M"), name)
    for fold in (0, 1):
        assert at >= naive.replace(tzinfo=ZoneInfo(name), fold=fold).astimezone(UTC)


def test_a_draft_waits_for_the_last_and_for_ever_for_an_unknown_one() -> None:
    early, late = (Lift(utc(f"2026-10-{day} 08:00"), "", "", "session") for day in (23, 24))
    unknown = Lift(None, "", "", "session_missing")
    assert latest([]) is None
    assert latest([late, early]) is late
    assert latest([early, unknown, late]) is unknown
