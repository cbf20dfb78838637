"""The ways out of a finding as small forms, and the row of its buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.button import Button

MIN_REASON = 10


class ButtonRow(QWidget):
    """Buttons side by side, `last` at the right end. Where the room is short the first gives up its `icon`,
    then the last of `buttons` its words for `short`; below each other only where even that is too wide."""

    def __init__(
        self,
        buttons: Sequence[Button],
        gap: int,
        last: PaintedButton | None = None,
        icon: str = "",
        short: str = "",
    ) -> None:
        super().__init__()
        self._buttons, self._gap, self._last, self._icon = buttons, gap, last, icon
        self._words = (buttons[-1].text(), short or buttons[-1].text())
        self._dress(3)
        self._least = max(button.sizeHint().width() for button in buttons)
        self._dress(0)
        for button in self._all():
            button.setParent(self)
            button.show()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _all(self) -> tuple[PaintedButton, ...]:
        return (*self._buttons, self._last) if self._last is not None else tuple(self._buttons)

    def _dress(self, step: int) -> None:
        """0: all; 1: without the icon; 2: short words; 3: both."""
        icon, words = "" if step & 1 else self._icon, self._words[step > 1]
        if self._icon and self._buttons[0].icon_name != icon:
            self._buttons[0].set_icon(icon)
        if self._buttons[-1].text() != words:
            self._buttons[-1].setText(words)
            self._buttons[-1].setAccessibleName(self._words[0])

    def _fit(self, width: int) -> None:
        for step in range(4):
            self._dress(step)
            if self._row_width() <= width:
                return

    def _row_width(self) -> int:
        every = self._all()
        return sum(button.sizeHint().width() for button in every) + self._gap * (len(every) - 1)

    def _places(self, width: int) -> list[QRect]:
        self._fit(width)
        places: list[QRect] = []
        x = y = 0
        for button in self._all():
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + self._gap
            places.append(QRect(x, y, min(size.width(), max(width, 1)), size.height()))
            x += size.width() + self._gap
        if self._last is not None and places:
            places[-1].moveRight(max(width, 1) - 1)
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = max((place.bottom() + 1 for place in self._places(width)), default=0)
        self._fit(self.width())
        return height

    def sizeHint(self) -> QSize:
        width = self._row_width()
        return QSize(width, self.heightForWidth(self.width() if self.width() > 100 else width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button, place in zip(self._all(), self._places(self.width()), strict=True):
            button.setGeometry(place)


class ReasonForm(QWidget):
    """One field for a reason of ten characters or more, and its button; `done(reason)` is called."""

    def __init__(self, theme: Theme, key: str, label: str, done: Callable[[str], None]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        column.addLayout(row)
        self.field = QLineEdit()
        self.field.setObjectName(f"reason_{key}")
        self.field.setPlaceholderText(self.tr("Your reason, kept on record"))
        self.field.setAccessibleName(self.tr("Your reason, at least ten characters"))
        button = Button(theme, label, size="small")
        button.setObjectName(f"give_reason_{key}")
        button.setEnabled(False)
        self.field.textChanged.connect(lambda text: button.setEnabled(len(text.strip()) >= MIN_REASON))
        button.clicked.connect(lambda: done(self.field.text().strip()))
        self.field.returnPressed.connect(button.click)
        row.addWidget(self.field, 1)
        row.addWidget(button)
        self.hint = Label(theme, "", "small", "text.tertiary")
        self.hint.setObjectName(f"reason_hint_{key}")
        self.hint.hide()
        column.addWidget(self.hint)
        self.field.textChanged.connect(self._show_hint)

    def _show_hint(self, text: str) -> None:
        missing = MIN_REASON - len(text.strip())
        words = self.tr("1 more character") if missing == 1 else self.tr("{n} more characters")
        self.hint.setText(words.format(n=missing) if missing > 0 else "")
        self.hint.setVisible(missing > 0 and bool(text.strip()))
        self.field.setAccessibleDescription(self.hint.text())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give the focus to the field. No focus proxy: Tab would pass over the button."""
        self.field.setFocus(reason)
