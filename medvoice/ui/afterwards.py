"""What a window needs besides the words, made once they can be typed: one piece in each turn of the event
loop, so that no key waits for all of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from medvoice.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from medvoice.ui.main_window import MainWindow


class Afterwards(QObject):
    """Keys and menus first, then what is watched, the badge of the queue, drops, the ways from
    other programs, and the agent where there is one. Ends with the window. UI thread only."""

    def __init__(self, window: "MainWindow", *, with_agent: bool) -> None:
        super().__init__(window)
        self._window = window
        self._left: list[Callable[[], object]] = [
            self._keys,
            self._watch,
            self._badge,
            self._pauses,
            self._drops,
            self._anywhere,
        ]
        if with_agent:
            self._left.append(self._agent)
        self.go_on()

    def go_on(self) -> None:
        """Make the next piece; the one after it follows by itself."""
        if self._left and not self._window.is_closed:
            self._left.pop(0)()
            QTimer.singleShot(0, self, self.go_on)

    def _keys(self) -> None:
        _ = self._window.hub

    def _watch(self) -> None:
        window = self._window
        window.place.watch()
        window.surroundings = Surroundings(window)
        window.bridge.start_watching()

    def _badge(self) -> None:
        self._window.queue.reload()

    def _pauses(self) -> None:
        from medvoice.ui.pauses import Pauses

        self._window.pauses = Pauses(self._window)

    def _drops(self) -> None:
        from medvoice.ui.dropping import Dropping

        Dropping(self._window)

    def _anywhere(self) -> None:
        from medvoice.ui.anywhere import Anywhere

        Anywhere.of(self._window)

    def _agent(self) -> None:
        from medvoice.ui.agent_child import AgentChild

        window = self._window
        window.agent = AgentChild(window.bridge, window.home, window)
        window.agent.begin()
