"""Where a rule comes from: the document with its date, and the way to it in the browser."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.domain.finding import Citation
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton

WRAPS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
ICON, EXTERNAL, GAP = 14, 13, 7


def dated(text: str) -> str:
    """ "28 Sep 2022" of an ISO date; anything else, for instance a year, as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


class CitationRow(PaintedButton):
    """One source. With an address it is a link that asks by `link_requested(url)`; without one it is text
    and no stop for the keyboard."""

    link_requested = Signal(str)

    def __init__(self, theme: Theme, source: Citation, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.source = source
        words = source.doc
        if source.dated:
            words += f" · {dated(source.dated)}"
        if not source.is_verified:
            words += " · " + self.tr("not verified")
        self.setText(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if source.url:
            self.setAccessibleName(self.tr("Source: {words}. Opens in the browser").format(words=words))
            self.setToolTip(source.url)
            self.clicked.connect(lambda: self.link_requested.emit(source.url))
        else:
            self.setAccessibleName(self.tr("Source: {words}").format(words=words))
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.unsetCursor()
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _room(self, width: int) -> QRect:
        left = self.theme.px(ICON) + self.theme.px(GAP)
        right = self.theme.px(EXTERNAL) + self.theme.px(GAP) if self.source.url else 0
        return QRect(left, 0, max(width - left - right, 40), 10_000)

    def _bounds(self, width: int) -> QRect:
        metrics = QFontMetrics(self.theme.font("small"))
        return metrics.boundingRect(self._room(width), int(Qt.TextFlag.TextWordWrap), self.text())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        least = self.theme.px("hitMin") if self.source.url else 0
        return max(self._bounds(width).height() + self.theme.px(6), least)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else self.theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        ink = "accent.text" if self.source.url else "text.secondary"
        font = theme.font("small")
        font.setUnderline(bool(self.source.url) and self.is_hovered)
        painter.setFont(font)
        bounds = self._bounds(self.width())
        top = (self.height() - bounds.height()) // 2
        line = QFontMetrics(font).height()
        theme.paint_icon(painter, "scale", ink, 0, top + (line - theme.px(ICON)) / 2, ICON)
        painter.setPen(theme.color(ink))
        area = QRect(bounds.x(), top, self._room(self.width()).width(), bounds.height())
        painter.drawText(area, WRAPS, self.text())
        if self.source.url:
            last = (
                bounds.right() + theme.px(GAP)
                if bounds.height() < 1.5 * line
                else self.width() - theme.px(13)
            )
            theme.paint_icon(
                painter, "external-link", ink, last, top + (line - theme.px(EXTERNAL)) / 2, EXTERNAL
            )
