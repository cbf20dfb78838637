"""What a pattern of a pack may look like, so that no text can make the checker slow.

Python's `re` holds the interpreter for as long as it backtracks (checker reference, section 5), so a pattern
that could run away must not load.
"""

import re
import warnings
from collections.abc import Iterable
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _parser as _sre  # pyright: ignore

MAX_LENGTH = 200
MAX_REPEAT = 60
MAX_PRODUCT = 400
SIGNS = "@#$€£%▼"
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


class PatternError(ValueError):
    """A pattern that is not allowed; the text says why."""


def compile_pattern(source: str, anchors: Iterable[str]) -> re.Pattern[str]:
    """Compile after checking: at most 200 characters; an anchor that is a literal of three signs or more,
    one of SIGNS, "0-9" (any digit) or a `@class`; every repeat bounded by 60, nested at most two deep and 400
    in product; no backreference; never the empty match. Raises PatternError.
    """
    if len(source) > MAX_LENGTH:
        raise PatternError(f"longer than {MAX_LENGTH} characters")
    anchors = tuple(anchors)
    if not anchors:
        raise PatternError("no anchor")
    for anchor in anchors:
        if not (anchor == "0-9" or anchor.startswith("@") or len(anchor) >= 3 or anchor in SIGNS):
            raise PatternError(f"anchor {anchor!r} is too short")
    try:
        compiled = re.compile(source)
        tree: Any = _sre.parse(source)  # pyright: ignore
    except (re.error, RecursionError, OverflowError) as problem:
        raise PatternError(str(problem)) from None
    _walk(tree, depth=0, product=1)
    if compiled.match(""):
        raise PatternError("matches the empty text")
    return compiled


def _walk(node: Any, depth: int, product: int) -> None:
    for operation, argument in node:
        name = str(operation)
        if name.startswith("GROUPREF"):
            raise PatternError("holds a backreference")
        if name in _REPEATS:
            _repeat(argument, depth, product)
        elif name == "SUBPATTERN":
            _walk(argument[3], depth, product)
        elif name == "BRANCH":
            for branch in argument[1]:
                _walk(branch, depth, product)
        elif name in ("ASSERT", "ASSERT_NOT"):
            _walk(argument[1], depth, product)
        elif name == "ATOMIC_GROUP":
            _walk(argument, depth, product)


def _repeat(argument: Any, depth: int, product: int) -> None:
    most = int(argument[1])
    if most > MAX_REPEAT:
        raise PatternError(f"a repeat without a bound of {MAX_REPEAT} or less")
    if most > 1:
        depth, product = depth + 1, product * most
    if depth > 2 or product > MAX_PRODUCT:
        raise PatternError("repeats inside repeats go too far")
    _walk(argument[2], depth, product)
