"""A fix as a person reads it: the sentence as it is and as it would be. Pure."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medvoice.domain.finding import Fix

_END = re.compile(r"[.!?…](?=\s)|[。！？\n\u2028\u2029]")


def in_context(text: str, fix: "Fix") -> tuple[str, str]:
    """(words now, words instead): the sentences or lines that the fix touches, whole."""
    # White space that a fix takes along does not make its neighbours its own.
    core = text[fix.start : fix.end]
    first, last = fix.end - len(core.lstrip()), fix.start + len(core.rstrip())
    left = 0
    for match in _END.finditer(text, 0, first):
        left = match.end()
    following = _END.search(text, max(last - 1, fix.start))
    left = min(left, fix.start)
    right = max(following.end() if following else len(text), fix.end)
    if text[fix.start : fix.end].strip() == text[left:right].strip():
        left, right = fix.start, fix.end
    before, after = text[left : fix.start], text[fix.end : right]
    return before + text[fix.start : fix.end] + after, before + fix.replacement + after
