"""Where the window stood, kept for each set of screens, and brought back onto a screen that is there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QSettings, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

# So much of the top edge must be seen for the window to be taken hold of.
GRIP_W, GRIP_H = 160, 32
SETTLE_MS = 300


class WindowPlace(QObject):
    """UI thread only. `rooms` gives what of each screen windows may use, the main one first. `restore`
    before the window shows, `watch` later, `keep` when it closes."""

    def __init__(
        self, window: QMainWindow, kept: QSettings, rooms: Callable[[], list[QRect]] | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        self.rooms = rooms or available_rooms
        self._smallest = window.minimumSize()

    def restore(self) -> None:
        """As it was left on these screens, else as it was left last; always on a screen."""
        bytes_kept = self._kept.value(f"places/{screens_key()}") or self._kept.value("geometry")
        if bytes_kept is not None:
            self._window.restoreGeometry(bytes_kept)
        # The offscreen platform has no screen anybody looks at: a window there is as large as asked.
        if QGuiApplication.platformName() != "offscreen":
            self.fit()

    def keep(self) -> None:
        state = self._window.saveGeometry()
        self._kept.setValue(f"places/{screens_key()}", state)
        self._kept.setValue("geometry", state)

    def watch(self) -> None:
        """Follow screens that come, go or change their size."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._later)
        app.screenAdded.connect(self._later)
        app.primaryScreenChanged.connect(self._later)

    def _later(self, *_screen: object) -> None:
        # The desktop moves windows itself first.
        QTimer.singleShot(SETTLE_MS, self, self.fit)

    def fit(self) -> None:
        """Move and shrink the window where no screen could show it as it is."""
        rooms = self.rooms()
        window = self._window
        if not rooms or window.isFullScreen() or window.isMaximized():
            return
        frame = window.frameGeometry()
        seen = [room for room in rooms if can_be_held(frame, room)]
        room = max(seen, key=lambda each: area_of(each & frame)) if seen else rooms[0]
        edges = frame.size() - window.size()
        largest = room.size() - edges
        # A small screen, or a large one at 200 %: better a cramped window than an edge out of reach.
        window.setMinimumSize(self._smallest.boundedTo(largest))
        if window.width() > largest.width() or window.height() > largest.height():
            window.resize(window.size().boundedTo(largest))
            frame.setSize(window.size() + edges)
        if not seen:
            frame.moveCenter(room.center())
            window.move(frame.topLeft())
        elif not room.contains(frame) and frame.size().boundedTo(room.size()) == frame.size():
            window.move(inside(frame, room).topLeft())


def available_rooms() -> list[QRect]:
    """What of each screen windows may use, the main screen's first."""
    primary = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
    return [screen.availableGeometry() for screen in screens]


def screens_key() -> str:
    """One word for the screens that are there: size and place of each."""
    rects = [screen.geometry() for screen in QGuiApplication.screens()]
    found = sorted((rect.x(), rect.y(), rect.width(), rect.height()) for rect in rects)
    return "_".join("x".join(str(number) for number in rect) for rect in found) or "none"


def can_be_held(frame: QRect, room: QRect) -> bool:
    """Whether enough of the top edge of `frame` lies in `room`."""
    grip = QRect(frame.topLeft(), QSize(frame.width(), GRIP_H)) & room
    return grip.width() >= min(GRIP_W, frame.width()) and grip.height() >= GRIP_H // 2


def inside(frame: QRect, room: QRect) -> QRect:
    """`frame` moved the shortest way into `room`; it must fit."""
    moved = QRect(frame)
    moved.moveLeft(min(max(frame.left(), room.left()), room.right() - frame.width() + 1))
    moved.moveTop(min(max(frame.top(), room.top()), room.bottom() - frame.height() + 1))
    return moved


def area_of(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
