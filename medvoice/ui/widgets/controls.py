"""Switch, checklist item, segmented control, the right pane's tabs."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QTabBar, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import (
    badge_size,
    paint_box,
    paint_channel_tile,
    paint_check_box,
    paint_count_badge,
    paint_text,
    saved,
    text_width,
)


class Switch(PaintedButton):
    """32x18 on a 28 px target; `toggled(bool)`. Needs a name: the words beside it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px("switch.w") + 4, self.theme.px("hitMin"))

    def focus_rect(self) -> QRect:
        width, height = self.theme.px("switch.w"), self.theme.px("switch.h")
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    @property
    def focus_radius(self) -> int:
        return self.theme.px("switch.h") // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, area = QPainter(self), self.theme, QRectF(self.focus_rect())
        fill = "accent.solid" if self.isChecked() else "border.control"
        if not self.isEnabled():
            fill = "border.default"
        paint_box(painter, theme, area, fill=fill, radius=area.height() / 2)
        knob = area.height() - 4
        x = area.right() - knob - 2 if self.isChecked() else area.x() + 2
        paint_box(painter, theme, QRectF(x, area.y() + 2, knob, knob), fill="bg.surface", radius=knob / 2)


class CheckItem(PaintedButton):
    """A line of the checklist: box 18, label, optional note; the whole row ticks. Only a person ticks it:
    `ticked(bool)` fires for clicks and keys, never for `set_ticked`."""

    ticked = Signal(bool)

    def __init__(
        self, theme: Theme, code: str, text: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.code = code
        self.setObjectName(f"check_item_{code}")
        self.setCheckable(True)
        self._note = note
        self._note_tone = "text.tertiary"
        self.setText(text)
        # Not Fixed: a layout would then hold the height that the hint had at another width.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self.ticked)
        self._speak()

    def set_ticked(self, is_on: bool) -> None:
        self.setChecked(is_on)

    def set_note(self, note: str, tone: str = "text.tertiary") -> None:
        """A 12 px line below, for instance the rule or "Text changed, please confirm again"."""
        self._note, self._note_tone = note, tone
        self._speak()

    def _speak(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._note)
        self.theme_changed()

    def _text_left(self) -> int:
        return self.theme.px("checkbox") + self.theme.px(10)

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(width - self._text_left(), 40), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        label = QFontMetrics(self.theme.font("body")).boundingRect(room, flags, self.text()).height()
        note = 0
        if self._note:
            note = QFontMetrics(self.theme.font("small")).boundingRect(room, flags, self._note).height()
        return max(label, self.theme.px("checkbox")), note

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        label, note = self._heights(width)
        return max(label + (note + 2 if note else 0) + self.theme.px(8), self.theme.px("hitMin"))

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else self.theme.px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px("hitMin"))

    def focus_rect(self) -> QRect:
        side = self.theme.px("checkbox")
        return QRect(0, self.theme.px(4), side, side)

    @property
    def focus_radius(self) -> int:
        return 5

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        paint_check_box(painter, theme, self.focus_rect(), self.isChecked(), self.isEnabled())
        label, note = self._heights(self.width())
        left = self._text_left()
        ink = "text.primary" if not self.isChecked() or self.is_hovered else "text.secondary"
        with saved(painter):
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color(ink if self.isEnabled() else "text.disabled"))
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRect(left, theme.px(4), self.width() - left, label), flags, self.text())
            if self._note:
                painter.setFont(theme.font("small"))
                painter.setPen(theme.color(self._note_tone if self.isEnabled() else "text.disabled"))
                area = QRect(left, theme.px(4) + label + 2, self.width() - left, note + 2)
                painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._note)


class Segment(PaintedButton):
    """One choice of a segmented control."""

    def __init__(self, theme: Theme, key: str, label: str, channel: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.key = key
        self._channel = channel
        self.be_one_of_several()
        self.setText(label)
        self.setAccessibleName(label)

    @property
    def focus_radius(self) -> int:
        return self.theme.radius("chip")

    def sizeHint(self) -> QSize:
        theme = self.theme
        tile = theme.px(16) + theme.px(8) if self._channel else 0
        width = text_width(theme, self.text(), "bodyStrong") + tile + 2 * theme.px(13)
        return QSize(int(width + 1), theme.px("hitMin"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isChecked() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # chosen already: Enter belongs to the form around it
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        if self.isChecked():
            paint_box(painter, theme, self.rect(), fill="bg.surface", border="border.default", radius=6)
        elif self.is_hovered:
            paint_box(painter, theme, self.rect(), fill="bg.selected", radius=6)
        ink = "text.primary" if self.isChecked() else "text.secondary"
        x = float(theme.px(13))
        if self._channel:
            side = theme.px(16)
            paint_channel_tile(
                painter, theme, QRectF(x, (self.height() - side) / 2, side, side), self._channel
            )
            x += side + theme.px(8)
        role = "bodyStrong" if self.isChecked() else "bodyMedium"
        paint_text(painter, theme, QRectF(x, 0, self.width() - x, self.height()), self.text(), role, ink)


class SegmentedControl(QWidget):
    """One of a few choices side by side; arrows move, `chosen(key)` tells."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(2, 2, 2, 2)
        self._layout.setSpacing(2)
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self.update)

    def add(self, key: str, label: str, channel: str = "") -> None:
        """`channel` shows its letter tile before the label."""
        segment = Segment(self.theme, key, label, channel, self)
        self._group.addButton(segment)
        self._layout.addWidget(segment)
        if self._group.checkedButton() is None:
            segment.setChecked(True)

    @property
    def segments(self) -> list[Segment]:
        """The choices, left to right."""
        return [button for button in self._group.buttons() if isinstance(button, Segment)]

    def current(self) -> str:
        button = self._group.checkedButton()
        return button.key if isinstance(button, Segment) else ""

    def set_current(self, key: str) -> None:
        for button in self._group.buttons():
            if isinstance(button, Segment) and button.key == key:
                button.setChecked(True)

    def _clicked(self, button: Segment) -> None:
        self.chosen.emit(button.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        buttons = self._group.buttons()
        checked = self._group.checkedButton()
        if step and checked in buttons:
            target = buttons[(buttons.index(checked) + step) % len(buttons)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
            target.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), self.theme, self.rect(), fill="bg.hover", radius=8)


class PaneTabs(QTabBar):
    """The 44 px tabs of the right pane, with a count or an icon per tab. `tab_chosen(key)` on change."""

    tab_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("pane_tabs")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self._counts: dict[str, tuple[str, str]] = {}
        self._icons: dict[str, tuple[str, str]] = {}
        self.currentChanged.connect(self._changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def add(self, key: str, label: str) -> None:
        self.setTabData(self.addTab(label), key)

    def keys(self) -> list[str]:
        return [str(self.tabData(index)) for index in range(self.count())]

    def current(self) -> str:
        return str(self.tabData(self.currentIndex()))

    def set_current(self, key: str) -> None:
        self.setCurrentIndex(self.keys().index(key))

    def set_mark(
        self, key: str, count: str = "", kind: str = "neutral", icon: str = "", ink: str = ""
    ) -> None:
        """A count badge ("3", "danger") or an icon with the token of its colour after the label."""
        self._counts[key] = (count, kind)
        self._icons[key] = (icon, ink or "ok.text")
        index = self.keys().index(key)
        label = self.tabText(index)
        self.setAccessibleTabName(index, f"{label}, {count}" if count else label)
        self.setTabText(index, label)  # measures the tab again
        self.update()

    def _changed(self, index: int) -> None:
        if index >= 0:
            self.tab_chosen.emit(str(self.tabData(index)))

    def _restyle(self) -> None:
        self.setFont(self.theme.font("bodyMedium"))
        self.setFixedHeight(self.theme.px("tabBar"))
        self.update()

    def _mark_width(self, index: int) -> int:
        key = str(self.tabData(index))
        if self._counts.get(key, ("", ""))[0]:
            return badge_size(self.theme, self._counts[key][0]).width() + self.theme.px(8)
        return self.theme.px(15) + self.theme.px(6) if self._icons.get(key, ("", ""))[0] else 0

    def tabSizeHint(self, index: int) -> QSize:
        width = text_width(self.theme, self.tabText(index), "bodyStrong") + self._mark_width(index)
        return QSize(int(width + self.theme.px(23) + 1), self.theme.px("tabBar"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        for index in range(self.count()):
            area = QRectF(self.tabRect(index))
            is_on = index == self.currentIndex()
            half = theme.px(23) / 2
            x = area.x() + half
            role, ink = ("bodyStrong", "accent.text") if is_on else ("bodyMedium", "text.secondary")
            ink = "text.primary" if is_on else ink
            label = self.tabText(index)
            width = text_width(theme, label, "bodyStrong")
            paint_text(painter, theme, QRectF(x, 0, width + 2, area.height() - 2), label, role, ink)
            self._paint_mark(painter, str(self.tabData(index)), x + width, area.height() - 2)
            if is_on:
                line = QRectF(area.x() + half - 1, area.height() - 2, area.width() - 2 * half + 2, 2)
                paint_box(painter, theme, line, fill="accent.solid", radius=1)

    def _paint_mark(self, painter: QPainter, key: str, x: float, height: float) -> None:
        theme = self.theme
        count, kind = self._counts.get(key, ("", ""))
        icon, ink = self._icons.get(key, ("", ""))
        if count:
            size = badge_size(theme, count)
            box = QRectF(x + theme.px(8), (height - size.height()) / 2, size.width(), size.height())
            paint_count_badge(painter, theme, box, count, kind)
        elif icon:
            theme.paint_icon(painter, icon, ink, x + theme.px(6), (height - theme.px(15)) / 2, 15)
