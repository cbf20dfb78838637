"""Dismissals: a warning set aside by a person, with the words it was about, a reason, a name and a time.

They stand beside the post, never in it. A dismissal holds while the same rule says the same about the same
words; otherwise it is stale and is reported, so that none lives on unseen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from medvoice.domain.errors import UserError
from medvoice.domain.finding import Finding, Level

MIN_REASON = 10


@dataclass(frozen=True, slots=True)
class Waiver:
    """`at` is an aware UTC instant."""

    rule: str
    quote: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waived:
    """What is left open, what is dismissed by which waiver, and which waivers fit nothing any more."""

    open: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, Waiver], ...]
    stale: tuple[Waiver, ...]


def make_waiver(finding: Finding, reason: str, by: str, at: datetime) -> Waiver:
    """Raises UserError `cannot_dismiss_block` or `reason_too_short` (ten characters or more)."""
    if finding.level is Level.BLOCK:
        raise UserError("cannot_dismiss_block", rule=finding.rule)
    if len(reason.strip()) < MIN_REASON:
        raise UserError("reason_too_short", least=MIN_REASON)
    return Waiver(finding.rule, finding.quote, reason.strip(), by, at)


def apply_waivers(findings: Sequence[Finding], waivers: Iterable[Waiver]) -> Waived:
    """Sort findings by their waivers. A block is never dismissed, whatever a waiver says."""
    waivers = tuple(waivers)
    by_key = {(waiver.rule, waiver.quote): waiver for waiver in waivers}
    left: list[Finding] = []
    dismissed: list[tuple[Finding, Waiver]] = []
    used: set[tuple[str, str]] = set()
    for finding in findings:
        key = (finding.rule, finding.quote)
        waiver = by_key.get(key)
        if waiver is None or finding.level is Level.BLOCK:
            left.append(finding)
        else:
            dismissed.append((finding, waiver))
            used.add(key)
    stale = tuple(waiver for waiver in waivers if (waiver.rule, waiver.quote) not in used)
    return Waived(tuple(left), tuple(dismissed), stale)
