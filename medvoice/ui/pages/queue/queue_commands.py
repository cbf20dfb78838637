"""What can be done on the queue, for palette, menus and the shortcut sheet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command
from medvoice.ui.models.queue_actions import Action

if TYPE_CHECKING:
    from medvoice.ui.pages.queue.page import QueuePage

# Actions of a row that have a command of their own, beside the main one.
STEER = (
    ("choose_time", "calendar-clock"),
    ("unschedule", "ban"),
    ("stop", "square"),
    ("copy_link", "link"),
    ("back_to_draft", "undo-2"),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def queue_commands(page: "QueuePage") -> tuple[Command, ...]:
    """Those for the whole queue, then those for the post that is chosen."""
    return (*_whole(page), *_chosen(page))


def _whole(page: "QueuePage") -> list[Command]:
    def is_paused() -> bool:
        return page.snapshot is not None and page.snapshot.is_all_paused

    def why_no_pause() -> str:
        return _tr("everything is paused already") if is_paused() else ""

    def why_no_resume() -> str:
        return "" if is_paused() else _tr("nothing is paused as a whole")

    show = page.filters
    return [
        Command(
            "queue.pause_all",
            _tr("Pause all posts"),
            "page",
            lambda: page.acts.pause_all(True),
            icon="pause",
            why_disabled=why_no_pause,
        ),
        Command(
            "queue.resume_all",
            _tr("Resume all posts"),
            "page",
            lambda: page.acts.pause_all(False),
            icon="play",
            why_disabled=why_no_resume,
        ),
        Command("queue.find", _tr("Find in the queue"), "page", show.focus_search, "Ctrl+F", icon="search"),
        Command(
            "queue.needs", _tr("Show what needs you"), "page", lambda: show.show_kind("needs"), icon="filter"
        ),
        Command(
            "queue.ahead",
            _tr("Show what is scheduled"),
            "page",
            lambda: show.show_kind("ahead"),
            icon="filter",
        ),
        Command(
            "queue.over",
            _tr("Show what was published"),
            "page",
            lambda: show.show_kind("over"),
            icon="filter",
        ),
        Command("queue.all", _tr("Show all posts"), "page", show.clear, icon="filter"),
    ]


class _Chosen:
    """The post that has the cursor: does its acts, or says why they are not offered."""

    def __init__(self, page: "QueuePage") -> None:
        self.page = page

    def act(self, key: str) -> Callable[[], None]:
        def run() -> None:
            row = self.page.list.current_row()
            if row is not None:
                self.page.doing.act(row.id, key)

        return run

    def main(self) -> Action | None:
        """The first thing the post offers."""
        row = self.page.list.current_row()
        return next((each for each in row.actions if each.key != "open_draft"), None) if row else None

    def do_main(self) -> None:
        action = self.main()
        if action is not None:
            self.act(action.key)()

    def why_no_main(self) -> str:
        if self.page.list.current_row() is None:
            return _tr("choose a post first")
        return "" if self.main() is not None else _tr("nothing is to be done for it")

    def main_words(self) -> str:
        action = self.main()
        return action.label if action is not None else ""

    def show_details(self) -> None:
        row = self.page.list.current_row()
        if row is not None:
            self.page.enter_details(row.id)

    def why_not(self, *keys: str) -> Callable[[], str]:
        def reason() -> str:
            row = self.page.list.current_row()
            if row is None:
                return _tr("choose a post first")
            offered = {action.key for action in row.actions}
            return "" if offered & set(keys) else _tr("not for this post as it stands")

        return reason


def _chosen(page: "QueuePage") -> list[Command]:
    one = _Chosen(page)
    names = {
        "choose_time": _tr("Choose another time"),
        "unschedule": _tr("Unschedule this post"),
        "stop": _tr("Stop this post"),
        "copy_link": _tr("Copy the link of this post"),
        "back_to_draft": _tr("Take this post back to its draft"),
    }
    return [
        *_by_keys(page, one),
        *(
            Command(
                f"queue.{key}", names[key], "page", one.act(key), icon=icon, why_disabled=one.why_not(key)
            )
            for key, icon in STEER
        ),
    ]


def _by_keys(page: "QueuePage", one: _Chosen) -> list[Command]:
    """Those whose keys the list handles itself."""
    return [
        Command(
            "queue.main",
            _tr("Do what this post needs"),
            "page",
            one.do_main,
            local_keys="R",
            icon="arrow-right",
            why_disabled=one.why_no_main,
            detail=one.main_words,
        ),
        Command(
            "queue.pause",
            _tr("Pause or resume this post"),
            "page",
            page.list.toggle_pause,
            local_keys="Space",
            icon="pause",
            why_disabled=one.why_not("pause", "resume"),
        ),
        Command(
            "queue.open_post",
            _tr("Open the published post"),
            "page",
            one.act("open_post"),
            local_keys="O",
            icon="external-link",
            why_disabled=one.why_not("open_post"),
        ),
        Command(
            "queue.details",
            _tr("Details of this post"),
            "page",
            one.show_details,
            local_keys="Return",
            icon="eye",
            why_disabled=one.why_not("open_draft"),
        ),
    ]
