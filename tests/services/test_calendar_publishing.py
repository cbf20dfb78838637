"""The plan in a calendar elsewhere, held against a real CalDAV server on loopback."""

import base64
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medvoice.bootstrap import Workspace, open_workspace
from medvoice.cli.main import cli
from medvoice.domain.errors import UserError
from medvoice.infra.secrets import SessionVault
from medvoice.platforms.sources.caldav import CalDav, read_multistatus
from medvoice.services.calendar_publishing import CalendarPublishing, fit
from medvoice.services.checking import Rulebook

ME, WORD = "jordan", "not a real password"
DAYS = [date(2026, 12, day).isoformat() for day in range(1, 29)]


class Server:
    """Radicale as a process of its own, with a sign-in and one calendar."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "users").write_text(f"{ME}:{WORD}\n")
        self.command = [
            sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{self.port}",
            "--storage-filesystem-folder", str(folder / "dav"),
            "--auth-type", "htpasswd", "--auth-delay", "0",
            "--auth-htpasswd-filename", str(folder / "users"), "--auth-htpasswd-encryption", "plain",
        ]  # fmt: skip
        self.base = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.base}/{ME}/plan/"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        give_up_at = time.monotonic() + 20
        while True:
            try:
                self.ask(f"{self.base}/{ME}/", "PROPFIND")
                return
            except OSError:
                assert self.process.poll() is None
                assert time.monotonic() < give_up_at
                time.sleep(0.03)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def ask(self, url: str, method: str, body: bytes | None = None) -> bytes:
        pair = base64.b64encode(f"{ME}:{WORD}".encode()).decode()
        headers = {"Content-Type": "text/calendar", "Authorization": f"Basic {pair}"}
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def holds(self, url: str = "") -> dict[str, tuple[Any, str]]:
        """Instant and title of each item by its UID."""
        calendar = icalendar.Calendar.from_ical(self.ask(url or self.url, "GET"))
        events = calendar.walk("VEVENT")
        assert all(event.errors == [] for event in events)
        return {str(event["UID"]): (event.decoded("DTSTART"), str(event["SUMMARY"])) for event in events}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("dav"))
    yield made
    made.stop()


class Rig:
    """A workspace that publishes to a fresh collection."""

    def __init__(self, home: Path, server: Server, name: str) -> None:
        self.server, self.url = server, f"{server.base}/{ME}/{name}/"
        server.ask(self.url, "MKCALENDAR")
        self.desk: Workspace = open_workspace(home, Rulebook.from_sources({}))
        vault = SessionVault()
        self.publishing = CalendarPublishing(
            self.desk.db, self.desk.clock, self.desk.planning, vault, CalDav(), self.desk.file_locks
        )
        self.publishing.set_place(self.url, ME, WORD)

    def draft(self, title: str, day: str) -> str:
        made = self.desk.drafting.create(title=title, text="Words")
        self.place(made.id, day)
        return made.id

    def place(self, draft_id: str, day: str) -> None:
        draft = self.desk.drafting.get(draft_id)
        wall, zone = (f"{day} 08:10", "Europe/Berlin") if day else ("", "")
        self.desk.drafting.save(draft_id, draft.revision, planned_wall=wall, planned_zone=zone)

    def plan(self) -> dict[str, tuple[Any, str]]:
        """What is to stand there, from the one query that all views of the calendar have."""
        first, last = date(2026, 11, 1), date(2027, 2, 1)
        entries = self.desk.planning.between(first, last, "UTC")
        wanted: dict[str, tuple[Any, str]] = {
            f"{each.draft_id}@medvoice.invalid": (each.at, each.title) for each in entries
        }
        for band in self.desk.planning.bands(first, last):
            if band.kind == "congress":
                wanted[f"{band.event_id}@medvoice.invalid"] = (band.first, band.title)
        return wanted


@pytest.fixture
def rig(tmp_path: Path, server: Server, request: pytest.FixtureRequest, monkeypatch) -> Iterator[Rig]:
    monkeypatch.setenv("MEDVOICE_CLOCK", "2026-11-25T08:00:00+00:00")
    made = Rig(tmp_path, server, request.node.name.removeprefix("test_")[:40])
    yield made
    made.desk.close()


STEP = st.tuples(
    st.sampled_from(("new", "move", "rename", "away", "event")), st.sampled_from(DAYS), st.integers(0, 99)
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=6))
def test_after_any_changes_the_server_holds_the_plan(rig: Rig, steps: list[tuple[str, str, int]]) -> None:
    for act, day, number in steps:
        ids = [row.id for row in rig.desk.drafting.list()]
        if act == "event":
            on = date.fromisoformat(day)
            rig.desk.congresses.add_event(f"Congress {number}", "Europe/Vienna", on, on)
        elif act == "new" or not ids:
            rig.draft(f"Größe; “{number}”, a title, and more", day)
        elif act == "rename":
            draft = rig.desk.drafting.get(ids[number % len(ids)])
            rig.desk.drafting.save(draft.id, draft.revision, title=f"Renamed {number}")
        else:
            rig.place(ids[number % len(ids)], day if act == "move" else "")
    report = rig.publishing.publish()
    assert (report.code, report.edited) == ("", ())
    assert rig.server.holds(rig.url) == rig.plan()
    again = rig.publishing.publish()
    assert (again.put, again.deleted) == (0, 0), "a second run changes nothing"
    assert rig.publishing.publish_if_due() is None, "nor asks the server again"


def test_what_somebody_else_put_there_or_edited_is_left_alone_and_said(rig: Rig) -> None:
    first, second = rig.draft("First", DAYS[0]), rig.draft("Second", DAYS[1])
    theirs = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
        b"DTSTAMP:20261101T000000Z\r\nDTSTART:20261203T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    rig.server.ask(rig.url + "dentist.ics", "PUT", theirs)
    assert rig.publishing.publish().put == 2
    item = f"{rig.url}medvoice-{first}.ics"
    edited = rig.server.ask(item, "GET").replace(b"SUMMARY:First", b"SUMMARY:Edited by hand")
    rig.server.ask(item, "PUT", edited)
    rig.place(first, DAYS[5])
    rig.place(second, "")
    report = rig.publishing.publish()
    assert (report.put, report.deleted, report.edited) == (0, 1, (f"medvoice-{first}.ics",))
    titles = {title for _, title in rig.server.holds(rig.url).values()}
    assert titles == {"Dentist", "Edited by hand"}
    place = rig.publishing.place
    assert place is not None
    assert place.state == "dav_edited"
    assert rig.publishing.publish(overwrites=True).edited == ()
    assert {title for _, title in rig.server.holds(rig.url).values()} == {"Dentist", "First"}
    rig.server.ask(item, "DELETE")
    assert rig.publishing.publish().put == 1, "what was deleted there and is planned comes back"
    assert rig.publishing.stop(removes_items=True).deleted == 1
    assert set(rig.server.holds(rig.url)) == {"dentist"}
    assert rig.publishing.place is None
    assert rig.desk.db.row("SELECT count(*) AS n FROM secrets") == {"n": 0}


def test_an_answer_that_got_lost_does_no_harm(rig: Rig) -> None:
    """The server took an item, and the program ended before it knew."""
    rig.draft("First", DAYS[0])
    rig.publishing.publish()
    rig.publishing.items.clear()
    assert rig.publishing.publish().edited == ()
    assert rig.server.holds(rig.url) == rig.plan()


def test_trouble_is_said_and_nothing_is_lost(rig: Rig) -> None:
    rig.draft("First", DAYS[0])
    good = rig.publishing
    good.set_place(rig.url, ME, "wrong")
    assert good.publish().code == "dav_sign_in"
    assert good.publish_if_due() is None, "a wrong password is not tried again by itself"
    good.set_place(rig.url, ME, WORD)
    assert good.publish_if_due() is not None
    with pytest.raises(UserError, match="dav_not_https"):
        good.set_place("http://calendar.example/plan/", ME, WORD)
    assert good.place is not None
    assert good.place.url == rig.url
    good.set_place(f"{rig.server.base}/{ME}/", ME, "")
    assert good.publish().code == "dav_not_calendar"
    good.set_place(rig.url, ME, "")
    rig.server.ask(rig.url, "DELETE")
    assert good.publish().code == "dav_no_collection"
    rig.server.ask(rig.url, "MKCALENDAR")
    assert good.publish().put == 1
    rig.server.stop()
    assert good.publish().code == "dav_no_answer"
    rig.server.start()
    assert good.publish_if_due() is None, "not at once"
    assert good.publish().code == ""
    assert good.place.state == ""


def test_by_command(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes by standard input and is sealed in the vault."""
    secret = tmp_path / "passphrase"
    secret.write_text("a passphrase of the test")
    secret.chmod(0o600)
    monkeypatch.setattr("medvoice.bootstrap.load_rulebook", lambda _home: Rulebook.from_sources({}))
    monkeypatch.setenv("MEDVOICE_PASSPHRASE_FILE", str(secret))
    url = f"{server.base}/{ME}/by-command/"
    server.ask(url, "MKCALENDAR")

    def run(*words: str, given: str = "") -> Any:
        home = str(tmp_path / "home")
        return CliRunner().invoke(cli, ["--home", home, "calendar", "publish", *words], input=given)

    assert getattr(run().exception, "code", "") == "dav_off"
    wrong = run("--to", url, "--user", ME, "--password-stdin", given="wrong\n")
    assert getattr(wrong.exception, "code", "") == "dav_sign_in"
    said = run("--to", url, "--user", ME, "--password-stdin", "--json", given=f"{WORD}\n")
    assert json.loads(said.output)["code"] == ""
    assert WORD not in said.output
    assert "holds the plan" in run().output
    assert "not published any more" in run("--off", "--remove").output
    assert WORD.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "home").glob("*.sqlite3*"))


def test_addresses_and_answers_that_are_none() -> None:
    assert fit(" https://dav.example/a/plan?x#y ") == "https://dav.example/a/plan/"
    for bad in ("http://dav.example/", "https://a:b@dav.example/", "ftp://x", "https://[", ""):
        with pytest.raises(UserError):
            fit(bad)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert read_multistatus(bomb, "https://dav.example/").code == "dav_server"
    assert read_multistatus(b"<x", "https://dav.example/").code == "dav_server"
