"""Which language a sentence is in: script and function words. A guess that says "" when it is not sure."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

_FUNCTION_WORDS = {
    "en": """
        the of and to in is was for that with on are this it as be at by from have has not but an or
        we you i my our your they were will can what when who how about more than their which been
        there had would
    """,
    "de": """
        der die das und ist nicht mit von für fur den dem ein eine einen einer zu im auf auch sich
        ich wir sie es wird werden wurde haben hat sind war aus nach bei dass als wie oder aber
        bitte sehr über uber zum zur durch meine mein keine kein noch nur wenn unser unsere arbeite
    """,
    "fr": """
        le la les des du une est et dans pour que qui sur pas avec au aux ce cette sont par plus ne
        nous vous je il elle mais ou très tres être etre été ete mes ses notre votre chez sans leur
        ont avons fait
    """,
    "es": """
        el los las del una es y en para que por con no se su al como más mas pero sus este esta son
        muy fue ha han nuestro nuestra todos sobre también tambien hoy gracias
    """,
    "it": """
        il lo gli della del che di è per con una sono nel alla dei delle questo questa non più piu
        come anche ma ha hanno molto grazie nostro oggi
    """,
    "pt": """
        os das dos uma é para com não nao que em por mais como foi são sao muito seu sua mas pelo
        pela nos hoje obrigado obrigada nosso nossa também
    """,
    "nl": """
        de het een van en is niet met voor op dat zijn aan ook er maar om bij naar dit wij ik je
        wordt deze onze mijn heeft werd
    """,
    "sv": """
        och att det som en är ar på pa för for av med den till inte har om ett var vi jag men
    """,
    "da": """
        og at det som en er på pa for af med den til ikke har om et var vi jeg men
    """,
    "pl": """
        i w na z do nie jest to się sie że ze dla jak od po są sa ale przez oraz tylko
    """,
    "tr": """
        ve bir bu için icin ile da de çok cok olarak daha olan ama gibi
    """,
}
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _language, _words in _FUNCTION_WORDS.items():
    for _word in set(_words.split()):
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _language)

MIN_WORDS = 4
MIN_HITS = 2


def guess(words: Sequence[str], folded: str) -> str:
    """A language code, the lower-case name of a script ("cyrillic", "cjk"...), or "" when unsure.

    `words` are the words of the sentence outside hashtags, folded. Names and tags alone give "".
    """
    if not folded.isascii():
        script = _script(folded)
        if script:
            return script
    if len(words) < MIN_WORDS:
        return ""
    counts: Counter[str] = Counter()
    for word in set(words):  # twice the same word ("non-toxic, non-addictive") is one hint
        for language in _BY_WORD.get(word, ()):
            counts[language] += 1
    if not counts:
        return ""
    (best, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    if most < MIN_HITS or most == second or (best != "en" and most * 8 < len(words)):
        return ""
    return best


def _script(folded: str) -> str:
    """The script of a sentence whose letters are mostly not Latin, "" otherwise."""
    letters = [char for char in folded if char.isalpha()]
    foreign = [char for char in letters if not char.isascii()]
    if len(foreign) < 2 or len(foreign) * 2 <= len(letters):
        return ""
    names = Counter(unicodedata.name(char, "").partition(" ")[0].lower() for char in foreign[:200])
    name = names.most_common(1)[0][0]
    return "" if name in ("latin", "", "mathematical") else name
