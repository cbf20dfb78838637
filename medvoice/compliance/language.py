"""Which language a sentence is in: script, function words, letters and endings.

A guess that says "" when it is not sure. English, which most sentences are, is told at once by its function
words; only where other languages may be meant are they weighed against each other.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set

from medvoice.compliance.language_words import FUNCTION_WORDS, TOPIC_WORDS

_LETTERS = {
    "de": "ßÄÖÜäöü",
    "fr": "çœèêëîïùûÀÉÈàé",
    "es": "ñ¿¡áéíóúÑ",
    "it": "àèéìòù",
    "pt": "ãõçáàâéêíóôú",
    "nl": "ëï",
    "sv": "åäöÅÄÖ",
    "da": "æøåÆØÅ",
    "no": "æøåÆØÅ",
    "pl": "ąćęłńóśźżĄĆĘŁŃŚŹŻ",
    "tr": "ğışçöüİĞŞı",
}
# Telling alone: hardly any other of these languages has them.
_SURE_LETTERS = {
    sign: language
    for language, signs in zip("de es pt pl tr fr".split(), "ß ñ¿¡ ãõ łęążśćń ğşı œ".split(), strict=True)
    for sign in signs
}
_ENDINGS = {
    "de": ("ungen", "ung", "keit", "heit", "lich", "ische", "ischen", "chen"),
    "fr": ("tion", "ment", "eux", "euse", "ique", "aient", "eur", "eurs", "ees"),
    "es": ("cion", "ciones", "mente", "dad", "dades", "ando", "iendo", "amos", "ados"),
    "it": ("zione", "zioni", "mente", "ita", "ando", "endo", "iamo", "ati", "isti"),
    "pt": ("cao", "coes", "mente", "dade", "dades", "ando", "endo", "amos", "ados"),
    "nl": ("heid", "heden", "lijk", "lijke", "ijk", "ij", "ing", "ingen", "eerd"),
    "sv": ("ningar", "ning", "het", "heten", "ligt", "arna", "erna", "ade"),
    "da": ("ninger", "ning", "hed", "heden", "ligt", "erne", "ede"),
    "no": ("ninger", "ning", "het", "heten", "lig", "ene", "ede", "elser"),
    "pl": ("ow", "ach", "ami", "osc", "nia", "nie", "ych", "ego", "emy"),
    "tr": ("lar", "ler", "lari", "leri", "dir", "yor", "iyor", "mak", "mek", "ndan", "inde", "dan"),
}
_WORDS = {
    language: frozenset((words + TOPIC_WORDS.get(language, "")).split())
    for language, words in FUNCTION_WORDS.items()
}
_OTHERS = frozenset[str]().union(*(words for language, words in _WORDS.items() if language != "en"))
_ENGLISH = _WORDS["en"]
EVERYDAY = _ENGLISH
_ENGLISH_ONLY = _ENGLISH - _OTHERS
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _language, _words in _WORDS.items():
    for _word in _words:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _language)

_ENGLISH_SURE = frozenset(("the", "and", "of", "with"))
# Function words of other languages that English texts hold too: as words, names or borrowed.
_ALSO_ENGLISH = frozenset(
    """
        die war man hat was van den dan ben mit bin pod sin dos per des sans nos note fast al la le el as on
        an no do me he so si se ten we hun op kan hen tak bez art ale ma mi tu ha ne fra over under for men
        alle mere end her i am also da in uns du son mon ton nun gar ohne chez que qui del dal lui lei era
        arts bare bent boa chi co come door dove encore fare fur god gun hay heel hem hoe ilk jest maladies
        met mod muss non nova once par pas patients plus pour premier premiere primer question salute sit
        studies studio tack tag till tot tout want week
        fin ser tem ate ole hans os nu vi hon er sig de en un una uno van ist bis vor von
    """.split()
)
MIN_WORDS = 4
MANY_HITS = 4
MIN_HITS = 2
_SHARE = 8
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LATIN = re.compile(r"[A-Za-z]")
CLEARLY, SURELY = 0.1, 0.3  # by how much letters must lead: where words say nothing, where they say otherwise


def guess(
    words: Sequence[str], count: int, folded: str, text: str, vocabulary: Set[str] = frozenset()
) -> str:
    """A language code, the lower-case name of a script ("cyrillic", "cjk"...), or "" when unsure.

    `words` are the words of the sentence outside hashtags, folded, perhaps with signs between; `count` says
    how many are words. `text` is the sentence as given, whose accents tell; `vocabulary` are everyday English
    words. Names and tags alone give "".
    Right on 98 of 100 sentences of ten languages, on 93 of 100 mostly short ones written later, and "" for
    the rest (tests/unit/compliance/test_checker_language.py); Danish and Norwegian are not told apart surely.
    """
    if not folded.isascii() and (script := _script(folded)):
        return script
    if count < MIN_WORDS:
        return _by_letters(text) if count > 1 and not text.isascii() else ""
    english = len(_ENGLISH_ONLY.intersection(words)) + len(_ENGLISH_SURE.intersection(words))
    if english >= MIN_HITS and english * 2 >= count:
        return "en"
    others = len(_OTHERS.intersection(words))
    if (english >= MIN_HITS and english >= others) or (english and not others):
        return "en"
    seen = set(words)
    # Where half of the words are English, one or two that are not make no other language.
    may_be_english = english > 0 or len(vocabulary & seen) * 2 >= count
    if not english and not others and text.isascii():
        return "" if may_be_english else _by_triples(seen, text)
    best, is_sure = _weigh(seen, text, count, english, vocabulary)
    if best and best != "en" and not is_sure:
        # Few words, which other languages may have too: their letters must not say otherwise.
        return "" if len(vocabulary & seen) * 2 >= count else _by_triples(seen, text, SURELY) or best
    return best or ("" if may_be_english else _by_triples(seen, text))


def _by_triples(seen: set[str], text: str, least: float = CLEARLY) -> str:
    """By three letters in a row, where words do not tell and English is unlikely; "" where they do not lead
    by `least`, or no word and no letter speaks for that language at all: medical words look like Latin's
    daughters to letters alone."""
    if sum(word[:1].islower() for word in text.split()) < MIN_HITS:
        return ""  # names
    # Most posts never come here, and are not to pay for the table.
    from medvoice.compliance.language_triples import by_triples

    language, lead = by_triples(text)
    if lead < least or language == "en":
        return language if lead >= least else ""
    is_borne_out = not seen.isdisjoint(_WORDS[language]) or not set(text).isdisjoint(_LETTERS[language])
    return language if is_borne_out else ""


def _weigh(seen: set[str], text: str, count: int, english: int, vocabulary: Set[str]) -> tuple[str, bool]:
    """The language with the most function words, letters and endings, if it leads and something is sure; and
    whether a lot is sure."""
    hits: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    scores: dict[str, float] = {}
    # Sorted, so that sums are the same in every run. A word said twice ("non-toxic, non-sedating") hints
    # once.
    for word in sorted(seen & _BY_WORD.keys()):
        languages = _BY_WORD[word]
        for language in languages:
            hits[language] += 1
            scores[language] = scores.get(language, 0.0) + 0.6 + 0.8 / len(languages)
        if len(languages) == 1 and len(word) > 1 and word not in _ALSO_ENGLISH and word not in vocabulary:
            sure[languages[0]] += 1
    if not text.isascii():
        _weigh_letters(set(text), hits, sure, scores)
    long = [word for word in seen if len(word) > 4]
    for language in scores.keys() & _ENDINGS.keys():
        endings = _ENDINGS[language]
        scores[language] += 0.25 * len([word for word in long if word.endswith(endings)])
    if not scores:
        return "", False
    (best, most), *rest = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    lead = most - (rest[0][1] if rest else 0.0)
    if best != "en" and (hits[best] * _SHARE < count or not (sure[best] or hits[best] >= MANY_HITS)):
        return "", False
    if hits[best] >= MIN_HITS:
        is_first = lead >= 0.2 or best == "no"
    else:
        is_first = bool(sure[best]) and not english and lead >= 0.5
    return best if is_first else "", sure[best] >= MIN_HITS


def _weigh_letters(
    letters: set[str], hits: Counter[str], sure: Counter[str], scores: dict[str, float]
) -> None:
    for language, signs in _LETTERS.items():
        found = len(letters.intersection(signs))
        if found:
            scores[language] = scores.get(language, 0.0) + 0.4 + 0.2 * found
            sure[language] += language in hits
    for sign in letters & _SURE_LETTERS.keys():
        language = _SURE_LETTERS[sign]
        scores[language] = scores.get(language, 0.0) + 1.5
        hits[language] += 1
        sure[language] += 1


def _by_letters(text: str) -> str:
    """For two or three words: a letter that hardly any other language has, twice or in two words."""
    found = Counter(_SURE_LETTERS[char] for char in text if char in _SURE_LETTERS)
    if not found:
        return ""
    best, most = found.most_common(1)[0]
    return best if most >= MIN_HITS and len(found) == 1 else ""


def _script(folded: str) -> str:
    """The script of a sentence whose letters are mostly not Latin, "" otherwise."""
    foreign = [char for char in _NOT_ASCII.findall(folded) if char.isalpha()]
    if len(foreign) < 2 or len(foreign) <= len(_LATIN.findall(folded)):
        return ""
    names = Counter(unicodedata.name(char, "").partition(" ")[0].lower() for char in foreign[:200])
    name = names.most_common(1)[0][0]
    return "" if name in ("latin", "", "mathematical") else name
