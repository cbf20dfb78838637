"""What can be done on the events, for palette, menus and the shortcut sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command, always

if TYPE_CHECKING:
    from medvoice.ui.pages.network.page import NetworkPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def network_commands(page: "NetworkPage") -> tuple[Command, ...]:
    """The commands of the page. UI thread only."""

    def why_no_event() -> str:
        return "" if page.row is not None else _tr("no event is chosen")

    def one(
        name: str, label: str, keys: str, icon: str, needs_event: bool = True, words: str = ""
    ) -> Command:
        return Command(
            f"event.{name}",
            label,
            "page",
            lambda: page.act(name),
            local_keys=keys,
            icon=icon,
            why_disabled=why_no_event if needs_event else always,
            words=words,
        )

    return (
        one("add", _tr("Add an event"), "N", "calendar-plus", False, _tr("congress conference new")),
        one("import", _tr("Import congress dates"), "I", "download", False, _tr("ics calendar file")),
        one("edit", _tr("Edit the event"), "E", "pencil"),
        one("abstract", _tr("Add an abstract"), "", "plus", words=_tr("embargo")),
        one("enter", _tr("Show the event at the side"), "Enter", "panel-right"),
        one("remove", _tr("Remove the event"), "Del", "trash-2"),
    )
