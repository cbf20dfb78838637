"""The crash journal: what was typed since the last save, in one small file beside the workspace.

Written every half second while something is unsaved; read at the next start; removed by a save.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A draft's words that no save has seen. `revision` is the one they were typed on."""

    draft_id: str
    revision: int
    title: str
    text: str


class Journal:
    """One file in `folder`; UI thread (a write of a few kilobytes)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "unsaved.json"

    def write(self, unsaved: Unsaved) -> None:
        """Replace the journal in one step. Raises OSError."""
        body = {
            "draft": unsaved.draft_id,
            "revision": unsaved.revision,
            "title": unsaved.title,
            "text": unsaved.text,
        }
        new = self.path.with_suffix(".new")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            json.dump(body, file)
        new.replace(self.path)

    def read(self) -> Unsaved | None:
        """What a crash left, None when there is nothing or it cannot be read."""
        try:
            body = json.loads(self.path.read_text(encoding="utf-8"))
            return Unsaved(body["draft"], int(body["revision"]), body["title"], body["text"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)
