"""The real window on the sample workspace; pictures go to the test's own folder."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medvoice.app import build, make_app
from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.services.sample import SampleWriter
from medvoice.ui.main_window import MainWindow
from medvoice.ui.theme import Mode, Theme


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, written once."""
    home = tmp_path_factory.mktemp("sample") / "workspace"
    workspace = open_workspace(home, load_rulebook())
    templates = [
        resource_path("templates", name).read_text("utf-8")
        for name in ("sample_workspace.toml", "sample_post.txt")
    ]
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    SampleWriter(workspace.db, workspace.rulebook, now, "http://127.0.0.1:8799").write(*templates)
    workspace.close()
    return home


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, sample_home: Path) -> Iterator[MainWindow]:
    make_app()
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(qapp)
    made, runner = build(theme, make_paths(sample_home), with_agent=False)
    made.resize(1440, 900)
    made.show()
    with qtbot.waitSignal(made.ready, timeout=15_000):
        made.start()
    session = made.compose.session
    qtbot.waitUntil(lambda: made.compose.standing is not None and not session.live_check.is_busy)
    yield made
    made.close()
    runner.shutdown()
    theme.changed.disconnect()
    qapp.setStyleSheet("")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: MEDVOICE_PICTURES, else the test's folder."""
    chosen = os.environ.get("MEDVOICE_PICTURES", "")
    folder = Path(chosen) if chosen else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
