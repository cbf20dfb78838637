"""What stands behind the cards: events of an earlier wording that wait for an answer, what was not read, and
what the person set aside or answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.ui.models.moments import moment
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.event_panel import EventPanel, SafetyFacts
from medvoice.ui.widgets.unfold import Unfold

if TYPE_CHECKING:
    from medvoice.services.standing import Dismissed, Left, Standing


class AsidePart(QWidget):
    """Renewed in place: what is typed into a form, and what was unfolded, stays."""

    undismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
    note_wanted = Signal(str)
    contact_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.safety = SafetyFacts()
        self.noted_card: QWidget | None = None
        self._marks: dict[str, object] = {}
        self._is_unfolded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._boxes: dict[str, QVBoxLayout] = {}
        for name in ("noted", "unread", "aside"):
            box = self._boxes[name] = QVBoxLayout()
            box.setSpacing(theme.px(8) if name == "noted" else theme.px(2))
        self.review_line = Label(theme, "", "small", "text.tertiary", wraps=True, is_selectable=True)
        self.review_line.setObjectName("review_line")
        self.review_line.hide()
        reading = QVBoxLayout()
        reading.setSpacing(0)
        reading.addLayout(self._boxes["unread"])
        reading.addWidget(self.review_line)
        for part in (self._boxes["noted"], reading, self._boxes["aside"]):
            column.addLayout(part)

    def clear(self) -> None:
        self._marks.clear()
        self._is_unfolded = False
        self.noted_card = None
        for box in self._boxes.values():
            clear_layout(box)

    def shape(self) -> object:
        """Changes when what can be pressed here does."""
        return (self._marks.get("noted"), self._marks.get("aside"))

    def show_standing(self, standing: "Standing") -> None:
        """Show what belongs to this standing."""
        rules = tuple(dict.fromkeys(item.code for item in noted(standing)))
        self._renew("noted", rules, lambda: self._show_noted(standing))
        lines = unread_lines(standing)
        self._renew("unread", lines, lambda: self._show_unread(lines))
        told = tuple((each.channel, each.dismissed, each.lifted) for each in standing.per_channel)
        aside = (told, standing.stale)
        self._renew("aside", aside, lambda: self._show_aside(standing))

    def show_review(self, words: str) -> None:
        """Say how far the rules were looked at, "" for nothing to say."""
        self.review_line.setText(words)
        self.review_line.setVisible(bool(words))

    def _renew(self, name: str, mark: object, build: Callable[[], None]) -> None:
        if self._marks.get(name) != mark:
            self._marks[name] = mark
            clear_layout(self._boxes[name])
            build()

    def _show_noted(self, standing: "Standing") -> None:
        rules = tuple(dict.fromkeys(item.code for item in noted(standing)))
        words = next((item.words for item in noted(standing)), "")
        self.noted_card = None
        # One answer covers them all, as one card does for the present words.
        for rule in rules[:1]:
            card = self.noted_card = Surface("card")
            card.setObjectName(f"noted_{rule}")
            column = QVBoxLayout(card)
            margin = self.theme.px(14)
            column.setContentsMargins(margin, margin, margin, margin)
            column.addWidget(Label(self.theme, self.tr("Must fix"), "smallStrong", "danger.text"))
            column.addWidget(Label(self.theme, words, "body", wraps=True))
            panel = EventPanel(self.theme, f"noted_{rule}", self.safety)
            panel.routed.connect(lambda ref, since: self._route_all(rules, ref, since))
            panel.misread.connect(lambda reason: self._misread_all(rules, reason))
            panel.note_wanted.connect(self.note_wanted)
            panel.contact_wanted.connect(self.contact_wanted)
            column.addWidget(panel)
            self._boxes["noted"].addWidget(card)

    def _route_all(self, rules: tuple[str, ...], reference: str, since: str) -> None:
        for rule in rules:
            self.routed.emit(rule, reference, since)

    def _misread_all(self, rules: tuple[str, ...], reason: str) -> None:
        for rule in rules:
            self.misread.emit(rule, reason)

    def _show_unread(self, lines: tuple[str, ...]) -> None:
        if lines:
            words = self.tr("Not everything was read. {lines}").format(lines=" ".join(lines))
        else:
            words = self.tr("Only the words are read, not pictures or linked pages.")
        label = Label(self.theme, words, "small", "text.tertiary", wraps=True, is_selectable=True)
        label.setObjectName("unread_line")
        self._boxes["unread"].addWidget(label)

    # Set aside, answered

    def _show_aside(self, standing: "Standing") -> None:
        rows: dict[tuple[str, str], QWidget] = {}
        for each in standing.per_channel:
            for item in each.dismissed:
                mark = (item.finding.rule, item.finding.quote)
                if mark not in rows:
                    rows[mark] = self._dismissed_row(item)
            for lifted in each.lifted:
                mark = (lifted.finding.rule, lifted.finding.quote)
                if mark not in rows:
                    detail = self.tr("Answered: {detail}").format(detail=lifted.detail)
                    rows[mark] = self._row(lifted.finding.message, detail)
        fitting = len(rows)
        for gone in standing.stale:
            detail = self.tr("“{reason}” It was for “{quote}”, which is not found any more.")
            words = detail.format(reason=gone.reason, quote=" ".join(gone.quote.split()))
            row = rows[gone.rule, f"stale {gone.quote} {gone.at}"] = self._row(
                self.tr("A reason without its words"), words
            )
            row.setObjectName(f"stale_{gone.rule}")
        if not rows:
            return
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, self.theme.px(4))
        column.setSpacing(self.theme.px(8))
        for row in rows.values():
            column.addWidget(row)
        fold = Unfold(self.theme, body, is_open=self._is_unfolded)
        fold.setObjectName("aside_list")
        words = self._aside_words(fitting, len(rows) - fitting)
        self._boxes["aside"].addLayout(self._aside_head(words, fold))
        self._boxes["aside"].addWidget(fold)

    def _aside_words(self, fitting: int, stale: int) -> str:
        one = self.tr("1 dismissed, with your reason")
        said = (
            [one if fitting == 1 else self.tr("{n} dismissed, with reasons").format(n=fitting)]
            if fitting
            else []
        )
        if stale:
            one = self.tr("1 reason fits nothing any more")
            said.append(one if stale == 1 else self.tr("{n} reasons fit nothing any more").format(n=stale))
        return "; ".join(said)

    def _aside_head(self, words: str, fold: Unfold) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Label(self.theme, words, "small", "text.secondary", wraps=True), 1)
        button = Button(self.theme, "", kind="link", size="small")
        button.setObjectName("aside_toggle")

        def label() -> None:
            button.setText(self.tr("Hide") if self._is_unfolded else self.tr("Show"))
            button.setAccessibleName(f"{button.text()}: {words}")
            button.updateGeometry()

        def toggle() -> None:
            self._is_unfolded = not self._is_unfolded
            fold.set_open(self._is_unfolded)
            label()

        button.clicked.connect(toggle)
        label()
        head.addWidget(button)
        return head

    def _dismissed_row(self, item: "Dismissed") -> QWidget:
        gone = item.dismissal
        detail = f"“{gone.reason}” {gone.by}, {moment(gone.at, self.safety.zone, gone.at)}"
        row = self._row(item.finding.message, detail)
        again = Button(self.theme, self.tr("Open again"), kind="link", size="small")
        again.setObjectName(f"undismiss_{item.finding.rule}")
        again.setAccessibleName(self.tr("Open again: {title}").format(title=item.finding.message))
        again.clicked.connect(lambda: self.undismissed.emit(item.finding.rule, item.finding.quote))
        layout = row.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _row(self, title: str, detail: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.theme, title, "smallStrong", "text.secondary", wraps=True))
        words.addWidget(Label(self.theme, detail, "small", "text.tertiary", wraps=True, is_selectable=True))
        line.addLayout(words, 1)
        return row


def noted(standing: "Standing") -> "tuple[Left, ...]":
    """Must-fix things that belong to no channel: what an earlier wording left to answer."""
    return tuple(item for item in standing.left if item.kind == "block" and not item.channel)


def unread_lines(standing: "Standing") -> tuple[str, ...]:
    """What the checker says it did not read, each line once for all channels."""
    return tuple(dict.fromkeys(line for each in standing.per_channel for line in each.result.unread))
