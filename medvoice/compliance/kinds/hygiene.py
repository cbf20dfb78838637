"""Kind hygiene: disguised letters, as the fold and the tokens noted them."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View


def find_in(rule: Rule, view: View, sentence: int) -> list[Candidate]:
    """One candidate for each run of neighbouring disguises in a sentence."""
    found: list[Candidate] = []
    last: Candidate | None = None
    for note in sorted(view.facts[sentence].notes, key=lambda one: one.start):
        if note.kind not in rule.spec.signs:
            continue
        if last is not None and note.start <= last.end + 1:
            last.end = max(last.end, note.end)
            continue
        last = view.place(rule, sentence, note.start, note.end)
        last.values["a"] = note.kind
        found.append(last)
    return found
