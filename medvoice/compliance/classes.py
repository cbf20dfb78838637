"""Numbers for classes while a ruleset is compiled: word classes, rule lists and cues become integers."""

from collections.abc import Mapping, Sequence

from medvoice.compliance.fold import fold
from medvoice.compliance.language import EVERYDAY
from medvoice.compliance.lexicon import Drugs
from medvoice.compliance.scan import TermBuilder
from medvoice.compliance.spec import BUILT_IN_CLASSES, ClassSpec
from medvoice.compliance.terms import expand
from medvoice.compliance.tokens import term_tokens

LEXICON = len(BUILT_IN_CLASSES)
BUILT_IN = {name: number for number, name in enumerate(BUILT_IN_CLASSES)}


class UnknownClass(ValueError):  # noqa: N818 - names what is unknown
    """A rule speaks of a class nobody defines."""


class ClassTable:
    """Collects classes and rule lists; `index` collects all words asked for so far, and the medicine
    list; `everyday` holds the classes with a word that stands in nearly every sentence."""

    def __init__(self, specs: Sequence[ClassSpec], drugs: Drugs) -> None:
        self.names: dict[str, int] = dict(BUILT_IN)
        self._terms: dict[str, tuple[str, ...]] = {}
        self._extends: dict[str, tuple[str, ...]] = {}
        self._next = LEXICON + 1
        self._lists: dict[tuple[str, ...], int] = {}
        self.everyday: set[int] = {BUILT_IN["number"]}
        self._words_of: dict[str, tuple[tuple[str, ...], ...]] = {}
        self.index = TermBuilder()
        self.index.add_words(drugs.singles, LEXICON)
        for words in drugs.phrases:
            self.index.add(words, (LEXICON,))
        for spec in specs:
            self._terms[spec.id] = self._terms.get(spec.id, ()) + spec.terms
            self._extends[spec.id] = self._extends.get(spec.id, ()) + spec.extends

    def id_of(self, name: str) -> int | None:
        """The number of a pack's class, whose words are looked for from now on; None when undefined."""
        if name in self.names:
            return self.names[name]
        if name not in self._terms:
            return None
        number = self._new()
        self.names[name] = number
        for term in self._flat(name, ()):
            self._look_for(term, number)
        return number

    def refs(self, items: Sequence[str]) -> tuple[int, ...]:
        """Class numbers for a rule's list of terms and @classes. Raises UnknownClass."""
        words = tuple(item for item in items if not item.startswith("@"))
        numbers: list[int] = []
        for item in items:
            if item.startswith("@") and len(item) > 1 and " " not in item:
                number = self.id_of(item[1:])
                if number is None:
                    raise UnknownClass(item)
                numbers.append(number)
        if words:
            number = self._lists.get(words)
            if number is None:
                number = self._lists[words] = self._new()
                for term in words:
                    self._look_for(term, number)
            numbers.append(number)
        return tuple(dict.fromkeys(numbers))

    def _new(self) -> int:
        self._next += 1
        return self._next - 1

    def _flat(self, name: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if name in above:
            return ()
        terms = self._terms.get(name, ())
        for other in self._extends.get(name, ()):
            terms += self._flat(other, (*above, name))
        return terms

    def _look_for(self, term: str, number: int) -> None:
        words_of = self._words_of.get(term)
        if words_of is None:
            words_of = self._words_of[term] = tuple(_words(wording) for wording in expand(term))
        ids = (number,)
        for words in words_of:
            self.index.add(words, ids)
            if len(words) == 1 and words[0] in EVERYDAY:
                self.everyday.add(number)


def _words(wording: str) -> tuple[str, ...]:
    if wording.isascii():
        if wording.islower() and wording.isalpha():
            return (wording,)
        return term_tokens(wording.lower())
    return term_tokens(fold(wording).text)


def by_name(table: ClassTable, names: Sequence[str]) -> Mapping[str, int]:
    """The numbers of the classes the engine itself asks for; the undefined ones are left out."""
    found: dict[str, int] = {}
    for name in names:
        number = table.id_of(name)
        if number is not None:
            found[name] = number
    return found
