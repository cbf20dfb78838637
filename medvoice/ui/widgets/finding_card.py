"""A finding: a 56 px row while closed, a card with reasons, sources and ways out while open."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from medvoice.domain.finding import Finding, Level
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.card_titles import RowTitle, Title
from medvoice.ui.widgets.citation import LinkRow, citation_row
from medvoice.ui.widgets.event_panel import EventPanel, SafetyFacts
from medvoice.ui.widgets.finding_forms import ButtonRow, ReasonForm
from medvoice.ui.widgets.finding_report import ReportForm
from medvoice.ui.widgets.minimal_pair import MinimalPair, Pair
from medvoice.ui.widgets.paint import paint_box
from medvoice.ui.widgets.unfold import Unfold
from medvoice.ui.widgets.wording import WordingDiff

# Colour and icon of each level.
LOOKS = {
    Level.BLOCK: ("danger", "octagon-alert"),
    Level.WARN: ("warn", "triangle-alert"),
    Level.ADVISE: ("info", "info"),
}
BAR = 3
ROW_HEIGHT = 56
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card shows. `place` is "1 of 3"; `suggestion` is (words now, words instead); `more` is how many
    other places of the text this card stands for; `channel` is its name, `rules` the pack with version,
    `safety` what the company says of side effects."""

    key: str
    finding: Finding
    place: str
    suggestion: tuple[str, str] | None = None
    more: int = 0
    channel: str = ""
    rules: str = ""
    safety: SafetyFacts = field(default_factory=SafetyFacts)


class FindingCard(QFrame):
    """One finding. `set_open` swaps row and card; the page keeps one open at a time.

    `fix_requested(key)`, `go_requested(key)`, `dismissed(rule, reason)`, `routed(rule, reference, since)`,
    `misread(rule, reason)`, `link_requested(url)`, `reported(key, text)` with the text of a report that the
    person copies, `stepped(key, step)` for the arrow keys, `rebuilt` when parts came or went,
    `note_wanted(text)` and `contact_wanted` of the panel for side effects,
    `pair_wanted(key, rule)`: the person asks why, `show_pair` answers.
    """

    opened = Signal(str)
    fix_requested = Signal(str)
    go_requested = Signal(str)
    dismissed = Signal(str, str)
    routed = Signal(str, str, str)
    misread = Signal(str, str)
    link_requested = Signal(str)
    reported = Signal(str, str)
    stepped = Signal(str, int)
    rebuilt = Signal()
    note_wanted = Signal(str)
    contact_wanted = Signal()
    pair_wanted = Signal(str, str)

    def __init__(self, theme: Theme, facts: CardFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.key = facts.key
        self.facts = facts
        self.setObjectName(f"finding_card_{facts.key}")
        self._kind, self._icon = LOOKS[facts.finding.level]
        self._is_open = False
        self._said: object = None
        self._details: QWidget | None = None
        self._form: ReasonForm | ReportForm | None = None
        self._route: EventPanel | None = None
        self._pair: Pair | None = None
        self._column = QVBoxLayout(self)
        self._build_row()
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._unfold = Unfold(theme, body)
        self._unfold.settled.connect(self._settled)
        self._column.addWidget(self._unfold)
        self.show_facts(facts)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    @property
    def finding(self) -> Finding:
        return self.facts.finding

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def is_moving(self) -> bool:
        """Whether it is opening or closing just now."""
        return self._unfold.is_moving

    def severity_word(self) -> str:
        return {
            Level.BLOCK: self.tr("Must fix"),
            Level.WARN: self.tr("Check"),
            Level.ADVISE: self.tr("Suggestion"),
        }[self.finding.level]

    def spoken(self) -> str:
        """ "Must fix, 1 of 3: title. Text: the words"."""
        words = f"{self.severity_word()}, {self.facts.place}: {self.finding.message}"
        quote = " ".join(self.finding.quote.split())
        return words + (self.tr(". Text: {quote}").format(quote=quote) if quote else "")

    def show_facts(self, facts: CardFacts) -> None:
        """The same finding at another place of the text or of the list."""
        is_same = (facts.suggestion, facts.finding.why) == (self.facts.suggestion, self.facts.finding.why)
        finding = facts.finding
        said = (finding.level, finding.message, finding.quote, finding.basis, facts.place, facts.more)
        is_said, self._said = said == self._said, said
        self.facts = facts
        if is_said and is_same:
            return  # it only moved in the text, as cards do with every key
        doc = finding.basis[0].doc if finding.basis else ""
        below = f"{self.severity_word()} · {doc}" if doc else self.severity_word()
        if facts.more:
            below += " · " + self.tr("{n} places").format(n=facts.more + 1)
        self._below.set_text(below)
        self._place.setText(facts.place)
        self._short.set_text(finding.message)
        self._title.setText(finding.message)
        self.setAccessibleName(self.spoken())
        self.setAccessibleDescription(finding.why)
        self._button.setAccessibleName(f"{self._button.text()}. {self.spoken()}")
        if not is_same:
            self._rebuild_details()

    def _rebuild_details(self) -> None:
        if self._details is None:
            return
        had_focus = self._details.isAncestorOf(self.focusWidget() or self)
        self._body.removeWidget(self._details)
        self._details.hide()
        self._details.deleteLater()
        self._details = None
        if self._is_open:
            self._show_details()
            if had_focus:
                self.take_focus()

    def _theme_changed(self) -> None:
        """Sources and the wording are rich text with colours in it: written anew."""
        px = self.theme.px
        self.setMinimumHeight(px(ROW_HEIGHT))
        self._column.setContentsMargins(15, px(9), 12, px(10))
        self._word.setMinimumHeight(px(20))
        self._column.setSpacing(px(8))
        self._body.setSpacing(px(10))
        self._row.setContentsMargins(px(27), 0, 0, 0)
        self._row.setSpacing(px(8))
        self._rebuild_details()
        self.update()

    def set_open(self, is_open: bool, *, is_animated: bool = True) -> None:
        """Show the card, or the row."""
        if is_open == self._is_open:
            return
        had_focus = self._button.hasFocus()
        self._is_open = is_open
        for part in (self._short, self._below, self._button):
            part.setVisible(not is_open)
        for part in (self._word, self._place, self._title):
            part.setVisible(is_open)
        if is_open:
            self._show_details()
        self._unfold.set_open(is_open, is_animated=is_animated)
        if had_focus and is_open:
            self.take_focus()
        self.update()

    def _settled(self, is_open: bool) -> None:
        if not is_open and isinstance(self._form, ReportForm):
            self._drop_form()  # a report that was not copied is no work to keep

    def _show_details(self) -> None:
        if self._details is None:
            self._details = self._build_details()
            self._body.insertWidget(0, self._details)
        self._details.show()
        self.rebuilt.emit()
        if self.finding.lift == "route" and self._route is None:
            panel = self._route = EventPanel(self.theme, self.key, self.facts.safety)
            panel.routed.connect(self._routed)
            panel.misread.connect(self._misread)
            panel.note_wanted.connect(self.note_wanted)
            panel.contact_wanted.connect(self.contact_wanted)
            self._body.addWidget(panel)

    def take_focus(self) -> None:
        """Focus what the person does first here: the suggested wording, else the way to the text."""
        target: Button | None = self._button
        if self._is_open and self._details is not None:
            # Only in the present details: those they replaced may still be waiting for their end.
            named = (f"use_fix_{self.key}", f"go_{self.key}")
            found = (self._details.findChild(Button, name) for name in named)
            target = next((button for button in found if button is not None), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(self.key, step)
        elif event.key() == Qt.Key.Key_Escape and self._form is not None:
            self._drop_form()
            self.take_focus()
        else:
            super().keyPressEvent(event)

    # Head

    def _build_row(self) -> None:
        theme = self.theme
        row = self._row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        self._word = Label(theme, self.severity_word(), "smallStrong", f"{self._kind}.text")
        self._title = Title(theme, "", "bodyLarge", wraps=True, is_selectable=True)
        self._short = RowTitle(theme, "", "bodyLarge")
        self._below = ElidedLabel(theme, "", "small", "text.secondary")
        for part in (self._word, self._title, self._short, self._below):
            words.addWidget(part)
        row.addLayout(words, 1)
        self._place = Label(theme, "", "small", "text.tertiary")
        row.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        label = self.tr("Fix") if self.finding.fixes else self.tr("Show")
        self._button = Button(theme, label, size="small")
        self._button.setObjectName(f"open_{self.key}")
        self._button.clicked.connect(self._open)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)
        for part in (self._word, self._place, self._title):
            part.hide()

    def _open(self) -> None:
        self.opened.emit(self.key)

    def make_menu(self) -> QMenu:
        """What else can be done with the finding. A must-fix says why it cannot be set aside."""
        menu = QMenu(self)
        menu.setObjectName(f"menu_{self.key}")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.finding.level is Level.WARN:
            menu.addAction(self.tr("Dismiss with reason"), self.ask_reason)
        elif self.finding.level is Level.BLOCK:
            menu.addAction(self.tr("Must fix: cannot be dismissed")).setEnabled(False)
        menu.addAction(self.tr("Report a wrong finding"), self.ask_report)
        return menu

    def _open_menu(self) -> None:
        self.make_menu().popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    # Details

    def _build_details(self) -> QWidget:
        theme, finding = self.theme, self.finding
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(theme, finding.why, "body", "text.secondary", wraps=True, is_selectable=True))
        sources = QVBoxLayout()
        sources.setSpacing(0)
        for source in finding.basis:
            row = citation_row(theme, source)
            row.link_requested.connect(self.link_requested)
            sources.addWidget(row)
        if self._pair is None:
            why = LinkRow(theme, "circle-help", self.tr("Why this, here"))
            why.setObjectName(f"why_{self.key}")
            why.setAccessibleDescription(self.tr("Shows a sentence that is found and one that passes"))
            why.clicked.connect(lambda: self.pair_wanted.emit(self.key, self.finding.rule))
            sources.addWidget(why)
        column.addLayout(sources)
        if self._pair is not None:
            column.addWidget(MinimalPair(theme, self._pair))
        if self.facts.suggestion is not None:
            column.addWidget(WordingDiff(theme, *self.facts.suggestion))
        elif finding.advice and finding.lift != "route":  # the panel below says what to do
            advice = self.tr("What would make it pass: {advice}").format(advice=finding.advice)
            column.addWidget(Label(theme, advice, "body", wraps=True, is_selectable=True))
        column.addWidget(self._buttons())
        return body

    def _buttons(self) -> QWidget:
        theme = self.theme
        buttons: list[Button] = []
        if self.facts.suggestion is not None and self.finding.fixes:
            words = self.finding.fixes[0].label or self.tr("Use this wording")
            use = Button(theme, words, kind="primary", size="small")
            use.setObjectName(f"use_fix_{self.key}")
            use.setToolTip(self.tr("Ctrl+."))
            use.setAccessibleDescription(self.spoken())
            use.clicked.connect(lambda: self.fix_requested.emit(self.key))
            buttons.append(use)
        go = Button(theme, self.tr("Go to text"), size="small")
        go.setObjectName(f"go_{self.key}")
        go.setAccessibleDescription(self.spoken())
        go.clicked.connect(lambda: self.go_requested.emit(self.key))
        self._menu_button = IconButton(theme, "ellipsis", self.tr("More for this finding"), size="small")
        self._menu_button.setObjectName(f"more_{self.key}")
        self._menu_button.clicked.connect(self._open_menu)
        icon = "wand-sparkles" if buttons else ""
        short = self.tr("Show")
        return ButtonRow([*buttons, go], theme.px(8), self._menu_button, icon, short)

    def show_pair(self, pair: Pair) -> None:
        """Show a sentence that this rule finds and one that passes."""
        self._pair = pair
        self._rebuild_details()

    # Ways out

    def ask_reason(self) -> None:
        """Show the field for the reason of setting a warning aside."""
        if self.finding.level is Level.WARN and self._details is not None:
            form = self._form if isinstance(self._form, ReasonForm) else None
            if form is None:
                form = ReasonForm(self.theme, self.key, self.tr("Dismiss"), self._dismiss)
                self._show_form(form)
            form.setFocus()

    def ask_report(self) -> None:
        """Show the report about this finding, to be copied."""
        if self._details is not None:
            form = ReportForm(self.theme, self.key, self.facts, self.severity_word())
            form.copied.connect(lambda text: self.reported.emit(self.key, text))
            self._show_form(form)
            form.setFocus()

    def _show_form(self, form: ReasonForm | ReportForm) -> None:
        """Below the details, not in them: what is typed outlives their renewal."""
        self._drop_form()
        self._form = form
        self._body.addWidget(form)
        self.rebuilt.emit()

    def _drop_form(self) -> None:
        if self._form is not None:
            self._body.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _dismiss(self, reason: str) -> None:
        self.dismissed.emit(self.finding.rule, reason)

    def _routed(self, reference: str, since: str) -> None:
        self.routed.emit(self.finding.rule, reference, since)

    def _misread(self, reason: str) -> None:
        self.misread.emit(self.finding.rule, reason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_open:
            self.opened.emit(self.key)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        radius = theme.radius("card")
        border = "border.control" if self._is_open else "border.subtle"
        paint_box(painter, theme, self.rect(), fill="bg.surface", border=border, radius=radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, 0, BAR, self.height()), theme.color(f"{self._kind}.solid"))
        painter.restore()
        theme.paint_icon(painter, self._icon, f"{self._kind}.solid", 15, theme.px(11), 17)
