"""All offered fixes, used one after the other on every text of the corpora, come to an end.

A blocking finding may have no fix (a side effect is routed, not worded away); what is asked is that following
what is offered never runs in a circle, makes no text longer than by one sentence of views, and leaves nothing
that is still offered.
"""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from medvoice.compliance.fix import apply
from medvoice.domain.finding import Level

ROUNDS = 25
LONGER_BY_AT_MOST = 120  # a sentence of views, or "a medicine" for a short name


@cache
def quality() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "quality.py"
    spec = importlib.util.spec_from_file_location("quality_of_fixes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["quality_of_fixes"] = module
    spec.loader.exec_module(module)
    return module


@cache
def ruleset() -> object:
    return quality().read_ruleset()


def texts(name: str) -> list[str]:
    if name == "benign":
        return list(quality().benign_posts())
    return sorted({case.text for case in quality().SETS[name]()})


@pytest.mark.parametrize("name", ["own", "rounds", "blind", "benign"])
def test_following_every_fix_comes_to_an_end(name: str) -> None:
    circles: list[str] = []
    long: list[str] = []
    for text in texts(name):
        end = followed(text)
        if end is None:
            circles.append(text)
        elif len(end) > len(text) + LONGER_BY_AT_MOST:
            long.append(text)
    assert len(texts(name)) > 100
    assert circles == []
    assert long == []


def followed(text: str) -> str | None:
    """The text when nothing is offered any more; None when that never comes."""
    seen = {text}
    for _ in range(ROUNDS):
        offered = [
            finding
            for finding in quality().findings_of(text, ruleset())
            if finding.fixes and finding.level is not Level.ADVISE
        ]
        if not offered:
            return text
        text = apply(text, offered[0].fixes[0])
        if text in seen:
            return None
        seen.add(text)
    return None
