"""The pages that are made when they are first asked for: a start pays for none of them."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from medvoice.ui.main_window import MainWindow

Make = Callable[["MainWindow"], tuple[QWidget, QWidget]]


def make_calendar(window: "MainWindow") -> tuple[QWidget, QWidget]:
    """The calendar, and what has its keyboard first."""
    from medvoice.ui.pages.calendar.page import CalendarPage

    today = datetime.now().astimezone().date()
    made = CalendarPage(window.theme, window.bridge, toast=window.tell, today=today)
    made.draft_requested.connect(window.open_draft)
    made.events_requested.connect(lambda: window.show_page("network"))
    return made, made.month


def make_topics(window: "MainWindow") -> tuple[QWidget, QWidget]:
    """The topics, and what has their keyboard first."""
    from medvoice.ui.pages.topics import TopicsPage

    made = TopicsPage(window.theme, window.bridge, toast=window.tell)
    made.draft_requested.connect(window.open_draft)
    return made, made.table


def make_network(window: "MainWindow") -> tuple[QWidget, QWidget]:
    """Congresses with their embargoes, and their list."""
    from medvoice.ui.pages.network.page import NetworkPage

    made = NetworkPage(window.theme, window.bridge, toast=window.tell, open_url=window.open_url)
    made.draft_requested.connect(window.open_draft)
    return made, made.list


def make_feeds(window: "MainWindow") -> tuple[QWidget, QWidget]:
    """What is new in the feeds, and the list of it."""
    from medvoice.ui.pages.feeds import FeedsPage

    made = FeedsPage(window.theme, window.bridge, toast=window.tell, open_url=window.open_url)
    made.draft_requested.connect(window.open_draft)
    return made, made.entries


MAKERS: dict[str, Make] = {
    "calendar": make_calendar,
    "topics": make_topics,
    "network": make_network,
    "feeds": make_feeds,
}


def show_event(window: "MainWindow", event_id: str) -> None:
    """Bring an event to the front."""
    from medvoice.ui.pages.network.page import NetworkPage

    window.show_page("network")
    page = window.page_of("network")
    assert isinstance(page, NetworkPage)
    page.show_event(event_id)


def make_sure(window: "MainWindow", key: str) -> None:
    """Make the page of this key where there is one and it is not there yet."""
    make = MAKERS.get(key)
    if make is not None and window.page_of(key) is None:
        page, first = make(window)
        window.set_page(key, page, first)
