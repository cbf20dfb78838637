"""Round quotes, dashes and the ellipsis while typing; off unless the person wants it. Pure."""

OPENERS = ' \t\n\u00a0([{\u2014\u2013\u201c\u2018"'


def typeset(before: str, sign: str) -> tuple[int, str] | None:
    """What a typed sign becomes after the words `before` it: how many characters before it go, and what
    comes. None when the sign stays as it is. Links keep their signs."""
    last_word = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if "://" in last_word or "@" in last_word:
        return None
    is_opening = not before or before[-1] in OPENERS
    if sign == '"':
        return 0, "\u201c" if is_opening else "\u201d"
    if sign == "'":
        return 0, "\u2018" if is_opening else "\u2019"
    if sign == "-" and before.endswith("\u2013"):
        return 1, "\u2014"
    if sign == "-" and before.endswith("-"):
        return 1, "\u2013"
    if sign == "." and before.endswith("..") and not before.endswith("..."):
        return 2, "\u2026"
    return None
