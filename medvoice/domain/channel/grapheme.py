"""Where a text may be cut without breaking a character as readers see it.

A cautious reading of Unicode Standard Annex 29 with what the standard library knows: it may keep together
what the annex would part (anything after a joiner), never the other way round for marks, tones, tags,
joiners, Hangul syllables and CR LF. Emoji made of several code points are in `emoji`.
"""

import unicodedata

JOINER = "\u200d"
_EXTENDING_CATEGORIES = frozenset({"Mn", "Mc", "Me"})


def _extends(char: str) -> bool:
    """Marks, variation selectors, joiners, skin tones and tags belong to what stands before them."""
    return (
        unicodedata.category(char) in _EXTENDING_CATEGORIES
        or char in "\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_syllable(before: str, after: str) -> bool:
    """Whether two Hangul code points belong to one syllable."""
    if "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb":
        return (
            "\u1100" <= before <= "\u11ff" or "\ua960" <= before <= "\ua97c" or "\uac00" <= before <= "\ud7fb"
        )
    is_leading = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    return is_leading and (
        "\u1100" <= after <= "\u115f" or "\ua960" <= after <= "\ua97c" or "\uac00" <= after <= "\ud7a3"
    )


def is_boundary(text: str, index: int) -> bool:
    """Whether `text` may be cut before `index` (code points). Its two ends are boundaries."""
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if before == JOINER or _extends(after) or _is_syllable(before, after):
        return False
    return not ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")


def boundary_before(text: str, index: int) -> int:
    """The nearest boundary at or before `index`."""
    index = min(max(index, 0), len(text))
    while not is_boundary(text, index):
        index -= 1
    return index
