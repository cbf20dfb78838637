"""The Compliance tab: findings, what was not read, what was set aside, the person's checks, the sentence that
says whose view it is. It is renewed in place: what the person types into a card stays."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.pages.compose.listing import Shown, packs_line, shown
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import CheckItem, Switch

if TYPE_CHECKING:
    from medvoice.services.standing import Left, Standing
    from medvoice.ui.widgets.finding_card import CardFacts, FindingCard

MINUTE_S = 60
AGE_MS = 1000


class ComplianceTab(QScrollArea):
    """Cards and checks for one standing; one card is open at a time."""

    fix_requested = Signal(str)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    undismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
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
        self.switches: dict[str, Switch] = {}
        self.shown: dict[str, Shown] = {}
        self.open_key = ""
        self._standing: Standing | None = None
        self._checked_at: datetime | None = None
        self._now: Callable[[], datetime] | None = None
        self._marks: dict[str, object] = {}
        self._build()
        self._age_timer = QTimer(self)
        self._age_timer.setInterval(AGE_MS)
        self._age_timer.timeout.connect(self._show_age)

    def _build(self) -> None:
        px = self.theme.px
        body = QWidget()
        body.setProperty("scroll", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(16), px(12), px(16), px(20))
        column.setSpacing(px(8))
        self.checked_line = Label(self.theme, "", "small", "text.secondary", wraps=True)
        self.checked_line.setObjectName("checked_line")
        self.review_line = Label(self.theme, "", "small", "text.tertiary", wraps=True)
        self.review_line.setObjectName("review_line")
        column.addWidget(self.checked_line)
        column.addWidget(self.review_line)
        self._boxes: dict[str, QVBoxLayout] = {}
        for name in ("cards", "noted", "unread", "aside", "checks", "sentences"):
            box = QVBoxLayout()
            box.setSpacing(px(8) if name in ("cards", "noted", "sentences") else px(2))
            self._boxes[name] = box
            column.addLayout(box)
        column.addStretch(1)
        self.setWidget(body)

    # Showing

    def show_checking(self, words: str) -> None:
        """Say that the text is ahead of the check ("Checking"), or that it could not be made."""
        self._checked_at = None
        self.checked_line.setText(words)

    def clear(self) -> None:
        """Nothing is known of the text yet."""
        self._standing = None
        self._marks.clear()
        self.open_key = ""
        for key in list(self.cards):
            self._drop_card(key)
        for name, box in self._boxes.items():
            if name != "cards":
                clear_layout(box)
        clear_layout(self._boxes["cards"])
        self.rows.clear()
        self.switches.clear()

    def show_standing(self, standing: "Standing", at: datetime, now: Callable[[], datetime]) -> None:
        """Renew the tab for this standing; the open card stays open while its finding stands."""
        self._standing, self._checked_at, self._now = standing, at, now
        self._show_packs(standing)
        self._show_cards(standing)
        self._renew("noted", noted_rules(standing), lambda: self._show_noted(standing))
        unread = tuple(dict.fromkeys(line for each in standing.per_channel for line in each.result.unread))
        self._renew("unread", unread, lambda: self._show_unread(unread))
        aside = tuple((each.channel, each.dismissed, each.lifted) for each in standing.per_channel)
        self._renew("aside", aside, lambda: self._show_aside(standing))
        self._show_checks(standing)
        sentences = tuple(
            (each.channel, standing.draft.variant(each.channel).disclaimer) for each in standing.per_channel
        )
        self._renew("sentences", sentences, lambda: self._show_sentences(sentences))

    def _renew(self, name: str, mark: object, build: Callable[[], None]) -> None:
        """Build a part of the tab again when what it shows has changed."""
        if self._marks.get(name) != mark:
            self._marks[name] = mark
            clear_layout(self._boxes[name])
            build()

    def _show_packs(self, standing: "Standing") -> None:
        packs = [pack for each in standing.per_channel for pack in each.result.packs]
        words: list[str] = []
        if any(pack.review_state == "draft" for pack in packs):
            words.append(self.tr("Draft rules, no legal review."))
        if any(pack.is_stale for pack in packs):
            words.append(self.tr("Some rules are past their review date."))
        self.review_line.setText(" ".join(words))
        self.review_line.setVisible(bool(words))
        self.checked_line.setToolTip(packs_line(standing.per_channel)[1])
        self._show_age()

    def _show_age(self) -> None:
        if self._standing is None or self._checked_at is None or self._now is None:
            return
        names = packs_line(self._standing.per_channel)[0]
        if not names:
            self.checked_line.setText(self.tr("Nothing to check yet."))
            return
        age_s = int((self._now() - self._checked_at).total_seconds())
        if age_s < 2:
            when = self.tr("now")
        elif age_s < MINUTE_S:
            when = self.tr("{n} s ago").format(n=age_s)
        else:
            when = self._checked_at.astimezone().strftime("%H:%M")
        self.checked_line.setText(self.tr("Checked {when} against {packs}").format(when=when, packs=names))

    # Findings

    def _show_cards(self, standing: "Standing") -> None:
        from medvoice.ui.widgets.finding_card import CardFacts

        found = shown(standing)
        self.shown = {one.key: one for one in found}
        for key in [key for key in self.cards if key not in self.shown]:
            self._drop_card(key)
        box = self._boxes["cards"]
        order = [one.key for one in found]
        was_none = box.count() == 1 and not self.cards
        for at, one in enumerate(found, 1):
            place = self.tr("{n} of {all}").format(n=at, all=len(found))
            facts = CardFacts(one.key, one.finding, place, one.suggestion, one.more)
            if one.key in self.cards:
                self.cards[one.key].show_facts(facts)
            else:
                self.cards[one.key] = self._make_card(facts)
        if was_none or not found:
            clear_layout(box, self.cards.values())
        for at, key in enumerate(order):
            if box.indexOf(self.cards[key]) != at:
                box.removeWidget(self.cards[key])
                box.insertWidget(at, self.cards[key])
        if not found:
            box.addWidget(self._nothing_found(standing))
        elif self.open_key not in self.cards:
            self._set_open(order[0])

    def _make_card(self, facts: "CardFacts") -> "FindingCard":
        from medvoice.ui.widgets.finding_card import FindingCard

        card = FindingCard(self.theme, facts)
        card.opened.connect(self.open_card)
        card.fix_requested.connect(self.fix_requested)
        card.go_requested.connect(self.go_requested)
        card.dismissed.connect(self.dismissed)
        card.routed.connect(self.routed)
        card.misread.connect(self.misread)
        card.link_requested.connect(self.link_requested)
        return card

    def _drop_card(self, key: str) -> None:
        card = self.cards.pop(key)
        self._boxes["cards"].removeWidget(card)
        card.hide()
        card.deleteLater()

    def open_card(self, key: str) -> None:
        """Open one card, close the others, and bring it into view."""
        if key in self.cards:
            self._set_open(key)
            # The layout has to settle before the card knows where it is.
            QTimer.singleShot(0, self, lambda: self._reveal(key))

    def _set_open(self, key: str) -> None:
        self.open_key = key
        for each, card in self.cards.items():
            card.set_open(each == key)

    def _reveal(self, key: str) -> None:
        if key in self.cards:
            self.ensureWidgetVisible(self.cards[key], 0, self.theme.px(12))

    def card_for_rule(self, rule: str) -> str:
        """The key of the first card of a rule, "" for none."""
        return next((key for key, one in self.shown.items() if one.finding.rule == rule), "")

    def _nothing_found(self, standing: "Standing") -> QWidget:
        names = packs_line(standing.per_channel)[0]
        if not standing.per_channel:
            words = self.tr("Switch a channel on, and write: the rules are read as you type.")
        elif any(item.kind == "empty" for item in standing.left):
            words = self.tr("Write, and the rules are read as you type.")
        else:
            words = self.tr("No rule matched ({packs}). Not a clearance by your company.").format(packs=names)
        label = Label(self.theme, words, "body", "text.secondary", wraps=True)
        label.setObjectName("nothing_found")
        return label

    # What was seen before, not read, set aside

    def _show_noted(self, standing: "Standing") -> None:
        from medvoice.ui.widgets.finding_forms import RouteForm

        words_by_rule = {item.code: item.words for item in noted(standing)}
        for rule, words in words_by_rule.items():
            card = Surface("card")
            card.setObjectName(f"noted_{rule}")
            column = QVBoxLayout(card)
            margin = self.theme.px(14)
            column.setContentsMargins(margin, margin, margin, margin)
            column.addWidget(Label(self.theme, self.tr("Must fix"), "smallStrong", "danger.text"))
            column.addWidget(Label(self.theme, words, "body", wraps=True))
            form = RouteForm(
                self.theme,
                f"noted_{rule}",
                lambda reference, since, rule=rule: self.routed.emit(rule, reference, since),
                lambda reason, rule=rule: self.misread.emit(rule, reason),
            )
            column.addWidget(form)
            self._boxes["noted"].addWidget(card)

    def _show_unread(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            words = self.tr("Not read: {what}").format(what=line)
            self._boxes["unread"].addWidget(Label(self.theme, words, "small", "text.tertiary", wraps=True))

    def _show_aside(self, standing: "Standing") -> None:
        seen: set[tuple[str, str]] = set()
        for each in standing.per_channel:
            for item in each.dismissed:
                mark = (item.finding.rule, item.finding.quote)
                if mark not in seen:
                    seen.add(mark)
                    words = self.tr("Set aside: {title}. “{reason}”").format(
                        title=item.finding.message, reason=item.dismissal.reason
                    )
                    self._boxes["aside"].addLayout(self._aside_row(words, *mark))
            for lifted in each.lifted:
                mark = (lifted.finding.rule, lifted.finding.quote)
                if mark not in seen:
                    seen.add(mark)
                    words = self.tr("Answered: {title}. {detail}").format(
                        title=lifted.finding.message, detail=lifted.detail
                    )
                    self._boxes["aside"].addLayout(self._aside_row(words))

    def _aside_row(self, words: str, rule: str = "", quote: str = "") -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self.theme, words, "small", "text.tertiary", wraps=True), 1)
        if rule:
            again = Button(self.theme, self.tr("Open again"), kind="link", size="small")
            again.setObjectName(f"undismiss_{rule}")
            again.clicked.connect(lambda: self.undismissed.emit(rule, quote))
            row.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # The person's checks

    def _show_checks(self, standing: "Standing") -> None:
        items = [item for item in standing.items if item.item.kind != "standing"]
        mark = (
            tuple((each.item.code, each.item.text) for each in items),
            standing.can_reconfirm,
            bool(standing.per_channel),
        )
        self._renew("checks", mark, lambda: self._build_checks(standing))
        done = sum(item.is_ticked for item in items)
        if self.rows:
            self._count.setText(self.tr("{done} of {all}").format(done=done, all=len(items)))
        for item in items:
            row = self.rows[item.item.code]
            is_fallen = item.was_ticked_before_change and not item.is_ticked
            row.set_ticked(item.is_ticked)
            if is_fallen:
                row.set_note(self.tr("Text changed, please confirm again"), "warn.text")
            else:
                row.set_note(item.item.note)

    def _build_checks(self, standing: "Standing") -> None:
        box = self._boxes["checks"]
        self.rows.clear()
        if not standing.per_channel:
            return
        head = QHBoxLayout()
        head.setContentsMargins(0, self.theme.px(10), 0, self.theme.px(2))
        head.addWidget(Label(self.theme, self.tr("Your checks"), "bodyStrong"))
        head.addStretch(1)
        self._count = Label(self.theme, "", "small", "text.secondary")
        head.addWidget(self._count)
        box.addLayout(head)
        for item in standing.items:
            if item.item.kind == "standing":
                continue
            row = CheckItem(self.theme, item.item.code, item.item.text, item.item.note)
            row.ticked.connect(lambda is_on, code=item.item.code: self.ticked.emit(code, is_on))
            self.rows[item.item.code] = row
            box.addWidget(row)
        if standing.can_reconfirm:
            again = Button(self.theme, self.tr("Reconfirm what still holds"), size="small")
            again.setObjectName("reconfirm")
            again.clicked.connect(self.reconfirm_requested)
            box.addSpacing(self.theme.px(4))
            box.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    # Whose view it is

    def _show_sentences(self, sentences: tuple[tuple[str, str], ...]) -> None:
        box = self._boxes["sentences"]
        self.switches.clear()
        if not sentences:
            return
        box.addSpacing(self.theme.px(4))
        box.addWidget(Rule())
        box.addWidget(Label(self.theme, self.tr("Disclaimer"), "bodyStrong"))
        for channel, sentence in sentences:
            row = QHBoxLayout()
            name = CHANNEL_NAMES[channel]
            off = self.tr("{channel}: no sentence is added").format(channel=name)
            words = f"{name}: “{sentence}”" if sentence else off
            row.addWidget(Label(self.theme, words, "small", "text.secondary", wraps=True), 1)
            switch = Switch(self.theme, self.tr("Disclaimer on {channel}").format(channel=name))
            switch.setObjectName(f"disclaimer_{channel}")
            switch.setChecked(bool(sentence))
            switch.clicked.connect(
                lambda is_on, channel=channel: self.disclaimer_switched.emit(channel, is_on)
            )
            self.switches[channel] = switch
            row.addWidget(switch, 0, Qt.AlignmentFlag.AlignTop)
            box.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_age()
        self._age_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._age_timer.stop()


def noted_rules(standing: "Standing") -> tuple[str, ...]:
    """Rules of possible adverse events in an earlier wording that wait for an answer."""
    return tuple(dict.fromkeys(item.code for item in noted(standing)))


def noted(standing: "Standing") -> "tuple[Left, ...]":
    """Must-fix things that belong to no channel: what an earlier wording left to answer."""
    return tuple(item for item in standing.left if item.kind == "block" and not item.channel)


def clear_layout(layout: QLayout, keep: object = ()) -> None:
    """Take everything out of a layout and let go of it, but for the widgets in `keep`."""
    kept = set(keep)  # pyright: ignore[reportArgumentType]
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None and widget not in kept:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
