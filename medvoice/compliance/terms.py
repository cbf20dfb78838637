"""The small language of terms: brace expansion and its limits. See resources/packs/FORMAT.md."""

from functools import lru_cache

MAX_EXPANSIONS = 1200


class TermError(ValueError):
    """A term that cannot be read; the text says why."""


@lru_cache(maxsize=16_384)
def expand(term: str) -> tuple[str, ...]:
    """All wordings of `term` with its braces expanded, in the order written, without doubles.

    Raises TermError for unbalanced braces and more than MAX_EXPANSIONS wordings.
    """
    if "{" not in term and "}" not in term:
        return (term,)
    wordings, position = _sequence(term, 0, depth=0)
    if position != len(term):
        raise TermError(f"unbalanced brace in {term!r}")
    return tuple(dict.fromkeys(" ".join(wording.split()) for wording in wordings))


def forget_expanded() -> None:
    """Give back the memory of what `expand` remembers; for when everything is compiled. Any thread."""
    expand.cache_clear()


def _sequence(term: str, position: int, depth: int) -> tuple[list[str], int]:
    """Read until the end, or inside braces until `,` or `}`. Returns the wordings and where it stopped."""
    wordings = [""]
    while position < len(term):
        char = term[position]
        if char == "{":
            options, position = _options(term, position + 1, depth + 1)
            wordings = [head + tail for head in wordings for tail in options]
            if len(wordings) > MAX_EXPANSIONS:
                raise TermError(f"more than {MAX_EXPANSIONS} wordings in {term!r}")
            continue
        if depth and char in ",}":
            break
        if char == "}":
            raise TermError(f"unbalanced brace in {term!r}")
        wordings = [head + char for head in wordings]
        position += 1
    return wordings, position


def _options(term: str, position: int, depth: int) -> tuple[list[str], int]:
    if depth > 4:
        raise TermError(f"braces too deep in {term!r}")
    options: list[str] = []
    while True:
        wordings, position = _sequence(term, position, depth)
        options.extend(wordings)
        if position >= len(term):
            raise TermError(f"unbalanced brace in {term!r}")
        if term[position] == "}":
            return options, position + 1
        position += 1
