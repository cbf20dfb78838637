"""Where a rule comes from: the document with its date, and the way to it in the browser."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from medvoice.domain.finding import Citation
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton

WRAPS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
ICON, EXTERNAL, GAP = 14, 13, 7


def dated(text: str) -> str:
    """ "28 Sep 2022" of an ISO date, "Sep 2022" of a month; anything else, for instance a year, as it is."""
    is_month = len(text) == len("2022-09")
    try:
        day = date.fromisoformat(f"{text}-01" if is_month else text)
    except ValueError:
        return text
    if is_month:
        return QLocale().toString(QDate(day.year, day.month, 1), "MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


class Words:
    """How a small icon and words that wrap lie in a widget and are painted, in the colour of links where
    `is_link`; `trailing` is an icon after the words."""

    def __init__(
        self, widget: QAbstractButton | QLabel, theme: Theme, icon: str, trailing: str = "", *, is_link: bool
    ) -> None:
        self._widget, self.theme = widget, theme
        self._icon_name, self._trailing, self._is_link = icon, trailing, is_link
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        widget.setSizePolicy(policy)

    def _room(self, width: int) -> QRect:
        left = self.theme.px(ICON) + self.theme.px(GAP)
        right = self.theme.px(EXTERNAL) + self.theme.px(GAP) if self._trailing else 0
        return QRect(left, 0, max(width - left - right, 40), 10_000)

    def _bounds(self, width: int) -> QRect:
        metrics = QFontMetrics(self.theme.font("small"))
        return metrics.boundingRect(self._room(width), int(Qt.TextFlag.TextWordWrap), self._widget.text())

    def height(self, width: int) -> int:
        least = self.theme.px("hitMin") if self._is_link else 0
        return max(self._bounds(width).height() + self.theme.px(6), least)

    def size(self) -> QSize:
        width = self._widget.width() if self._widget.width() > 100 else self.theme.px(300)
        return QSize(width, self.height(width))

    def least(self) -> QSize:
        return QSize(self.theme.px(80), 0)

    def paint(self) -> None:
        widget, theme = self._widget, self.theme
        painter = QPainter(widget)
        ink = "accent.text" if self._is_link else "text.secondary"
        font = theme.font("small")
        font.setUnderline(self._is_link and widget.underMouse())
        painter.setFont(font)
        bounds = self._bounds(widget.width())
        top = (widget.height() - bounds.height()) // 2
        line = QFontMetrics(font).height()
        theme.paint_icon(painter, self._icon_name, ink, 0, top + (line - theme.px(ICON)) / 2, ICON)
        painter.setPen(theme.color(ink))
        area = QRect(bounds.x(), top, self._room(widget.width()).width(), bounds.height())
        painter.drawText(area, WRAPS, widget.text())
        if self._trailing:
            side = theme.px(EXTERNAL)
            is_one_line = bounds.height() < 1.5 * line
            x = bounds.right() + theme.px(GAP) if is_one_line else widget.width() - side
            theme.paint_icon(painter, self._trailing, ink, x, top + (line - side) / 2, EXTERNAL)


class LinkRow(PaintedButton):
    """Words that can be pressed: a link, and a stop for the keyboard."""

    def __init__(
        self, theme: Theme, icon: str, words: str, *, trailing: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._words = Words(self, theme, icon, trailing, is_link=True)
        self.setText(words)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._words.height(width)

    def sizeHint(self) -> QSize:
        return self._words.size()

    def minimumSizeHint(self) -> QSize:
        return self._words.least()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._words.paint()


class SourceLink(LinkRow):
    """A source with an address: `link_requested(url)`."""

    link_requested = Signal(str)

    def __init__(self, theme: Theme, source: Citation, parent: QWidget | None = None) -> None:
        words = words_of(source)
        super().__init__(theme, "scale", words, trailing="external-link", parent=parent)
        spoken = QCoreApplication.translate("CitationRow", "Source: {words}. Opens in the browser")
        self.setAccessibleName(spoken.format(words=words))
        self.setToolTip(source.url)
        self.clicked.connect(lambda: self.link_requested.emit(source.url))


class SourceText(QLabel):
    """A source without an address: text, to a screen reader too. `link_requested` never comes."""

    link_requested = Signal(str)

    def __init__(self, theme: Theme, source: Citation, parent: QWidget | None = None) -> None:
        words = words_of(source)
        super().__init__(words, parent)
        self._words = Words(self, theme, "scale", is_link=False)
        spoken = QCoreApplication.translate("CitationRow", "Source: {words}")
        self.setAccessibleName(spoken.format(words=words))
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._words.height(width)

    def sizeHint(self) -> QSize:
        return self._words.size()

    def minimumSizeHint(self) -> QSize:
        return self._words.least()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._words.paint()


def citation_row(theme: Theme, source: Citation) -> SourceLink | SourceText:
    """One source: a link where it has an address, else text."""
    return SourceLink(theme, source) if source.url else SourceText(theme, source)


def words_of(source: Citation) -> str:
    """The document, its date, and whether anybody looked."""
    words = source.doc
    if source.dated:
        words += f" · {dated(source.dated)}"
    if not source.is_verified:
        words += " · " + QCoreApplication.translate("CitationRow", "not verified")
    return words
