"""For whose readers the rules are read: one line, and a small panel to change it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.finding import REGIONS
from medvoice.ui.pages.compose.region_compare import Comparison, RegionCompare
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import CheckItem
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.unfold import Unfold


class RegionLine(QWidget):
    """ "Read for readers in the US, the EU and the UK"; `chosen(regions)` when the person changed them."""

    chosen = Signal(object)
    compare_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._regions: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.px(2))
        column.addLayout(row)
        self.compare = RegionCompare(theme, self.name_of)
        self.fold = Unfold(theme, self.compare)
        column.addWidget(self.fold)
        self.label = Label(theme, "", "small", "text.secondary", wraps=True)
        self.label.setObjectName("region_line")
        self.button = IconButton(theme, "sliders-horizontal", self.tr("Change the regions"), size="small")
        self.button.setObjectName("change_regions")
        self.button.clicked.connect(self.choose)
        self.compare_button = Button(theme, self.tr("Compare"), kind="link", size="small")
        self.compare_button.setObjectName("compare_regions")
        self.compare_button.setToolTip(self.tr("The same words under the rules of each region"))
        self.compare_button.clicked.connect(self._toggle)
        row.addWidget(self.label, 1)
        row.addWidget(self.compare_button)
        row.addWidget(self.button)
        self.hide()

    def show_regions(self, regions: Sequence[str]) -> None:
        """The regions of the open draft."""
        self._regions = tuple(regions)
        names = [self.name_of(region) for region in self._regions]
        joined = names[0] if len(names) == 1 else self.tr("{all} and {last}").format(
            all=", ".join(names[:-1]), last=names[-1]
        ) if names else ""  # fmt: skip
        self.label.setText(self.tr("For readers in {regions}").format(regions=joined))
        self.setVisible(bool(names))

    def _toggle(self) -> None:
        if self.fold.is_open:
            self.fold.set_open(False)
            self.compare_button.setText(self.tr("Compare"))
        else:
            self.compare_requested.emit()

    def show_comparison(self, found: Comparison) -> None:
        """Unfold the comparison."""
        self.compare.show_comparison(found)
        self.fold.set_open(True)
        self.compare_button.setText(self.tr("Hide"))

    def close_up(self) -> None:
        """Another draft: the comparison is not of it."""
        self.fold.set_open(False, is_animated=False)
        self.compare_button.setText(self.tr("Compare"))

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
        panel.show_below(self.button, is_right_aligned=True)

    def _take(self, regions: tuple[str, ...]) -> None:
        if regions and regions != self._regions:
            self.chosen.emit(regions)


class RegionPanel(Popover):
    """A box for each region that MedVoice has rules or a say for; the last one stays ticked."""

    def __init__(self, theme: Theme, parent: RegionLine, regions: Sequence[str]) -> None:
        super().__init__(theme, parent, width=260)
        self.setObjectName("region_panel")
        self.body.setSpacing(0)
        self.body.addWidget(Label(theme, self.tr("Who reads it"), "section"))
        self.boxes: dict[str, CheckItem] = {}
        for region in REGIONS:
            name = parent.name_of(region)
            box = CheckItem(theme, f"region_{region}", name[0].upper() + name[1:])
            box.set_ticked(region in regions)
            box.clicked.connect(lambda _on, region=region: self._keep_one(region))
            self.boxes[region] = box
            self.body.addWidget(box)

    def regions(self) -> tuple[str, ...]:
        """What is ticked, in a fixed order."""
        return tuple(region for region, box in self.boxes.items() if box.isChecked())

    def _keep_one(self, region: str) -> None:
        if not self.regions():
            self.boxes[region].set_ticked(True)
