"""Kept states of a draft: listed, named, brought back."""

from dataclasses import dataclass, replace
from datetime import datetime

from medvoice.domain.draft import Draft
from medvoice.services.drafting import Drafting, clean
from medvoice.store.connection import transaction
from medvoice.store.draft import DraftVersion

MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A kept state as a list shows it. `words` counts the main text; `at` is UTC; `why` is DraftVersion's."""

    number: int
    at: datetime
    why: str
    name: str
    words: int


def list_versions(drafting: Drafting, draft_id: str, limit: int) -> tuple[VersionLine, ...]:
    """The newest `limit` kept states, newest first. The thread that owns the connection."""
    found = drafting.store.versions(draft_id, limit)
    return tuple(
        VersionLine(each.number, each.at, each.why, each.name, len(each.snapshot.text.split()))
        for each in found
    )


def keep_version(drafting: Drafting, draft_id: str, name: str = "") -> DraftVersion:
    """Keep the present state under a name, or without one."""
    return drafting.keep_version(draft_id, "named", name.strip()[:MAX_NAME])


def name_version(drafting: Drafting, draft_id: str, number: int, name: str) -> None:
    """Give a kept state a name, or take it away with "". Raises UserError `version_unknown`."""
    drafting.store.name_version(draft_id, number, clean(name.strip()[:MAX_NAME]))


def restore(drafting: Drafting, draft_id: str, number: int) -> tuple[Draft, int]:
    """Bring a kept state back. The draft as it is now, and the number of the state it had before, with which
    the same call takes it back. Raises UserError `version_unknown`, `draft_unknown`."""
    with transaction(drafting.db):
        draft = drafting.restore_version(draft_id, number)
        before = drafting.store.versions(draft_id, 1)[0].number
    return draft, before


def state_of(drafting: Drafting, draft_id: str, number: int, now: Draft) -> Draft:
    """The draft `now` with the words it had in a kept state."""
    kept = drafting.store.get_version(draft_id, number).snapshot
    return replace(now, title=kept.title, text=kept.text, variants=kept.variants)
