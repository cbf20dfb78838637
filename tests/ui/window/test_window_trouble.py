"""A workspace that cannot be opened: said once, nothing lost, the last backup one click away."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from medvoice.app import build
from medvoice.bootstrap import open_workspace
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.store.backup import make_backup
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.trouble import TroubleDialog

POPUP = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def theme(qapp: QApplication):
    made = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    made.apply_to(qapp)
    yield made
    made.changed.disconnect()
    qapp.setStyleSheet("")


def damage(home: Path) -> bytes:
    path = home / "medvoice.sqlite3"
    path.write_bytes(b"This is no database any more. " * 400)
    return path.read_bytes()


def open_window(theme, home, qtbot):
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.in_trouble, timeout=10_000):
        window.start()
    dialog = window.findChild(TroubleDialog)
    qtbot.waitUntil(dialog.isVisible)
    return window, runner, dialog


@POPUP
def test_the_last_backup_is_one_click_away(theme, home, rulebook, qtbot: QtBot):
    workspace = open_workspace(home, rulebook)
    make_backup(workspace.db.conn, home / "medvoice.sqlite3", workspace.clock.now())
    workspace.close()
    for suffix in ("-wal", "-shm"):
        (home / f"medvoice.sqlite3{suffix}").unlink(missing_ok=True)
    damaged = damage(home)
    window, runner, dialog = open_window(theme, home, qtbot)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cannot be read" in words
    assert "kept as it is" in words
    use = dialog.findChild(object, "trouble_backup")
    with qtbot.waitSignal(window.ready, timeout=10_000):
        use.click()
    qtbot.waitUntil(lambda: window.compose.column.editor.text() == "I read the methods before the results.")
    aside = [path for path in home.iterdir() if ".damaged-" in path.name]
    assert [path.read_bytes() for path in aside] == [damaged]
    window.close()
    runner.shutdown()


@POPUP
def test_without_a_backup_nothing_is_promised(theme, home, qtbot: QtBot):
    damaged = damage(home)
    for path in (home / "backups").glob("*"):
        path.unlink()
    window, runner, dialog = open_window(theme, home, qtbot)
    assert dialog.findChild(object, "trouble_backup") is None
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "There is no backup yet" in words
    dialog.findChild(object, "trouble_close").click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert (home / "medvoice.sqlite3").read_bytes() == damaged
    runner.shutdown()
