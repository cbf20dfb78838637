"""The small check mark before "Saved 09:41"."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme

SIDE = 14


class SavedMark(QWidget):
    """14 px, painted in the colours of the moment; hidden until the words are kept. Says nothing to who
    listens: the words beside it do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(SIDE), self.theme.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.theme.paint_icon(QPainter(self), "check", "text.tertiary", 0, 0, SIDE)
