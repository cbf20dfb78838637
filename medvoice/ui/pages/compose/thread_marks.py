"""Where the posts of an X thread begin in the text of the editor. Pure."""

from typing import TYPE_CHECKING

from medvoice.domain.draft import Draft, body_offset
from medvoice.ui.pages.compose.listing import is_in
from medvoice.ui.pages.compose.splits import is_own

if TYPE_CHECKING:
    from medvoice.services.standing import Standing


def thread_marks(draft: Draft, layer: str, standing: "Standing", length: int) -> list[tuple[int, str, bool]]:
    """(code point, "2/5", whether the person split there) for each post after the first; none where the
    editor shows other words than the thread's, or there is one post only."""
    each = next((each for each in standing.per_channel if each.channel == "x"), None)
    if each is None or not is_in(draft, "x", layer):
        return []
    parts, offset = each.measure.parts, body_offset(draft, "x")
    marks = draft.variant("x").split_marks
    return [
        (part.start - offset, f"{number + 2}/{len(parts)}", is_own(parts, marks, number))
        for number, part in enumerate(parts[1:])
        if 0 <= part.start - offset < length
    ]
