"""The Compliance tab: findings, what was not read, what was set aside, the person's checks, the sentence that
says whose view it is. It is renewed in place: what the person types into a card stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.profile import Profile
from medvoice.ui.pages.compose.layouts import tab_in_reading_order
from medvoice.ui.pages.compose.listing import EVENT_KEY, Shown, event_rules, shown
from medvoice.ui.pages.compose.packs_words import (
    age,
    packs_of,
    regions_line,
    review_words,
    rules_line,
    rules_tooltip,
)
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.over_bar import OverBar

if TYPE_CHECKING:
    from medvoice.services.standing import Standing
    from medvoice.ui.pages.compose.region_compare import Comparison
    from medvoice.ui.widgets.controls import CheckItem, Switch
    from medvoice.ui.widgets.event_panel import SafetyFacts
    from medvoice.ui.widgets.finding_card import CardFacts, FindingCard

AGE_MS = 1000


class ComplianceTab(QScrollArea):
    """Cards and checks for one standing; one card is open at a time. Its parts are made with the first
    standing: the first frame of the window needs none of them."""

    fix_requested = Signal(str)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    undismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
    link_requested = Signal(str)
    reported = Signal(str, str)
    ticked = Signal(str, bool)
    reconfirm_requested = Signal()
    disclaimer_switched = Signal(str, bool)
    regions_chosen = Signal(object)
    note_wanted = Signal(str)
    contact_wanted = Signal()
    compare_requested = Signal()
    pair_wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("compliance_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # No stop of its own: what is in it takes the focus and is scrolled into view.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.profile_of: Callable[[], Profile] = Profile
        # Of a possible side effect that waits for its report: since when, and whom to tell another moment.
        self.known_since: datetime | None = None
        self.know_since: Callable[[datetime], None] = lambda _at: None
        self.shown: dict[str, Shown] = {}
        self._parts: Parts | None = None
        self._shape: object = None
        self._standing: Standing | None = None
        self._checked_at: datetime | None = None
        self._now: Callable[[], datetime] | None = None
        self._build()
        self.setAccessibleName(self.tr("Compliance"))
        self._order_timer = QTimer(self)
        self._order_timer.setSingleShot(True)
        self._order_timer.setInterval(0)
        self._order_timer.timeout.connect(self._set_tab_order)
        self._age_timer = QTimer(self)
        self._age_timer.setInterval(AGE_MS)
        self._age_timer.timeout.connect(self._show_age)

    def _build(self) -> None:
        px = self.theme.px
        body = QWidget()
        body.setProperty("scroll", True)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, px(8), 16, px(20))
        self._column.setSpacing(px(8))
        self.checked_line = CheckedLine(self.theme)
        self._head = QHBoxLayout()
        self._head.setSpacing(px(4))
        self._head.addWidget(self.checked_line, 1)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(0, 0, 0, -px(4))
        self._top.setSpacing(0)
        self._top.addLayout(self._head)
        self._column.addLayout(self._top)
        self._column.addStretch(1)
        self.setWidget(body)
        self._over = OverBar(self)

    @property
    def cards(self) -> "Mapping[str, FindingCard]":
        return self._parts.findings.cards if self._parts else {}

    @property
    def rows(self) -> "dict[str, CheckItem]":
        return self._parts.checks.rows if self._parts else {}

    @property
    def switches(self) -> "dict[str, Switch]":
        return self._parts.sentences.switches if self._parts else {}

    @property
    def open_key(self) -> str:
        return self._parts.findings.open_key if self._parts else ""

    def _made_parts(self) -> "Parts":
        if self._parts is None:
            self._parts = Parts(self)
            for at, part in enumerate(self._parts.all(), 1):
                self._column.insertWidget(at, part)
            # The regions belong to the line on the rules.
            self._head.addWidget(self._parts.regions.button)
            self._top.addWidget(self._parts.regions)
        return self._parts

    # Showing

    def show_checking(self, words: str) -> None:
        """Say that the text is ahead of the check ("Checking"), or that it could not be made."""
        self._checked_at = None
        self.checked_line.set_words(words)

    def clear(self) -> None:
        """Nothing is known of the text yet."""
        self._standing = None
        self.shown = {}
        if self._parts is not None:
            self._parts.clear()

    def show_standing(self, standing: "Standing", at: datetime, now: Callable[[], datetime]) -> None:
        """Renew the tab for this standing; the open card stays open while its finding stands."""
        parts, profile = self._made_parts(), self.profile_of()
        self._standing, self._checked_at, self._now = standing, at, now
        packs = packs_of(standing.per_channel)
        self.checked_line.setToolTip(rules_tooltip(packs))
        self._show_age()
        parts.regions.show_regions(standing.draft.regions or profile.regions)
        found = shown(standing)
        self.shown = {one.key: one for one in found}
        safety = replace(safety_facts(profile, now), since=self.known_since, know=self.know_since)
        parts.findings.show_cards(card_facts(found, standing, self.tr("{n} of {all}"), safety))
        self._show_nothing(parts.nothing, standing)
        parts.aside.safety = safety
        parts.aside.show_standing(standing)
        parts.aside.show_review(review_words(packs))
        parts.checks.show_standing(standing)
        parts.sentences.show_standing(standing, profile)
        if (shape := parts.shape()) != self._shape:
            self._shape = shape
            self._order_timer.start()

    def _set_tab_order(self) -> None:
        body = self.widget()
        if body is not None:
            tab_in_reading_order(self, body)

    def _show_age(self) -> None:
        if self._standing is None or self._checked_at is None or self._now is None:
            return
        packs = packs_of(self._standing.per_channel)
        if not packs:
            self.checked_line.set_words(self.tr("Nothing to check yet."))
            return
        when, said = age(self._checked_at, self._now()), self.tr("Checked {when} against {rules}")
        whole = said.format(when=when, rules=rules_line(packs))
        self.checked_line.set_words(whole, said.format(when=when, rules=regions_line(packs)))

    def _show_nothing(self, label: Label, standing: "Standing") -> None:
        label.setVisible(not self.shown)
        if not standing.per_channel:
            words = self.tr("Switch a channel on, and write: the rules are read as you type.")
        elif any(item.kind == "empty" for item in standing.left):
            words = self.tr("Write, and the rules are read as you type.")
        else:
            rules = rules_line(packs_of(standing.per_channel))
            words = self.tr("No rule matched ({rules}). Not a clearance by your company.").format(rules=rules)
        label.setText(words)

    def events_routed(self, _rule: str, reference: str, since: str) -> None:
        """One report covers all possible side effects of the text."""
        for rule in event_rules(self._standing) if self._standing is not None else ():
            self.routed.emit(rule, reference, since)

    def events_misread(self, _rule: str, reason: str) -> None:
        """None of the words tells of one: said once for all."""
        for rule in event_rules(self._standing) if self._standing is not None else ():
            self.misread.emit(rule, reason)

    def parts_changed(self) -> None:
        """Something came or went in a part by itself: Tab goes through it, too."""
        self._order_timer.start()

    # Going there

    def open_card(self, key: str) -> None:
        """Open one card, close the others, and bring it into view."""
        if self._parts is not None:
            self._parts.findings.open_card(key)

    def card_for_rule(self, rule: str) -> str:
        """The key of the first card of a rule, "" for none."""
        if self._standing is not None and rule in event_rules(self._standing):
            return EVENT_KEY
        return next((key for key, one in self.shown.items() if one.finding.rule == rule), "")

    @property
    def is_comparing(self) -> bool:
        """Whether the regions stand side by side just now."""
        return self._parts is not None and self._parts.regions.fold.is_open

    def show_comparison(self, found: "Comparison") -> None:
        """Show what each region says of the words."""
        if self._parts is not None:
            self._parts.regions.show_comparison(found)

    def noted_panel(self) -> QWidget | None:
        """The card for possible side effects of an earlier wording, None when nothing waits."""
        return self._parts.aside.noted_card if self._parts is not None else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_age()
        self._age_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._age_timer.stop()


class CheckedLine(Label):
    """Against which rules, and when: with their date where the line has room for it, on one line else. Ears
    get it whole."""

    def __init__(self, theme: Theme) -> None:
        self._words: tuple[str, ...] = ("",)
        super().__init__(theme, "", "small", "text.secondary")
        self.setObjectName("checked_line")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, *words: str) -> None:
        """The same in several lengths, the longest first."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words[0])
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        measure = self.fontMetrics()
        fitting = (words for words in self._words if measure.horizontalAdvance(words) <= self.width())
        shown = next(fitting, "")
        self.setWordWrap(not shown)  # a whole sentence is read on two lines rather than cut
        self.setText(shown or self._words[-1])


class Parts:
    """The parts of the tab below its first lines."""

    def __init__(self, tab: ComplianceTab) -> None:
        from medvoice.ui.pages.compose.aside_part import AsidePart
        from medvoice.ui.pages.compose.checks_part import ChecksPart, DisclaimerPart
        from medvoice.ui.pages.compose.finding_list import FindingList
        from medvoice.ui.pages.compose.region_line import RegionLine

        theme = tab.theme
        self.regions: RegionLine = RegionLine(theme)
        self.findings: FindingList = FindingList(theme, tab)
        self.nothing = Label(theme, "", "body", "text.secondary", wraps=True)
        self.nothing.setObjectName("nothing_found")
        self.aside: AsidePart = AsidePart(theme)
        self.checks: ChecksPart = ChecksPart(theme)
        self.sentences: DisclaimerPart = DisclaimerPart(theme)
        self.regions.chosen.connect(tab.regions_chosen)
        self.regions.compare_requested.connect(tab.compare_requested)
        for name in ("fix_requested", "go_requested", "dismissed", "link_requested"):
            getattr(self.findings, name).connect(getattr(tab, name))
        self.findings.routed.connect(tab.events_routed)
        self.findings.misread.connect(tab.events_misread)
        self.findings.reported.connect(tab.reported)
        self.findings.rebuilt.connect(tab.parts_changed)
        self.findings.pair_wanted.connect(tab.pair_wanted)
        self.aside.undismissed.connect(tab.undismissed)
        self.aside.routed.connect(tab.routed)
        self.aside.misread.connect(tab.misread)
        for part in (self.findings, self.aside):
            part.note_wanted.connect(tab.note_wanted)
            part.contact_wanted.connect(tab.contact_wanted)
        self.checks.ticked.connect(tab.ticked)
        self.checks.reconfirm_requested.connect(tab.reconfirm_requested)
        self.sentences.switched.connect(tab.disclaimer_switched)

    def all(self) -> tuple[QWidget, ...]:
        """From the top down, below the line on the rules."""
        return (self.findings, self.nothing, self.aside, self.checks, self.sentences)

    def shape(self) -> object:
        """Changes when Tab has other stops than before."""
        return (tuple(self.findings.order), self.checks.mark, self.aside.shape(), self.sentences.mark)

    def clear(self) -> None:
        for part in (self.findings, self.aside, self.checks, self.sentences):
            part.clear()
        self.regions.close_up()
        self.nothing.hide()


def safety_facts(profile: Profile, now: Callable[[], datetime]) -> "SafetyFacts":
    """What the person recorded of how their company takes side effects."""
    from medvoice.ui.widgets.event_panel import SafetyFacts

    policy = profile.policy
    return SafetyFacts(policy.safety_contact, policy.safety_clock_h, profile.name, profile.zone, "", now)


def card_facts(
    found: tuple[Shown, ...], standing: "Standing", place: str, safety: "SafetyFacts"
) -> "list[CardFacts]":
    """What the cards show of these findings; `place` is "{n} of {all}" in the person's language."""
    from medvoice.ui.widgets.finding_card import CardFacts

    packs = {pack.id: f"{pack.title}, {pack.version}" for pack in packs_of(standing.per_channel)}
    return [
        CardFacts(
            one.key,
            one.finding,
            place.format(n=at, all=len(found)),
            one.suggestion,
            one.more,
            CHANNEL_NAMES.get(one.channel, one.channel),
            packs.get(one.finding.pack, one.finding.pack),
            replace(safety, channel=CHANNEL_NAMES.get(one.channel, one.channel)),
        )
        for at, one in enumerate(found, 1)
    ]
