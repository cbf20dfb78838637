"""The same words under the rules of each region, side by side: passes here, must be fixed there, because."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft
from medvoice.domain.finding import LEVEL_ORDER, REGIONS, Finding, Level
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.finding_card import LOOKS

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

# A suggestion is in nobody's way: in this view it is as good as silence.
Graver = Level | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule and how grave it is in each region compared, None where it stops nothing."""

    title: str
    source: str
    levels: tuple[tuple[str, Graver], ...]

    @property
    def is_everywhere(self) -> bool:
        return len({level for _, level in self.levels}) == 1

    @property
    def worst(self) -> Level:
        return min((level for _, level in self.levels if level is not None), key=LEVEL_ORDER.__getitem__)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All regions in a fixed order with the gravest level of each; the rules behind it, worst first; which
    regions the draft is for; what was not read."""

    outcomes: tuple[tuple[str, Graver], ...]
    reasons: tuple[Reason, ...]
    own: tuple[str, ...]
    notes: tuple[str, ...] = ()


def compare(desk: "Desk", draft: Draft) -> Comparison:
    """Check all channels of the draft that are on, for one region at a time. Check lane; what the person set
    aside is shown all the same: it is the rules that are compared."""
    profile = desk.identity.get()
    found: dict[str, dict[str, Finding]] = {}
    notes: dict[str, None] = {}
    for region in REGIONS:
        for channel in draft.channels_on:
            document = replace(desk.checking.document_for(draft, channel, profile), regions=(region,))
            result = desk.checking.check_document(document)
            notes.update(dict.fromkeys(line for line in result.unread if "pack of its own" in line))
            for finding in result.findings:
                _keep_worst(found.setdefault(finding.rule, {}), region, finding)
    reasons = tuple(reason for one in found.values() if (reason := _reason(one)) is not None)
    outcomes = tuple((region, _worst(dict(one.levels)[region] for one in reasons)) for region in REGIONS)
    return Comparison(
        outcomes,
        tuple(sorted(reasons, key=lambda one: (LEVEL_ORDER[one.worst], one.is_everywhere))),
        tuple(region for region in REGIONS if region in (draft.regions or profile.regions)),
        tuple(notes),
    )


def _keep_worst(found: dict[str, Finding], region: str, finding: Finding) -> None:
    kept = found.get(region)
    if kept is None or LEVEL_ORDER[finding.level] < LEVEL_ORDER[kept.level]:
        found[region] = finding


def _reason(found: dict[str, Finding]) -> Reason | None:
    levels = tuple((region, _grave(found.get(region))) for region in REGIONS)
    if all(level is None for _, level in levels):
        return None
    one = min(found.values(), key=lambda each: LEVEL_ORDER[each.level])
    return Reason(one.message, one.basis[0].doc if one.basis else "", levels)


def _grave(finding: Finding | None) -> Graver:
    return None if finding is None or finding.level is Level.ADVISE else finding.level


def _worst(levels: Iterable[Graver]) -> Graver:
    return min((one for one in levels if one is not None), key=LEVEL_ORDER.__getitem__, default=None)


def by_level(levels: Iterable[tuple[str, Graver]]) -> list[tuple[Graver, tuple[str, ...]]]:
    """The regions of each level, the gravest first."""
    grouped: dict[Graver, list[str]] = {}
    for region, level in levels:
        grouped.setdefault(level, []).append(region)
    order = sorted(grouped, key=lambda level: len(LEVEL_ORDER) if level is None else LEVEL_ORDER[level])
    return [(level, tuple(grouped[level])) for level in order]


class RegionCompare(QWidget):
    """First what the draft's readers' regions say, then the others; then because of what, rule by rule."""

    def __init__(self, theme: Theme, name_of: Callable[[str], str]) -> None:
        super().__init__()
        self.theme, self._name_of = theme, name_of
        self.setObjectName("region_compare")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(6), 0, theme.px(4))
        self._column.setSpacing(theme.px(6))
        self.heading = Label(theme, "", "bodyStrong", wraps=True)
        self._last: Comparison | None = None
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        """Other colours or another text size: the marks are painted anew."""
        if self._last is not None:
            self.show_comparison(self._last)

    def show_comparison(self, found: Comparison) -> None:
        """Show this one."""
        self._last = found
        clear_layout(self._column)
        theme = self.theme
        differing = [one for one in found.reasons if not one.is_everywhere]
        words = self.tr("The regions differ.") if differing else self.tr("All regions say the same.")
        self.heading = Label(theme, words, "bodyStrong", wraps=True)
        self._column.addWidget(self.heading)
        own = [(region, level) for region, level in found.outcomes if region in found.own]
        others = [(region, level) for region, level in found.outcomes if region not in found.own]
        self._add_outcomes(self.tr("For your readers"), own, "own")
        self._add_outcomes(self.tr("Elsewhere"), others, "elsewhere")
        if differing:
            self._add_title(self.tr("Because"))
            for reason in differing:
                self._add_reason(reason)
        same = [one for one in found.reasons if one.is_everywhere]
        if same:
            self._add_title(self.tr("In all of them"))
            for reason in same:
                kind, icon = LOOKS[reason.worst]
                said = Label(theme, source_of(reason), "small", "text.secondary", wraps=True)
                self._column.addLayout(self._line(kind, icon, said))
        for note in found.notes:
            self._column.addWidget(Label(theme, note, "small", "text.tertiary", wraps=True))

    def word(self, level: Graver) -> str:
        """ "Must be fixed", "To be checked" or "Nothing to fix"."""
        words = {Level.BLOCK: self.tr("Must be fixed"), Level.WARN: self.tr("To be checked")}
        return self.tr("Nothing to fix") if level is None else words[level]

    def names(self, regions: Sequence[str]) -> str:
        """ "the EU, the UK and Germany"."""
        names = [self._name_of(region) for region in regions]
        if len(names) == 1:
            return names[0]
        return self.tr("{all} and {last}").format(all=", ".join(names[:-1]), last=names[-1])

    def _add_title(self, words: str) -> None:
        self._column.addSpacing(self.theme.px(2))
        self._column.addWidget(Label(self.theme, words, "smallStrong", "text.secondary", wraps=True))

    def _add_outcomes(self, title: str, outcomes: Sequence[tuple[str, Graver]], name: str) -> None:
        if not outcomes:
            return
        self._add_title(title)
        for level, regions in by_level(outcomes):
            kind, icon = LOOKS[level] if level is not None else ("ok", "circle-check")
            words = self.tr("{word} in {regions}").format(word=self.word(level), regions=self.names(regions))
            said = Label(self.theme, words, "body", f"{kind}.text", wraps=True)
            said.setObjectName(f"outcome_{name}_{level or 'none'}")
            self._column.addLayout(self._line(kind, icon, said))

    def _add_reason(self, reason: Reason) -> None:
        theme = self.theme
        block = QVBoxLayout()
        block.setSpacing(theme.px(2))
        block.addWidget(Label(theme, reason.title, "body", "text.primary", wraps=True))
        for level, regions in by_level(reason.levels):
            kind, icon = LOOKS[level] if level is not None else ("ok", "circle-check")
            words = self.tr("{word}: {regions}").format(word=self.word(level), regions=", ".join(regions))
            said = Label(theme, words, "small", "text.secondary", wraps=True)
            block.addLayout(self._line(kind, icon, said))
        if reason.source:
            block.addWidget(Label(theme, reason.source, "small", "text.tertiary", wraps=True))
        self._column.addLayout(block)

    def _line(self, kind: str, icon: str, said: Label) -> QHBoxLayout:
        theme = self.theme
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, f"{kind}.solid", 14, self.devicePixelRatioF()))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(said, 1)
        return line


def source_of(reason: Reason) -> str:
    """ "Medicine named · PMCPA AUTH/3853/11/23"."""
    return f"{reason.title} · {reason.source}" if reason.source else reason.title
