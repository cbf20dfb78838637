"""The calendar with everything it told, and hands to use it. NOW is Thursday 12 November 2026."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.ui.pages.calendar import CalendarPage

ZONE = "Europe/Berlin"
TODAY = date(2026, 11, 12)
M = Qt.KeyboardModifier


class Hands:
    """The page with everything it told, and hands to use it."""

    def __init__(self, page: CalendarPage, rig, qtbot) -> None:
        self.page, self.rig, self.qtbot = page, rig, qtbot
        self.toasts: list[tuple[str, Any, Any]] = []
        self.drafts: list[str] = []
        page.draft_requested.connect(self.drafts.append)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = M.NoModifier) -> None:
        QTest.keyClick(self.page.view, key, modifier)

    def titled(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: self.page.header.title.text() == words)

    def card(self, title: str):
        found = [card for card in self.page.read.all() if card.title == title]
        assert found, [card.title for card in self.page.read.all()]
        return found[0]

    def wall(self, title: str) -> str:
        card = self.card(title)
        return f"{card.day.isoformat()} {card.time}"

    def put_on(self, title: str) -> None:
        self.page.view.set_card(self.card(title).key)

    def find(self, name: str) -> QWidget:
        shown = lambda: [each for each in self.page.findChildren(QWidget, name) if each.isVisible()]  # noqa: E731
        self.qtbot.waitUntil(lambda: bool(shown()))
        return shown()[-1]

    def drag(self, mime: QMimeData, day: date) -> bool:
        """Bring it over a day and let go; whether the drop was taken."""
        view = self.page.month
        at = view.rect_of_day(day).center()
        move = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, M.NoModifier)
        QApplication.sendEvent(view.viewport(), QDragEnterEvent(at.toPoint(), *move))
        QApplication.sendEvent(view.viewport(), QDragMoveEvent(at.toPoint(), *move))
        self.words = view.drag.words
        drop = QDropEvent(at, *move)
        QApplication.sendEvent(view.viewport(), drop)
        return drop.isAccepted()


@pytest.fixture
def calendar(rig, theme, qtbot, kept) -> Callable[..., Hands]:
    def make(width: int = 1360, height: int = 860) -> Hands:
        told: list[Any] = []
        page = CalendarPage(theme, rig.bridge, toast=lambda *words: told.append(words), today=TODAY)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(width, height)
        page.show()
        hands = Hands(page, rig, qtbot)
        hands.toasts = told
        assert page.read is not None
        page.view.setFocus()
        return hands

    return make


def in_mind(rig, title: str, wall: str = "", topic: bool = True) -> str:
    draft = rig.desk.drafting.create(
        title=title, text="Words", topic_id=rig.topic.id if topic else None, channels=("linkedin",)
    )
    if wall:
        rig.desk.drafting.save(draft.id, draft.revision, planned_wall=wall, planned_zone=ZONE)
    return draft.id


def embargo(rig, draft_id: str, wall: str) -> None:
    service = rig.desk.congresses
    event = service.add_event("Sample Forum", "Europe/Vienna", date(2026, 11, 17), date(2026, 11, 20))
    abstract = service.add_abstract(event.id, "A registry of 400", kind="fixed", wall=wall)
    service.link(draft_id, abstract.id, "Jordan Sample")
