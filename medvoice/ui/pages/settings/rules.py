"""The rules in force and the disclaimers on offer."""

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.finding import PackRef
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.rules_data import RulesSnapshot, load_rules
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, QuoteLabel, Rule, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.pill import ChannelTile, StatusPill


class RulesSheet(Sheet):
    """`profile_requested` leads to the sentence and the regions."""

    profile_requested = Signal()

    def __init__(self, theme: Theme, bridge: Bridge) -> None:
        super().__init__(
            theme,
            self.tr("Rules and disclaimers"),
            self.tr(
                "Each rule names the text it comes from. MedVoice helps you look; it cannot say that a post"
                " is lawful, and it is not your company's approval."
            ),
        )
        self.setObjectName("settings_rules")
        self.bridge = bridge
        self.snapshot: RulesSnapshot | None = None
        self.holder = QVBoxLayout()
        self.holder.setSpacing(theme.px(16))
        self.column.addLayout(self.holder)
        self.finish()

    def reload(self) -> None:
        """Read the rulebook on the check lane: there it is read anyway before the first check."""
        self.bridge.check(load_rules, owner=self, on_done=self.show_snapshot)

    def show_snapshot(self, snapshot: RulesSnapshot) -> None:
        """Build the cards anew, unless nothing changed."""
        before, self.snapshot = self.snapshot, snapshot
        if before is not None and _same(before, snapshot):
            return
        while (item := self.holder.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in snapshot.problems:
            banner = Banner(self.theme, "warn", f"{problem.place}\n{problem.words}")
            banner.setObjectName("pack_problem")
            self.holder.addWidget(banner)
        self.holder.addWidget(self._packs(snapshot))
        self.holder.addWidget(self._sentences(snapshot))

    def _card(self, title: str, lead: str) -> tuple[QWidget, QVBoxLayout]:
        px = self.theme.px
        card = Surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(Label(self.theme, title, "section"))
        column.addWidget(Label(self.theme, lead, "small", "text.secondary", wraps=True))
        return card, column

    def _packs(self, snapshot: RulesSnapshot) -> QWidget:
        places = ", ".join(snapshot.profile.regions)
        lead = self.tr("For readers in {places}.").format(places=places)
        card, column = self._card(self.tr("In force today"), lead)
        rows = zip(snapshot.packs, snapshot.rule_counts, snapshot.licences, snapshot.unverified, strict=True)
        for ref, count, licence, unverified in rows:
            column.addWidget(Rule())
            column.addLayout(self._pack(ref, count, licence, unverified))
        if not snapshot.packs:
            column.addWidget(Label(self.theme, self.tr("No rules could be read."), "body", "danger.text"))
        return card

    def _pack(self, ref: PackRef, count: int, licence: str, unverified: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(self.theme.px(2))
        words.addWidget(Label(self.theme, ref.title, "bodyStrong", wraps=True))
        rules = self.tr("1 rule") if count == 1 else self.tr("{n} rules").format(n=count)
        detail = self.tr("{rules} · version {version} · in force since {since} · next look by {by}")
        detail = detail.format(
            rules=rules, version=ref.version, since=_date(ref.effective), by=_date(ref.review_by)
        )
        words.addWidget(Label(self.theme, detail, "small", "text.secondary", wraps=True))
        said = [self.tr("Fingerprint {mark}").format(mark=ref.sha256[:12])]
        if licence:
            said.append(self.tr("licence {name}").format(name=licence))
        if unverified:
            one = self.tr("1 source not verified")
            said.append(one if unverified == 1 else self.tr("{n} sources not verified").format(n=unverified))
        mark = Label(self.theme, " · ".join(said), "small", "text.tertiary", wraps=True, is_selectable=True)
        mark.setObjectName(f"pack_mark_{ref.id}")
        mark.setToolTip(self.tr("SHA-256: {mark}").format(mark=ref.sha256))
        words.addWidget(mark)
        row.addLayout(words, 1)
        pill = StatusPill(self.theme, *self._state(ref))
        pill.setObjectName(f"pack_{ref.id}")
        row.addWidget(pill)
        return row

    def _state(self, ref: PackRef) -> tuple[str, str, str]:
        if ref.is_stale:
            return "warn", "clock-alert", self.tr("Due for a new look")
        if ref.review_state == "draft":
            return "warn", "pencil", self.tr("Draft, not reviewed")
        return "ok", "circle-check", ref.review_state[:1].upper() + ref.review_state[1:]

    def _sentences(self, snapshot: RulesSnapshot) -> QWidget:
        card, column = self._card(
            self.tr("Disclaimers on offer"),
            self.tr("You switch them on in each post; they are counted and cleared like the rest of it."),
        )
        for channel, sentence in snapshot.sentences:
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(12))
            row.addWidget(ChannelTile(self.theme, channel, CHANNEL_NAMES[channel], size=20))
            words = QuoteLabel(self.theme, sentence, is_selectable=True)
            words.setObjectName(f"disclaimer_{channel}")
            row.addWidget(words, 1)
            column.addLayout(row)
        edit = Button(self.theme, self.tr("Change your sentence"), kind="link", icon="pencil", size="small")
        edit.setObjectName("rules_profile")
        edit.set_flush()
        edit.clicked.connect(self.profile_requested)
        column.addWidget(edit)
        return card


def _same(one: RulesSnapshot, other: RulesSnapshot) -> bool:
    return (one.packs, one.problems, one.sentences, one.profile.regions) == (
        other.packs,
        other.problems,
        other.sentences,
        other.profile.regions,
    )


def _date(on: object) -> str:
    """ "22 Nov 2026"."""
    return QLocale().toString(QDate.fromString(str(on), "yyyy-MM-dd"), "d MMM yyyy")
