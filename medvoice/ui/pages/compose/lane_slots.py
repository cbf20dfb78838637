"""What the bar and the time panel ask of the workspace. Work lane only; no widget."""

from medvoice.domain.errors import UserError
from medvoice.services.slots import Slot, Slots, Use
from medvoice.ui.bridge import Desk
from medvoice.ui.models.clash_words import clash_sentences
from medvoice.ui.models.draft_embargo import read_embargo
from medvoice.ui.models.time_choice import Offers

OFFERED = 4


def read_offers(desk: Desk, draft_id: str) -> Offers:
    """Free times for a draft and what else the panel shows. Raises StorageError."""
    slots = Slots(desk.db, desk.clock)
    return Offers(
        slots.free(OFFERED, draft_id),
        slots.kept,
        slots.audience_zone,
        slots.taken(draft_id),
        embargo=read_embargo(desk, draft_id),
        alike=_alike(desk, draft_id),
    )


def _alike(desk: Desk, draft_id: str) -> str:
    """A sentence about the post of the queue or the last ninety days that says nearly the same, if any."""
    zone, now = desk.identity.get().zone, desk.clock.now()
    try:
        found = [one for one in desk.clashes.of(draft_id, now, zone) if one.kind == "alike"]
    except UserError:  # the draft is gone meanwhile: whoever schedules it says so
        return ""
    return clash_sentences(found[:1], zone, now)[0] if found else ""


def keep_time(desk: Desk, wall: str, is_kept: bool) -> None:
    """Keep the weekday and hour of a wall time as one of the person's own, or no more."""
    Slots(desk.db, desk.clock).keep(wall, is_kept)


def set_audience(desk: Desk, zone: str) -> None:
    """Keep the zone of the readers. Raises UserError `zone_unknown`."""
    Slots(desk.db, desk.clock).set_audience_zone(zone)


def next_free(desk: Desk, draft_id: str) -> Slot:
    """The next free time for a draft. Raises UserError `no_free_slot`."""
    return Slots(desk.db, desk.clock).next_free(draft_id)


def proposal(desk: Desk, use: Use) -> tuple[Slot | None, bool]:
    """The next free time for a draft that has no time of its own, None when none is free; and whether it is
    the same for all such drafts: they have nothing planned, but a time may be kept for a topic or a network.
    Raises StorageError."""
    slots = Slots(desk.db, desk.clock)
    is_for_all = all(each == each.moment for each in slots.kept)
    found = slots.free(1, use=use)
    return (found[0] if found else None), is_for_all
