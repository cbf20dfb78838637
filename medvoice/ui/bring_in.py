"""Drafts out of files, chosen in the system's dialog or dropped: all of them or none, with Undo."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from medvoice.domain.errors import MedVoiceError, UserError
from medvoice.services.changes import Changes
from medvoice.ui.commands.command import Command
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk
    from medvoice.ui.main_window import MainWindow

ALL = Changes.of(drafts=["*"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("bring_in", text)


def import_command(window: "MainWindow") -> Command:
    """Asks for the files."""

    def ask() -> None:
        from medvoice.services.importing import ENDINGS

        kinds = " ".join(f"*{ending}" for ending in ENDINGS)
        names, _ = QFileDialog.getOpenFileNames(
            window, _tr("Import drafts"), "", f"{_tr('Word, Markdown and text')} ({kinds})"
        )
        if names:
            bring_in(window, [Path(name) for name in names])

    words = _tr("word docx markdown text file open")
    return Command("draft.import", _tr("Import drafts from files"), "draft", ask, icon="upload", words=words)


def bring_in(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Make drafts of these files and open the first; what cannot be read is said, and nothing kept."""

    def act(desk: "Desk") -> tuple[tuple[str, ...], dict[str, int]]:
        from medvoice.services.importing import Importing, left_out, read_drafts

        found = [one for path in paths for one in read_drafts(path.name, _bytes_of(path))]
        made = Importing(desk.db, desk.clock).keep(found)
        return tuple(one.id for one in made), left_out(found)

    def finish(answer: tuple[tuple[str, ...], dict[str, int]]) -> None:
        ids, out = answer
        words = _tr("1 draft imported.") if len(ids) == 1 else _tr("{n} drafts imported.").format(n=len(ids))
        if out:
            words += " " + _tr("Left out: {what}.").format(what=left_out_words(out))
        window.open_draft(ids[0])
        window.tell(words, lambda: _put(window, ids, is_back=False), lambda: _put(window, ids, is_back=True))

    def refused(problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            window.tell(_tr("{what} Nothing was imported.").format(what=sentence_for(problem)))
        else:
            window.bridge.report(problem)

    window.bridge.work(act, owner=window, on_done=finish, on_error=refused, changes=ALL)


def left_out_words(out: Mapping[str, int]) -> str:
    """What did not come along, as a list of words: "pictures (2), comments (1)"."""
    names = {
        "images": _tr("pictures"),
        "comments": _tr("comments"),
        "deletions": _tr("tracked deletions"),
        "notes": _tr("notes"),
        "formulas": _tr("formulas"),
        "hidden": _tr("hidden words"),
    }
    return ", ".join(f"{names[kind]} ({count})" for kind, count in out.items())


def _bytes_of(path: Path) -> bytes:
    """No more than may be read, with one byte that tells that there is more. A pipe would be waited for."""
    from medvoice.services.importing import most_bytes

    try:
        if not path.is_file():
            raise UserError("file_unreadable", name=path.name, reason=_tr("it is no file"))
        with path.open("rb") as file:
            return file.read(most_bytes(path.name) + 1)
    except OSError as problem:
        raise UserError("file_unreadable", name=path.name, reason=problem.strerror or "") from problem


def _put(window: "MainWindow", ids: Sequence[str], *, is_back: bool) -> None:
    """Archive what was imported, or take it out again."""

    def act(desk: "Desk") -> None:
        for draft_id in ids:
            (desk.drafting.unarchive if is_back else desk.drafting.archive)(draft_id)

    window.bridge.work(act, owner=window, changes=ALL)
