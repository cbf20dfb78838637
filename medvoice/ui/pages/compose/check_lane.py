"""The bridge's check lane, as the live check of the text on the screen asks for it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.pages.compose.lanes import Live, look_at


class CheckLane:
    """For `ui.tasks.LiveCheck`: its `fn` gives the snapshot, the desk checks it."""

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge

    def run(
        self,
        lane: str,
        fn: Callable[[], Any],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Any], None] | None = None,
    ) -> None:
        """Check the snapshot; None where no draft is open."""

        def work(desk: Desk) -> Live | None:
            draft = fn()
            return look_at(desk, draft) if draft is not None else None

        self.bridge.check(work, owner=owner, on_done=on_done, on_error=on_error)

    def shutdown(self) -> None:
        """The lane is the bridge's."""
