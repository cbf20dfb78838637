"""Writes fixtures/workspace-<n>.sqlite. Run once when a release freezes its schema, never over an old one."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from medvoice.domain.clock import FixedClock
from medvoice.domain.draft import Draft, Variant
from medvoice.store.connection import open_workspace
from medvoice.store.draft import DraftStore
from medvoice.store.record import RecordStore
from medvoice.store.setting import SettingStore

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def main(path: Path) -> None:
    db = open_workspace(path, clock=FixedClock(AT))
    draft = Draft(
        id="d_0000000000aa",
        title="From the first release",
        text="What a registry taught me about fibrosis.",
        topic_id=None,
        audience="",
        regions=("EU",),
        variants=(Variant("linkedin"), Variant("x", is_on=False)),
        revision=1,
        is_idea=False,
        planned_wall="",
        planned_zone="",
        created_at=AT,
        updated_at=AT,
    )
    DraftStore(db).add(draft)
    SettingStore(db).save("profile", '{"name": "Jordan Sample"}')
    RecordStore(db).append("cleared", "Jordan Sample", draft.id, "", {"channel": "linkedin"}, AT)
    db.conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
