"""The real window on the sample workspace, without an agent and without a keyring."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.app import build, make_app
from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.services.sample import SampleWriter
from medvoice.ui.main_window import MainWindow
from medvoice.ui.tasks import TaskRunner
from medvoice.ui.theme import Mode, Theme

TEMPLATES = ("sample_workspace.toml", "sample_post.txt")
WAIT_MS = 15_000


def write_sample(home: Path) -> None:
    """Write the sample workspace at `home`."""
    workspace = open_workspace(home, load_rulebook())
    templates = [resource_path("templates", name).read_text("utf-8") for name in TEMPLATES]
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    SampleWriter(workspace.db, workspace.rulebook, now, "http://127.0.0.1:8799").write(*templates)
    workspace.close()


def wait_for(condition: Callable[[], object], what: str = "", limit_ms: int = WAIT_MS) -> None:
    """Let Qt work until the condition holds. Raises TimeoutError."""
    deadline = QDeadlineTimer(limit_ms)
    while not condition():
        if deadline.hasExpired():
            raise TimeoutError(what or "The window did not get there.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rest(milliseconds: int) -> None:
    """Let Qt work for a while."""
    deadline = QDeadlineTimer(milliseconds)
    wait_for(deadline.hasExpired)


@dataclass
class Stand:
    """The window with what it stands on."""

    window: MainWindow
    runner: TaskRunner
    theme: Theme
    home: Path

    def settle(self) -> None:
        """Wait until nothing is being saved or checked and the screen has followed."""
        session = self.window.compose.session
        wait_for(lambda: not session.is_dirty and not session.live_check.is_busy, "still checking")
        rest(60)

    def find(self, name: str) -> QWidget:
        """The visible widget of that name, else any; raises LookupError."""
        found = self.window.findChildren(QWidget, name)
        if not found:
            raise LookupError(name)
        return next((each for each in found if each.isVisible()), found[0])

    def close(self) -> None:
        """Take the window down and let go of it; the folder stays."""
        self.window.close()
        self.runner.shutdown()
        self.theme.changed.disconnect()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyleSheet("")
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def open_stand(home: Path, *, mode: Mode = Mode.LIGHT, scale: float = 1.0) -> Stand:
    """Open the window on a workspace and wait until it can be used."""
    app = make_app()
    theme = Theme.from_resources(resource_path(), mode=mode, text_scale=scale)
    theme.apply_to(app)
    window, runner = build(theme, make_paths(home), with_agent=False)
    theme.set_mode(mode)
    theme.set_text_scale(scale)
    window.resize(1440, 900)
    window.show()
    is_ready: list[bool] = []
    window.ready.connect(lambda: is_ready.append(True))
    window.start()
    wait_for(lambda: is_ready, "not ready")
    stand = Stand(window, runner, theme, home)
    if window.compose.session.draft is not None:
        wait_for(lambda: window.compose.standing is not None, "no standing")
    stand.settle()
    gc.collect()
    return stand
