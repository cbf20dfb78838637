"""A scroll bar that lies over its list: what is listed keeps its whole width, whether it scrolls or not."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

WIDTH_PX = 8


class OverBar(QScrollBar):
    """Lies at the right edge of `area`, in the room that its content leaves free there. The area's own bar is
    hidden and stays what everybody asks and sets."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self.setObjectName("over_bar")
        self._area, self._own = area, area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._own.rangeChanged.connect(self._follow_range)
        self._own.valueChanged.connect(self._follow_value)
        self.valueChanged.connect(self._own.setValue)
        area.installEventFilter(self)
        self._follow_range()

    def _follow_range(self) -> None:
        own = self._own
        self.blockSignals(True)
        self.setRange(own.minimum(), own.maximum())
        self.setPageStep(own.pageStep())
        self.setSingleStep(own.singleStep())
        self.setValue(own.value())
        self.blockSignals(False)
        self.setVisible(own.maximum() > own.minimum())
        self._place()

    def _follow_value(self, value: int) -> None:
        self.blockSignals(True)
        self.setPageStep(self._own.pageStep())
        self.setValue(value)
        self.blockSignals(False)
        self.update()

    def _place(self) -> None:
        self.setGeometry(self._area.width() - WIDTH_PX, 0, WIDTH_PX, self._area.height())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
