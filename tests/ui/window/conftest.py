"""The real window over a real workspace, with its lanes, on the offscreen platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medvoice.app import build
from medvoice.bootstrap import Workspace, load_rulebook, open_workspace
from medvoice.domain.profile import Profile
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.services.checking import Rulebook
from medvoice.ui.main_window import MainWindow
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.schedule_button import ScheduleButton


@dataclass
class Stage:
    """The window, and a connection of the test's own to look into the workspace."""

    window: MainWindow
    workspace: Workspace
    theme: Theme
    bot: QtBot

    def wait(self, condition, timeout: int = 8000) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def find(self, kind, name: str):
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def settle(self, *, saves: bool = False) -> None:
        """Until the open draft is saved and checked; `saves` does not wait for the moment to save."""
        session = self.window.compose.session
        if saves:
            session.save()
        self.wait(lambda: not session.is_dirty and not session.live_check.is_busy)

    def tick_all(self) -> None:
        """Every open box of the draft, by a click."""
        self.settle()
        rows = self.window.compose.compliance.rows
        self.wait(lambda: bool(rows))
        for code in list(rows):
            if not rows[code].isChecked():
                rows[code].click()
                self.wait(lambda code=code: rows[code].isChecked())

    def make_ready(self) -> ScheduleButton:
        """As `tick_all`; the button, once it says that all is done."""
        self.tick_all()
        button = self.find(ScheduleButton, "schedule_button")
        self.wait(lambda: button.state == "ready")
        return button


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture
def home(tmp_path: Path, rulebook: Rulebook) -> Path:
    """A workspace with a profile and one calm draft."""
    place = tmp_path / "workspace"
    workspace = open_workspace(place, rulebook)
    workspace.identity.save(
        Profile(name="Jordan Sample", disclosure="I work in medical affairs; views are my own.", zone="UTC")
    )
    workspace.drafting.create(title="A first draft", text="I read the methods before the results.")
    workspace.close()
    return place


@pytest.fixture
def stage(qtbot: QtBot, home: Path, rulebook: Rulebook) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(app)
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.theme.set_mode(Mode.LIGHT)
    workspace = open_workspace(home, rulebook)
    window.resize(1440, 900)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    yield Stage(window, workspace, theme, qtbot)
    window.close()
    runner.shutdown()
    workspace.close()
    theme.changed.disconnect()
    app.setStyleSheet("")
