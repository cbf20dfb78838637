"""The words of one person: products, employer, competitors, confidential words, ready to be scanned for."""

import re
from dataclasses import dataclass

from medvoice.compliance.classes import BUILT_IN
from medvoice.compliance.fold import fold
from medvoice.compliance.lexicon import Drugs, Splitter, other_names
from medvoice.compliance.scan import TermBuilder, TermIndex
from medvoice.compliance.tokens import term_tokens
from medvoice.domain.finding import Document

_LEGAL_FORMS = frozenset(
    "ag inc ltd llc gmbh plc sa nv corp co kg se spa srl ab as bv pharma holding group".split()
)
_MIN_PLURAL = 4


@dataclass(frozen=True, slots=True)
class ProfileIndex:
    """`key` tells two profiles apart; equal keys give equal findings."""

    key: tuple[object, ...]
    index: TermIndex
    splitter: Splitter
    known: frozenset[str]


def profile_key(document: Document) -> tuple[object, ...]:
    """What of a document, besides its text, decides which words are looked for."""
    return (document.products, document.employer, document.competitors, document.confidential_words)


def build_profile(
    document: Document, drugs: Drugs, words: TermIndex, investigational: int | None
) -> ProfileIndex:
    """The index of this person's words. `words` are those of the packs; `investigational` is the number of
    the packs' class of that name, if any."""
    builder = TermBuilder()
    for product in document.products:
        ids = [BUILT_IN["own_product" if product.relation == "own" else "competitor_product"]]
        if product.is_investigational and investigational is not None:
            ids.append(investigational)
        if product.relation == "own" and product.indications:
            ids.append(BUILT_IN["own_product_with_use"])
            for use in product.indications:
                _add(builder, use, (BUILT_IN["own_use"],))
        for name in (product.name, *product.aliases, *other_names(product.name, drugs)):
            _add(builder, name, tuple(ids))
    for name in _company_names(document.employer):
        _add(builder, name, (BUILT_IN["own_company"],))
    for company in document.competitors:
        for name in _company_names(company):
            _add(builder, name, (BUILT_IN["rival_company"],))
    for name in document.confidential_words:
        _add(builder, name, (BUILT_IN["confidential_word"],))
    index = builder.build()
    known = frozenset(index.heads)
    return ProfileIndex(
        profile_key(document), index, Splitter(lambda word: word in known or word in words), known
    )


def _add(index: TermBuilder, name: str, ids: tuple[int, ...]) -> None:
    words = term_tokens(fold(name).text)
    index.add(words, ids)
    if words and len(words[-1]) >= _MIN_PLURAL and words[-1].isalpha() and not words[-1].endswith("s"):
        index.add((*words[:-1], words[-1] + "s"), ids)


def _company_names(name: str) -> tuple[str, ...]:
    """The name, and the name without its legal form, where something telling is left."""
    words = re.findall(r"[^\s,.()]+", name)
    short = [word for word in words if word.lower() not in _LEGAL_FORMS]
    names = [" ".join(words), " ".join(short)]
    return tuple(dict.fromkeys(one for one in names if len(one) > 1))
