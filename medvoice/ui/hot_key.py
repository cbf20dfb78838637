"""A key for a new idea that works in every program, off until the person asks for it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from medvoice.services.ports import GlobalKey

_log = logging.getLogger(__name__)
ON, KEYS, USUAL = "anywhere_key_on", "anywhere_keys", "Ctrl+Alt+Space"
AFTER_SHOW_MS = 60  # two connections to one desktop: the window has to be there first


class HotKey(QObject):
    """Keeps the person's choice and asks the desktop for the key. UI thread only.

    `problem` is "", or why it does not work: `absent` where the desktop gives none, `taken` by another
    program, `unknown` to the keyboard. `pressed` when it was, `changed` when any of it is another.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(
        self, open_key: "Callable[[str], GlobalKey | None]", kept: QSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open_key, self._kept = open_key, kept
        self._key: GlobalKey | None = None
        self._notifier: QSocketNotifier | None = None
        self.is_on = str(kept.value(ON, 0)) == "1"
        self.keys = str(kept.value(KEYS, USUAL))
        self.problem = ""
        if self.is_on:
            self._start()

    def is_possible(self) -> bool:
        """Whether this desktop lets a program have a key; asks it when there is none yet."""
        if self._key is not None:
            return True
        found = self._open_key(QGuiApplication.platformName())
        if found is not None:
            found.close()
        return found is not None

    def switch(self, is_on: bool) -> None:
        """On or off; kept."""
        self.is_on = is_on
        self._kept.setValue(ON, int(is_on))
        if is_on:
            self._start()
        else:
            self.stop()
        self.changed.emit()

    def choose(self, keys: str) -> None:
        """Another combination, in Qt's portable words; kept."""
        self.keys = keys
        self._kept.setValue(KEYS, keys)
        if self.is_on:
            self._start()
        self.changed.emit()

    def bring(self, window_id: int) -> None:
        """The window that came because of the key may have the keyboard."""
        QTimer.singleShot(AFTER_SHOW_MS, self, lambda: self._key and self._key.bring(window_id))

    def _start(self) -> None:
        if self._key is None:
            self._key = self._open_key(QGuiApplication.platformName())
            if self._key is None:
                self.problem = "absent"
                return
            self._notifier = QSocketNotifier(self._key.fileno(), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._read)
        self.problem = self._key.grab(self.keys)
        # What came in while the desktop was asked wakes nobody.
        QTimer.singleShot(0, self, self._read)

    def stop(self) -> None:
        """Let go of the key."""
        key, self._key, self.problem = self._key, None, ""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if key is not None:
            key.close()

    def _read(self) -> None:
        if self._key is None:
            return
        try:
            count = self._key.presses()
        except Exception as problem:  # noqa: BLE001 - the desktop has gone away, each library in its own words
            _log.info("the key of the desktop is gone: %s", problem)
            with suppress(Exception):  # closing it may ask the one that is gone
                self.stop()
            self.problem = "absent"
            self.changed.emit()
            return
        if count:
            self.pressed.emit()
