"""Drafts out of files, chosen in the system's dialog or dropped: all of them or none, with Undo."""

from collections.abc import Sequence
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
        names, _ = QFileDialog.getOpenFileNames(
            window, _tr("Import drafts"), "", _tr("Markdown and text") + " (*.md *.markdown *.txt)"
        )
        if names:
            bring_in(window, [Path(name) for name in names])

    words = _tr("markdown text file open")
    return Command("draft.import", _tr("Import drafts from files"), "draft", ask, icon="upload", words=words)


def bring_in(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Make drafts of these files and open the first; what cannot be read is said, and nothing kept."""

    def act(desk: "Desk") -> tuple[tuple[str, ...], int]:
        from medvoice.services.importing import Importing, read_drafts

        found = [one for path in paths for one in read_drafts(path.name, _bytes_of(path))]
        made = Importing(desk.db, desk.clock).keep(found)
        return tuple(one.id for one in made), sum(one.images for one in found)

    def finish(answer: tuple[tuple[str, ...], int]) -> None:
        ids, images = answer
        words = _tr("1 draft imported.") if len(ids) == 1 else _tr("{n} drafts imported.").format(n=len(ids))
        if images:
            words += " " + _tr("Pictures did not come along: {n}.").format(n=images)
        window.open_draft(ids[0])
        window.tell(words, lambda: _put(window, ids, is_back=False), lambda: _put(window, ids, is_back=True))

    def refused(problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            window.tell(_tr("{what} Nothing was imported.").format(what=sentence_for(problem)))
        else:
            window.bridge.report(problem)

    window.bridge.work(act, owner=window, on_done=finish, on_error=refused, changes=ALL)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UserError("file_not_text", name=path.name) from problem


def _put(window: "MainWindow", ids: Sequence[str], *, is_back: bool) -> None:
    """Archive what was imported, or take it out again."""

    def act(desk: "Desk") -> None:
        for draft_id in ids:
            (desk.drafting.unarchive if is_back else desk.drafting.archive)(draft_id)

    window.bridge.work(act, owner=window, changes=ALL)
