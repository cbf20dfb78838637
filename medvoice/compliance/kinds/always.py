"""Kind always: one candidate for the whole text; the levels' conditions alone decide. For surfaces that are
somebody else's text, where no word of one's own can be the anchor."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate over the first sentence, if there is one and `absent` stands nowhere."""
    if not view.facts or (rule.absent and not view.seen.isdisjoint(rule.absent)):
        return []
    return [view.place(rule, 0, 0, len(view.facts[0].text))]
