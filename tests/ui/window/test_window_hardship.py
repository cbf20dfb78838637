"""A second window, fonts missing, no OpenGL, 200 %, locale and time zone changed: nothing breaks."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from medvoice.app import build
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.editor import PostEditor
from medvoice.ui.theme import Mode, Theme

ROOT = Path(__file__).parents[3]
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


def write(window: QWidget, text: str) -> None:
    editor = window.findChild(PostEditor, "post_editor")
    assert editor is not None
    editor.selectAll()
    editor.insert_text(text)


def texts(stage) -> set[str]:
    return {stage.workspace.drafting.get(row.id).text for row in stage.workspace.drafting.list()}


def test_what_one_window_saves_the_other_shows(stage, home, qtbot):
    other, runner = build(stage.theme, make_paths(home), with_agent=False)
    other.show()
    with qtbot.waitSignal(other.ready, timeout=10_000):
        other.start()
    write(stage.window, "Written in the first window.")
    stage.wait(lambda: texts(stage) == {"Written in the first window."})
    other.bridge.look()
    editor = other.findChild(PostEditor, "post_editor")
    stage.wait(lambda: editor.text() == "Written in the first window.")
    other.close()
    runner.shutdown()


def test_without_our_fonts_the_window_uses_those_of_the_system(qtbot, qapp: QApplication, home, tmp_path):
    bare = tmp_path / "resources"
    shutil.copytree(
        resource_path(), bare, ignore=shutil.ignore_patterns("fonts", "packs", "lexicon", "guide")
    )
    theme = Theme.from_resources(bare, mode=Mode.LIGHT)
    theme.apply_to(qapp)
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    write(window, "Registries, and what they cannot say: ≥ 38 % ± 2, µg, ő.")
    assert QFontInfo(theme.font("editor")).pixelSize() == 18
    assert not window.grab().isNull()
    window.close()
    runner.shutdown()
    theme.changed.disconnect()
    qapp.setStyleSheet("")


@pytest.fixture
def english():
    before = QLocale()
    yield
    QLocale.setDefault(before)


def test_the_locale_may_change_while_the_window_is_open(stage, english):
    editor = stage.find(PostEditor, "post_editor")
    QApplication.sendEvent(stage.window, QEvent(QEvent.Type.LocaleChange))
    QLocale.setDefault(GERMAN)
    editor.selectAll()
    editor.insert_text("Written after the change. " * 60)
    session = stage.window.compose.session
    stage.wait(lambda: not session.is_dirty and not session.live_check.is_busy)
    assert texts(stage) == {"Written after the change. " * 60}
    chip = stage.window.compose.bar.chips["linkedin"]
    stage.wait(lambda: chip.words().endswith("/ 3.000"))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a process is set elsewhere here")
def test_the_time_zone_of_the_computer_may_change(stage, monkeypatch):
    """Times are those of the person's zone in their profile, wherever the computer thinks it is."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        write(stage.window, "Written on the other side of the world.")
        stage.wait(lambda: texts(stage) == {"Written on the other side of the world."})
        saved = stage.workspace.drafting.list()[0].updated_at.astimezone().utctimetuple()
        words = f"Saved {saved.tm_hour:02}:{saved.tm_min:02}"
        stage.wait(lambda: stage.find(QLabel, "saved_line").text() == words)
    finally:
        monkeypatch.undo()
        time.tzset()


def start(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The window as a process; nothing may stand in its error output."""
    done = subprocess.run(
        [sys.executable, "-m", "medvoice", "--home", str(home), *arguments],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=100,
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, []), done
    return done


def test_at_200_percent_every_page_is_drawn_twice_as_large(home, tmp_path):
    start(home, "--shots", str(tmp_path / "shots"), QT_SCALE_FACTOR="2")
    pictures = sorted((tmp_path / "shots").glob("*-1440x900.png"))
    assert len(pictures) >= 6
    assert {QImage(str(each)).size().toTuple() for each in pictures} == {(2880, 1800)}


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb absent (apt install xvfb)")
def test_on_a_screen_without_opengl(home):
    ours, theirs = os.pipe()
    command = ["Xvfb", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-extension", "GLX"]
    screen = subprocess.Popen(
        [*command, "-displayfd", str(theirs)], pass_fds=[theirs], stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    try:
        with os.fdopen(ours) as pipe:
            display = pipe.readline().strip()
        done = start(home, "--exit-when", "ready", QT_QPA_PLATFORM="xcb", DISPLAY=f":{display}")
        assert "ready_ms" in done.stdout
    finally:
        screen.terminate()
        screen.wait(10)
