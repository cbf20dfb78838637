"""Where in a pack's files a mistake stands that shows only when rules are put together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from medvoice.compliance.schema import line_of
from medvoice.compliance.spec import BUILT_IN_CLASSES
from medvoice.domain.errors import PackError

_CLASS = re.compile(r"^\s*\[class\.(\w+)\]", re.MULTILINE)
_HEAD = re.compile(r"^\s*\[", re.MULTILINE)


def placed(problems: Iterable[PackError], sources: Mapping[str, str]) -> tuple[PackError, ...]:
    """The problems, those without a file with file and line, and with a name that may be meant where a class
    is unknown. Pure."""
    return tuple(one if "file" in one.params else _placed(one, sources) for one in problems)


def _placed(problem: PackError, sources: Mapping[str, str]) -> PackError:
    params = dict(problem.params)
    pack, rule, key = (str(params.get(name, "")) for name in ("pack", "rule", "key"))
    for name, line in _lines(pack, rule, key, sources):
        params |= {"file": name, "line": line}
        break
    if key.startswith("@") and (meant := _meant(key, sources)):
        params["reason"] = f"{params.get('reason', '')}; did you mean {meant!r}?"
    return PackError(problem.code, **params)


def _lines(pack: str, rule: str, key: str, sources: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The file of the pack that holds the rule, and the line of the key or of its word inside the rule."""
    named = re.compile(rf"""^\s*id\s*=\s*["']{re.escape(rule)}["']""", re.MULTILINE)
    for name in sorted(sources):
        if name.rpartition("/")[0].rpartition("/")[2] != pack:
            continue
        text = sources[name]
        found = named.search(text)
        if found is None:
            continue
        after = _HEAD.search(text, found.end())
        at = text.find(key, found.end(), after.start() if after else len(text)) if key else -1
        yield name, text.count("\n", 0, at) + 1 if at >= 0 else line_of(text, "rule", rule, key)


def _meant(key: str, sources: Mapping[str, str]) -> str:
    names = {name for text in sources.values() for name in _CLASS.findall(text)}
    close = get_close_matches(key[1:], sorted(names | set(BUILT_IN_CLASSES)), 1, 0.75)
    return f"@{close[0]}" if close else ""
