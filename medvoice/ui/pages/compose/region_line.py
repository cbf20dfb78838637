"""For whose readers the rules are read: a button that says it, a panel to change it, the regions compared."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.finding import REGIONS
from medvoice.ui.pages.compose.region_compare import Comparison, RegionCompare
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import CheckItem
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.unfold import Unfold


class RegionLine(QWidget):
    """`button` stands at the end of the line on the rules; below it the comparison unfolds. `chosen(regions)`
    when the person changed them."""

    chosen = Signal(object)
    compare_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._regions: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.compare = RegionCompare(theme, self.name_of)
        self.fold = Unfold(theme, self._compared())
        column.addWidget(self.fold)
        self.button = IconButton(theme, "sliders-horizontal", self.tr("Change the regions"), size="small")
        self.button.setObjectName("change_regions")
        self.button.clicked.connect(self.choose)
        self.button.hide()

    def _compared(self) -> QWidget:
        """The comparison with the way to put it away."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, self.theme.px(4))
        column.setSpacing(0)
        column.addWidget(self.compare)
        away = Button(self.theme, self.tr("Hide the comparison"), kind="link", size="small")
        away.set_flush()
        away.setObjectName("hide_comparison")
        away.clicked.connect(self._put_away)
        row = QHBoxLayout()
        row.addWidget(away)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Rule())
        return inner

    def show_regions(self, regions: Sequence[str]) -> None:
        """The regions of the open draft."""
        self._regions = tuple(regions)
        names = [self.name_of(region) for region in self._regions]
        joined = names[0] if len(names) == 1 else self.tr("{all} and {last}").format(
            all=", ".join(names[:-1]), last=names[-1]
        ) if names else ""  # fmt: skip
        said = self.tr("For readers in {regions}").format(regions=joined)
        if said != self.button.accessibleDescription():
            self.button.setAccessibleDescription(said)
            self.button.setToolTip(f"{said}\n{self.button.accessibleName()}")
        self.button.setVisible(bool(names))

    def _put_away(self) -> None:
        self.fold.set_open(False)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_comparison(self, found: Comparison) -> None:
        """Unfold the comparison."""
        self.compare.show_comparison(found)
        self.fold.set_open(True)

    def close_up(self) -> None:
        """Another draft: the comparison is not of it."""
        self.fold.set_open(False, is_animated=False)

    def name_of(self, region: str) -> str:
        """A region as it stands in a sentence."""
        names = {
            "US": self.tr("the US"),
            "EU": self.tr("the EU"),
            "UK": self.tr("the UK"),
            "DE": self.tr("Germany"),
            "CH": self.tr("Switzerland"),
            "CA": self.tr("Canada"),
            "AU": self.tr("Australia"),
            "JP": self.tr("Japan"),
            "IN": self.tr("India"),
        }
        return names.get(region, region)

    def choose(self) -> None:
        """Open the panel; what was ticked counts when it closes."""
        panel = RegionPanel(self.theme, self, self._regions)
        panel.closed.connect(lambda: self._take(panel.regions()))
        panel.compare.clicked.connect(lambda: self._compare(panel))
        panel.show_below(self.button, is_right_aligned=True)

    def _compare(self, panel: "RegionPanel") -> None:
        panel.close()
        self.compare_requested.emit()

    def _take(self, regions: tuple[str, ...]) -> None:
        if regions and regions != self._regions:
            self.chosen.emit(regions)


class RegionPanel(Popover):
    """A box for each region that MedVoice has rules or a say for; the last one stays ticked."""

    def __init__(self, theme: Theme, parent: RegionLine, regions: Sequence[str]) -> None:
        super().__init__(theme, parent, width=280)
        self.setObjectName("region_panel")
        self.body.setSpacing(0)
        self.body.addWidget(Label(theme, self.tr("Who reads it"), "section"))
        self.boxes: dict[str, CheckItem] = {}
        grid = QGridLayout()  # two columns: one would leave a small screen at a large text size
        grid.setSpacing(0)
        self.body.addLayout(grid)
        rows = -(-len(REGIONS) // 2)
        for at, region in enumerate(REGIONS):
            name = parent.name_of(region)
            box = CheckItem(theme, f"region_{region}", name[0].upper() + name[1:])
            box.set_ticked(region in regions)
            box.clicked.connect(lambda _on, region=region: self._keep_one(region))
            self.boxes[region] = box
            grid.addWidget(box, at % rows, at // rows)
        self.body.addSpacing(theme.px(6))
        self.compare = Button(theme, self.tr("Compare the regions"), size="small", parent=self)
        self.compare.setObjectName("compare_regions")
        self.compare.setToolTip(self.tr("The same words under the rules of each region"))
        self.compare.set_expanding()
        self.body.addWidget(self.compare)

    def regions(self) -> tuple[str, ...]:
        """What is ticked, in a fixed order."""
        return tuple(region for region, box in self.boxes.items() if box.isChecked())

    def _keep_one(self, region: str) -> None:
        if not self.regions():
            self.boxes[region].set_ticked(True)
