"""The plan with 100,000 drafts and 20,000 deliveries over ten years: a month read and painted under 30 ms,
the next free slot under 50, gaps under 100, likeness with 5,000 posts under 20, a step of a drag in a frame.

Run: MEDVOICE_BENCHMARKS=1 python -m pytest tests/benchmarks/test_plan_speed.py -s -n0
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QApplication

from medvoice.app import make_app
from medvoice.domain.clock import FixedClock, to_text
from medvoice.domain.likeness import Likenesses
from medvoice.infra.resources import resource_path
from medvoice.services.congresses import Congresses
from medvoice.services.identity import Identity
from medvoice.services.planning import Planning
from medvoice.services.queueing import Queueing
from medvoice.services.topics import Topics
from medvoice.store.connection import Workspace, open_workspace, transaction
from medvoice.ui.models.calendar_data import load_calendar
from medvoice.ui.models.calendar_days import span_of
from medvoice.ui.pages.calendar.dragging import mime_of
from medvoice.ui.pages.calendar.month_view import MonthView
from medvoice.ui.theme import Theme

pytestmark = [
    pytest.mark.skipif(not os.environ.get("MEDVOICE_BENCHMARKS"), reason="set MEDVOICE_BENCHMARKS=1 to time"),
    pytest.mark.timeout(600),
]
DRAFTS, DELIVERIES, YEARS = 100_000, 20_000, 10
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ROUNDS = 15


class Desk:
    """As much of a desk as the calendar asks for."""

    def __init__(self, db: Workspace) -> None:
        self.db, self.clock = db, FixedClock(NOW)
        self.identity = Identity(db)
        self.topics = Topics(db, self.clock)
        self.congresses = Congresses(db, self.clock)
        no_clearing = cast("Any", None)
        self.queueing = Queueing(db, self.clock, no_clearing, no_clearing)
        self.planning = Planning(db, self.clock, self.queueing)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    db = open_workspace(Path(tmp_path_factory.mktemp("plan")) / "workspace.sqlite", clock=FixedClock(NOW))
    made, chance = Desk(db), random.Random(20261124)
    topics = [made.topics.add(f"Topic {at}", cadence_days=7).id for at in range(6)]
    with transaction(db):
        db.run(
            "INSERT INTO accounts VALUES"
            " ('a', 'x', 'oauth', '', '', '', '', '', '[]', 'connected', '', NULL, ?)",
            [to_text(NOW)],
        )
        for at in range(DRAFTS):
            wall = f"{NOW.date() + timedelta(days=chance.randrange(900))} 08:10" if at % 50 == 0 else ""
            db.run(
                "INSERT INTO drafts (id, title, text, variant_text, first_line, topic_id, audience, regions,"
                " variants, channels, revision, is_idea, planned_wall, planned_zone, created_at, updated_at)"
                " VALUES (?, ?, 'Words', '', 'Words', ?, '', '[]', '[]', 'x', 1, 0, ?, ?, ?, ?)",
                [
                    f"d_{at}",
                    f"Draft {at}",
                    topics[at % 6],
                    wall,
                    "UTC" if wall else "",
                    to_text(NOW),
                    to_text(NOW),
                ],
            )
        for at in range(DELIVERIES):
            _deliver(db, at, chance)
    return made


def _deliver(db: Workspace, at: int, chance: random.Random) -> None:
    if at == 0:
        db.run(
            "INSERT INTO clearances VALUES"
            " (1, 'c', 'd_0', 1, 'x', '', '[]', '[]', '[]', '', '', '', NULL, '')"
        )
    due = NOW - timedelta(days=365 * YEARS - 90) + timedelta(minutes=chance.randrange(365 * YEARS * 1440))
    state = "published" if due < NOW else "planned"
    db.run(
        "INSERT INTO deliveries VALUES (?, ?, 1, 'Title', 'x', 'a', 'oauth', 'c', '', ?, ?, 'UTC', 0, 0, ?)",
        [f"y_{at}", f"d_{at}", to_text(due), f"{due:%Y-%m-%d %H:%M}", to_text(NOW)],
    )
    db.run(
        "INSERT INTO parts (id, delivery_id, position, text, state, reason, attempts, body_sha256, remote_id,"
        " remote_url, fence) VALUES (?, ?, 0, 'Words', ?, '', 0, '', '', '', 0)",
        [f"p_{at}", f"y_{at}", state],
    )


def least_ms(what: Callable[[], object]) -> float:
    """The shortest of fifteen: what the work itself takes when nothing else runs."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        what()
        times.append((time.perf_counter() - start) * 1000)
    print(f"\n  least {min(times):.1f}, median {statistics.median(times):.1f} ms", end="")
    return min(times)


def told(what: str, ms: float, limit: float) -> None:
    print(f"\n{what}: {ms:.1f} ms (at most {limit})")
    assert ms <= limit * 1.5


def test_a_month_is_read_and_painted(desk: Desk) -> None:
    app = make_app()
    theme = Theme.from_resources(resource_path())
    theme.apply_to(app)
    view = MonthView(theme, NOW.date())
    view.resize(1060, 760)
    view.show()
    span = span_of("month", NOW.date())

    def query() -> object:
        return desk.planning.between(span.first, span.last, "UTC")

    snapshot = load_calendar(cast("Any", desk), span.first, span.last, NOW.date())
    print(f"\n{len(snapshot.all())} cards in the month")
    view.show_snapshot(snapshot)
    query_ms, paint_ms = least_ms(query), least_ms(view.grab)
    told("month, query", query_ms, 30)
    told("month, query and paint", query_ms + paint_ms, 30)
    card = next(each for each in snapshot.all() if each.can_move)
    mime: QMimeData = mime_of(card)
    at = view.rect_of_day(NOW.date() + timedelta(days=2)).center().toPoint()

    def drag() -> None:
        event = QDragMoveEvent(
            at + QPoint(1, 0),
            Qt.DropAction.MoveAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view.viewport(), event)
        view.grab()

    told("a step of a drag, painted", least_ms(drag), 16)
    view.close()
    view.deleteLater()


def test_all_that_the_page_reads(desk: Desk) -> None:
    span = span_of("month", NOW.date())
    ms = least_ms(lambda: load_calendar(cast("Any", desk), span.first, span.last, date(2026, 11, 1)))
    print(f"\nall that the calendar page reads, off the window's thread: {ms:.0f} ms")


def test_the_next_free_slot(desk: Desk) -> None:
    told("next free slot", least_ms(lambda: desk.planning.slots.free(1)), 50)


def test_gaps(desk: Desk) -> None:
    told("gaps", least_ms(lambda: desk.planning.gaps("UTC")), 100)


def test_likeness_with_5000_posts() -> None:
    chance, kept = random.Random(1), Likenesses()
    words = [f"word{at}" for at in range(40)]
    for at in range(5000):
        kept.keep(str(at), " ".join(chance.choices(words, k=120)))
    text = " ".join(chance.choices(words, k=120))
    told("likeness with 5,000 posts", least_ms(lambda: kept.alike(text)), 20)
