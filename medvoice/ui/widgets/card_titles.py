"""The title of a finding, 14/600: whole in an open card, on two lines at most in a closed one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label

LINES = 2


class Title(Label):
    """The finding in a few words, 14/600."""

    def _restyle(self) -> None:
        font = self.theme.font(self._role)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)


class RowTitle(Title):
    """The same on one line or two; only what two lines cannot hold ends in "…", whole in the tooltip then."""

    def __init__(self, theme: Theme, text: str, role: str, parent: QWidget | None = None) -> None:
        self._full = text
        super().__init__(theme, "", role, wraps=True, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(24)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show `text`; it is the accessible name in full."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def full_text(self) -> str:
        return self._full

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        count = min(max(len(lines_of(self._full, self.font(), width)), 1), LINES)
        return count * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, self.heightForWidth(max(self.width(), 24)))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        super()._restyle()
        self._fit()

    def _fit(self) -> None:
        lines = lines_of(self._full, self.font(), self.width())
        if len(lines) > LINES:
            rest = "".join(lines[LINES - 1 :])
            cut = QFontMetrics(self.font()).elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
            lines = [*lines[: LINES - 1], cut]
        shown = "\n".join(line.strip() for line in lines)
        if shown != self.text():
            self.setText(shown)
            self.updateGeometry()
        self.setToolTip(self._full if shown.endswith("…") and not self._full.endswith("…") else "")


def lines_of(text: str, font: QFont, width: int) -> list[str]:
    """`text` broken at words into lines of `width` px."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return found
