"""Reading one sentence: fold, tokens, scan, products, cues, language, and the rules of one sentence."""

import re
from collections.abc import Sequence

from medvoice.compliance.classes import BUILT_IN, LEXICON
from medvoice.compliance.context import read_context
from medvoice.compliance.facts import Facts
from medvoice.compliance.fold import Folded, fold
from medvoice.compliance.kinds import pattern, phrase
from medvoice.compliance.language import guess
from medvoice.compliance.lexicon import codes as compound_codes
from medvoice.compliance.lexicon import keep_drugs, merge_hits, product_in_url
from medvoice.compliance.profile import ProfileIndex
from medvoice.compliance.ruleset import Ruleset
from medvoice.compliance.scan import Hit, Hits
from medvoice.compliance.tokens import EMAIL, MENTION, NUMBER, SIGN, URL, WORD, Tokens, tokenize
from medvoice.compliance.view import View
from medvoice.domain.finding import Document

_MONEY_SIGNS = frozenset("$€£¥₹")
_MONEY_WORDS = frozenset("usd eur gbp chf dollars dollar euros euro francs franken".split())
_PLAIN_KINDS = (WORD, SIGN)
_BY_KIND = {
    NUMBER: BUILT_IN["number"],
    URL: BUILT_IN["url"],
    EMAIL: BUILT_IN["email"],
    MENTION: BUILT_IN["mention"],
}
_PERCENT_WORDS = frozenset(("%", "percent", "prozent", "pourcent", "‰"))
_MIN_NAME = 5
_DIGITS = "0123456789"
_RUN = re.compile(r"[^\W\d_]+")
_PRODUCT_SOURCES = [
    BUILT_IN[name] for name in ("own_product", "competitor_product", "drug", "drug_like", "code")
]
_PRODUCT_CLASSES = frozenset(_PRODUCT_SOURCES)


def read_sentence(text: str, document: Document, ruleset: Ruleset, profile: ProfileIndex) -> Facts:
    """The facts of one sentence, with the candidates of rules that look at one sentence only. The text of
    `document` is not read. Pure; linear in the text."""

    index, words, own = ruleset.index, ruleset.words, profile.known

    def is_known(word: str) -> bool:
        return word in index or word in words or word in own

    folded = fold(text, is_known)
    tokens = tokenize(folded, text, is_known, profile.splitter.split)
    texts, kinds = tokens.texts, tokens.kinds
    hits: Hits = {}
    codes = index.scan(texts, kinds, hits)
    if URL in kinds or not own.isdisjoint(texts):
        profile.index.scan(texts, kinds, hits)
    _signs(tokens, hits)
    _products(text, folded, tokens, codes, hits, ruleset)
    context = read_context(tokens, hits, ruleset.cues)
    facts = Facts(text, folded, tokens, hits, context, _language(text, tokens, folded, words), folded.notes)
    if tokens.notes:
        facts.notes = (*folded.notes, *tokens.notes)
    _run(facts, document, ruleset)
    facts.asked = tuple(hits.keys() & ruleset.asked_of_post)
    if tokens.tags:
        facts.tag_classes = frozenset(
            number for number, found in hits.items() if any(tokens.tag_of(hit[0]) for hit in found)
        )
    return facts


def _language(text: str, tokens: Tokens, folded: Folded, vocabulary: frozenset[str]) -> str:
    """The language of the words outside hashtags."""
    texts, kinds = tokens.texts, tokens.kinds
    if not tokens.tags:
        return guess(texts, kinds.count(WORD), folded.text, text, vocabulary)
    tagged = {i for tag in tokens.tags for i in range(tag.first, tag.last + 1)}
    words = [word for i, word in enumerate(texts) if kinds[i] == WORD and i not in tagged]
    return guess(words, len(words), folded.text, text, vocabulary)


def _run(facts: Facts, document: Document, ruleset: Ruleset) -> None:
    """The rules this sentence calls: those of one sentence are run, the others wait for its neighbours."""
    hits, rules, calls = facts.hits, ruleset.rules, ruleset.calls
    numbers: set[int] = set()
    for one in hits.keys() & calls.by_class.keys():
        numbers.update(calls.by_class[one])
    text = facts.folded.text
    for literal, number in calls.by_letters:
        if literal in text:
            numbers.add(number)
    words = _words(facts.tokens, text)
    if not calls.by_word.keys().isdisjoint(words):
        for word in calls.by_word.keys() & words:
            numbers.update(calls.by_word[word])
    if facts.notes:
        facts.near = ruleset.hygiene
    if not numbers:
        return
    digits = 0
    if not text.isascii():
        digits = len(text)
    elif NUMBER in facts.tokens.kinds or not facts.tokens.is_plain:
        digits = sum(map(text.count, _DIGITS))
    view: View | None = None
    near: list[int] = []
    classes = hits.keys()
    for number in sorted(numbers):
        rule = rules[number]
        is_pattern = rule.spec.kind == "pattern"
        if is_pattern and not rule.gate.is_open(words, text, digits):
            continue
        if not rule.is_local:
            near.append(number)
            continue
        if (rule.b and classes.isdisjoint(rule.b)) or (rule.c and classes.isdisjoint(rule.c)):
            continue
        view = view or View(document, ruleset, [facts], [0], [0], seen=classes)
        facts.local += (pattern if is_pattern else phrase).find_in(rule, view, 0)
    if near:
        facts.near = (*near, *facts.near)


def _words(tokens: Tokens, text: str) -> Sequence[str]:
    """The runs of letters of a sentence: its tokens, but for those with an apostrophe or put together."""
    return tokens.texts if tokens.is_plain and not tokens.notes and "'" not in text else _RUN.findall(text)


def _signs(tokens: Tokens, hits: Hits) -> None:
    """Hits that the kind of a token gives: numbers, percentages, amounts, links, mentions, tags."""
    texts, kinds = tokens.texts, tokens.kinds
    count = len(texts)
    for index, kind in enumerate(kinds):
        if kind in _PLAIN_KINDS:
            continue
        hits.setdefault(_BY_KIND[kind], []).append((index, index + 1))
        if kind != NUMBER:
            continue
        after = texts[index + 1] if index + 1 < count else ""
        if after in _PERCENT_WORDS or (after == "per" and texts[index + 2 : index + 3] == ["cent"]):
            hits.setdefault(BUILT_IN["percent"], []).append((index, index + 2 + (after == "per")))
        if index and texts[index - 1] in _MONEY_SIGNS:
            hits.setdefault(BUILT_IN["amount"], []).append((index - 1, index + 1))
        elif after in _MONEY_WORDS or after in _MONEY_SIGNS:
            hits.setdefault(BUILT_IN["amount"], []).append((index, index + 2))
    if tokens.tags:
        hits[BUILT_IN["hashtag"]] = [(tag.first, tag.last + 1) for tag in tokens.tags]
        hits[BUILT_IN["in_tag"]] = [(i, i + 1) for tag in tokens.tags for i in range(tag.first, tag.last + 1)]


def _products(
    text: str, folded: Folded, tokens: Tokens, codes: list[int | None], hits: Hits, ruleset: Ruleset
) -> None:
    if LEXICON in hits:
        kept = keep_drugs(hits.pop(LEXICON), tokens, folded.text, ruleset.drugs)
        if kept:
            hits[BUILT_IN["drug"]] = kept

    def shown(low: int, high: int) -> str:
        start, end = folded.span(low, high)
        return text[start:end]

    if BUILT_IN["number"] in hits and (found := compound_codes(tokens, shown)):
        hits[BUILT_IN["code"]] = found
    _stems_and_names(text, folded, tokens, codes, hits, ruleset)
    if not _PRODUCT_CLASSES.isdisjoint(hits):
        merge_hits(hits, BUILT_IN["product"], _PRODUCT_SOURCES)
    products = hits.get(BUILT_IN["product"])
    if products and tokens.tags:
        tagged = [hit for hit in products if tokens.tag_of(hit[0])]
        if tagged and "tag_product" in ruleset.names:
            number = ruleset.names["tag_product"]
            hits[number] = sorted({*hits.get(number, ()), *tagged})
    for hit in hits.get(BUILT_IN["url"], ()):
        if product_in_url(tokens.texts[hit[0]], lambda word: _is_product(word, ruleset)):
            hits.setdefault(BUILT_IN["url_product"], []).append(hit)


def _is_product(word: str, ruleset: Ruleset) -> bool:
    return LEXICON in ruleset.index.ids_of(word) and word not in ruleset.drugs.gated


def _stems_and_names(
    text: str, folded: Folded, tokens: Tokens, codes: list[int | None], hits: Hits, ruleset: Ruleset
) -> None:
    """Words in no list: with an INN ending, or written like a name."""
    stems, words, source = ruleset.stems, ruleset.words, folded.source
    like: list[Hit] = []
    names: list[Hit] = []
    for at, word in enumerate(tokens.texts):
        if codes[at] is not None or len(word) < _MIN_NAME or tokens.kinds[at] != WORD or word in words:
            continue
        if stems.ending_of(word):
            like.append((at, at + 1))
        if at == 0 and not words:
            continue
        start = tokens.starts[at]
        char = text[start if source is None else source[start]]
        if char.isupper():
            names.append((at, at + 1))
    if like:
        hits[BUILT_IN["drug_like"]] = like
    if names:
        hits[BUILT_IN["name_like"]] = names
        before = {after for _, after in hits.get(ruleset.names.get("taking", -1), ())}
        taken = [hit for hit in names if hit[0] in before]
        if taken:
            hits[BUILT_IN["name_taken"]] = taken
