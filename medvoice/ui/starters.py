"""New drafts that begin with the labels of a starter, for palette and menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.starter import STARTERS, Starter
from medvoice.services.changes import Changes
from medvoice.ui.commands.command import Command

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk
    from medvoice.ui.main_window import MainWindow

ALL = Changes.of(drafts=["*"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def starter_commands(window: "MainWindow") -> list[Command]:
    """One for each starter."""
    return [_command(window, each) for each in STARTERS]


def _command(window: "MainWindow", starter: Starter) -> Command:
    return Command(
        f"draft.starter_{starter.id}",
        _tr("New draft: {name}").format(name=_tr(starter.name).lower()),
        "draft",
        lambda: start(window, starter),
        icon="plus",
        detail=lambda: _tr(starter.hint),
        words=_tr("starter template begin"),
    )


def start(window: "MainWindow", starter: Starter) -> None:
    """A new draft that begins with the starter, opened. Undo archives it."""

    def act(desk: "Desk") -> str:
        return desk.drafting.create(title=_tr(starter.name), text=_tr(starter.text)).id

    def finish(draft_id: str) -> None:
        bridge = window.bridge
        window.open_draft(draft_id)
        window.tell(
            _tr("Write behind the labels. What you do not need can go."),
            lambda: bridge.work(lambda desk: desk.drafting.archive(draft_id), owner=window, changes=ALL),
            lambda: bridge.work(lambda desk: desk.drafting.unarchive(draft_id), owner=window, changes=ALL),
        )

    window.bridge.work(act, owner=window, on_done=finish, changes=ALL)
