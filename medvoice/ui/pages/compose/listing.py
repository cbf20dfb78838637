"""Which findings the page shows, under which stable key, and where they lie in the text of the editor. Pure.

A finding keeps its key while the same rule finds the same words, wherever they move, so that an open card and
what is typed into it survive the next check.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medvoice.domain.draft import Draft, body_offset
from medvoice.domain.level import LEVEL_ORDER, Level
from medvoice.ui.pages.compose.suggesting import in_context

if TYPE_CHECKING:
    from medvoice.domain.finding import Finding, Fix
    from medvoice.services.standing import ChannelStanding, Left, Standing

# Rules whose insertion is the sentence that the switch of the channel adds.
DISCLOSURE_RULES = ("GL-DISC",)
# Possible side effects go to safety together, under one reference: one card stands for all of them.
ROUTE, EVENT_KEY = "route", "event_all"


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as a card shows it; `more` other places of the same suggestion, or other possible side
    effects, stand behind it."""

    key: str
    channel: str
    finding: "Finding"
    suggestion: tuple[str, str] | None
    more: int = 0


def open_findings(each: "ChannelStanding") -> "tuple[Finding, ...]":
    """Blocks that stand, open warnings, and suggestions."""
    advice = [finding for finding in each.result.findings if finding.level is Level.ADVISE]
    return (*each.blocks, *each.open_warnings, *advice)


def keyed(each: "ChannelStanding") -> "list[tuple[str, Finding]]":
    """The open findings of a channel with their keys. Suggestions of one rule share a key, and so do possible
    side effects."""
    from hashlib import sha256  # its library is loaded with the first finding, not at a start

    seen: Counter[tuple[str, str]] = Counter()
    found: list[tuple[str, Finding]] = []
    for finding in open_findings(each):
        if finding.lift == ROUTE:
            found.append((EVENT_KEY, finding))
            continue
        if finding.level is Level.ADVISE:
            found.append((f"{finding.rule}_all", finding))
            continue
        number = seen[finding.rule, finding.quote]
        seen[finding.rule, finding.quote] += 1
        words = sha256(finding.quote.encode("utf-8", "replace")).hexdigest()[:6]
        found.append((f"{finding.rule}_{words}_{number}", finding))
    return found


def shown(standing: "Standing") -> tuple[Shown, ...]:
    """What is open, by severity and place; the same words found on two channels are one."""
    first: dict[str, Shown] = {}
    places: dict[str, set[tuple[str, int]]] = {}
    for each in standing.per_channel:
        text = each.document.text
        for key, finding in keyed(each):
            places.setdefault(key, set()).add((finding.quote, finding.start))
            if key not in first:
                fix = finding.fixes[0] if finding.fixes else None
                suggestion = in_context(text, fix) if fix else None
                first[key] = Shown(key, each.channel, finding, suggestion)
    made = [
        Shown(one.key, one.channel, one.finding, one.suggestion, _more(one, standing))
        for one in first.values()
    ]
    return tuple(sorted(made, key=lambda one: (LEVEL_ORDER[one.finding.level], one.finding.start)))


def _more(one: Shown, standing: "Standing") -> int:
    if one.finding.level is not Level.ADVISE and one.key != EVENT_KEY:
        return 0
    each = next(each for each in standing.per_channel if each.channel == one.channel)
    return sum(key == one.key for key, _ in keyed(each)) - 1


def counts(standing: "Standing") -> tuple[int, int]:
    """How many must be fixed and how many are to be checked, each once for all channels."""
    levels = [one.finding.level for one in shown(standing)]
    return levels.count(Level.BLOCK), levels.count(Level.WARN)


def things_left(standing: "Standing") -> "tuple[Left, ...]":
    """What is left, the same words found on two channels once, and all possible side effects as one thing."""
    texts = {each.channel: each.document.text for each in standing.per_channel}
    seen: set[tuple[str, str, str]] = set()
    found: list[Left] = []
    counted: Counter[tuple[str, str, str, str]] = Counter()
    events = {
        (each.channel, finding.rule)
        for each in standing.per_channel
        for finding in each.blocks
        if finding.lift == ROUTE
    }
    for item in standing.left:
        quote = texts.get(item.channel, "")[item.start : item.end]
        counted[item.kind, item.code, item.channel, quote] += 1
        number = counted[item.kind, item.code, item.channel, quote]
        mark = (item.kind, item.code, f"{quote}\0{number}")
        if (item.channel, item.code) in events:
            mark = (item.kind, ROUTE, "")
        is_finding = item.kind in ("block", "warning")
        if not is_finding or mark not in seen:
            seen.add(mark)
            found.append(item)
    return tuple(found)


def is_in(draft: Draft, channel: str, layer: str) -> bool:
    """Whether the editor shows this channel's words: its own text, or the main text it follows."""
    has_own = draft.variant(channel).text is not None
    return channel == layer if layer else not has_own


def marks_for(
    draft: Draft, layer: str, standing: "Standing", length: int
) -> list[tuple[int, int, str, str, str]]:
    """(start, end, level, key, title) for the editor, code points of its text of `length`. What lies in the
    added sentence or in a text that is not shown is left out."""
    marks: dict[tuple[int, int], tuple[int, int, str, str, str]] = {}
    for each in standing.per_channel:
        if not is_in(draft, each.channel, layer):
            continue
        offset = body_offset(draft, each.channel)
        for key, finding in keyed(each):
            start, end = finding.start - offset, finding.end - offset
            if 0 <= start < end <= length:
                marks.setdefault((start, end), (start, end, str(finding.level), key, finding.message))
    return list(marks.values())


def fix_in_body(draft: Draft, channel: str, fix: "Fix", length: int) -> tuple[int, int, str] | None:
    """A fix in code points of the channel's body of `length`, None when it is about the added sentence. The
    blank line before that sentence is not of the body: what a fix says of it is left out."""
    offset = body_offset(draft, channel)
    start, end = max(fix.start - offset, 0), min(fix.end - offset, length)
    is_of_body = fix.start - offset < length or (fix.start == fix.end and not length)
    return (start, end, fix.replacement) if is_of_body and start <= end else None


def adds_sentence(one: Shown, draft: Draft) -> bool:
    """Whether the fix only puts a personal-view sentence before a text that has none."""
    if not one.finding.fixes or draft.variant(one.channel).disclaimer:
        return False
    fix = one.finding.fixes[0]
    return fix.start == fix.end and one.finding.rule.startswith(DISCLOSURE_RULES)


def event_rules(standing: "Standing") -> tuple[str, ...]:
    """The rules of all possible side effects that wait for an answer, in the present words."""
    found = [finding for each in standing.per_channel for finding in each.blocks if finding.lift == ROUTE]
    return tuple(dict.fromkeys(finding.rule for finding in found))
