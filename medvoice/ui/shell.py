"""The frame of the window: rail, pages, toast, focus ring and menu. It knows nothing of what the pages do."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.nav_rail import NavRail
from medvoice.ui.widgets.overlay import Toast

Keys = str | QKeySequence.StandardKey


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
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(0, 0, 0, 0)
        self._pages: dict[str, QWidget] = {}
        self._menus: dict[str, QMenu] = {}
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(self._banners)
        right.addWidget(self.stack, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(body)
        self.toast = Toast(theme, self.stack)
        self.focus_ring = FocusRing(theme, self)

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """One sentence above the footer, with Undo where there is a way back."""
        self.toast.say(words, self.tr("Undo") if undo else "", undo)

    def add_banner(self, banner: Banner) -> None:
        """A sentence that stays above the page until its cause is gone."""
        self._banners.addWidget(banner)

    def add_page(self, key: str, text: str, icon: str, page: QWidget, *, at_bottom: bool = False) -> None:
        """A page with its item on the rail."""
        self.rail.add(key, icon, text, is_at_bottom=at_bottom)
        self._pages[key] = page
        self.stack.addWidget(page)

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.rail.set_current(key)
        self.stack.setCurrentWidget(self._pages[key])
        self.page_shown.emit(key)

    def page(self) -> str:
        """The key of the page in front."""
        return next((key for key, page in self._pages.items() if page is self.stack.currentWidget()), "")

    def add_action(self, menu: str, text: str, keys: Keys, call: Callable[[], None]) -> QAction:
        """A command in the menu bar with its shortcut; all commands stand there."""
        if menu not in self._menus:
            self._menus[menu] = self.menuBar().addMenu(menu)
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: call())
        self._menus[menu].addAction(action)
        self.addAction(action)
        return action
