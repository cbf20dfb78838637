"""The toast: one sentence above the footer, with Undo, for eight seconds or as long as it is looked at."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.paint import paint_box

SHOWN_MS = 8000
LIFT = 60


class Toast(QWidget):
    """Child overlay of the window's page area; `tell` shows the newest sentence only."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("toast")
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(8), theme.px(6))
        self.label = Label(theme, "", "bodyMedium", "text.onTooltip")
        self.button = Button(theme, self.tr("Undo"), kind="soft", size="small")
        self.button.setObjectName("toast_undo")
        self.close_button = IconButton(theme, "x", self.tr("Close"))
        self.close_button.set_ink("text.onTooltip")
        row.addWidget(self.label)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._undo_clicked)
        self.close_button.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence; `undo` adds the button."""
        self._undo = undo
        self.label.setText(words)
        self.button.setVisible(undo is not None)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Centred above the footer of the page area."""
        area = self.parentWidget().rect()
        self.move(max((area.width() - self.width()) // 2, 0), area.height() - self.height() - LIFT)

    def _undo_clicked(self) -> None:
        undo = self._undo
        self.hide()
        if undo is not None:
            undo()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, self.theme, self.rect(), fill="bg.tooltip", radius=self.theme.radius("popover"))
