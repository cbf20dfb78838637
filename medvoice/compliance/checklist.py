"""Which boxes a person must tick for this text. The items are data (core/checklist.toml)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from medvoice.compliance.spec import ChecklistSpec
from medvoice.domain.finding import CheckResult, Document

DISMISSED = ("dismissed", "dismissed_warning")
_ORDER = {"core": 0, "triggered": 1, "standing": 2}


@dataclass(frozen=True, slots=True)
class Item:
    """One box. `trigger` names what asked for it, "" for core and standing items."""

    code: str
    text: str
    note: str
    kind: Literal["core", "triggered", "standing"]
    trigger: str


def items_for(
    result: CheckResult,
    document: Document,
    has_image: bool,
    dismissed_warnings: bool,
    *,
    checklist: Iterable[ChecklistSpec],
) -> tuple[Item, ...]:
    """Core items always, then those this text or situation asks for, then the standing ones. Pure."""
    seen = set(result.atoms)
    if has_image or document.image_count:
        seen.add("image")
    if dismissed_warnings:
        seen.update(DISMISSED)
    found: list[Item] = []
    for spec in checklist:
        trigger = next((name for name in spec.triggers if name in seen), "")
        if spec.kind == "triggered" and not trigger:
            continue
        found.append(
            Item(spec.code, spec.text, spec.note, spec.kind, trigger if spec.kind == "triggered" else "")
        )
    return tuple(sorted(found, key=lambda item: (_ORDER[item.kind], item.code)))
