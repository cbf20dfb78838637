"""The Compliance tab: findings, what was not read, the checks of the person, the personal-view sentence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.finding import Finding, Level
from medvoice.services.standing import ChannelStanding, Standing
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import CheckItem, Switch
from medvoice.ui.widgets.finding_card import FindingCard

ORDER = {Level.BLOCK: 0, Level.WARN: 1, Level.ADVISE: 2}


def key_of(channel: str, finding: Finding) -> str:
    """Names a finding on the page as long as the text around it stays."""
    return f"{finding.rule}_{channel}_{finding.start}_{finding.end}"


class ComplianceTab(QScrollArea):
    """Cards and checks for one standing; one card is open at a time."""

    fix_requested = Signal(str, object)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    routed = Signal(str, str, str)
    link_requested = Signal(str)
    ticked = Signal(str, bool)
    reconfirm_requested = Signal()
    disclaimer_switched = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("compliance_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards: dict[str, FindingCard] = {}
        self.rows: dict[str, CheckItem] = {}
        self.open_key = ""
        body = QWidget()
        body.setProperty("scroll", True)
        px = theme.px
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(px(16), px(12), px(16), px(16))
        self._column.setSpacing(px(8))
        self.setWidget(body)
        self.checked_line = Label(theme, "", "small", "text.secondary", wraps=True)
        self.checked_line.setObjectName("checked_line")
        self._column.addWidget(self.checked_line)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(px(8))
        self._column.addLayout(self._parts)
        self._column.addStretch(1)

    def show_standing(self, standing: Standing) -> None:
        """Build the tab for this standing; the open card stays open while its finding stands."""
        self._clear()
        self._show_packs(standing)
        findings = unique_findings(standing)
        for number, (channel, finding) in enumerate(findings, 1):
            self._add_card(standing, channel, finding, f"{number} / {len(findings)}")
        if not findings:
            self._parts.addWidget(self._nothing_found(standing))
        else:
            self.open_card(self.open_key if self.open_key in self.cards else next(iter(self.cards)))
        self._show_unread(standing)
        self._show_checks(standing)
        self._show_disclaimers(standing)

    def _clear(self) -> None:
        self.cards.clear()
        self.rows.clear()
        clear_layout(self._parts)

    def _show_packs(self, standing: Standing) -> None:
        packs = {pack.id: pack for each in standing.per_channel for pack in each.result.packs}
        names = ", ".join(f"{pack.id.upper()} {pack.version}" for pack in packs.values())
        words = self.tr("Checked now against {packs}.").format(packs=names or self.tr("no rules"))
        self.checked_line.setToolTip("\n".join(f"{pack.title}, {pack.version}" for pack in packs.values()))
        if any(pack.review_state == "draft" for pack in packs.values()):
            words += " " + self.tr("Draft rules, no legal review.")
        if any(pack.is_stale for pack in packs.values()):
            words += " " + self.tr("Some of them are past their review date.")
        self.checked_line.setText(words)

    def _add_card(self, standing: Standing, channel: str, finding: Finding, place: str) -> None:
        text = next(each.document.text for each in standing.per_channel if each.channel == channel)
        suggestion = None
        if finding.fixes:
            fix = finding.fixes[0]
            suggestion = (text[fix.start : fix.end], fix.replacement)
        key = key_of(channel, finding)
        card = FindingCard(self.theme, key, finding, place, suggestion)
        card.opened.connect(self.open_card)
        card.fix_requested.connect(lambda fix, channel=channel: self.fix_requested.emit(channel, fix))
        card.go_requested.connect(self.go_requested)
        card.dismissed.connect(self.dismissed)
        card.routed.connect(self.routed)
        card.link_requested.connect(self.link_requested)
        self.cards[key] = card
        self._parts.addWidget(card)

    def open_card(self, key: str) -> None:
        """Open one card and close the others."""
        if key not in self.cards:
            return
        self.open_key = key
        for each, card in self.cards.items():
            card.set_open(each == key)
        self.ensureWidgetVisible(self.cards[key], 0, 20)

    def _nothing_found(self, standing: Standing) -> QWidget:
        packs = {pack.id: pack for each in standing.per_channel for pack in each.result.packs}
        names = ", ".join(f"{pack.id.upper()} {pack.version}" for pack in packs.values())
        words = self.tr("No rule matched ({packs}). Not a clearance by your company.").format(packs=names)
        if not standing.per_channel:
            words = self.tr("Switch a channel on, and write: the rules are read as you type.")
        return Label(self.theme, words, "body", "text.secondary", wraps=True)

    def _show_unread(self, standing: Standing) -> None:
        lines = dict.fromkeys(line for each in standing.per_channel for line in each.result.unread)
        for line in lines:
            words = self.tr("Not read: {what}").format(what=line)
            self._parts.addWidget(Label(self.theme, words, "small", "text.tertiary", wraps=True))
        for channel, each in {c.channel: c for c in standing.per_channel}.items():
            for item in each.dismissed:
                words = self.tr("Set aside on {channel}: {title}. “{reason}”").format(
                    channel=CHANNEL_NAMES[channel], title=item.finding.message, reason=item.dismissal.reason
                )
                self._parts.addWidget(Label(self.theme, words, "small", "text.tertiary", wraps=True))

    def _show_checks(self, standing: Standing) -> None:
        items = [item for item in standing.items if item.item.kind != "standing"]
        head = QHBoxLayout()
        head.setContentsMargins(0, self.theme.px(10), 0, 0)
        head.addWidget(Label(self.theme, self.tr("Your checks"), "bodyStrong"))
        head.addStretch(1)
        done = sum(item.is_ticked for item in items)
        count = self.tr("{done} of {all}").format(done=done, all=len(items))
        head.addWidget(Label(self.theme, count, "small", "text.secondary"))
        self._parts.addLayout(head)
        for item in items:
            note = item.item.note
            if item.was_ticked_before_change and not item.is_ticked:
                note = self.tr("Text changed, please confirm again")
            row = CheckItem(self.theme, item.item.code, item.item.text, note)
            row.set_ticked(item.is_ticked)
            row.ticked.connect(lambda is_on, code=item.item.code: self.ticked.emit(code, is_on))
            self.rows[item.item.code] = row
            self._parts.addWidget(row)
        if standing.can_reconfirm:
            again = Button(self.theme, self.tr("Reconfirm what has not changed"), size="small")
            again.setObjectName("reconfirm")
            again.clicked.connect(self.reconfirm_requested)
            self._parts.addWidget(again)

    def _show_disclaimers(self, standing: Standing) -> None:
        self._parts.addWidget(Rule())
        self._parts.addWidget(Label(self.theme, self.tr("Personal-view sentence"), "bodyStrong"))
        for each in standing.per_channel:
            row = QHBoxLayout()
            sentence = standing.draft.variant(each.channel).disclaimer
            words = (
                f"{CHANNEL_NAMES[each.channel]}: “{sentence}”" if sentence else CHANNEL_NAMES[each.channel]
            )
            row.addWidget(Label(self.theme, words, "small", "text.secondary", wraps=True), 1)
            name = self.tr("Personal-view sentence on {channel}").format(channel=CHANNEL_NAMES[each.channel])
            switch = Switch(self.theme, name)
            switch.setObjectName(f"disclaimer_{each.channel}")
            switch.setChecked(bool(sentence))
            switch.clicked.connect(
                lambda is_on, channel=each.channel: self.disclaimer_switched.emit(channel, is_on)
            )
            row.addWidget(switch)
            self._parts.addLayout(row)


def unique_findings(standing: Standing) -> list[tuple[str, Finding]]:
    """What is open, by severity and place; the same words found by the same rule on two channels once."""
    seen: set[tuple[str, str]] = set()
    found: list[tuple[str, Finding]] = []
    for each in standing.per_channel:
        for finding in open_findings(each):
            mark = (finding.rule, finding.quote)
            if mark not in seen:
                seen.add(mark)
                found.append((each.channel, finding))
    return sorted(found, key=lambda pair: (ORDER[pair[1].level], pair[1].start))


def open_counts(standing: Standing) -> tuple[int, int]:
    """How many must be fixed and how many are to check, each counted once for all channels."""
    levels = [finding.level for _channel, finding in unique_findings(standing)]
    return levels.count(Level.BLOCK), levels.count(Level.WARN)


def open_findings(each: ChannelStanding) -> list[Finding]:
    """Blocks that stand, open warnings, and suggestions."""
    advice = [finding for finding in each.result.findings if finding.level is Level.ADVISE]
    return [*each.blocks, *each.open_warnings, *advice]


def clear_layout(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            clear_layout(inner)
