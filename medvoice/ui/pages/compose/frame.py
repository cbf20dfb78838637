"""Where the parts of Compose stand: the list (or drawer), the bar, the page and the right pane."""

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.controls import PaneTabs

# Of the page, which is the window without its rail of 80.
DRAWER_BELOW = 1200
PANE_NARROW = 336
LIST_MIN, LIST_MAX, PANE_MIN, PANE_MAX, EDITOR_MIN = 240, 360, 320, 520, 480
EDITOR_LEAST = 320


class RightPane(Surface):
    """Tabs of 44 over their pages; `chosen(key)` when another comes to the front."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("sunken", edge="left")
        self.setObjectName("right_pane")
        self.tabs = PaneTabs(theme)
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        head = Surface("sunken", edge="bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(14), 0, 0, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.tabs.tab_chosen.connect(self._chosen)

    def add(self, key: str, name: str, page: QWidget) -> None:
        self._pages[key] = page
        self._stack.addWidget(page)
        self.tabs.add(key, name)

    def show_page(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.set_current(key)
        self._chosen(key)

    def current(self) -> str:
        return self.tabs.current()

    def _chosen(self, key: str) -> None:
        if key in self._pages:
            self._stack.setCurrentWidget(self._pages[key])
            self.chosen.emit(key)


class Drawer(QWidget):
    """The draft list over the page, where the window is too narrow for both. It slides in from the left in
    240 ms, at once where less motion is wanted. Esc and a click beside it close it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._host = theme, parent
        self.setObjectName("drafts_drawer")
        self._inner: QWidget | None = None
        self._came_from: QWidget | None = None
        self._share = 1.0
        self._slide = QVariantAnimation(self)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self.hide()
        parent.installEventFilter(self)

    def fit(self) -> None:
        """The list's width; more for larger text."""
        if self._inner is not None:
            self._inner.setFixedWidth(round(self.theme.fixed("list") * max(self.theme.text_scale, 1.0)))

    def take(self, inner: QWidget) -> None:
        """Hold the list; it keeps its width."""
        self._inner = inner
        self.fit()
        inner.setParent(self)
        inner.show()
        self._place()

    def open(self) -> None:
        self._came_from = self.window().focusWidget()
        self.setGeometry(self._host.rect())
        self._share = 0.0 if self.theme.duration_ms("slow") else 1.0
        self._place()
        self.show()
        self.raise_()
        if self._inner is not None:
            self._inner.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._share == 0.0:
            self._slide.setDuration(self.theme.duration_ms("slow"))
            self._slide.start()

    def close_up(self) -> None:
        """Put the list away. What had the focus before has it again, unless it went elsewhere meanwhile."""
        self._slide.stop()
        focus, target = self.window().focusWidget(), self._came_from
        self._came_from = None
        had_focus = focus is None or self.isAncestorOf(focus)
        self.hide()
        if had_focus and target is not None and isValid(target) and target.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _slid(self, share: float) -> None:
        self._share = share
        self._place()
        self.update()

    def _place(self) -> None:
        inner = self._inner
        if inner is not None and inner.parent() is self:
            width = inner.width()
            inner.setGeometry(round((self._share - 1.0) * width), 0, width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Darker in both looks: a light veil over a dark page would be a lamp.
        ink, share = ("bg.rail", 0.6) if self.theme.is_dark else ("text.primary", 0.18)
        painter.fillRect(QRectF(self.rect()), self.theme.color(ink, share * self._share))


class Frame(QWidget):
    """QSplitter [list | bar over (page | pane)]. `narrowed(is_narrow)` when the list becomes a drawer or
    comes back; `resized` after each change of size."""

    narrowed = Signal(bool)
    resized = Signal()

    def __init__(self, theme: Theme, drafts: QWidget, bar: QWidget, page: QWidget, pane: QWidget) -> None:
        super().__init__()
        self.theme = theme
        self.drafts, self.pane, self._page = drafts, pane, page
        self.is_narrow = False
        self._is_laid_out = False
        # What the person gave list and pane; a narrow window has its own measure.
        self._widths = {"list": theme.fixed("list"), "pane": theme.fixed("right")}
        self.inner = QSplitter(Qt.Orientation.Horizontal)
        self.inner.setObjectName("page_splitter")
        self.inner.addWidget(page)
        self.inner.addWidget(pane)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.inner, 1)
        self.outer = QSplitter(Qt.Orientation.Horizontal, self)
        self.outer.setObjectName("list_splitter")
        self.outer.addWidget(drafts)
        self.outer.addWidget(right)
        for splitter in (self.inner, self.outer):
            # The hairline belongs to the list and the pane; the handle only takes the pointer.
            splitter.setHandleWidth(0)
            splitter.setChildrenCollapsible(False)
            splitter.splitterMoved.connect(self._moved)
        self.inner.setStretchFactor(0, 1)
        self.outer.setStretchFactor(1, 1)
        self.outer.setStretchFactor(0, 0)
        self.drawer = Drawer(theme, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.outer)
        self._free_list()
        theme.changed.connect(self._theme_changed)

    def _theme_changed(self) -> None:
        # After the parts have measured their words anew.
        QTimer.singleShot(0, self, self.place)

    def _free_list(self) -> None:
        self.drafts.setMinimumWidth(LIST_MIN)
        self.drafts.setMaximumWidth(LIST_MAX)

    def widths(self) -> dict[str, int]:
        """What the person gave "list" and "pane", px."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """As kept from the last time; brought inside what is allowed."""
        limits = {"list": (LIST_MIN, LIST_MAX), "pane": (PANE_MIN, PANE_MAX)}
        for part, px in widths.items():
            least, most = limits[part]
            self._widths[part] = min(max(px, least), most)
        self._is_laid_out = False
        self.place()

    def _moved(self) -> None:
        if self.is_narrow:
            return
        if self.drafts.isVisible():
            self._widths["list"] = self.drafts.width()
        if self.pane.isVisible():
            self._widths["pane"] = round(self.pane.width() / max(self.theme.text_scale, 1.0))

    def toggle_list(self) -> None:
        """Show or hide the list of drafts (F9)."""
        if self.is_narrow:
            if self.drawer.isVisible():
                self.drawer.close_up()
            else:
                self.drawer.open()
            return
        self.drafts.setVisible(not self.drafts.isVisible())
        self.resized.emit()

    def show_list(self) -> None:
        """Make sure that the list can be seen."""
        is_hidden = not self.drawer.isVisible() if self.is_narrow else not self.drafts.isVisible()
        if is_hidden:
            self.toggle_list()

    def toggle_pane(self) -> None:
        """Show or hide the right pane (Shift+F9)."""
        self.pane.setVisible(not self.pane.isVisible())
        self.resized.emit()

    def place(self) -> None:
        """Fit the parts to the page's width."""
        growth = max(self.theme.text_scale, 1.0)
        is_narrow = self.width() < DRAWER_BELOW * growth
        self._limit(growth)
        if is_narrow != self.is_narrow:
            self.is_narrow = is_narrow
            if is_narrow:
                self.drawer.take(self.drafts)
            else:
                self.drawer.hide()
                self.outer.insertWidget(0, self.drafts)
                self._free_list()
                self.drafts.show()
            self._is_laid_out = False
            self.narrowed.emit(is_narrow)
        if self.is_narrow:
            self.drawer.fit()
        if not self._is_laid_out and self.isVisible():
            self._is_laid_out = True
            pane = round((PANE_NARROW if is_narrow else self._widths["pane"]) * growth)
            side = 0 if is_narrow else self._widths["list"]
            if not is_narrow:
                self.outer.setSizes([side, self.width() - side])
            self.inner.setSizes([self.width() - side - pane, pane])
        self.resized.emit()

    def _limit(self, growth: float) -> None:
        """The pane grows with the text; where both cannot have their width, the page gives way."""
        least = round(PANE_MIN * growth)
        if self.pane.minimumWidth() != least:
            self.pane.setMinimumWidth(least)
            self.pane.setMaximumWidth(round(PANE_MAX * growth))
            self._is_laid_out = False
        self._page.setMinimumWidth(max(min(EDITOR_MIN, self.width() - least), EDITOR_LEAST))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        self.place()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # pyright: ignore[reportArgumentType]
        self.place()
