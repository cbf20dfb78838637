"""What can be done on the page of feeds, for palette, menus and the shortcut sheet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command, always

if TYPE_CHECKING:
    from medvoice.ui.pages.feeds.page import FeedsPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def feed_commands(page: "FeedsPage") -> tuple[Command, ...]:
    """Those of the page, of the chosen entry, and of the chosen feed. UI thread only."""

    def no_entry() -> str:
        return "" if page.entry is not None else _tr("no entry is chosen")

    def no_feed() -> str:
        return "" if page.feed is not None else _tr("no feed is chosen")

    def none_new() -> str:
        return "" if page.read is not None and page.read.fresh else _tr("nothing is new")

    def none_followed() -> str:
        return "" if page.read is not None and page.read.feeds else _tr("you follow no feed")

    def one(name: str, label: str, keys: str, icon: str, why: Callable[[], str] = always) -> Command:
        return Command(
            f"feeds.{name}",
            label,
            "page",
            lambda: page.act(name),
            local_keys=keys,
            icon=icon,
            why_disabled=why,
            words=_tr("rss atom journal pubmed"),
        )

    return (
        one("add", _tr("Follow a feed"), "N", "plus"),
        one("fetch", _tr("Fetch the feeds now"), "F", "refresh-cw", none_followed),
        one("all_read", _tr("Mark all as read"), "A", "check", none_new),
        one("idea", _tr("Keep the entry as an idea"), "I", "lightbulb", no_entry),
        one("open", _tr("Open the entry in the browser"), "Enter", "external-link", no_entry),
        one("read", _tr("Mark the entry as read or new"), "R", "eye", no_entry),
        one("edit", _tr("Edit the feed"), "E", "pencil", no_feed),
        one("remove", _tr("Follow the feed no more"), "Del", "trash-2", no_feed),
        one("switch", _tr("Fetch feeds every six hours, or not"), "", "repeat-2"),
    )
