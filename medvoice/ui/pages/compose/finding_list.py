"""The cards of all findings, one of them open: sorted, renewed in place, leaving without a jump.

Of many findings those in view get their cards at once and the others a few at a time, so that no key waits
for fifty cards; the room they will take is kept free meanwhile.
"""

import time
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.finding import LEVEL_ORDER
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.finding_card import ROW_HEIGHT, CardFacts, FindingCard
from medvoice.ui.widgets.unfold import Unfold

GAP = 8
# At once, however small the view is: the open card and some below it.
AT_ONCE = 4
# A slice of cards takes so long, and comes so long after the one before it.
SLICE_MS, PAUSE_MS = 4, 4


class Cards(Mapping[str, FindingCard]):
    """The cards by their keys; one that nobody saw yet is made when it is asked for."""

    def __init__(self, findings: "FindingList") -> None:
        self._findings = findings

    def __getitem__(self, key: str) -> FindingCard:
        return self._findings.card(key)

    def __contains__(self, key: object) -> bool:
        return key in self._findings.order

    def __iter__(self) -> Iterator[str]:
        return iter(self._findings.order)

    def __len__(self) -> int:
        return len(self._findings.order)


class FindingList(QWidget):
    """Signals as of the cards. `cards` are those that stand; one that leaves folds up first and is deaf."""

    fix_requested = Signal(str)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
    link_requested = Signal(str)
    reported = Signal(str, str)
    rebuilt = Signal()
    note_wanted = Signal(str)
    contact_wanted = Signal()
    pair_wanted = Signal(str, str)

    def __init__(self, theme: Theme, area: QScrollArea) -> None:
        super().__init__()
        self.theme, self._area = theme, area
        self.cards = Cards(self)
        self.open_key = ""
        self.order: list[str] = []
        self._facts: dict[str, CardFacts] = {}
        self._made: dict[str, FindingCard] = {}
        self._is_chosen = False
        self._leaving: list[Unfold] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(GAP))
        self._room = QWidget(self)
        self._room.hide()
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.setInterval(PAUSE_MS)
        self._slices.timeout.connect(self._make_slice)

    @property
    def is_whole(self) -> bool:
        """Whether every finding has its card by now."""
        return len(self._made) == len(self.order)

    def show_cards(self, found: Sequence[CardFacts]) -> None:
        """Show exactly these, in this order. The open card stays open while its finding stands; when it has
        gone, the next one opens, and takes the focus if it was in the one that went. A card that opened by
        itself makes way for a worse one."""
        before, had_focus = self.order, self._focused_key()
        self.order = [facts.key for facts in found]
        self._facts = {facts.key: facts for facts in found}
        for key in [key for key in self._made if key not in self._facts]:
            self._drop(key)
        for key, card in self._made.items():
            card.show_facts(self._facts[key])
        in_view = max(self._area.viewport().height() // self.theme.px(ROW_HEIGHT + GAP), AT_ONCE)
        for key in self.order[:in_view]:
            self._ensure(key)
        self._arrange()
        self._open_one(before, had_focus)
        self._keep_room()

    def _open_one(self, before: list[str], had_focus: str) -> None:
        if self.order and self.open_key not in self.cards:
            self._set_open(self._following(before), is_animated=bool(before))
            self._is_chosen = False
            if had_focus and had_focus not in self.cards:
                self.cards[self.open_key].take_focus()
        elif self.order and not self._is_chosen and not had_focus and self._is_worse(self.order[0]):
            self._set_open(self.order[0])
        elif not self.order:
            self.open_key = ""

    def card(self, key: str) -> FindingCard:
        """The card of a finding that stands, made and put in its place if it was not. KeyError for others."""
        if key not in self._made:
            self._ensure(key)
            self._arrange()
            self._keep_room()
        return self._made[key]

    def _ensure(self, key: str) -> None:
        if key not in self._made:
            self._made[key] = self._make(self._facts[key])

    def _arrange(self) -> None:
        """The cards in order, those that leave where they are."""
        at = 0
        for key in self.order:
            if key not in self._made:
                continue
            while isinstance(self._at(at), Unfold):
                at += 1
            if self._at(at) is not self._made[key]:
                self._column.removeWidget(self._made[key])
                self._column.insertWidget(at, self._made[key])
            at += 1

    def _make_slice(self) -> None:
        """Some more cards, from the top down."""
        end_s = time.perf_counter() + SLICE_MS / 1000
        for key in [key for key in self.order if key not in self._made]:
            self._ensure(key)
            if time.perf_counter() >= end_s:
                break
        self._arrange()
        self._keep_room()

    def _keep_room(self) -> None:
        """Below the cards as much room as those that are to come will take: nothing jumps when they do."""
        missing, was_missing = len(self.order) - len(self._made), not self._room.isHidden()
        if missing:
            row, gap = self.theme.px(ROW_HEIGHT), self._column.spacing()
            self._room.setFixedHeight(missing * (row + gap) - gap)
            if not was_missing:
                self._column.addWidget(self._room)
                self._room.show()
            self._slices.start()
        elif was_missing:
            self._no_room()
            self.rebuilt.emit()  # Tab goes through all of them

    def _no_room(self) -> None:
        self._slices.stop()
        self._column.removeWidget(self._room)
        self._room.hide()

    def _is_worse(self, key: str) -> bool:
        level, now = self._facts[key].finding.level, self._facts[self.open_key].finding.level
        return LEVEL_ORDER[level] < LEVEL_ORDER[now]

    def _at(self, place: int) -> QWidget | None:
        item = self._column.itemAt(place)
        return item.widget() if item is not None else None

    def _following(self, before: Sequence[str]) -> str:
        """The card that opens after the open one has gone: a new one at the top, else the next that still
        stands, else the first."""
        if self.open_key in before and self.order[0] in before:
            later = before[before.index(self.open_key) + 1 :]
            return next((key for key in later if key in self.cards), self.order[0])
        return self.order[0]

    def _focused_key(self) -> str:
        focused = self.focusWidget()
        if focused is None or not focused.hasFocus():
            return ""
        return next((key for key, card in self._made.items() if card.isAncestorOf(focused)), "")

    def _make(self, facts: CardFacts) -> FindingCard:
        card = FindingCard(self.theme, facts)
        card.opened.connect(self.open_card)
        card.stepped.connect(self._step)
        for name in ("fix_requested", "go_requested", "dismissed", "routed", "misread", "link_requested"):
            getattr(card, name).connect(getattr(self, name))
        card.reported.connect(self.reported)
        card.rebuilt.connect(self.rebuilt)
        card.note_wanted.connect(self.note_wanted)
        card.contact_wanted.connect(self.contact_wanted)
        card.pair_wanted.connect(self.pair_wanted)
        return card

    def _drop(self, key: str) -> None:
        card = self._made.pop(key)
        place = self._column.indexOf(card)
        self._column.removeWidget(card)
        card.setObjectName("")
        card.setEnabled(False)
        if not self.isVisible() or not self.theme.duration_ms("base"):
            card.hide()
            card.deleteLater()
            return
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        fold = Unfold(self.theme, body, is_open=True)
        self._column.insertWidget(max(place, 0), fold)
        self._leaving.append(fold)
        fold.settled.connect(lambda _open, fold=fold: self._left(fold))
        fold.set_open(False)

    def _left(self, fold: Unfold) -> None:
        if fold in self._leaving:
            self._leaving.remove(fold)
            self._column.removeWidget(fold)
            fold.deleteLater()

    def clear(self) -> None:
        """All cards go at once: another draft is on the screen."""
        for fold in self._leaving[:]:
            fold.hide()
            self._left(fold)
        for card in self._made.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._made.clear()
        self._facts.clear()
        self.order.clear()
        self._no_room()
        self.open_key, self._is_chosen = "", False

    # One is open

    def open_card(self, key: str) -> None:
        """Open one card, close the others, bring it into view, and say it."""
        if key not in self.cards:
            return
        is_new = key != self.open_key
        self._is_chosen = True
        self._set_open(key)
        self.reveal(key)
        if is_new:
            self._say(self.cards[key].spoken())

    def _set_open(self, key: str, *, is_animated: bool = True) -> None:
        self.open_key = key
        self.card(key)
        for each, card in self._made.items():
            card.set_open(each == key, is_animated=is_animated)

    def reveal(self, key: str) -> None:
        """Bring a card into view, after it has opened."""
        wait_ms = self.theme.duration_ms("base") + 20 if self.cards[key].is_moving else 0
        QTimer.singleShot(wait_ms, self, lambda: self._reveal_now(key))

    def _reveal_now(self, key: str) -> None:
        if key in self.cards:
            self._area.ensureWidgetVisible(self.cards[key], 0, self.theme.px(12))

    def _step(self, key: str, step: int) -> None:
        """The arrows go from card to card; they open none."""
        at = self.order.index(key) + step
        if 0 <= at < len(self.order):
            self.cards[self.order[at]].take_focus()
            self.reveal(self.order[at])

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def focus_open(self) -> None:
        """Focus the first button of the open card, as after F6 or a jump."""
        if self.open_key in self.cards:
            self.cards[self.open_key].take_focus()
        elif self.order:
            self.cards[self.order[0]].take_focus()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
