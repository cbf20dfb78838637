"""What can be done on the Topics page, for palette, menus and the shortcut sheet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command, always

if TYPE_CHECKING:
    from medvoice.ui.pages.topics.page import TopicsPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def topic_commands(page: "TopicsPage") -> tuple[Command, ...]:
    """Those of the page, then those of the chosen topic."""

    def why_full() -> str:
        return _tr("six topics are the most there are") if page.read and page.read.is_full else ""

    def why_none() -> str:
        return "" if page.topic is not None else _tr("no topic is chosen")

    def one(
        name: str,
        label: str,
        run: Callable[[], None],
        keys: str,
        icon: str,
        why: Callable[[], str] = always,
        words: str = "",
    ) -> Command:
        return Command(
            f"topics.{name}", label, "page", run, local_keys=keys, icon=icon, why_disabled=why, words=words
        )

    return (
        one("new", _tr("New topic"), page.add, "", "plus", why_full),
        one("known_for", _tr("Edit what you want to be known for"), page.promise.ask, "", "pencil"),
        one("edit", _tr("Edit the topic"), page.edit, "Enter", "pencil", why_none, _tr("rename")),
        one("place", _tr("Place or start a post of the topic"), page.place, "", "calendar-plus", why_none),
        one("note", _tr("Note an idea for the topic"), page.ask_note, "", "lightbulb", why_none),
        one("merge", _tr("Merge the topic into another"), page.ask_merge, "", "layers", why_none),
        one("remove", _tr("Remove the topic"), page.remove, "", "trash-2", why_none),
    )
