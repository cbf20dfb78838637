"""How values lie in columns: JSON text, UTC instants as sortable text, booleans as 0 and 1."""

import json
from collections.abc import Sized
from dataclasses import asdict
from datetime import datetime
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.draft import Draft, Variant


def dump(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, ASCII, so that any string survives."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def load(text: str) -> Any:
    """The inverse of `dump`."""
    return json.loads(text)


def instant(text: str | None) -> datetime | None:
    """An aware UTC instant, None for None."""
    return None if text is None else from_text(text)


def stamp(at: datetime | None) -> str | None:
    """The column text of an instant, None for None."""
    return None if at is None else to_text(at)


def marks(values: Sized) -> str:
    """`?, ?, …`: one placeholder per value of a sized collection."""
    return ", ".join("?" * len(values))


def draft_to_row(draft: Draft) -> dict[str, object]:
    """A draft as the columns of `drafts`, derived ones included."""
    own_texts = [variant.text for variant in draft.variants if variant.text]
    return {
        "id": draft.id,
        "title": draft.title,
        "text": draft.text,
        "variant_text": "\n\n".join(own_texts),
        "first_line": first_line(draft),
        "topic_id": draft.topic_id,
        "audience": draft.audience,
        "regions": dump(draft.regions),
        "variants": dump([asdict(variant) for variant in draft.variants]),
        "channels": " ".join(draft.channels_on),
        "revision": draft.revision,
        "is_idea": int(draft.is_idea),
        "planned_wall": draft.planned_wall,
        "planned_zone": draft.planned_zone,
        "created_at": to_text(draft.created_at),
        "updated_at": to_text(draft.updated_at),
        "archived_at": stamp(draft.archived_at),
    }


def draft_from_row(row: dict[str, Any]) -> Draft:
    """The inverse of `draft_to_row`."""
    return Draft(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        topic_id=row["topic_id"],
        audience=row["audience"],
        regions=tuple(load(row["regions"])),
        variants=tuple(_variant(item) for item in load(row["variants"])),
        revision=row["revision"],
        is_idea=bool(row["is_idea"]),
        planned_wall=row["planned_wall"],
        planned_zone=row["planned_zone"],
        created_at=from_text(row["created_at"]),
        updated_at=from_text(row["updated_at"]),
        archived_at=instant(row["archived_at"]),
    )


def _variant(item: dict[str, Any]) -> Variant:
    return Variant(**{**item, "split_marks": tuple(item["split_marks"])})


def first_line(draft: Draft, limit: int = 120) -> str:
    """The first line that is not blank, cut to `limit` code points, for lists."""
    text = draft.text or next((variant.text for variant in draft.variants if variant.text), "")
    for line in text[: limit * 20].splitlines():
        if line.strip():
            return line.strip()[:limit]
    return ""
