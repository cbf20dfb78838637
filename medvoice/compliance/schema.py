"""Reading a TOML table strictly: typed getters, unknown keys, and where in the file a key stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import cast

_MISSING = object()


class SpecError(ValueError):
    """A mistake of meaning at one key."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SyntaxPlace:
    line: int
    column: int
    reason: str


def syntax_place(message: str, text: str) -> SyntaxPlace:
    """Line and column (from 1) out of tomllib's message; at the end of the text where it names none."""
    match = re.search(r"\(at line (\d+), column (\d+)\)", message)
    reason = message.partition(" (at ")[0]
    if match:
        return SyntaxPlace(int(match[1]), int(match[2]), reason)
    lines = text.split("\n")
    return SyntaxPlace(len(lines), len(lines[-1]) + 1, reason)


def line_of(text: str, section: str, owner: str, key: str, number: int = 0) -> int:
    """The line (from 1) where `key` stands inside the `[[section]]` with id `owner`, or the `number`-th one
    when the id says nothing; the section's own line if the key is not written there; 1 as a last resort."""
    lines = text.split("\n")
    heads = [
        index
        for index, line in enumerate(lines)
        if re.match(rf"\s*\[{{1,2}}{re.escape(section)}(?:\.\w+)?\]", line)
    ]
    if not heads:
        return 1
    starts = [*heads, len(lines)]
    chosen = min(number, len(heads) - 1)
    for index in range(len(heads)):
        block = lines[heads[index] : starts[index + 1]]
        named = (
            rf"""\s*(?:\[{section}\.{re.escape(owner)}\]|(?:id|code|rule)\s*=\s*["']{re.escape(owner)}["'])"""
        )
        if owner and any(re.match(named, line) for line in block):
            chosen = index
    names = [re.escape(part) for part in key.split(".") if part]
    for index in range(heads[chosen], starts[chosen + 1]):
        line = lines[index]
        if names and re.match(rf"\s*(?:\[\[?{section}\.)?{names[0]}\b", line):
            return index + 1
    return heads[chosen] + 1


class Table:
    """A view of one table that remembers what was read; `finish` refuses the rest."""

    def __init__(self, row: Mapping[str, object], prefix: str = "") -> None:
        self._row = row
        self._prefix = prefix
        self._seen: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._row

    def error(self, key: str, reason: str) -> SpecError:
        return SpecError(f"{self._prefix}{key}", reason)

    def _get(self, key: str, default: object) -> object:
        self._seen.add(key)
        value = self._row.get(key, _MISSING)
        if value is _MISSING:
            if default is _MISSING:
                raise self.error(key, "is missing")
            return default
        return value

    def text(self, key: str, default: object = _MISSING) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.error(key, "must be a text")
        if default is _MISSING and not value.strip():
            raise self.error(key, "is empty")
        return value

    def texts(self, key: str, default: object = _MISSING) -> tuple[str, ...]:
        value = self._get(key, default)
        if not isinstance(value, list | tuple):
            raise self.error(key, "must be a list of texts")
        items = cast(Iterable[object], value)
        found = tuple(item for item in items if isinstance(item, str))
        if len(found) != len(value):  # pyright: ignore[reportUnknownArgumentType]
            raise self.error(key, "must be a list of texts")
        if default is _MISSING and not found:
            raise self.error(key, "is empty")
        return found

    def integer(self, key: str, default: int | None = None) -> int | None:
        value = self._get(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(key, "must be a whole number")
        return value

    def boolean(self, key: str, default: bool) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false")
        return value

    def choice(self, key: str, allowed: Iterable[str], default: object = _MISSING) -> str:
        value = self.text(key, default)
        allowed = tuple(allowed)
        if value not in allowed and value != default:
            near = get_close_matches(value, allowed, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise self.error(key, f"{value!r} is none of {', '.join(allowed)}{hint}")
        return value

    def day(self, key: str) -> date:
        value = self._get(key, _MISSING)
        if type(value) is not date:
            raise self.error(key, "must be a date (2026-11-01)")
        return value

    def value(self, key: str, default: object = None) -> object:
        return self._get(key, default)

    def table(self, key: str) -> "Table | None":
        value = self._get(key, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.error(key, "must be a table")
        return Table(cast(dict[str, object], value), f"{self._prefix}{key}.")

    def tables(self, key: str) -> tuple["Table", ...]:
        value = self._get(key, ())
        if not isinstance(value, list | tuple):
            raise self.error(key, "must be a list of tables")
        rows: list[Table] = []
        for item in cast(Iterable[object], value):
            if not isinstance(item, dict):
                raise self.error(key, "must be a list of tables")
            rows.append(Table(cast(dict[str, object], item), f"{self._prefix}{key}."))
        return tuple(rows)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._row)

    def finish(self) -> None:
        """Raises SpecError for the first key nobody asked for."""
        for key in self._row:
            if key not in self._seen:
                near = get_close_matches(key, self._seen, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise self.error(key, f"is no known key{hint}")
