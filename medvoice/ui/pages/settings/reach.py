"""How MedVoice is reached from other programs: the tray."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.ui.pages.settings.fields import TickField
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.ui.anywhere import Anywhere
    from medvoice.ui.main_window import MainWindow


class Reach(QWidget):
    """Ticks that act at once. `follow` a window before it is used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._anywhere: Anywhere | None = None
        self.tray = TickField(
            theme,
            "tray",
            self.tr("Show MedVoice in the system tray"),
            self.tr("While the window is open: a new idea, the window, a pause and the way out by a click."),
        )
        self.tray.committed.connect(self._switch_tray)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(self.tray)

    def follow(self, window: "MainWindow") -> None:
        """Show and change how this window is reached."""
        from medvoice.ui.anywhere import Anywhere
        from medvoice.ui.tray import has_tray

        self._anywhere = Anywhere.of(window)
        self._anywhere.changed.connect(self._show)
        if not has_tray():
            self.tray.box.setEnabled(self._anywhere.is_tray_on)
            self.tray.help.setText(self.tr("This desktop has no tray, or it has not started yet."))
        self._show()

    def _show(self) -> None:
        if self._anywhere is not None:
            self.tray.show_value(self._anywhere.is_tray_on)

    def _switch_tray(self, value: object) -> None:
        if self._anywhere is not None:
            self._anywhere.switch_tray(bool(value))
