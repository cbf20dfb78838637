"""The switch and the checklist row."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import paint_check_box

WIDTH, HEIGHT, KNOB, MARGIN = 32, 18, 12, 3


class Switch(PaintedButton):
    """On or off, 32x18 in a target of 40x28. `toggled(bool)` when the person moves it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(40), self.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.theme.px(100) / 100
        box = QRectF(0, 0, WIDTH * scale, HEIGHT * scale)
        box.moveCenter(QRectF(self.rect()).center())
        ground = "accent.solid" if self.isChecked() else "border.control"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        side = KNOB * scale
        x = box.right() - MARGIN * scale - side if self.isChecked() else box.left() + MARGIN * scale
        painter.setBrush(self.theme.color("accent.on" if self.isChecked() else "bg.surface"))
        painter.drawEllipse(QRectF(x, box.center().y() - side / 2, side, side))


class CheckRow(PaintedButton):
    """A box of the checklist; the whole row is the target. `note` is a second, quiet line."""

    def __init__(self, theme: Theme, text: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self._note = note
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(width)[2]

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(self.width() if self.width() > 60 else 340))

    def _lay_out(self, width: int) -> tuple[int, int, int]:
        """Heights of the text, the note, and the row."""
        room = max(width - self.theme.px(27), 40)
        wrap = int(Qt.TextFlag.TextWordWrap)
        from PySide6.QtCore import QRect
        from PySide6.QtGui import QFontMetrics

        bounds = QRect(0, 0, room, 4000)
        text = QFontMetrics(self.theme.font("body")).boundingRect(bounds, wrap, self.text()).height()
        note = 0
        if self._note:
            note = QFontMetrics(self.theme.font("small")).boundingRect(bounds, wrap, self._note).height()
        return text, note, max(text + note + self.theme.px(9), self.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, left = self.theme.px("checkbox"), self.theme.px(27)
        top = self.theme.px(4)
        box = QRectF(1, top, side, side)
        paint_check_box(painter, self.theme, box, self.isChecked())
        text, note, _ = self._lay_out(self.width())
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.setFont(self.theme.font("body"))
        painter.setPen(self.theme.color("text.primary"))
        painter.drawText(QRectF(left, top, self.width() - left, text), flags, self.text())
        if self._note:
            painter.setFont(self.theme.font("small"))
            painter.setPen(self.theme.color("text.tertiary"))
            painter.drawText(QRectF(left, top + text, self.width() - left, note), flags, self._note)
