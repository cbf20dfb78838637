"""What a person writes: a draft with its per-channel variants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CHANNELS = ("linkedin", "x")
CHANNEL_NAMES = {"linkedin": "LinkedIn", "x": "X"}


@dataclass(frozen=True, slots=True)
class Variant:
    """How a draft goes to one channel. `text` None means: follows the main text.

    `disclaimer` is the sentence that is added on its own paragraph at `disclaimer_place`, "" for none.
    `split_marks` are offsets in code points of the channel text where the person splits the thread.
    """

    channel: str
    is_on: bool = True
    text: str | None = None
    disclaimer: str = ""
    disclaimer_place: Literal["end", "start"] = "end"
    is_numbered: bool = False
    split_marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft. `revision` rises with every change of anything that could be published or of its audience.

    `title` is private and never posted. `planned_wall` (`YYYY-MM-DD HH:MM`) with `planned_zone` is the
    moment the person has in mind before anything is scheduled, "" when none.
    """

    id: str
    title: str
    text: str
    topic_id: str | None
    audience: str
    regions: tuple[str, ...]
    variants: tuple[Variant, ...]
    revision: int
    is_idea: bool
    planned_wall: str
    planned_zone: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None

    def variant(self, channel: str) -> Variant:
        """The variant of that channel; one that is off when the draft has none."""
        for variant in self.variants:
            if variant.channel == channel:
                return variant
        return Variant(channel, is_on=False)

    @property
    def channels_on(self) -> tuple[str, ...]:
        return tuple(variant.channel for variant in self.variants if variant.is_on)


def title_of(draft: Draft) -> str:
    """The private title, or the first words of the text where there is none."""
    if draft.title.strip():
        return draft.title.strip()
    first = draft.text.strip().splitlines()[0] if draft.text.strip() else ""
    return first[:60] or "Untitled"


def channel_text(draft: Draft, channel: str) -> str:
    """The visible text of the draft on that channel, disclaimer included, trimmed of outer white space."""
    variant = draft.variant(channel)
    body = (draft.text if variant.text is None else variant.text).strip()
    sentence = variant.disclaimer.strip()
    if not sentence or not body:
        return body or sentence
    if variant.disclaimer_place == "start":
        return f"{sentence}\n\n{body}"
    return f"{body}\n\n{sentence}"


def body_offset(draft: Draft, channel: str) -> int:
    """Where the body starts in `channel_text`, in code points; add it to go from body to channel text.

    The body's own leading white space is trimmed in the channel text and is taken off as well, so the
    number may be negative.
    """
    variant = draft.variant(channel)
    raw = draft.text if variant.text is None else variant.text
    trimmed = len(raw) - len(raw.lstrip())
    sentence = variant.disclaimer.strip()
    if sentence and raw.strip() and variant.disclaimer_place == "start":
        return len(sentence) + 2 - trimmed
    return -trimmed
