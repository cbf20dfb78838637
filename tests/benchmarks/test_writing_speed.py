"""Keys, drafts and scrolling, timed in the real window: what a person feels while writing (issue 3, Speed).

Run: MEDVOICE_BENCHMARKS=1 python -m pytest tests/benchmarks/test_writing_speed.py -s
Targets: a key is painted within 16 ms at the 99th percentile in a text of 3,000 characters with 50 findings
while the checker runs; another draft is shown within 50 ms; a frame of a list of 100,000 drafts takes 16 ms.

Measured 2026-11-25 on two cores with a load of eight to ten (99th percentile in brackets): key to painted
text 1.4 ms (15.2), another draft 13.5 ms (47.4), a frame of the list 1.4 ms (6.8, 17.3 and 94 in three runs),
all of 100,000 drafts in the list 1.2 to 2.5 s after the window was shown. To be repeated on an idle machine.
"""

import os
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medvoice.app import build
from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.domain.draft import Draft, Variant
from medvoice.domain.profile import Profile
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.store.connection import transaction
from medvoice.store.draft import DraftStore
from medvoice.ui.editor import PostEditor
from medvoice.ui.main_window import MainWindow
from medvoice.ui.theme import Mode, Theme

pytestmark = [
    pytest.mark.skipif(not os.environ.get("MEDVOICE_BENCHMARKS"), reason="set MEDVOICE_BENCHMARKS=1 to time"),
    pytest.mark.timeout(300),
]
DRAFTS, KEYS, FINDINGS = 100_000, 400, 50
SETTLE_MS = 800
KEY_LIMIT_MS, SWITCH_LIMIT_MS, FRAME_LIMIT_MS, READY_LIMIT_MS = 16, 50, 16, 1500
# Each sentence has two findings; between them calm words, to 3,000 characters in ten paragraphs.
SENTENCE = "Our second-line therapy is safe and well tolerated in older adults. "
CALM = "I read the methods before I read the results, then ask. "
LONG = "\n".join([(SENTENCE + CALM) * 2 + SENTENCE] * 10)[:3000]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a hundred thousand drafts; the newest two are long and have findings."""
    place = tmp_path_factory.mktemp("writing") / "workspace"
    workspace = open_workspace(place, load_rulebook())
    workspace.identity.save(Profile(name="Jordan Sample", zone="UTC"))
    store, start = DraftStore(workspace.db), datetime.now(UTC)
    with transaction(workspace.db):
        for number in range(DRAFTS):
            at = start - timedelta(minutes=number)
            text = f"{LONG[:-1]}{number}" if number < 2 else f"Opening line {number} of a post"
            store.add(
                Draft(
                    id=f"d_{number}",
                    title=f"Draft number {number} about registries",
                    text=text,
                    topic_id=None,
                    audience="",
                    regions=("EU",),
                    variants=(Variant("linkedin"), Variant("x", is_on=False)),
                    revision=1,
                    is_idea=number % 10 == 9,
                    planned_wall="",
                    planned_zone="",
                    created_at=at,
                    updated_at=at,
                )
            )
    workspace.close()
    return place


@pytest.fixture
def window(qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    theme.apply_to(qapp)
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.resize(1440, 900)
    window.show()
    window.start()
    yield window
    window.close()
    runner.shutdown()
    theme.changed.disconnect()
    qapp.setStyleSheet("")


def wait(condition, timeout_s: float = 20) -> float:
    """Milliseconds until the condition holds."""
    began = time.perf_counter()
    while not condition():
        assert time.perf_counter() - began < timeout_s
        QTest.qWait(1)
    return (time.perf_counter() - began) * 1000


class Painted(QObject):
    """When the page was last painted, and when each text was first on it."""

    def __init__(self, editor: PostEditor) -> None:
        super().__init__(editor)
        self.editor, self.at_s = editor, 0.0
        self.first_s: dict[str, float] = {}
        editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at_s = time.perf_counter()
            self.first_s.setdefault(self.editor.text(), self.at_s)
        return False


def told(name: str, times: list[float]) -> float:
    """Print the times; the 99th percentile."""
    ordered = sorted(times)
    worst = ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    print(f"\n  {name}: median {statistics.median(times):.1f} ms, p99 {worst:.1f}, longest {ordered[-1]:.1f}")
    return worst


def ready(window: MainWindow) -> PostEditor:
    compose = window.compose
    wait(lambda: compose.session.draft is not None and compose.drafts.list.count() == DRAFTS)
    wait(lambda: compose.standing is not None)
    QTest.qWait(SETTLE_MS)
    return window.findChild(PostEditor, "post_editor")


def test_a_key_is_painted_at_once(window: MainWindow) -> None:
    editor = ready(window)
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    painted, times = Painted(editor), []
    marks = [
        (place * 58, place * 58 + 30, ("block", "warn", "advise")[place % 3], f"f{place}")
        for place in range(50)
    ]
    for number in range(KEYS):
        if len(editor.findings()) < FINDINGS:
            editor.set_findings(marks)
            editor.repaint()
        # At two hundred words a minute, so that saves, checks and counts come between the keys.
        until = time.perf_counter() + 0.06
        while time.perf_counter() < until:
            QApplication.processEvents()
            time.sleep(0.001)
        began = time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Space if number % 6 == 5 else Qt.Key.Key_E)
        editor.viewport().repaint()
        assert painted.at_s > began
        times.append((painted.at_s - began) * 1000)
    assert told("key to painted text, 3,000 characters, 50 findings", times) <= KEY_LIMIT_MS


def test_the_window_is_not_held_up_between_keys(window: MainWindow) -> None:
    """The longest the event loop is away while a person types: saving, checking and listing included."""
    editor = ready(window)
    editor.setFocus()
    gaps: list[float] = []
    last = time.perf_counter()
    for number in range(2500):
        QApplication.processEvents()
        time.sleep(0.001)
        if number % 60 == 0:
            QTest.keyClick(editor, Qt.Key.Key_E)
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
    assert told("a turn of the event loop while typing", gaps) <= KEY_LIMIT_MS


def test_another_draft_is_shown_at_once(window: MainWindow) -> None:
    editor = ready(window)
    drafts, times, painted = window.compose.drafts.list, [], Painted(editor)
    for number in range(24):
        wanted = f"d_{number % 2}" if number % 3 else f"d_{number + 2}"
        if window.compose.session.draft.id == wanted:
            continue
        painted.first_s.clear()
        began = time.perf_counter()
        drafts.view.setCurrentIndex(drafts.model.index_of(wanted))
        wait(lambda wanted=wanted: window.compose.session.draft.id == wanted)
        times.append((painted.first_s[editor.text()] - began) * 1000)
        wait(lambda: not window.compose.session.live_check.is_busy)
        QTest.qWait(SETTLE_MS)  # the cards of the last draft are not this one's time
    assert told("another draft on the screen", times) <= SWITCH_LIMIT_MS


def test_a_hundred_thousand_drafts_scroll(window: MainWindow) -> None:
    ready(window)
    view, times = window.compose.drafts.list.view, []
    bar = view.verticalScrollBar()
    for number in range(300):
        began = time.perf_counter()
        bar.setValue(number * 90 if number < 150 else bar.maximum() - number * 7919)
        view.viewport().repaint()
        times.append((time.perf_counter() - began) * 1000)
        QTest.qWait(1)
    assert told("a frame of a list of 100,000 drafts", times) <= FRAME_LIMIT_MS


def test_a_long_list_does_not_hold_up_the_start(qapp: QApplication, home: Path) -> None:
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    window, runner = build(theme, make_paths(home), with_agent=False)
    window.show()
    began = time.perf_counter()
    window.start()
    wait(lambda: window.compose.session.draft is not None and window.compose.drafts.list.count() > 0)
    took_ms = (time.perf_counter() - began) * 1000
    first = window.compose.drafts.list.count()
    wait(lambda: window.compose.drafts.list.count() == DRAFTS)
    whole_ms = (time.perf_counter() - began) * 1000
    print(f"\n  editable with the first {first} drafts: {took_ms:.0f} ms, all {DRAFTS}: {whole_ms:.0f} ms")
    window.close()
    runner.shutdown()
    theme.changed.disconnect()
    assert took_ms < READY_LIMIT_MS
    assert first < DRAFTS
