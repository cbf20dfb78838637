"""Memory after ten minutes of use, and how long a page takes to come, in a process of their own.

Run: MEDVOICE_BENCHMARKS=1 python -m pytest tests/benchmarks/test_window_use.py -s
Targets of issue 3: at most 150 MB (PSS) with 10,000 drafts. A page that was seen before is there in 100 ms of
the processor. The last third of the use may not hold 10 % more than the second: nothing piles up.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.domain.draft import Draft, Variant
from medvoice.store.connection import transaction
from medvoice.store.draft import DraftStore

from ..screens.stand import write_sample

pytestmark = [
    pytest.mark.skipif(not os.environ.get("MEDVOICE_BENCHMARKS"), reason="set MEDVOICE_BENCHMARKS=1 to time"),
    pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="PSS is of Linux"),
    pytest.mark.timeout(600),
]
ROOT = Path(__file__).parents[2]
DRAFTS, LIMIT_MB, PAGE_LIMIT_MS, GROWTH = 10_000, 150, 100, 1.10


def measured(*arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_use", *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
        timeout=500,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The sample workspace among ten thousand older drafts."""
    place = tmp_path / "workspace"
    write_sample(place)
    workspace = open_workspace(place, load_rulebook())
    store, start = DraftStore(workspace.db), datetime.now(UTC) - timedelta(days=400)
    with transaction(workspace.db):
        for number in range(DRAFTS):
            at = start - timedelta(minutes=number)
            text = f"Opening line {number}. I read the methods before the results."
            store.add(
                Draft(
                    id=f"d_{number}",
                    title=f"Older draft {number}",
                    text=text,
                    topic_id=None,
                    audience="",
                    regions=("US",),
                    variants=(Variant("linkedin"),),
                    revision=1,
                    is_idea=False,
                    planned_wall="",
                    planned_zone="",
                    created_at=at,
                    updated_at=at,
                )
            )
    workspace.close()
    return place


def test_memory_and_pages(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare, found = measured()["pss_mb"][0], measured(str(home))
    start, first, second, last = found["pss_mb"]
    with capsys.disabled():
        print(
            f"\n  memory: {bare:.0f} MB an empty window, {start:.0f} MB at the start; after each third of the"
            f" use {first:.0f}, {second:.0f} and {last:.0f} MB"
        )
        for page, times in found["page_ms"].items():
            print(f"  {page}: {found['first_page_ms'][page]:.0f} ms the first time, {times:.0f} ms after it")
    assert last <= LIMIT_MB
    assert last <= second * GROWTH
    assert max(found["page_ms"].values()) <= PAGE_LIMIT_MS
