"""The choice between the two hours of the night in which the clocks go back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medvoice.domain.clock import walls_of
from medvoice.domain.errors import UserError
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.controls import SegmentedControl


class WhichOfTwo(SegmentedControl):
    """Which one is meant in the hour that comes twice, when the clocks go back; hidden at all other hours.
    `wall_chosen(wall)` is the spelling of `walls_of`."""

    wall_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setObjectName("time_which")
        self._walls: tuple[str, ...] = ()
        self.add("0", "")
        self.add("1", "")
        self.chosen.connect(lambda key: self.wall_chosen.emit(self._walls[int(key)]))
        self.hide()

    def show_wall(self, wall: str, zone_name: str) -> None:
        """Offer both where the wall time comes twice there."""
        try:
            self._walls = walls_of(wall, zone_name)
        except UserError:  # no zone, no time: said elsewhere
            self._walls = ()
        is_twice = len(self._walls) == 2
        if is_twice:
            time = wall[11:16]
            self.setAccessibleName(self.tr("{time} comes twice that night").format(time=time))
            for segment, shown, spoken in zip(
                self.segments,
                (self.tr("The first {time}"), self.tr("The second {time}")),
                (self.tr("{time}, before the clocks go back"), self.tr("{time}, after the clocks go back")),
                strict=True,
            ):
                segment.setText(shown.format(time=time))
                segment.setAccessibleName(spoken.format(time=time))
                segment.setToolTip(spoken.format(time=time))
            self.set_current("1" if (wall,) == self._walls[1:] else "0")
        self.setVisible(is_twice)
