"""Reading one sentence: fold, tokens, scan, products, cues, language, and the rules of one sentence."""

from medvoice.compliance.classes import BUILT_IN, LEXICON
from medvoice.compliance.context import read_context
from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.fold import Folded, fold
from medvoice.compliance.kinds import pattern, phrase
from medvoice.compliance.language import guess
from medvoice.compliance.lexicon import codes, keep_drugs, merge_hits, product_in_url
from medvoice.compliance.profile import ProfileIndex
from medvoice.compliance.ruleset import Ruleset
from medvoice.compliance.scan import Hit, Hits
from medvoice.compliance.tokens import EMAIL, MENTION, NUMBER, SIGN, URL, WORD, Tokens, tokenize
from medvoice.compliance.view import View
from medvoice.domain.finding import Document

_MONEY_SIGNS = frozenset("$€£¥₹")
_MONEY_WORDS = frozenset("usd eur gbp chf dollars dollar euros euro francs franken".split())
_PERCENT_WORDS = frozenset(("%", "percent", "prozent", "pourcent", "‰"))
_MIN_NAME = 5
_PRODUCT_PARTS = ("own_product", "competitor_product", "drug", "drug_like", "code")


def read_sentence(text: str, document: Document, ruleset: Ruleset, profile: ProfileIndex) -> Facts:
    """The facts of one sentence, with the candidates of rules that look at one sentence only. The text of
    `document` is not read. Pure; linear in the text."""

    index, words = ruleset.index, ruleset.words

    def is_known(word: str) -> bool:
        return word in index or word in words or word in profile.known

    folded = fold(text, is_known)
    tokens = tokenize(folded, text, is_known, profile.splitter.split)
    hits: Hits = {}
    ruleset.index.scan(tokens.texts, tokens.kinds, hits)
    profile.index.scan(tokens.texts, tokens.kinds, hits)
    _signs(tokens, hits)
    _products(text, folded, tokens, hits, ruleset)
    context = read_context(tokens, hits, ruleset.cues)
    in_tags = {i for tag in tokens.tags for i in range(tag.first, tag.last + 1)}
    plain = [
        word
        for i, (word, kind) in enumerate(zip(tokens.texts, tokens.kinds, strict=True))
        if kind == WORD and i not in in_tags
    ]
    notes = (*folded.notes, *tokens.notes)
    facts = Facts(text, folded, tokens, hits, context, guess(plain, folded.text), notes)
    facts.local = _local(facts, document, ruleset)
    return facts


def _local(facts: Facts, document: Document, ruleset: Ruleset) -> list[Candidate]:
    view = View(document, ruleset, [facts], [0], [0])
    numbers = sorted({number for one in facts.hits for number in ruleset.by_anchor.get(one, ())})
    found: list[Candidate] = []
    for number in numbers:
        found += phrase.find_in(ruleset.rules[number], view, 0)
    for rule in ruleset.pattern_rules:
        found += pattern.find_in(rule, view, 0)
    return found


def _signs(tokens: Tokens, hits: Hits) -> None:
    """Hits that the kind of a token gives: numbers, percentages, amounts, links, mentions, tags."""
    texts, kinds = tokens.texts, tokens.kinds
    by_kind = {
        NUMBER: BUILT_IN["number"],
        URL: BUILT_IN["url"],
        EMAIL: BUILT_IN["email"],
        MENTION: BUILT_IN["mention"],
    }
    count = len(texts)
    for index, kind in enumerate(kinds):
        if kind in (WORD, SIGN):
            continue
        hits.setdefault(by_kind[kind], []).append((index, index + 1))
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


def _products(text: str, folded: Folded, tokens: Tokens, hits: Hits, ruleset: Ruleset) -> None:
    if LEXICON in hits:
        kept = keep_drugs(hits.pop(LEXICON), tokens, folded.text, ruleset.drugs)
        if kept:
            hits[BUILT_IN["drug"]] = kept

    def shown(low: int, high: int) -> str:
        start, end = folded.span(low, high)
        return text[start:end]

    if BUILT_IN["number"] in hits and (found := codes(tokens, shown)):
        hits[BUILT_IN["code"]] = found
    _stems_and_names(text, folded, tokens, hits, ruleset)
    merge_hits(hits, BUILT_IN["product"], [BUILT_IN[name] for name in _PRODUCT_PARTS])
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
    return LEXICON in ruleset.index.words.get(word, ()) and word not in ruleset.drugs.gated


def _stems_and_names(text: str, folded: Folded, tokens: Tokens, hits: Hits, ruleset: Ruleset) -> None:
    """Words in no list: with an INN ending, or written like a name."""
    stems, index, source = ruleset.stems, ruleset.index, folded.source
    like: list[Hit] = []
    names: list[Hit] = []
    for at, word in enumerate(tokens.texts):
        if len(word) < _MIN_NAME or tokens.kinds[at] != WORD or word in index or word in ruleset.words:
            continue
        if stems.ending_of(word):
            like.append((at, at + 1))
        if at == 0 and not ruleset.words:
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
