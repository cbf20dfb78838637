"""The same words under the rules of each region, side by side: passes here, must be fixed there, because."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft
from medvoice.domain.finding import LEVEL_ORDER, REGIONS, Finding, Level
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.finding_card import LOOKS

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

ALWAYS = ("US", "EU", "UK")


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fires in a region; `is_everywhere` when it does in all that are compared."""

    level: Level
    title: str
    source: str
    is_everywhere: bool


@dataclass(frozen=True, slots=True)
class RegionVerdict:
    """What the rules of one region say of the words, worst first; `note` is what was not read there."""

    region: str
    reasons: tuple[Reason, ...]
    note: str = ""

    @property
    def worst(self) -> Level | None:
        """The gravest of block and warn, None when neither is there."""
        levels = [reason.level for reason in self.reasons if reason.level is not Level.ADVISE]
        return min(levels, key=LEVEL_ORDER.__getitem__, default=None)


def compared_regions(draft: Draft) -> tuple[str, ...]:
    """The draft's regions and those that always have rules, in a fixed order."""
    wanted = {*draft.regions, *ALWAYS}
    return tuple(region for region in REGIONS if region in wanted)


def compare(desk: "Desk", draft: Draft) -> tuple[RegionVerdict, ...]:
    """Check all channels of the draft that are on, for one region at a time. Check lane; what the person set
    aside is shown all the same: it is the rules that are compared."""
    profile = desk.identity.get()
    regions = compared_regions(draft)
    found: dict[str, dict[str, Finding]] = {}
    notes: dict[str, str] = {}
    for region in regions:
        rules: dict[str, Finding] = {}
        for channel in draft.channels_on:
            document = replace(desk.checking.document_for(draft, channel, profile), regions=(region,))
            result = desk.checking.check_document(document)
            for finding in result.findings:
                kept = rules.get(finding.rule)
                if kept is None or LEVEL_ORDER[finding.level] < LEVEL_ORDER[kept.level]:
                    rules[finding.rule] = finding
            notes[region] = next((line for line in result.unread if "pack of its own" in line), "")
        found[region] = rules
    levels = {
        rule: {found[region][rule].level if rule in found[region] else None for region in regions}
        for rules in found.values()
        for rule in rules
    }
    return tuple(
        RegionVerdict(region, _reasons(found[region].values(), levels), notes.get(region, ""))
        for region in regions
    )


def _reasons(findings: Iterable[Finding], levels: dict[str, set[Level | None]]) -> tuple[Reason, ...]:
    made = [
        Reason(
            each.level,
            each.message,
            each.basis[0].doc if each.basis else "",
            len(levels[each.rule]) == 1,
        )
        for each in findings
        if each.level is not Level.ADVISE
    ]
    return tuple(sorted(made, key=lambda reason: (LEVEL_ORDER[reason.level], reason.is_everywhere)))


class RegionCompare(QWidget):
    """One row a region: its name, what it says, and because of what. What differs is said first."""

    def __init__(self, theme: Theme, name_of: Callable[[str], str]) -> None:
        super().__init__()
        self.theme, self._name_of = theme, name_of
        self.setObjectName("region_compare")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(4), 0, theme.px(8))
        self._column.setSpacing(theme.px(6))

    def show_verdicts(self, verdicts: Sequence[RegionVerdict]) -> None:
        """Show these, in their order: what differs region by region, then what all of them say."""
        clear_layout(self._column)
        theme = self.theme
        differ = any(not reason.is_everywhere for verdict in verdicts for reason in verdict.reasons)
        words = self.tr("The regions differ.") if differ else self.tr("All regions say the same.")
        self.heading = Label(theme, words, "smallStrong", "text.secondary")
        self._column.addWidget(self.heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for row, verdict in enumerate(verdicts):
            name = self._name_of(verdict.region).removeprefix("the ")
            grid.addWidget(Label(theme, name, "bodyStrong"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._verdict(name, verdict), row, 1)
        self._column.addLayout(grid)
        common = [reason for reason in verdicts[0].reasons if reason.is_everywhere] if verdicts else []
        if common:
            self._column.addWidget(Label(theme, self.tr("In all of them"), "smallStrong", "text.secondary"))
            for reason in common:
                self._column.addLayout(self._reason(reason))
        self._column.addWidget(Rule())

    def word(self, verdict: RegionVerdict) -> str:
        """ "Must be fixed", "To be checked" or "Nothing to fix"."""
        words = {Level.BLOCK: self.tr("Must be fixed"), Level.WARN: self.tr("To be checked")}
        return words.get(verdict.worst or Level.ADVISE, self.tr("Nothing to fix"))

    def _verdict(self, name: str, verdict: RegionVerdict) -> QWidget:
        theme = self.theme
        cell = QWidget()
        cell.setObjectName(f"verdict_{verdict.region}")
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        kind, icon = LOOKS[verdict.worst] if verdict.worst is not None else ("ok", "circle-check")
        column.addLayout(self._line(kind, icon, self.word(verdict), "smallStrong", f"{kind}.text"))
        for reason in verdict.reasons:
            if not reason.is_everywhere:
                column.addLayout(self._reason(reason))
        if verdict.note:
            column.addWidget(Label(theme, verdict.note, "small", "text.tertiary", wraps=True))
        spoken = [f"{name}: {self.word(verdict)}", *(words_of(reason) for reason in verdict.reasons)]
        cell.setAccessibleName(". ".join(spoken))
        return cell

    def _reason(self, reason: Reason) -> QHBoxLayout:
        kind, icon = LOOKS[reason.level]
        return self._line(kind, icon, words_of(reason), "small", "text.secondary")

    def _line(self, kind: str, icon: str, words: str, role: str, tone: str) -> QHBoxLayout:
        theme = self.theme
        line = QHBoxLayout()
        line.setSpacing(theme.px(5))
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, f"{kind}.solid", 13, self.devicePixelRatioF()))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(theme, words, role, tone, wraps=True), 1)
        return line


def words_of(reason: Reason) -> str:
    """ "Medicine named · PMCPA AUTH/3853/11/23"."""
    return f"{reason.title} · {reason.source}" if reason.source else reason.title
