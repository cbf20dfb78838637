"""Words outside a draft, read by the rules as what they are: another's post, an answer, a profile. Nothing of
it is kept."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medvoice.domain.finding import CheckResult, Document, Finding, Surface
from medvoice.ui.pages.compose.compliance_tab import safety_facts
from medvoice.ui.widgets.event_panel import SafetyFacts

if TYPE_CHECKING:
    from medvoice.compliance.reply import Question
    from medvoice.ui.bridge import Desk

LONGEST = 20_000  # more than any network takes; a copied page is cut, and that is said
# What is done with the words, and as what the rules read them then.
DEEDS: dict[str, Surface] = {"share": "reaction", "answer": "reply", "profile": "profile"}


@dataclass(frozen=True, slots=True)
class Words:
    """`beside` is the question that is answered, or the headline of a profile; "" where there is none."""

    deed: str
    text: str
    beside: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.beside.strip())

    @property
    def is_cut(self) -> bool:
        return max(len(self.text), len(self.beside)) > LONGEST


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules say, and what the company records of side effects. `question` only for answers;
    `headline` are findings in the headline."""

    words: Words
    result: CheckResult
    safety: SafetyFacts
    question: "Question | None" = None
    headline: tuple[Finding, ...] = ()


def read_words(desk: "Desk", words: Words) -> Read:
    """Check words that belong to no draft. Check lane; nothing is kept."""
    profile, text, beside = desk.identity.get(), words.text[:LONGEST], words.beside[:LONGEST]
    document = Document(
        text=text,
        surface=DEEDS[words.deed],
        regions=profile.regions,
        employer=profile.employer,
        products=profile.products,
        competitors=tuple(item.name for item in profile.products if item.relation == "competitor"),
        confidential_words=profile.confidential_words,
        profile_carries_disclaimer=profile.profile_carries_disclaimer,
    )
    safety = safety_facts(profile, desk.clock.now)
    if words.deed == "answer":
        result, question = desk.checking.check_answer(document, beside)
        return Read(words, result if text.strip() else replace(result, findings=()), safety, question)
    if words.deed == "profile" and beside.strip():
        from medvoice.compliance.surfaces import Attachment

        result, (headline,) = desk.checking.check_beside(document, [Attachment("profile", beside)])
        return Read(words, result, safety, None, headline.findings)
    return Read(words, desk.checking.check_document(document), safety)
