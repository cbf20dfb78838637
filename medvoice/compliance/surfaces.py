"""What goes out beside the post's own text: alt texts, a document's text, the first comment, link texts.

Each is read by all rules as a surface of its own; the post is read with them in sight, so that a medicine in
the post and its disease in an alt text still meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import CheckResult, Document, Finding, Surface

_BREAK = "\n\n"
# What can stand beside a text: a post, a profile (its headline), another's text that is shared.
ATTACHABLE: tuple[Surface, ...] = (
    "alt_text",
    "document",
    "link",
    "first_comment",
    "profile",
    "reshare",
    "comment",
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """`surface` is one of `ATTACHABLE`."""

    surface: Surface
    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The findings of one attachment, spans in its own text."""

    attachment: Attachment
    findings: tuple[Finding, ...]


def check_attached(
    document: Document,
    attachments: Sequence[Attachment],
    ruleset: Ruleset,
    as_of: date,
    cache: SentenceCache | None = None,
) -> tuple[CheckResult, tuple[Attached, ...]]:
    """The findings of the post, and of each attachment.

    Every attachment is checked alone; then all texts together, and what only shows together (a rule that
    looks at the whole post) is told where its words stand. What is missing is asked of the post alone.
    """
    cache = cache or SentenceCache()
    result = check(document, ruleset, as_of, cache)
    alone = [list(check(_as_surface(document, one), ruleset, as_of, cache).findings) for one in attachments]
    if not attachments:
        return result, ()
    together = check(
        replace(document, text=_BREAK.join((document.text, *(one.text for one in attachments))), parts=()),
        ruleset,
        as_of,
        cache,
    )
    seen = {(one.rule, one.start, one.end) for one in result.findings}
    mine = list(result.findings)
    offsets = _offsets(document, attachments)
    for one in together.findings:
        number = max((i for i, start in enumerate(offsets) if start <= one.start), default=0)
        if number == 0:
            is_new = (one.rule, one.start, one.end) not in seen and one.end <= len(document.text)
            if is_new and ruleset.by_id[one.rule].spec.kind not in ("missing", "fold"):
                mine.append(_without_far_fixes(one, 0, len(document.text)))
            continue
        start, size = offsets[number], len(attachments[number - 1].text)
        place = (one.rule, one.start - start, one.end - start)
        known = {(other.rule, other.start, other.end) for other in alone[number - 1]}
        if place not in known and one.end <= start + size:
            alone[number - 1].append(_without_far_fixes(one, start, size))
    return replace(result, findings=tuple(mine)), tuple(
        Attached(attachment, tuple(findings)) for attachment, findings in zip(attachments, alone, strict=True)
    )


def _as_surface(document: Document, attachment: Attachment) -> Document:
    return replace(document, text=attachment.text, surface=attachment.surface, parts=(), image_count=0)


def _offsets(document: Document, attachments: Sequence[Attachment]) -> list[int]:
    offsets = [0]
    end = len(document.text)
    for one in attachments:
        offsets.append(end + len(_BREAK))
        end = offsets[-1] + len(one.text)
    return offsets


def _without_far_fixes(one: Finding, start: int, size: int) -> Finding:
    """The finding in the coordinates of its own text, with the fixes that stay inside it."""
    fixes = tuple(
        replace(fix, start=fix.start - start, end=fix.end - start)
        for fix in one.fixes
        if start <= fix.start and fix.end <= start + size
    )
    return replace(one, start=one.start - start, end=one.end - start, fixes=fixes)
