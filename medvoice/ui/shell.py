"""The frame of the window: rail, pages, toast and focus ring. It knows nothing of what the pages do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from medvoice.ui.panes import focus_inside, pane_of, panes_of
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.nav_rail import NavRail
from medvoice.ui.widgets.overlay import Toast

TOAST_GAP_PX, PANES_LOOK_MS = 16, 250
# Pages without an item of their own, and the item that is lit while they are shown.
BESIDE = {"feeds": "compose"}


class Shell(QMainWindow):
    """The window's frame. Pages are added with a key; `page_shown(key)` when one comes to the front."""

    page_shown = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setMinimumSize(theme.fixed("windowMin.w"), theme.fixed("windowMin.h"))
        self.resize(theme.fixed("windowDefault.w"), theme.fixed("windowDefault.h"))
        self.rail = NavRail(theme)
        self.rail.page_requested.connect(self.show_page)
        self.stack = QStackedWidget()
        self._banners = BannerShelf()
        self._pages: dict[str, QWidget] = {}
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._banners)
        right.addWidget(self.stack, 1)
        self._body = body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(body)
        # Not a child of the stack: to a screen reader a stack has its pages and nothing else.
        self.toast = Toast(theme, body)
        self.focus_ring = FocusRing(theme, self)
        theme.changed.connect(self._follow_panes)
        # While a toast is there, panes may open below it.
        self._panes_watch = QTimer(self)
        self._panes_watch.setInterval(PANES_LOOK_MS)
        self._panes_watch.timeout.connect(self._make_room)
        self.toast.closed.connect(self._panes_watch.stop)
        self._last_focus: dict[QWidget, QWidget] = {}
        self._before_toast: QWidget | None = None
        self.toast.closed.connect(self._leave_toast)

    def tell(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """One sentence above the footer, with Undo where there is a way back. It lies over the widest pane of
        the page, so never over the right pane."""
        self._make_room()
        self.toast.say(words, self.tr("Undo") if undo else "", undo)
        self._panes_watch.start()

    def _make_room(self) -> None:
        """Tell the toast where it may lie now."""
        page = self.stack.currentWidget()
        if page is not None and isValid(self.toast):
            panes = panes_of(page)
            beside = [pane for pane in panes if pane.objectName() != "right_pane"]
            main = max(beside or panes, key=QWidget.width)
            left = main.mapTo(self._body, QPoint(0, 0)).x()
            above = self.theme.px("editorFooter") + TOAST_GAP_PX
            self.toast.set_room(left, left + main.width(), above)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_panes()

    def _follow_panes(self) -> None:
        """A toast that is there moves with the pane it lies over, once that has its new width."""
        if self.toast.isVisible():
            QTimer.singleShot(0, self, self._make_room)

    def add_banner(self, banner: Banner) -> None:
        """A sentence that stays above the page until its cause is gone."""
        self._banners.add(banner)

    def add_item(self, key: str, text: str, icon: str, *, at_bottom: bool = False) -> None:
        """An item on the rail; its page may follow later."""
        self.rail.add(key, icon, text, is_at_bottom=at_bottom)

    def set_page(self, key: str, page: QWidget, first: QWidget | None = None) -> None:
        """The page of an item; `first` has the focus when the page is shown by key for the first time."""
        self._pages[key] = page
        if first is not None:
            self._last_focus[page] = first
        self.stack.addWidget(page)

    def show_page(self, key: str) -> None:
        """Bring a page to the front. Who was in the page that leaves is in the new one at once, where they
        were last; who came by the rail stays there."""
        self.rail.set_current(BESIDE.get(key, key))
        page, left, focus = self._pages[key], self.stack.currentWidget(), self.focusWidget()
        has_moved = left is not None and left is not page and (focus is None or left.isAncestorOf(focus))
        if has_moved and left is not None and focus is not None:
            self._last_focus[left] = focus
        self.stack.setCurrentWidget(page)
        if has_moved:
            focus_inside(page, self._last_focus.get(page))
        self.page_shown.emit(key)

    def page(self) -> str:
        """The key of the page in front."""
        return next((key for key, page in self._pages.items() if page is self.stack.currentWidget()), "")

    def name_of(self, key: str) -> str:
        """What a page is called: its own title, else that of its item."""
        page = self._pages.get(key)
        return (page.windowTitle() if page is not None else "") or self.rail.item(BESIDE.get(key, key)).text()

    def pages(self) -> list[str]:
        """The keys of the rail's items, settings last."""
        return self.rail.keys()

    def page_of(self, key: str) -> QWidget | None:
        """The page of an item, None while it is not made."""
        return self._pages.get(key)

    # Panes

    def panes(self) -> list[QWidget]:
        """The rail, banners, the visible panes of the page in front from left to right, and the toast."""
        page = self.stack.currentWidget()
        banners = [self._banners] if self._banners.isVisible() else []
        toast = [self.toast] if self.toast.isVisible() else []
        return [self.rail, *banners, *(panes_of(page) if page is not None else []), *toast]

    def move_pane(self, step: int) -> None:
        """Give the focus to the next (1) or previous (-1) pane: to what had it there last."""
        panes, here = self.panes(), self.focusWidget()
        current = pane_of(panes, here)
        if current is not None and here is not None:
            self._last_focus[current] = here
        place = panes.index(current) if current is not None else (-1 if step > 0 else 0)
        for turn in range(1, len(panes) + 1):
            target = panes[(place + step * turn) % len(panes)]
            if target is self.toast:
                self._before_toast = here
            if target is self.rail:
                self.rail.focus_current()
                return
            if focus_inside(target, self._last_focus.get(target)):
                return

    def _leave_toast(self) -> None:
        """Who came to the toast by key goes back to where they were."""
        target, self._before_toast = self._before_toast, None
        if target is not None and isValid(target) and target.isVisible():
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)


class BannerShelf(QWidget):
    """Where banners lie above the page, with room around them; no room at all while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(8)
        self._shown: list[Banner] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def add(self, banner: Banner) -> None:
        """Lay a banner under those that are there; the room closes when the last one hides."""
        self._shown.append(banner)
        self._column.addWidget(banner)
        banner.show()
        banner.installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and isinstance(watched, Banner) and watched.isHidden():
            self._shown = [each for each in self._shown if each is not watched]
            self.setVisible(bool(self._shown))
        return False
