"""The crash journal: what was typed since the last save, a small file for each draft beside the workspace.

Written every half second while something is unsaved; read at the next start; removed by a save.
"""

import errno
import json
import os
import stat
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from PySide6.QtCore import QDir

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
    """The files below `folder`; when the disk does not take them, below `spare`, in another place of this
    computer. UI thread (a write of a few kilobytes)."""

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        self.folder = folder / FOLDER
        self.spare = spare if spare is not None else spare_of(folder)

    def path(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}.json"

    def write(self, unsaved: Unsaved) -> None:
        """Replace the draft's file in one step, for its owner's eyes only. Raises OSError when neither place
        takes it."""
        name = f"{unsaved.draft_id}.json"
        try:
            put(self.folder, name, unsaved)
        except OSError:
            own_folder(self.spare)
            put(self.spare, name, unsaved)
        else:
            (self.spare / name).unlink(missing_ok=True)

    def read_all(self) -> tuple[Unsaved, ...]:
        """What a crash left, oldest first, the newest of each draft; files that cannot be read are left out
        and kept."""
        paths = [path for folder in (self.folder, self.spare) for path in folder.glob("*.json")]
        paths.sort(key=lambda path: path.stat().st_mtime_ns)
        found: dict[str, Unsaved] = {}
        for path in paths:
            unsaved = read(path)
            if unsaved is not None:
                found.pop(unsaved.draft_id, None)
                found[unsaved.draft_id] = unsaved
        return tuple(found.values())

    def remove(self, draft_id: str) -> None:
        """A save has seen these words."""
        self.path(draft_id).unlink(missing_ok=True)
        (self.spare / f"{draft_id}.json").unlink(missing_ok=True)


def spare_of(folder: Path) -> Path:
    """Where words go that the workspace's disk does not take: mostly memory that lasts until sign-out."""
    place = os.environ.get("XDG_RUNTIME_DIR") or QDir.tempPath()
    mark = zlib.crc32(str(folder.absolute()).encode("utf-8", "replace"))  # tells folders apart
    return Path(place) / f"medvoice-unsaved-{mark:08x}"


def own_folder(folder: Path) -> None:
    """Make the folder, and refuse one that is somebody else's. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid():
            raise PermissionError(errno.EPERM, "somebody else's folder", str(folder))


def put(folder: Path, name: str, unsaved: Unsaved) -> None:
    """Write one file in one step. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = {
        "draft": unsaved.draft_id,
        "revision": unsaved.revision,
        "title": unsaved.title,
        "text": unsaved.text,
        "own": dict(unsaved.own),
        "sent": list(unsaved.sent),
    }
    path = folder / name
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        json.dump(body, file)
    new.replace(path)


def fingerprint(draft: Draft) -> str:
    """A short mark of a draft's words."""
    from hashlib import sha256  # its library is loaded with the first save, not at a start

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
