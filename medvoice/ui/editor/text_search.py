"""Finding words in a text, and what they become when they are replaced. Pure; spans are code points."""

import re
from dataclasses import dataclass

# More places than this are not marked one by one: "e" in a pasted article.
MAX_MATCHES = 5000


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: `words` as typed, never a pattern."""

    words: str
    is_case_matched: bool = False
    is_whole_word: bool = False


def find_all(text: str, query: Query, limit: int = MAX_MATCHES) -> list[tuple[int, int]]:
    """(start, end) of each place in order, without overlaps; at most `limit`."""
    if not query.words:
        return []
    pattern = re.escape(query.words)
    if query.is_whole_word:
        # Only a side that is a letter or number can be in the middle of a word.
        before = r"(?<!\w)" if query.words[0].isalnum() else ""
        after = r"(?!\w)" if query.words[-1].isalnum() else ""
        pattern = before + pattern + after
    found: list[tuple[int, int]] = []
    for match in re.finditer(pattern, text, 0 if query.is_case_matched else re.IGNORECASE):
        found.append(match.span())
        if len(found) == limit:
            break
    return found


def place_after(matches: list[tuple[int, int]], position: int) -> int:
    """The number of the first place that starts at `position` or later, around the end; -1 for none."""
    for number, (start, _end) in enumerate(matches):
        if start >= position:
            return number
    return 0 if matches else -1


def place_before(matches: list[tuple[int, int]], position: int) -> int:
    """The number of the last place that starts before `position`, around the start; -1 for none."""
    for number in range(len(matches) - 1, -1, -1):
        if matches[number][0] < position:
            return number
    return len(matches) - 1
