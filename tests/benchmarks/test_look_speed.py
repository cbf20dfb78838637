"""How long a change of colours takes in the real window on the sample workspace (issue 3, Speed).

Run: MEDVOICE_BENCHMARKS=1 python -m pytest tests/benchmarks/test_look_speed.py -s
Target: light to dark and painted within 150 ms. Times are those of the processor, so that what else the
machine does is not counted.
"""

import os
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medvoice.app import build
from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.services.sample import SampleWriter
from medvoice.ui.main_window import MainWindow
from medvoice.ui.theme import Mode, Theme

pytestmark = [
    pytest.mark.skipif(not os.environ.get("MEDVOICE_BENCHMARKS"), reason="set MEDVOICE_BENCHMARKS=1 to time"),
    pytest.mark.timeout(120),
]
LIMIT_MS, TIMES, SETTLE_MS = 150, 9, 150


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, qtbot) -> Iterator[MainWindow]:
    workspace = open_workspace(tmp_path / "w", load_rulebook())
    templates = [
        resource_path("templates", name).read_text("utf-8")
        for name in ("sample_workspace.toml", "sample_post.txt")
    ]
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    SampleWriter(workspace.db, workspace.rulebook, now, "http://127.0.0.1:8799").write(*templates)
    workspace.close()
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(qapp)
    window, runner = build(theme, make_paths(tmp_path / "w"), with_agent=False)
    window.resize(1440, 900)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.start()
    qtbot.waitUntil(lambda: window.compose.standing is not None, timeout=20_000)
    QTest.qWait(1000)
    yield window
    window.close()
    runner.shutdown()
    theme.changed.disconnect()
    qapp.setStyleSheet("")


def switch_ms(window: MainWindow) -> float:
    """Median of a few switches, each with its painting."""
    spent: list[float] = []
    for turn in range(TIMES):
        began = time.process_time()
        window.theme.set_mode(Mode.LIGHT if turn % 2 else Mode.DARK)
        window.repaint()
        spent.append((time.process_time() - began) * 1000)
        QTest.qWait(SETTLE_MS)
    return statistics.median(spent)


def test_colours_change_within_150_ms(window: MainWindow) -> None:
    compose = switch_ms(window)
    for page in ("queue", "settings", "compose"):
        window.show_page(page)
        QTest.qWait(SETTLE_MS)
    every = switch_ms(window)
    print(f"\n  colours changed: {compose:.0f} ms in Compose, {every:.0f} ms once all pages were seen")
    assert compose <= LIMIT_MS
