"""Where a rule comes from: the document with its date, and the way to it in the browser."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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


class _Words:
    """A small icon and words that wrap, in the colour of links where `is_link`; `trailing` is an icon after
    the words. For a widget that has the words as its text."""

    theme: Theme
    is_link = True

    def _set_up(self, icon: str, words: str, trailing: str) -> None:
        self._icon_name, self._trailing = icon, trailing
        self.setText(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _room(self, width: int) -> QRect:
        left = self.theme.px(ICON) + self.theme.px(GAP)
        right = self.theme.px(EXTERNAL) + self.theme.px(GAP) if self._trailing else 0
        return QRect(left, 0, max(width - left - right, 40), 10_000)

    def _bounds(self, width: int) -> QRect:
        metrics = QFontMetrics(self.theme.font("small"))
        return metrics.boundingRect(self._room(width), int(Qt.TextFlag.TextWordWrap), self.text())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        least = self.theme.px("hitMin") if self.is_link else 0
        return max(self._bounds(width).height() + self.theme.px(6), least)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else self.theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        ink = "accent.text" if self.is_link else "text.secondary"
        font = theme.font("small")
        font.setUnderline(self.is_link and self.underMouse())
        painter.setFont(font)
        bounds = self._bounds(self.width())
        top = (self.height() - bounds.height()) // 2
        line = QFontMetrics(font).height()
        theme.paint_icon(painter, self._icon_name, ink, 0, top + (line - theme.px(ICON)) / 2, ICON)
        painter.setPen(theme.color(ink))
        area = QRect(bounds.x(), top, self._room(self.width()).width(), bounds.height())
        painter.drawText(area, WRAPS, self.text())
        if self._trailing:
            side = theme.px(EXTERNAL)
            is_one_line = bounds.height() < 1.5 * line
            x = bounds.right() + theme.px(GAP) if is_one_line else self.width() - side
            theme.paint_icon(painter, self._trailing, ink, x, top + (line - side) / 2, EXTERNAL)


class LinkRow(_Words, PaintedButton):
    """Words that can be pressed: a link, and a stop for the keyboard."""

    def __init__(
        self, theme: Theme, icon: str, words: str, *, trailing: str = "", parent: QWidget | None = None
    ) -> None:
        PaintedButton.__init__(self, theme, parent)
        self._set_up(icon, words, trailing)


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


class SourceText(_Words, QLabel):
    """A source without an address: text, to a screen reader too. `link_requested` never comes."""

    link_requested = Signal(str)
    is_link = False

    def __init__(self, theme: Theme, source: Citation, parent: QWidget | None = None) -> None:
        QLabel.__init__(self, parent)
        self.theme = theme
        words = words_of(source)
        self._set_up("scale", words, "")
        spoken = QCoreApplication.translate("CitationRow", "Source: {words}")
        self.setAccessibleName(spoken.format(words=words))
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


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
