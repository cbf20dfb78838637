"""One page of the settings: a title, a sentence and a column of cards in the middle."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface

COLUMN_W = 760


class Sheet(QScrollArea):
    """`column` takes the cards; it is never wider than 760 (scaled)."""

    def __init__(self, theme: Theme, title: str, lead: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        px = theme.px
        content = Surface("surface")
        content.setProperty("scroll", True)
        self.middle = QWidget()
        self.outer = outer = QHBoxLayout(content)
        outer.addStretch(1)
        outer.addWidget(self.middle, 1000)
        outer.addStretch(1)
        self.column = QVBoxLayout(self.middle)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(16))
        head = QVBoxLayout()
        head.setSpacing(px(6))
        self.head_row = QHBoxLayout()
        self.title = Label(theme, title, "viewTitle")
        self.head_row.addWidget(self.title, 1)
        head.addLayout(self.head_row)
        if lead:
            head.addWidget(Label(theme, lead, "body", "text.secondary", wraps=True))
        self.column.addLayout(head)
        self.setWidget(content)
        theme.changed.connect(self._restyle)
        self._restyle()

    def add_card(self, title: str = "", lead: str = "") -> QVBoxLayout:
        """A card at the end of the column; its inner column."""
        px = self.theme.px
        card = Surface("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(px(20), px(16), px(20), px(18))
        inner.setSpacing(px(12))
        if title:
            head = QVBoxLayout()
            head.setSpacing(px(2))
            head.addWidget(Label(self.theme, title, "section"))
            if lead:
                head.addWidget(Label(self.theme, lead, "small", "text.secondary", wraps=True))
            inner.addLayout(head)
        self.column.addWidget(card)
        return inner

    def finish(self) -> None:
        """Push the cards to the top."""
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        px = self.theme.px
        self.middle.setMaximumWidth(px(COLUMN_W))
        # The column stands at one place, with a scroll bar and without.
        bar = self.width() - self.viewport().width()
        self.outer.setContentsMargins(px(24), px(24), max(px(24) - bar, 0), px(32))
