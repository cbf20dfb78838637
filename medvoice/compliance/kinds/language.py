"""Kind language: sentences in a language that no rule reads."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.language import guess
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.tokens import WORD
from medvoice.compliance.view import View

NAMES = {
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "pl": "Polish",
    "tr": "Turkish",
    "de": "German",
    "fr": "French",
    "cjk": "Chinese or Japanese",
    "hiragana": "Japanese",
    "katakana": "Japanese",
    "hangul": "Korean",
}


def _of_all(view: View) -> str:
    """The language of all sentences together."""
    words: list[str] = []
    for facts in view.facts:
        tokens = facts.tokens
        tagged = {i for tag in tokens.tags for i in range(tag.first, tag.last + 1)}
        kinds = tokens.kinds
        words += [word for i, word in enumerate(tokens.texts) if kinds[i] == WORD and i not in tagged]
    folded = " ".join(facts.folded.text for facts in view.facts)
    text = " ".join(facts.text for facts in view.facts)
    return guess(words, len(words), folded, text, view.ruleset.words)


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for each run of sentences in the same uncovered language. Unsure sentences are silent;
    where all are, the text as a whole is asked: several short ones tell more than one."""
    read = {*rule.spec.covered, *rule.spec.partial}
    found: list[Candidate] = []
    if len(view.facts) > 1 and not any(facts.language for facts in view.facts):
        name = _of_all(view)
        if name and name not in read:
            found.append(view.place(rule, 0, 0, len(view.facts[0].text)))
            found[0].values["a"] = NAMES.get(name, name.capitalize())
        return found
    last: Candidate | None = None
    for sentence, facts in enumerate(view.facts):
        name = facts.language
        if not name or name in read:
            last = None
            continue
        if last is not None and last.values["a"] == NAMES.get(name, name.capitalize()):
            last.end = view.starts[sentence] - view.starts[last.sentence] + len(facts.text)
            continue
        last = view.place(rule, sentence, 0, len(facts.text))
        last.values["a"] = NAMES.get(name, name.capitalize())
        found.append(last)
    return found
