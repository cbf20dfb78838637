"""What was found in words outside a draft, and in the question they answer, as cards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from medvoice.domain.finding import Finding, Level
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.base import Surface as Ground
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.citation import citation_row
from medvoice.ui.widgets.finding_card import LOOKS
from medvoice.ui.widgets.finding_forms import ButtonRow

if TYPE_CHECKING:
    from medvoice.compliance.reply import Question
    from medvoice.ui.widgets.event_panel import SafetyFacts

OWN_HEALTH = "GL-ROUTE-002"
ROUTED = "GL-ROUTE-"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShareCards", text)


def answer_for(question: "Question") -> str:
    """The answer that passes a question on; it holds nothing of the question."""
    rules = {one.rule for one in question.findings}
    if question.goes_to_safety:
        return _tr("I am sorry to hear this. I have told our safety team; please also speak to your doctor.")
    if OWN_HEALTH in rules:
        return _tr("I am sorry to hear this. I cannot advise you here; please speak to your doctor.")
    return _tr(
        "Thank you. I cannot answer this here; I have passed your question to our medical information team."
    )


class FindingCard(Ground):
    """A finding with its reason and its sources; `link_requested(url)`."""

    link_requested = Signal(str)

    def __init__(self, theme: Theme, finding: Finding, word: str) -> None:
        super().__init__("card")
        kind, _icon = LOOKS[finding.level]
        self.setAccessibleName(f"{word}: {finding.message}. {finding.quote}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(4))
        column.addWidget(Label(theme, word, "smallStrong", f"{kind}.text"))
        column.addWidget(Label(theme, finding.message, "bodyStrong", wraps=True))
        column.addWidget(Label(theme, f"“{finding.quote}”", "quote", wraps=True, is_selectable=True))
        column.addWidget(Label(theme, finding.why, "small", "text.secondary", wraps=True))
        for source in finding.basis:
            row = citation_row(theme, source)
            row.link_requested.connect(self.link_requested)
            column.addWidget(row)


class QuestionCard(Ground):
    """What to do with a question: pass it on, and to whom. `answer_wanted(text)` is the answer that does;
    `note_wanted(text)` a note for safety without a word of the question; `contact_wanted()` the settings."""

    answer_wanted = Signal(str)
    note_wanted = Signal(str)
    contact_wanted = Signal()

    def __init__(self, theme: Theme, question: "Question", safety: "SafetyFacts") -> None:
        super().__init__("card")
        self.setObjectName("question_card")
        self._safety = safety
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(6))
        is_safety = question.goes_to_safety
        word = _tr("Tell safety, and pass it on") if is_safety else _tr("Pass it on")
        column.addWidget(Label(theme, word, "smallStrong", "danger.text"))
        blocks = [one for one in question.findings if one.level is Level.BLOCK]
        blocks.sort(key=lambda one: one.lift != "route")  # what safety must know comes first
        for finding in blocks:
            column.addWidget(Label(theme, finding.message, "bodyStrong", wraps=True))
            column.addWidget(Label(theme, f"“{finding.quote}”", "quote", wraps=True, is_selectable=True))
        column.addWidget(Label(theme, blocks[0].why, "small", "text.secondary", wraps=True))
        if is_safety:
            self._add_safety(theme, column)
        self.setAccessibleName(f"{word}: {blocks[0].message}")
        use = Button(theme, _tr("Use an answer that passes it on"), size="small", icon="arrow-right")
        use.setObjectName("use_routing_answer")
        use.clicked.connect(lambda: self.answer_wanted.emit(answer_for(question)))
        column.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_safety(self, theme: Theme, column: QVBoxLayout) -> None:
        contact = self._safety.contact.strip()
        words = _tr("It may tell of a side effect. Your company gives you {hours} h from now.").format(
            hours=self._safety.hours
        )
        column.addWidget(Label(theme, words, "body", wraps=True))
        copy = Button(theme, _tr("Copy a note for them"), size="small", icon="copy")
        copy.setObjectName("question_note")
        copy.setToolTip(_tr("It holds no word of the question and nothing about the person."))
        copy.clicked.connect(self._copy)
        buttons = [copy]
        if contact:
            who = Label(theme, _tr("Safety contact: {who}").format(who=contact), "body", wraps=True)
            who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(who)
        else:
            add = Button(theme, _tr("Note your safety contact"), kind="link", size="small")
            add.setObjectName("question_contact")
            add.set_flush()
            add.clicked.connect(self.contact_wanted)
            buttons.append(add)
        column.addWidget(ButtonRow(buttons, theme.px(8)))

    def _copy(self) -> None:
        from medvoice.ui.widgets.event_panel import note_for_safety

        where = _tr("A question under a post. It was not answered.")
        self.note_wanted.emit(note_for_safety(self._safety, self._safety.now(), where))


def cards_for(theme: Theme, findings: tuple[Finding, ...], block_word: str) -> list[FindingCard]:
    """A card for each finding that is more than a suggestion, each rule and quote once."""
    made: dict[tuple[str, str], FindingCard] = {}
    for finding in findings:
        key = (finding.rule, finding.quote)
        if finding.level is not Level.ADVISE and key not in made:
            word = block_word if finding.level is Level.BLOCK else _tr("Check")
            made[key] = FindingCard(theme, finding, word)
    return list(made.values())
