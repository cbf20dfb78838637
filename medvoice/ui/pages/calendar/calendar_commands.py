"""What can be done on the calendar, for palette, menus and the shortcut sheet."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command, always

if TYPE_CHECKING:
    from medvoice.ui.pages.calendar.page import CalendarPage


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def _command(
    page: "CalendarPage",
    name: str,
    label: str,
    act: str,
    keys: str,
    icon: str = "",
    why: Callable[[], str] = always,
    words: str = "",
) -> Command:
    return Command(
        f"calendar.{name}",
        label,
        "page",
        lambda: page.doing.act(act),
        local_keys=keys,
        icon=icon,
        why_disabled=why,
        words=words,
    )


def calendar_commands(page: "CalendarPage") -> tuple[Command, ...]:
    """Those for the page, then those for the card the cursor is on."""

    def why_no_card() -> str:
        return "" if page.view.card() is not None else _tr("no post is chosen")

    def why_no_move() -> str:
        card = page.view.card()
        if card is None:
            return _tr("no post is chosen")
        return "" if card.can_move else _tr("it cannot be moved any more")

    def why_no_tray() -> str:
        return "" if page.read is not None and page.read.tray else _tr("no draft waits for a place")

    one = partial(_command, page)
    return (
        one("new", _tr("New post on this day"), "new", "N", "plus"),
        one("place", _tr("Place the first ready draft"), "place", "P", "calendar-plus", why_no_tray),
        one("plan", _tr("Plan two weeks with what waits"), "plan", "", "calendar-plus", why_no_tray),
        one("today", _tr("Show today"), "today", "T", "calendar-days"),
        one("go_to", _tr("Go to a date"), "go_to", "G", "calendar-clock", words=_tr("jump")),
        one("month", _tr("Show the month"), "month", "M", "calendar-days"),
        one("week", _tr("Show the week"), "week", "W", "calendar-days"),
        one("list", _tr("Show the list of days"), "list", "L", "calendar-days"),
        one("earlier", _tr("Earlier"), "previous", "PgUp", "chevron-left"),
        one("later", _tr("Later"), "next", "PgDown", "chevron-right"),
        one(
            "readers",
            _tr("Choose your readers’ time zone"),
            "readers",
            "Z",
            "globe",
            words=_tr("audience clock"),
        ),
        one("open", _tr("Open the draft"), "open", "Enter", "pen-line", why_no_card),
        one("show", _tr("Show the post at the side"), "show", "Space", "panel-right", why_no_card),
        one("day_back", _tr("Move to the day before"), "day_back", "Alt+Left", "", why_no_move),
        one("day_on", _tr("Move to the day after"), "day_on", "Alt+Right", "", why_no_move),
        one("week_back", _tr("Move a week back"), "week_back", "Alt+PgUp", "", why_no_move),
        one("week_on", _tr("Move a week on"), "week_on", "Alt+PgDown", "", why_no_move),
        one("up", _tr("Move up"), "up", "Alt+Up", "", why_no_move),
        one("down", _tr("Move down"), "down", "Alt+Down", "", why_no_move),
        one("best", _tr("Move to the next free time"), "best", "B", "sparkles", why_no_move),
        one("unschedule", _tr("Take off the calendar"), "unschedule", "Del", "ban", why_no_move),
    )
