"""A result as plain values, and as text for a person (as SARIF: `sarif`)."""

from collections.abc import Sequence
from typing import Protocol

from medvoice.compliance.reply import Question
from medvoice.compliance.surfaces import Attached
from medvoice.domain.finding import CheckResult, Document, Finding, Fix, Level

LEVEL_WORDS = {Level.BLOCK: "Must fix", Level.WARN: "Check", Level.ADVISE: "Suggestion"}
LIFT_WORDS = {
    "route": "Way out: tell your safety contact and note the reference.",
    "permission": "Way out: a recorded permission of your company.",
    "reviewer": "Way out: a signed answer of a reviewer who is not the author.",
}


class Piece(Protocol):
    """One post that a text makes; offsets in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Length(Protocol):
    """What a report says of a text's length (medvoice.domain.channel.measure.Measure fits)."""

    @property
    def used(self) -> int: ...
    @property
    def limit(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def parts(self) -> tuple[Piece, ...]: ...


def to_dict(
    document_id: object, document: Document, result: CheckResult, length: Length
) -> dict[str, object]:
    """The result of `medvoice check` as JSON-able values; spans are code points of the given text."""
    return {
        "id": document_id,
        "channel": document.channel,
        "regions": list(document.regions),
        "length": {
            "used": length.used,
            "limit": length.limit,
            "unit": length.unit,
            "parts": [[part.start, part.end] for part in length.parts],
        },
        "blocked": result.is_blocked,
        "findings": [_finding(one) for one in result.findings],
        "packs": [
            {
                "id": pack.id,
                "version": pack.version,
                "sha256": pack.sha256,
                "review_state": pack.review_state,
                "stale": pack.is_stale,
            }
            for pack in result.packs
        ],
        "unread": list(result.unread),
    }


def _finding(one: Finding) -> dict[str, object]:
    return {
        "rule": one.rule,
        "category": one.category,
        "severity": str(one.level),
        "span": [one.start, one.end],
        "quote": one.quote,
        "message": one.message,
        "why": one.why,
        "advice": one.advice,
        "basis": [
            {"doc": source.doc, "url": source.url, "dated": source.dated, "verified": source.is_verified}
            for source in one.basis
        ],
        "fixes": [_fix(fix) for fix in one.fixes],
        "regions": list(one.regions),
        "confidence": one.confidence,
        "cue": one.cue,
        "lift": one.lift,
        "pack": one.pack,
        "version": one.version,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {"label": fix.label, "span": [fix.start, fix.end], "replacement": fix.replacement}


def attached_dict(one: Attached) -> dict[str, object]:
    """The findings of what goes out beside the post, spans in its own text."""
    return {
        "surface": one.attachment.surface,
        "text": one.attachment.text,
        "findings": [_finding(finding) for finding in one.findings],
    }


def attached_text(one: Attached) -> str:
    """The same for a terminal."""
    name = one.attachment.surface.replace("_", " ").capitalize()
    return "\n".join([f"{name}: “{show(one.attachment.text[:80])}”", *_short(one.findings)])


def question_dict(asked: Question) -> dict[str, object]:
    """The question that is answered, spans in its own text."""
    return {
        "text": asked.text,
        "passed_on": asked.is_passed_on,
        "to_safety": asked.goes_to_safety,
        "findings": [_finding(finding) for finding in asked.findings],
        "unread": list(asked.unread),
    }


def question_text(asked: Question) -> str:
    """The same for a terminal: what to do with the question comes first."""
    lines = [f"Question: “{show(asked.text[:80])}”", *_short(asked.findings)]
    if asked.goes_to_safety:
        lines.append(f"  It may tell of a side effect. {LIFT_WORDS['route']}")
    if asked.is_passed_on:
        lines.append("  Pass it on; do not answer it here.")
    return "\n".join([*lines, *(f"  {one}" for one in asked.unread)]) + "\n"


def _short(findings: Sequence[Finding]) -> list[str]:
    lines: list[str] = []
    for finding in findings:
        lines.append(f"  {LEVEL_WORDS[finding.level]}  {finding.message}  [{finding.rule}]")
        lines.append(f"    {finding.start}-{finding.end}  “{show(finding.quote)}”  {finding.advice}")
    return lines or ["  No rule matched."]


def summary(result: CheckResult) -> str:
    """One sentence about the outcome. Never a clearance."""
    if result.findings:
        counts = [
            (sum(one.level is level for one in result.findings), LEVEL_WORDS[level]) for level in LEVEL_WORDS
        ]
        return ", ".join(f"{count} × {word}" for count, word in counts if count) + "."
    names = ", ".join(f"{pack.id.upper()} {pack.version}" for pack in result.packs)
    return f"No rule matched ({names}). Not a clearance by your company."


def notes(result: CheckResult) -> tuple[str, ...]:
    """What must be said beside every result: review state, stale packs, what was not read."""
    found: list[str] = []
    if not result.packs:
        found.append("No rules are in force, so nothing was checked.")
    if any(pack.review_state.startswith("draft") for pack in result.packs):
        found.append("Draft rules, no legal review.")
    for pack in result.packs:
        if pack.is_stale:
            found.append(
                f"The rules {pack.id.upper()} {pack.version} were due for review by {pack.review_by}."
            )
    return (*found, *result.unread)


def to_text(document: Document, result: CheckResult, length: Length) -> str:
    """Plain text for a terminal; hidden signs in quotes are shown as their names."""
    lines = [
        f"{document.channel}, {', '.join(document.regions)}: {length.used} of {length.limit} {length.unit}"
    ]
    for one in result.findings:
        lines.append("")
        lines.append(f"{LEVEL_WORDS[one.level]}  {one.message}  [{one.rule}, {one.category}]")
        lines.append(f"  {one.start}-{one.end}  “{show(one.quote)}”")
        lines.append(f"  {one.why}")
        lines.append(f"  {one.advice}")
        if one.lift:
            lines.append(f"  {LIFT_WORDS[one.lift]}")
        if one.cue:
            lines.append(f"  Lowered by “{show(one.cue)}”.")
        for source in one.basis:
            dated = f", {source.dated}" if source.dated else ""
            unsure = "" if source.is_verified else " (not verified)"
            lines.append(f"  Basis: {source.doc}{dated}{unsure} {source.url}".rstrip())
        lines.append(f"  Regions: {', '.join(one.regions)}")
    lines.append("")
    lines.append(summary(result))
    lines.extend(notes(result))
    return "\n".join(lines) + "\n"


def show(text: str) -> str:
    """`text` safe for a terminal: controls, bidi and zero-width signs and lone surrogates as ‹U+202E›."""
    return "".join(char if char.isprintable() else f"‹U+{ord(char):04X}›" for char in text)
