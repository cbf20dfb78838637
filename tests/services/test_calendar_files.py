"""The plan for other calendars: files that strangers read alike, and congresses read from files."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.services.calendars import Calendars
from medvoice.services.clearing import Clearing
from medvoice.services.congresses import Congresses
from medvoice.services.ical import MAX_EVENTS, FoundEvent, read_events, to_ics
from medvoice.services.planning import Band, Planning
from medvoice.services.queueing import Queueing
from medvoice.store.plan import Entry

NOW = datetime(2026, 11, 1, tzinfo=UTC)
# On both sides of both changes of the clocks, and the leap day.
INSTANTS = (
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 45, tzinfo=UTC),
)
TITLE = 'Größe; "quoted", back\\slash, ≥ 3 µg \N{HEAVY BLACK HEART} and a title that is too long for one line'


def an_entry(at: datetime, title: str = TITLE, number: int = 1, state: str = "planned") -> Entry:
    return Entry(f"d_{number}", (f"y_{number}",), title, "t_1", ("linkedin", "x"), at, "", "", state)


def calendar() -> bytes:
    bands = (
        Band("congress", "e_1", "Sample Congress, Vienna", date(2026, 12, 8), date(2026, 12, 11)),
        Band(
            "embargo",
            "e_1",
            "Sample Congress",
            date(2026, 12, 8),
            date(2026, 12, 10),
            datetime(2026, 12, 10, 8, tzinfo=UTC),
        ),
        Band("embargo", "e_1", "Sample Congress", date(2026, 12, 8), date(2026, 12, 11)),
    )
    entries = [an_entry(at, number=number) for number, at in enumerate(INSTANTS)]
    return to_ics(entries, bands, {"t_1": "Real-world, evidence"}, NOW)


def test_lines_are_folded_and_ended_as_the_standard_says() -> None:
    raw = calendar()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    unfolded = raw.replace(b"\r\n ", b"").decode()
    assert 'SUMMARY:Größe\\; "quoted"\\, back\\\\slash\\, ≥ 3 µg' in unfolded
    assert not re.search(r"DTSTART(;TZID[^:]*)?:\d{8}T\d{6}\r", unfolded), "instants are UTC"
    assert raw == calendar(), "the same plan gives the same bytes"


def test_titles_stay_at_home_when_asked() -> None:
    raw = to_ics([an_entry(INSTANTS[0])], (), {"t_1": "Oncology"}, NOW, has_titles=False)
    assert b"SUMMARY:A post\r\n" in raw
    assert b"Oncology" not in raw


def test_a_moved_post_keeps_its_name_and_a_draft_is_tentative() -> None:
    uid = re.compile(rb"UID:(\S+)\r\n")
    here, there = (uid.findall(to_ics([an_entry(at)], (), {}, NOW)) for at in INSTANTS[:2])
    assert here == there
    raw = to_ics([an_entry(INSTANTS[0], state="draft")], (), {}, NOW)
    assert b"STATUS:TENTATIVE\r\n" in raw


@given(st.text(max_size=200))
def test_any_title_comes_back_from_two_readers(title: str) -> None:
    raw = to_ics([an_entry(INSTANTS[0], title)], (), {}, NOW)
    expected = " ".join("".join(each if each.isprintable() else " " for each in title).split()) or "A post"
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert event.errors == []
    assert str(event["SUMMARY"]) == expected
    assert vobject.readOne(raw.decode()).vevent.summary.value == expected


# The strangers: icalendar and vobject in this process, a CalDAV server and khal as processes of their own,
# and libical where the system has it.


def test_icalendar_and_vobject_find_no_fault_and_the_same_instants() -> None:
    raw = calendar()
    parsed = icalendar.Calendar.from_ical(raw)
    events = parsed.walk("VEVENT")
    assert len(events) == len(INSTANTS) + 2, "an embargo without an end is no date"
    assert all(event.errors == [] for event in events)
    assert {event.decoded("DTSTART") for event in events} >= set(INSTANTS)
    found = vobject.readOne(raw.decode())
    found.validate(raiseException=True)
    starts = {event.dtstart.value for event in found.vevent_list}
    assert set(INSTANTS) <= {each.astimezone(UTC) for each in starts if isinstance(each, datetime)}
    assert date(2026, 12, 8) in starts


@pytest.fixture
def dav(tmp_path: Path) -> Iterator[str]:
    """A CalDAV server on loopback with an empty collection; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = ("--storage-filesystem-folder", str(tmp_path / "dav"), "--auth-type", "none")
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", *settings],
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        give_up_at = time.monotonic() + 20
        while True:
            try:
                urllib.request.urlopen(f"{base}/.web", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None
                assert time.monotonic() < give_up_at
                time.sleep(0.05)
        ask(f"{base}/jordan/", "MKCOL")
        ask(f"{base}/jordan/plan/", "MKCALENDAR")
        yield f"{base}/jordan/plan/"
    finally:
        server.terminate()
        server.wait(10)


def ask(url: str, method: str, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(url, data=body, method=method, headers={"Content-Type": "text/calendar"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


def test_a_caldav_server_takes_each_event_and_gives_it_back(dav: str) -> None:
    parsed = icalendar.Calendar.from_ical(calendar())
    for number, event in enumerate(parsed.walk("VEVENT")):
        single = icalendar.Calendar()
        single.add("prodid", "-//MedVoice//Plan//EN")
        single.add("version", "2.0")
        single.add_component(event)
        ask(f"{dav}{number}.ics", "PUT", single.to_ical())
    back = icalendar.Calendar.from_ical(ask(dav, "GET"))
    assert {event.decoded("DTSTART") for event in back.walk("VEVENT")} >= set(INSTANTS)


def test_khal_shows_the_right_hours(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    file.write_bytes(calendar())
    settings = tmp_path / "khal.conf"
    (tmp_path / "collection").mkdir()
    settings.write_text(
        f"[calendars]\n[[plan]]\npath = {tmp_path / 'collection'}\ntype = calendar\n"
        "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
    )
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(settings)]
    env = os.environ | {"HOME": str(tmp_path)}
    done = subprocess.run([*khal, "import", "--batch", str(file)], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    shown = [*khal, "list", "--format", "{start-long} {title}", "2026-10-25", "2d"]
    done = subprocess.run(shown, capture_output=True, text=True, env=env)
    assert done.stdout.count("2026-10-25 02:30 Größe") == 2, "the hour that comes twice: " + done.stdout
    done = subprocess.run([*shown[:-2], "2027-03-28", "1d"], capture_output=True, text=True, env=env)
    assert "2027-03-28 01:59" in done.stdout
    assert "2027-03-28 03:00" in done.stdout


LIBICAL = """
import gi, sys
gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as ICal
whole = ICal.Component.new_from_string(sys.stdin.read())
assert whole.count_errors() == 0
each = whole.get_first_component(ICal.ComponentKind.VEVENT_COMPONENT)
while each:
    at = each.get_dtstart()
    print(at.as_ical_string(), bool(at.is_utc()), flush=True)
    each = whole.get_next_component(ICal.ComponentKind.VEVENT_COMPONENT)
"""


def test_libical_reads_it_where_the_system_has_it() -> None:
    python = shutil.which("python3", path="/usr/bin")
    probe = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"
    if not python or subprocess.run([python, "-c", probe], capture_output=True).returncode:
        pytest.skip("libical is not installed for the system's Python (Debian: gir1.2-ical-3.0, python3-gi)")
    done = subprocess.run([python, "-c", LIBICAL], input=calendar().decode(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for at in INSTANTS:
        assert f"{at:%Y%m%dT%H%M%SZ} True" in done.stdout


# Congresses from files


def a_file(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{each}\r\nEND:VEVENT\r\n" for each in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def test_congresses_are_read_with_their_days_and_zone() -> None:
    read = read_events(
        a_file(
            "SUMMARY:One\r\nDTSTART;TZID=Europe/Vienna:20261017T090000\r\nDTEND;TZID=Europe/Vienna:20261020T1800"
            "00\r\nLOCATION:Vienna\r\nURL:https://example.org",
            "SUMMARY:All\\, day\r\nDTSTART;VALUE=DATE:20261017\r\nDTEND;VALUE=DATE:20261019",
            "SUMMARY:Zone unknown\r\nDTSTART;TZID=Mars/Olympus:20261017T090000",
            "SUMMARY:In UTC\r\nDTSTART:20261017T090000Z",
        )
    )
    days = date(2026, 10, 17), date(2026, 10, 20)
    assert read.events[0] == FoundEvent("One", *days, "Europe/Vienna", "Vienna", "https://example.org")
    assert read.events[1] == FoundEvent("All, day", date(2026, 10, 17), date(2026, 10, 18), "", "", "")
    assert [each.zone for each in read.events[2:]] == ["", ""]
    assert read.left_out == ()


def test_what_cannot_be_is_left_out_by_name() -> None:
    read = read_events(
        a_file(
            "SUMMARY:No such day\r\nDTSTART;VALUE=DATE:20261340",
            "SUMMARY:No date",
            "SUMMARY:Backwards\r\nDTSTART;VALUE=DATE:20261020\r\nDTEND;VALUE=DATE:20261010",
            "SUMMARY:Weekly\r\nDTSTART;VALUE=DATE:20261020\r\nRRULE:FREQ=WEEKLY;COUNT=2000000000",
            "SUMMARY:Fine\r\nDTSTART;VALUE=DATE:20261020",
        )
    )
    assert [each.name for each in read.events] == ["Fine"]
    assert dict(read.left_out) == {
        "No such day": "date_unreadable",
        "No date": "no_date",
        "Backwards": "ends_before",
        "Weekly": "repeats",
    }


def test_a_file_without_end_is_bounded() -> None:
    event = "SUMMARY:One\r\nDTSTART;VALUE=DATE:20261020"
    read = read_events(a_file(*([event] * (MAX_EVENTS + 3))))
    assert (len(read.events), len(read.left_out)) == (MAX_EVENTS, 3)
    with pytest.raises(UserError) as refused:
        read_events(b"x" * 2_000_001)
    assert refused.value.code == "calendar_too_large"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    for whole in (raw, a_file("SUMMARY:One\r\nDTSTART:20261020T080000Z") + raw):
        try:
            read_events(whole)
        except UserError as refused:
            assert refused.code == "calendar_unreadable"  # noqa: PT017 - either is right


@pytest.fixture
def calendars(rig) -> Calendars:
    def no_link(network: str, pasted: str) -> tuple[str, str]:
        raise AssertionError("no link is read here")

    clearing: Clearing = rig.gate
    planning = Planning(rig.db, rig.clock, Queueing(rig.db, rig.clock, clearing, no_link))
    return Calendars(rig.db, rig.clock, planning, Congresses(rig.db, rig.clock))


def test_the_same_file_twice_adds_nothing(calendars: Calendars) -> None:
    read = read_events(a_file("SUMMARY:One\r\nDTSTART;VALUE=DATE:20261020\r\nLOCATION:Lyon"))
    added = calendars.add_events(read, "Europe/Paris")
    assert [(each.name, each.zone, each.place) for each in added.events] == [("One", "Europe/Paris", "Lyon")]
    assert calendars.congresses.store.events() == added.events
    again = calendars.add_events(read, "Europe/Paris")
    assert (again.events, again.known) == ((), 1)


def test_the_live_file_follows_the_plan_and_rests_otherwise(rig, calendars, tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    written: list[bytes] = []

    def write(to: Path, content: bytes) -> None:
        written.append(content)
        to.write_bytes(content)

    assert not calendars.write_live(write)
    calendars.set_live_file(path)
    assert calendars.write_live(write)
    rig.wait(minutes=5)
    assert not calendars.write_live(write), "nothing changed"
    post = rig.plan(due_at=rig.clock.now() + timedelta(days=2))
    assert calendars.write_live(write)
    assert f"UID:{post.id}@medvoice.invalid".encode() in path.read_bytes()
    path.unlink()
    assert calendars.write_live(write), "someone removed it"
    calendars.set_live_file(None)
    assert not calendars.write_live(write)

    def full(to: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    calendars.set_live_file(path)
    with pytest.raises(UserError) as refused:
        calendars.write_live(full)
    assert refused.value.code == "calendar_unwritable"
    assert calendars.write_live(write), "it is tried again"
