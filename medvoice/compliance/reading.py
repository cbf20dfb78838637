"""Reading sentences: fold, tokens, scan, products, cues, language, and the rules of one sentence.

All sentences go through one stage before any goes through the next: a stage's code and tables then stay in
the processor's cache, which makes a whole text a fifth cheaper.
"""

import re
from collections.abc import Iterable, Sequence

from medvoice.compliance.classes import BUILT_IN, LEXICON
from medvoice.compliance.context import read_context
from medvoice.compliance.disguise import tokenize
from medvoice.compliance.facts import Facts
from medvoice.compliance.fold import Folded, fold
from medvoice.compliance.hits import Hit, Hits
from medvoice.compliance.kinds import pattern, phrase
from medvoice.compliance.language import guess
from medvoice.compliance.lexicon import codes as compound_codes
from medvoice.compliance.lexicon import keep_drugs, merge_hits, product_in_url
from medvoice.compliance.profile import ProfileIndex
from medvoice.compliance.ruleset import Ruleset
from medvoice.compliance.scan import Row, TermIndex
from medvoice.compliance.shelf import Piece, Shelf
from medvoice.compliance.tokens import EMAIL, MENTION, NUMBER, SIGN, URL, WORD, Tokens
from medvoice.compliance.view import View
from medvoice.domain.finding import Document

_MONEY_SIGNS = frozenset("$€£¥₹")
_MONEY_WORDS = frozenset("usd eur gbp chf dollars dollar euros euro francs franken".split())
_PLAIN_KINDS = (WORD, SIGN)
_NUMBER = BUILT_IN["number"]
_BY_KIND = {
    NUMBER: _NUMBER,
    URL: BUILT_IN["url"],
    EMAIL: BUILT_IN["email"],
    MENTION: BUILT_IN["mention"],
}
_PERCENT_WORDS = frozenset(("%", "percent", "prozent", "pourcent", "‰"))
_MIN_NAME = 5
_MIN_SURNAME = 3
_DIGITS = "0123456789"
_RUN = re.compile(r"[^\W\d_]+")
_PRODUCT_SOURCES = [
    BUILT_IN[name] for name in ("own_product", "competitor_product", "drug", "drug_like", "code")
]
_PRODUCT_CLASSES = frozenset(_PRODUCT_SOURCES)
_OF_PERSON = frozenset((BUILT_IN["own_product"], BUILT_IN["competitor_product"]))


def read_sentences(
    texts: Sequence[str], document: Document, ruleset: Ruleset, profile: ProfileIndex
) -> list[Facts]:
    """The facts of each sentence, with the candidates of rules that look at one sentence only. The text of
    `document` is not read. Pure; linear in the texts."""
    index, words, own = ruleset.index, ruleset.words, profile.known

    def is_known(word: str) -> bool:
        return word in index or word in words or word in own

    split = profile.splitter.split
    plain = [fold(text, is_known) for text in texts]
    tokens = [tokenize(folded, text, is_known, split) for folded, text in zip(plain, texts, strict=True)]
    hits = [Hits() for _ in texts]
    rows = [index.scan(one.texts, one.kinds, found) for one, found in zip(tokens, hits, strict=True)]
    for one, found in zip(tokens, hits, strict=True):
        if not own.isdisjoint(one.texts) or URL in one.kinds:
            profile.index.scan(one.texts, one.kinds, found)
        if not one.is_plain or NUMBER in one.kinds:
            _signs(one, found)
    for text, folded, one, row, found in zip(texts, plain, tokens, rows, hits, strict=True):
        _products(text, folded, one, row, found, ruleset, profile.index)
    contexts = [read_context(one, found, ruleset.cues) for one, found in zip(tokens, hits, strict=True)]
    facts = [
        Facts(text, folded, one, found, context, _language(text, one, folded, words), folded.notes)
        for text, folded, one, found, context in zip(texts, plain, tokens, hits, contexts, strict=True)
    ]
    whole = "\n".join([folded.text for folded in plain])
    pieces = [row for row in ruleset.calls.by_piece if row[1] in whole]
    for one in facts:
        _finish(one, document, ruleset, pieces)
    return facts


def _finish(facts: Facts, document: Document, ruleset: Ruleset, pieces: Iterable[Piece]) -> None:
    hits, tokens = facts.hits, facts.tokens
    if tokens.notes:
        facts.notes = (*facts.notes, *tokens.notes)
    if facts.notes:
        facts.near = ruleset.hygiene
    facts.asked = tuple(hits.classes & ruleset.asked_of_post)
    if tokens.tags:
        facts.tag_classes = hits.touching(i for tag in tokens.tags for i in range(tag.first, tag.last + 1))
    numbers = _called(facts, ruleset.calls, pieces)
    if numbers:
        _run(sorted(numbers), facts, document, ruleset)


def _language(text: str, tokens: Tokens, folded: Folded, vocabulary: frozenset[str]) -> str:
    """The language of the words outside hashtags."""
    texts, kinds = tokens.texts, tokens.kinds
    if not tokens.tags:
        return guess(texts, kinds.count(WORD), folded.text, text, vocabulary)
    tagged = {i for tag in tokens.tags for i in range(tag.first, tag.last + 1)}
    words = [word for i, word in enumerate(texts) if kinds[i] == WORD and i not in tagged]
    return guess(words, len(words), folded.text, text, vocabulary)


def _called(facts: Facts, calls: Shelf, pieces: Iterable[Piece]) -> set[int]:
    """The rules that a class, a word or a piece of this sentence calls."""
    numbers: set[int] = set()
    for one in facts.hits.classes & calls.classes:
        numbers.update(calls.by_class[one])
    text, tokens = facts.folded.text, facts.tokens
    words = _words(tokens, text)
    if not calls.by_word.keys().isdisjoint(words):
        for word in calls.by_word.keys() & words:
            numbers.update(calls.by_word[word])
    digits = 0
    if not text.isascii():
        digits = len(text)
    elif NUMBER in tokens.kinds or not tokens.is_plain:
        digits = sum(map(text.count, _DIGITS))
    for least, piece, further, number in pieces:
        if least > digits:
            break
        if piece in text and (not further or all(one in text for one in further)):
            numbers.add(number)
    return numbers


def _run(numbers: Sequence[int], facts: Facts, document: Document, ruleset: Ruleset) -> None:
    """The rules of one sentence are run, the others wait for its neighbours."""
    rules, classes = ruleset.rules, facts.hits.classes
    view: View | None = None
    near: list[int] = []
    far: list[int] = []
    for number in numbers:
        rule = rules[number]
        if not rule.is_local:
            if not rule.spec.pattern or pattern.is_anchored(rule, facts):
                (near if rule.is_near else far).append(number)
            continue
        if (rule.b and classes.isdisjoint(rule.b)) or (rule.c and classes.isdisjoint(rule.c)):
            continue
        view = view or View(document, ruleset, [facts], [0], [0], seen=classes)
        facts.local += (pattern if rule.spec.pattern else phrase).find_in(rule, view, 0)
    if near:
        facts.near = (*near, *facts.near)
    facts.far = tuple(far)


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
        hits.add(_BY_KIND[kind], (index, index + 1))
        if kind != NUMBER:
            continue
        after = texts[index + 1] if index + 1 < count else ""
        if after in _PERCENT_WORDS or (after == "per" and texts[index + 2 : index + 3] == ["cent"]):
            hits.add(BUILT_IN["percent"], (index, index + 2 + (after == "per")))
        if index and texts[index - 1] in _MONEY_SIGNS:
            hits.add(BUILT_IN["amount"], (index - 1, index + 1))
        elif after in _MONEY_WORDS or after in _MONEY_SIGNS:
            hits.add(BUILT_IN["amount"], (index, index + 2))
    if tokens.tags:
        hits[BUILT_IN["hashtag"]] = [(tag.first, tag.last + 1) for tag in tokens.tags]
        hits[BUILT_IN["in_tag"]] = [(i, i + 1) for tag in tokens.tags for i in range(tag.first, tag.last + 1)]


def _products(
    text: str,
    folded: Folded,
    tokens: Tokens,
    rows: list[Row | None],
    hits: Hits,
    ruleset: Ruleset,
    own: TermIndex,
) -> None:
    if LEXICON in hits:
        kept = keep_drugs(hits.pop(LEXICON), tokens, folded.text, ruleset.drugs)
        if kept:
            hits[BUILT_IN["drug"]] = kept

    if _NUMBER in hits and (found := compound_codes(tokens, text, folded)):
        hits[BUILT_IN["code"]] = found
    _stems_and_names(text, folded, tokens, rows, hits, ruleset)
    if not _PRODUCT_CLASSES.isdisjoint(hits.classes):
        merge_hits(hits, BUILT_IN["product"], _PRODUCT_SOURCES)
    if tokens.is_plain:
        return
    products = hits.get(BUILT_IN["product"])
    if products and tokens.tags:
        tagged = [hit for hit in products if tokens.tag_of(hit[0])]
        if tagged and "tag_product" in ruleset.names:
            number = ruleset.names["tag_product"]
            hits[number] = sorted({*hits.get(number), *tagged})
    for hit in hits.get(BUILT_IN["url"]):
        if product_in_url(tokens.texts[hit[0]], lambda word: _is_product(word, ruleset, own)):
            hits.add(BUILT_IN["url_product"], hit)


def _is_product(word: str, ruleset: Ruleset, own: TermIndex) -> bool:
    if not _OF_PERSON.isdisjoint(own.ids_of(word)):
        return True
    return LEXICON in ruleset.index.ids_of(word) and word not in ruleset.drugs.gated


def _stems_and_names(
    text: str, folded: Folded, tokens: Tokens, rows: list[Row | None], hits: Hits, ruleset: Ruleset
) -> None:
    """Words in no list: with an INN ending, or written like a name."""
    stems, words, source = ruleset.stems, ruleset.words, folded.source
    like: list[Hit] = []
    names: list[Hit] = []
    texts, is_low = tokens.texts, text[1:].islower()
    for at, row in enumerate(rows):
        if row is not None:
            continue
        word = texts[at]
        if len(word) < _MIN_NAME or word in words or tokens.kinds[at] != WORD:
            continue
        if stems.ending_of(word):
            like.append((at, at + 1))
        if is_low if at else not words:
            continue
        start = tokens.starts[at]
        if text[start if source is None else source[start]].isupper():
            names.append((at, at + 1))
    if like:
        hits[BUILT_IN["drug_like"]] = like
    if names:
        hits[BUILT_IN["name_like"]] = names
        before = {after for _, after in hits.get(ruleset.names.get("taking", -1))}
        taken = [hit for hit in names if hit[0] in before]
        if taken:
            hits[BUILT_IN["name_taken"]] = taken
    if not is_low:
        _full_names(names, text, source, tokens, hits, ruleset)


def _full_names(
    names: list[Hit], text: str, source: Sequence[int] | None, tokens: Tokens, hits: Hits, ruleset: Ruleset
) -> None:
    """Two words written like names in a row, or a given name and a word with a capital."""
    before = {after for _, after in names}
    full = [(at - 1, after) for at, after in names if at in before]
    for at, after in hits.get(ruleset.names.get("first_name", -1)):
        if (
            after < len(tokens.texts)
            and tokens.kinds[after] == WORD
            and len(tokens.texts[after]) >= _MIN_SURNAME
        ):
            start = tokens.starts[after]
            if text[start if source is None else source[start]].isupper():
                full.append((at, after + 1))
    if full:
        hits[BUILT_IN["full_name"]] = sorted(set(full))
