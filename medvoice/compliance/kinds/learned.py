"""Kind learned: a sentence that reads like the examples of a category, by the weights of `learned.txt`."""

from collections.abc import Iterator, Sequence

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.judge import judge
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.spec import Mode
from medvoice.compliance.view import View, reads
from medvoice.domain.finding import Finding

DOUBT = 200  # asked for on top where something in the sentence may take back what it says
_TAKEN_BACK: tuple[tuple[str, Mode], ...] = tuple(
    (name, "suppress") for name in ("negation", "question", "hope", "research")
)


def find(rule: Rule, view: View, findings: Sequence[Finding]) -> list[Candidate]:
    """One candidate for each sentence whose score in the column `what` is `at_least` or more, unless a rule
    or category of `yields_to` speaks there already. Contexts that the rule suppresses silence the sentence,
    those that it downgrades ask for DOUBT more; where a word of `a` is taken back ("does not cure"),
    or one of `absent` stands in the sentence, the reader is silent."""
    column, least, names = rule.spec.what, rule.spec.at_least, rule.spec.yields_to
    high = view.scores().get(column, ())
    if not high:
        return []
    said = [(one.start, one.end) for one in findings if one.category in names or one.rule in names]
    found: list[Candidate] = []
    for sentence, score in high:
        if score < least:
            continue
        facts, start = view.facts[sentence], view.starts[sentence]
        end = len(facts.text.rstrip())
        doubt = _doubt(rule, facts)
        if doubt is None or score < least + doubt or not reads(rule, facts.language):
            continue
        if facts.has_any(rule.absent) or any(
            judge(_TAKEN_BACK, facts, hit) is None for hit in facts.all_of(rule.a)
        ):
            continue
        if any(first < start + end and start < after for first, after in said):
            continue
        candidate = view.place(rule, sentence, 0, end)
        words = view.ruleset.learned.reasons(facts, column)
        candidate.values["words"] = f": {words}" if words else ""
        found.append(candidate)
    return found


def _doubt(rule: Rule, facts: Facts) -> int | None:
    """How much more the context asks for; None where it silences."""
    modes = [rule.spec.modes[kind] for kind in _contexts(facts)]
    return None if "suppress" in modes else DOUBT * ("downgrade" in modes)


def _contexts(facts: Facts) -> Iterator[str]:
    context = facts.context
    if context.is_question:
        yield "question"
    if facts.tokens.quotes:
        yield "quotation"
    for cue in context.cues:
        kind = "negation" if cue.kind.startswith("negation") else cue.kind
        if kind in ("negation", "question", "hope", "research", "attribution"):
            yield kind
