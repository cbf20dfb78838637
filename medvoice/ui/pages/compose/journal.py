"""The crash journal: what was typed since the last save, a small file for each draft beside the workspace.

Written every half second while something is unsaved; read at the next start; removed by a save.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Self

from medvoice.domain.draft import Draft

FOLDER = "unsaved"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A draft's words that no save has seen. `revision` is the one they were typed on; `own` are the texts
    of channels that do not follow the main text; `sent` are fingerprints of words that were on their way
    into the workspace."""

    draft_id: str
    revision: int
    title: str
    text: str
    own: tuple[tuple[str, str], ...] = ()
    sent: tuple[str, ...] = ()

    @classmethod
    def of(cls, draft: Draft, revision: int, sent: Sequence[str] = ()) -> Self:
        """The words of `draft`, typed on `revision`."""
        own = tuple((each.channel, each.text) for each in draft.variants if each.text is not None)
        return cls(draft.id, revision, draft.title, draft.text, own, tuple(sent))

    def follows(self, draft: Draft) -> bool:
        """Whether nobody but their own window wrote the draft since these words were typed."""
        return draft.revision == self.revision or fingerprint(draft) in self.sent

    def onto(self, draft: Draft) -> Draft:
        """The draft with these words in it."""
        own = dict(self.own)
        variants = tuple(
            replace(each, text=own[each.channel]) if each.channel in own else each for each in draft.variants
        )
        return replace(draft, title=self.title, text=self.text, variants=variants)


class Journal:
    """The files below `folder`. UI thread (a write of a few kilobytes)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def path(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}.json"

    def write(self, unsaved: Unsaved) -> None:
        """Replace the draft's file in one step, for its owner's eyes only. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        body = {
            "draft": unsaved.draft_id,
            "revision": unsaved.revision,
            "title": unsaved.title,
            "text": unsaved.text,
            "own": dict(unsaved.own),
            "sent": list(unsaved.sent),
        }
        path = self.path(unsaved.draft_id)
        new = path.with_suffix(".new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            json.dump(body, file)
        new.replace(path)

    def read_all(self) -> tuple[Unsaved, ...]:
        """What a crash left, oldest first; files that cannot be read are left out and kept."""
        paths = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return tuple(found for path in paths if (found := read(path)) is not None)

    def remove(self, draft_id: str) -> None:
        """A save has seen these words."""
        self.path(draft_id).unlink(missing_ok=True)


def fingerprint(draft: Draft) -> str:
    """A short mark of a draft's words."""
    own = [(each.channel, each.text) for each in draft.variants if each.text is not None]
    words = json.dumps([draft.title, draft.text, own])
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def read(path: Path) -> Unsaved | None:
    """One file; None when it cannot be read."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        own = tuple((str(channel), str(text)) for channel, text in body["own"].items())
        sent = tuple(str(each) for each in body.get("sent", ()))
        title, text = str(body["title"]), str(body["text"])
        return Unsaved(str(body["draft"]), int(body["revision"]), title, text, own, sent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
