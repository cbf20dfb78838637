"""Parts of the time panel: the field for typed words, a free time, and the box of time zones."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.clock import zone as zone_of
from medvoice.domain.errors import UserError
from medvoice.services.slots import Slot
from medvoice.ui.models.time_choice import distance, slot_words, why_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width


class WordsField(QLineEdit):
    """The typed moment. Down goes to the free times; Enter is the popover's."""

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SlotRow(PaintedButton):
    """A free time and how far it is."""

    def __init__(self, theme: Theme, slot: Slot, now: datetime, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.slot = slot
        self.setText(slot_words(slot, now))
        self.far = distance(wall_to_utc(slot.wall, slot.zone), slot.zone, now).rstrip(".")
        self.setAccessibleName(f"{self.text()}, {why_words(slot)}")
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        if self.is_hovered or self.isDown():
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=theme.radius("row"))
        left, width = theme.px(8), text_width(theme, self.text(), "bodyMedium")
        area = QRectF(left, 0, width + 1, self.height())
        paint_text(painter, theme, area, self.text(), "bodyMedium")
        rest = QRectF(
            area.right() + theme.px(10), 0, self.width() - area.right() - theme.px(18), self.height()
        )
        paint_text(painter, theme, rest, self.far, "small", "text.tertiary", Qt.AlignmentFlag.AlignRight)


def zone_box(name: str, spoken: str, zones: list[str], chosen: str) -> QComboBox:
    """An editable list of time zones; what is typed is looked for anywhere in their names."""
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(spoken)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.addItems(zones)
    box.setCurrentText(chosen)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def is_zone(name: str) -> bool:
    """Whether this computer knows a zone of that name."""
    try:
        zone_of(name)
    except UserError:
        return False
    return bool(name)
