"""An answer and the question it answers: some questions are passed on, not answered.

The question is somebody else's text. Of all rules only those speak of it that were written for questions,
those whose way out is telling safety (a side effect is one, whoever tells it), complaints on a product, and
those on languages: what nobody read may hold any of them.
"""

from dataclasses import dataclass, replace
from datetime import date

from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import CheckResult, Document, Finding, Level

QUESTION = "question"
ROUTED = "routed_reply"
ANSWERS = ("reply", "comment")
_OF_VIEWS = "missing_personal_view_disclaimer"
_ALSO_OF_QUESTIONS = ("adverse_event", "unsupported_language")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what the rules say of it, spans in its own text. `goes_to_safety`: it may tell of a side
    effect. `is_passed_on`: it must not be answered here."""

    text: str
    findings: tuple[Finding, ...]
    unread: tuple[str, ...] = ()

    @property
    def goes_to_safety(self) -> bool:
        return any(one.lift == "route" for one in self.findings)

    @property
    def is_passed_on(self) -> bool:
        return any(one.level is Level.BLOCK for one in self.findings)


def check_question(
    document: Document, text: str, ruleset: Ruleset, as_of: date, cache: SentenceCache | None = None
) -> Question:
    """What the rules say of a question put to the author of `document` (whose own text does not count here).
    Deterministic; any thread with a cache of its own."""
    asked = replace(document, text=text, surface=QUESTION, parts=(), image_count=0)
    result = check(asked, ruleset, as_of, cache or SentenceCache())
    return Question(text, of_question(result, ruleset), result.unread)


def of_question(result: CheckResult, ruleset: Ruleset) -> tuple[Finding, ...]:
    """Of what was found in a question, what speaks of a question."""
    return tuple(
        one
        for one in result.findings
        if one.lift == "route"
        or one.category in _ALSO_OF_QUESTIONS
        or (one.rule in ruleset.by_id and QUESTION in ruleset.by_id[one.rule].spec.when.surfaces)
    )


def check_reply(
    document: Document,
    question: str,
    ruleset: Ruleset,
    as_of: date,
    cache: SentenceCache | None = None,
) -> tuple[CheckResult, Question]:
    """The findings of an answer, with its question in sight. Deterministic; any thread with a cache of its
    own."""
    cache = cache or SentenceCache()
    asked = check_question(document, question, ruleset, as_of, cache)
    return beside_question(
        check(document, ruleset, as_of, cache), document, asked, ruleset, as_of, cache
    ), asked


def beside_question(
    result: CheckResult,
    document: Document,
    asked: Question,
    ruleset: Ruleset,
    as_of: date,
    cache: SentenceCache,
) -> CheckResult:
    """The result of an answer, with its question in sight: where that must be passed on, an answer that does
    not say so, or says more, has a finding of its own. One that only passes it on tells no view, so that it
    needs no sentence that says whose."""
    if not asked.is_passed_on or not document.text.strip():
        return result
    routed = check(replace(document, surface=ROUTED), ruleset, as_of, cache)
    more = tuple(one for one in routed.findings if ROUTED in ruleset.by_id[one.rule].spec.when.surfaces)
    kept = tuple(one for one in result.findings if more or one.category != _OF_VIEWS)
    return replace(result, findings=(*more, *kept))
