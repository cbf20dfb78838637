"""Single letters as keys of a list. They can be switched off: spoken words would press them (WCAG 2.1.4)."""

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

KEPT = "letter_keys"


class Letters(QObject):
    """Keeps letters, digits and signs without a modifier from the lists of the pages it guards while they are
    off. UI thread only."""

    def __init__(self, kept: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = kept
        self.are_on = str(kept.value(KEPT, 1)) == "1"

    def switch(self, are_on: bool) -> None:
        """On or off; kept for the next time."""
        self.are_on = are_on
        self._kept.setValue(KEPT, int(are_on))

    def guard(self, page: QWidget) -> None:
        """Watch the lists of a page; once is enough, and twice does no harm."""
        for view in page.findChildren(QAbstractItemView):
            view.removeEventFilter(self)
            view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.are_on or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        return is_plain and event.text().strip().isprintable() and bool(event.text().strip())
