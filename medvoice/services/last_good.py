"""A company's pack that cannot be read whole, and the last one that could: that one stays in force.

`medvoice pack add` lets nothing bad in. But a file can also be put into the folder by hand or by a company's
tool, and a newer MedVoice can refuse what an older one took. Pure over texts. Any thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from medvoice.compliance.pack import load_packs
from medvoice.domain.errors import PackError


@dataclass(frozen=True, slots=True)
class InForce:
    """The texts to read of a company's packs by name; the mistakes of those that are not read, whose params
    `stays` and `pack` say which version stays in force; and the names of those that are the new last good."""

    sources: dict[str, str]
    problems: tuple[PackError, ...]
    fresh: tuple[str, ...]


def in_force(own: Mapping[str, str], good: Mapping[str, str]) -> InForce:
    """What of the packs `own` is to be read, where `good` are those that could be read whole last time: in
    the place of one that has a mistake its good one stands, if there is one."""
    chosen: dict[str, str] = dict(own)
    problems: list[PackError] = []
    fresh: list[str] = []
    for name, text in own.items():
        kept = good.get(name)
        if kept == text:
            continue
        mistakes = _mistakes(name, text)
        if not mistakes:
            fresh.append(name)
            continue
        if kept is None or _mistakes(name, kept):
            continue
        chosen[name] = kept
        version = load_packs({name: kept}).packs[0].meta.version
        stem = name.rpartition("/")[0]
        problems += [
            PackError(one.code, **{**one.params, "pack": stem, "stays": version}) for one in mistakes
        ]
    return InForce(chosen, tuple(problems), tuple(fresh))


def _mistakes(name: str, text: str) -> tuple[PackError, ...]:
    """What is wrong with a pack by itself; whether the rules that it changes exist shows with the others."""
    found = load_packs({name: text})
    return tuple(
        one for one in found.problems if not (one.params.get("key") == "rule" and "to change" in str(one))
    )
