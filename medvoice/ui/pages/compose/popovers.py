"""The small panel under the Schedule button: what is left, line by line, and what changed since clearing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.what_changed import Change
from medvoice.ui.pages.compose.todo import Todo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.change_view import ChangeView
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.paint import paint_box, paint_text

LINES = 9
ICONS = {
    "block": ("octagon-alert", "danger.solid"),
    "warning": ("triangle-alert", "warn.solid"),
    "tick": ("square", "text.tertiary"),
    "queue": ("send", "warn.solid"),
    "name": ("user", "text.tertiary"),
    "account": ("plug", "text.tertiary"),
    "embargo": ("lock", "warn.solid"),
}


class LeftLine(PaintedButton):
    """One thing that is left: icon, words, where. A click goes to its place; `stepped(line, 1 or -1)` for
    Down and Up, which the scroll area around would take for itself."""

    stepped = Signal(object, int)

    def __init__(self, theme: Theme, item: Todo, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.item = item
        self.setObjectName(f"left_{item.code}")
        where = f" · {CHANNEL_NAMES[item.channel]}" if item.channel in CHANNEL_NAMES else ""
        self.setText(f"{item.words}{where}")
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(self, step)
        else:
            super().keyPressEvent(event)

    def sizeHint(self):
        size = super().sizeHint()
        size.setWidth(self.theme.px(280))
        size.setHeight(self.theme.px(32))
        return size

    def paintEvent(self, event: object) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        painter, theme = QPainter(self), self.theme
        if self.is_hovered or self.isDown():
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=8)
        icon, ink = ICONS.get(self.item.kind, ("pen-line", "text.tertiary"))
        side = theme.px(15)
        theme.paint_icon(painter, icon, ink, theme.px(8), (self.height() - side) / 2, 15)
        left = theme.px(31)
        area = QRectF(left, 0, self.width() - left - theme.px(26), self.height())
        paint_text(painter, theme, area, self.text(), "body")
        x = self.width() - theme.px(22)
        theme.paint_icon(painter, "chevron-right", "text.tertiary", x, (self.height() - side) / 2, 15)


class LeftPopover(Popover):
    """ "Two things before you schedule": each line jumps to its place."""

    jumped = Signal(object)

    def __init__(
        self, theme: Theme, parent: QWidget, left: Sequence[Todo], changed: Sequence[Change] = ()
    ) -> None:
        super().__init__(theme, parent, width=420)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("left_popover")
        self.body.addWidget(Label(theme, self._title(len(left)), "section"))
        inner = QWidget()
        inner.setProperty("scroll", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.lines: list[LeftLine] = []
        self.scroller = scroll = QScrollArea()
        for item in left:
            line = LeftLine(theme, item)
            self.lines.append(line)
            line.stepped.connect(self._step)
            line.clicked.connect(lambda _on=False, item=item: self._jump(item))
            column.addWidget(line)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFixedHeight(theme.px(32) * min(len(left), LINES) + 2)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.body.addWidget(scroll)
        for each in changed:
            self.body.addSpacing(theme.px(6))
            self.body.addWidget(ChangeView(theme, each, has_channel=len(changed) > 1))
        self.ring = FocusRing(theme, self)

    def _title(self, count: int) -> str:
        if count == 1:
            return self.tr("One thing before you schedule")
        names = self.tr("Two Three Four Five Six Seven Eight Nine").split()
        spelled = names[count - 2] if count - 2 < len(names) else str(count)
        return self.tr("{n} things before you schedule").format(n=spelled)

    def _step(self, line: LeftLine, step: int) -> None:
        at = self.lines.index(line) + step
        target = self.lines[min(max(at, 0), len(self.lines) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.scroller.ensureWidgetVisible(target)

    def _jump(self, item: Todo) -> None:
        self.close()
        self.jumped.emit(item)


class ChangesPopover(Popover):
    """What changed since it was cleared, per channel: taken out struck through, new underlined."""

    def __init__(self, theme: Theme, parent: QWidget, changed: Sequence[Change]) -> None:
        super().__init__(theme, parent, width=380)
        self.setObjectName("changes_popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(Label(theme, self.tr("Changed since you cleared it"), "section"))
        for each in changed:
            self.body.addWidget(ChangeView(theme, each, has_channel=len(changed) > 1))
        words = self.tr("The post waits until you schedule it again. Nothing goes out meanwhile.")
        self.body.addWidget(Label(theme, words, "small", "text.tertiary", wraps=True))
