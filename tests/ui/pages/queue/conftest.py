"""The queue page with everything it told, and hands to use it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.platforms.by_hand.publisher import composer_url
from medvoice.ui.pages.queue import QueuePage
from medvoice.ui.pages.queue.geometry import lay_out


class Queue:
    """The page with everything it told, and hands to use it."""

    def __init__(self, page: QueuePage, qtbot, toasts: list[Any], opened: list[str]) -> None:
        self.page, self.qtbot, self.toasts, self.opened = page, qtbot, toasts, opened
        self.redos: list[Any] = []
        self.drafts: list[str] = []
        self.settings: list[str] = []
        page.draft_requested.connect(self.drafts.append)
        page.settings_requested.connect(self.settings.append)

    def find(self, name: str, kind: type = QWidget) -> Any:
        found = [each for each in self.page.findChildren(kind, name) if each.isVisible()]
        assert found, f"{name} is not shown"
        return found[-1]

    def has(self, name: str) -> bool:
        return any(each.isVisible() for each in self.page.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def choose(self, delivery) -> None:
        index = self.page.model.index_of(delivery.id)
        at = self.page.list.visualRect(index)
        self.qtbot.mouseClick(
            self.page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, at.center().y())
        )

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.list, key)

    def click_row_button(self, delivery) -> None:
        page = self.page
        index = page.model.index_of(delivery.id)
        place = lay_out(page.theme, page.list.visualRect(index).toRectF(), page.model.row_at(index))
        target = place.button if place.button.width() else place.dots
        self.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=target.center().toPoint())

    def row(self, delivery) -> Any:
        return self.page.row_of(delivery.id)

    def keys_of(self, delivery) -> list[str]:
        return [action.key for action in self.row(delivery).actions]

    def words(self, name: str) -> str:
        return self.find(name, QLabel).text()


@pytest.fixture
def open_queue(rig, theme, qtbot, kept) -> Callable[..., Queue]:
    def make(width: int = 1360, height: int = 900) -> Queue:
        toasts: list[Any] = []
        redos: list[Any] = []
        opened: list[str] = []

        def toast(words: str, undo: Any, redo: Any) -> None:
            toasts.append((words, undo))
            redos.append(redo)

        page = QueuePage(
            theme,
            rig.bridge,
            composer_url=composer_url,
            open_url=opened.append,
            toast=toast,
        )
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(width, height)
        page.show()
        queue = Queue(page, qtbot, toasts, opened)
        queue.redos = redos
        return queue

    return make
