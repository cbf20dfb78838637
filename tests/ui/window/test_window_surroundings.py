"""Clock, time zone and language change, fonts are missing, a keyring does not answer: nothing freezes, and
each is said in a sentence."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtTest import QTest

from medvoice.app import build
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.bridge import WORLD
from medvoice.ui.clock_watch import ClockWatch
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.message import Banner

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)


class Time:
    """A clock, a counter and a zone that a test moves."""

    def __init__(self) -> None:
        self.now, self.ran, self.zone = NOON, 100.0, "Europe/Berlin"

    def pass_s(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.ran += seconds


@pytest.fixture
def moved_time() -> Time:
    return Time()


@pytest.fixture
def watch(qapp, moved_time: Time) -> ClockWatch:
    time = moved_time
    return ClockWatch(now=lambda: time.now, running=lambda: time.ran, zone=lambda: time.zone)


def told_by(watch: ClockWatch) -> list[object]:
    said: list[object] = []
    watch.jumped.connect(said.append)
    watch.moved.connect(said.append)
    watch.woke.connect(lambda: said.append("woke"))
    return said


def test_time_that_passes_is_nothing_new(watch, moved_time):
    said = told_by(watch)
    for _look in range(20):
        moved_time.pass_s(5)
        watch.look()
    moved_time.now += timedelta(seconds=90)  # the network corrects it a little
    watch.look()
    assert said == []


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_that_was_set_is_told_once(watch, moved_time, hours):
    said = told_by(watch)
    moved_time.pass_s(5)
    moved_time.now += timedelta(hours=hours)
    watch.look()
    moved_time.pass_s(5)
    watch.look()
    assert said == [timedelta(hours=hours)]


def test_sleep_is_not_a_clock_that_was_set(watch, moved_time):
    said = told_by(watch)
    moved_time.pass_s(7 * 3600)
    watch.look()
    assert said == ["woke"]


def test_another_time_zone_is_told(watch, moved_time):
    said = told_by(watch)
    moved_time.zone = "America/New_York"
    watch.look()
    assert said == ["America/New_York"]


def test_the_window_says_so_and_reads_its_pages_again(stage):
    window, seen = stage.window, []
    stage.wait(lambda: hasattr(window, "surroundings"))
    window.bridge.changed.connect(seen.append)
    window.surroundings.watch.jumped.emit(timedelta(hours=3))
    words = "The clock of this computer was set forward by 3 hours. Planned times stay as they are."
    assert window.toast.text() == words
    window.surroundings.watch.jumped.emit(timedelta(days=-1))
    assert window.toast.text().startswith("The clock of this computer was set back by 1 day.")
    window.surroundings.watch.moved.emit("America/New_York")
    assert "time zone America/New York now" in window.toast.text()
    assert seen.count(WORLD) == 3


GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


@pytest.mark.parametrize(("system", "taken"), [(GERMAN, GERMAN), (QLocale.c(), BRITISH)])
def test_another_language_of_dates_is_taken_up_and_none_is_none(stage, monkeypatch, system, taken):
    window, seen, before = stage.window, [], QLocale()
    stage.wait(lambda: hasattr(window, "surroundings"))
    window.bridge.changed.connect(seen.append)
    QLocale.setDefault(BRITISH)
    monkeypatch.setattr("medvoice.ui.surroundings.QLocale.system", lambda: system)
    try:
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LocaleChange))
        assert seen == [WORLD]
        assert QLocale() == taken
    finally:
        QLocale.setDefault(before)


def test_without_fonts_the_window_works_and_says_so(qtbot, home, tmp_path: Path, qapp):
    resources = tmp_path / "resources"
    resources.mkdir()
    for name in ("themes", "icons"):
        (resources / name).symlink_to(resource_path(name), target_is_directory=True)
    theme = Theme.from_resources(resources, mode=Mode.LIGHT)
    assert not theme.has_own_fonts
    theme.apply_to(qapp)
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    qtbot.waitUntil(lambda: window.findChild(Banner, "banner_info") is not None, timeout=5000)
    assert window.findChild(Banner, "banner_info").text().startswith("The fonts of MedVoice were not found")
    window.close()
    runner.shutdown()
    theme.changed.disconnect()
    qapp.setStyleSheet("")


def test_with_fonts_nothing_is_said(stage):
    assert stage.theme.has_own_fonts
    stage.wait(lambda: hasattr(stage.window, "surroundings"))
    assert stage.window.findChild(Banner, "banner_info") is None


def test_a_keyring_that_does_not_answer_stops_nobody_from_writing(stage):
    """The keyring is asked on the net lane only, whose both threads wait here."""
    window, editor = stage.window, stage.window.compose.column.editor
    answer = threading.Event()
    try:
        for _thread in range(2):
            window.bridge.net(lambda _desk: answer.wait(20), owner=window)
        editor.setFocus()
        QTest.keyClicks(editor, "Still writing. ")
        draft_id = window.compose.session.draft.id
        stage.wait(lambda: "Still writing." in stage.workspace.drafting.get(draft_id).text, timeout=4000)
        window.show_page("settings")
        window.show_settings("accounts")
        window.show_page("queue")
        stage.wait(lambda: window.queue.snapshot is not None, timeout=4000)
    finally:
        answer.set()
