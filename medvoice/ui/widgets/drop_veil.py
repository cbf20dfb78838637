"""Says what a drop will do, over the whole window, while a drag hangs there."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from medvoice.ui.models.drop_offer import DropOffer
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.overlay import paint_shadow
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width

GROUND, GROUND_DARK = 0.35, 0.45
INSET, BOX_W, BOX_H, PAD, ICON = 6, 520, 76, 20, 22


class DropVeil(QWidget):
    """Lies over `window`; the mouse goes through it. Hidden until it has something to say."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme = theme
        self.offer = DropOffer()
        self.setObjectName("drop_veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, offer: DropOffer) -> None:
        """Show what a drop of `offer` will do."""
        is_news = offer != self.offer or not self.isVisible()
        self.offer = offer
        self.setAccessibleName(offer.deed)
        self.setAccessibleDescription(offer.detail)
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.update()
        if is_news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, offer.deed))

    def box(self) -> QRect:
        """Where the words stand: in the middle, inside the window."""
        px = self.theme.px
        wanted = text_width(self.theme, self.offer.deed, "section") + px(2 * PAD + ICON + 14) + 2
        width = min(max(px(BOX_W), int(wanted)), self.width() - 2 * px(PAD))
        height = px(BOX_H)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        tone = "danger" if self.offer.refusal else "accent"
        painter.fillRect(self.rect(), theme.color("bg.window", GROUND_DARK if theme.is_dark else GROUND))
        frame = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        paint_box(painter, theme, frame, border=f"{tone}.solid", radius=theme.radius("popover"), border_px=2)
        box = self.box()
        paint_shadow(painter, theme, box)
        paint_box(
            painter, theme, box, fill="bg.raised", border="border.default", radius=theme.radius("popover")
        )
        side = px(ICON)
        theme.paint_icon(
            painter,
            self._icon(),
            f"{tone}.text",
            box.x() + px(PAD),
            box.y() + (box.height() - side) / 2,
            ICON,
        )
        left = box.x() + px(PAD + ICON + 14)
        width = box.right() - px(PAD) - left
        words = QRectF(left, box.y() + px(14), width, px(24))
        ink = "danger.text" if self.offer.refusal else "text.primary"
        paint_text(painter, theme, words, self.offer.deed, "section", ink)
        paint_text(painter, theme, words.translated(0, px(24)), self.offer.detail, "body", "text.secondary")

    def _icon(self) -> str:
        if self.offer.refusal:
            return "ban"
        return "file-text" if self.offer.paths else "lightbulb"
