"""What holds a draft back: the abstracts it draws on, and when each may be spoken of.

Asked by every road to publication: scheduling, moving, "post now" and the gate at the instant of sending. The
rows are read anew each time, so that a changed programme counts at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.clock import Clock, to_text
from medvoice.domain.congress import Abstract, Event
from medvoice.domain.embargo import Lift, latest, lift_of
from medvoice.domain.errors import UserError
from medvoice.store.congress import CongressStore
from medvoice.store.connection import Workspace


@dataclass(frozen=True, slots=True)
class Embargo:
    """One abstract that a draft draws on, and when it may be spoken of."""

    abstract: Abstract
    event: Event
    lift: Lift


class Embargoes:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.clock = clock
        self.store = CongressStore(db)

    def of_event(self, event_id: str) -> tuple[Embargo, ...]:
        """The abstracts of an event with the end of each embargo. Raises UserError `event_unknown`."""
        event = self.store.event(event_id)
        sessions = {each.id: each for each in self.store.sessions(event_id)}
        return tuple(
            Embargo(each, event, lift_of(event, each, sessions.get(each.session_id)))
            for each in self.store.abstracts(event_id)
        )

    def of(self, draft_id: str) -> tuple[Embargo, ...]:
        """What the draft draws on, in the order in which it was noted; ended embargoes included."""
        return tuple(self._embargo(each) for each in self.store.of_draft(draft_id))

    def holding(self, draft_id: str) -> Embargo | None:
        """The embargo that the draft has to wait for: one whose end is not known, else the last to end, over
        or not; None when the draft draws on no abstract."""
        found = self.of(draft_id)
        last = latest(each.lift for each in found)
        return next((each for each in found if each.lift == last), None)

    def waiting(self) -> dict[str, Embargo]:
        """All drafts that an embargo holds back at this moment, each with the one it waits for."""
        now, found = self.clock.now(), dict[str, Embargo]()
        for draft_id in self.store.drafts_with_abstracts():
            holding = self.holding(draft_id)
            if holding is not None and not holding.lift.is_over(now):
                found[draft_id] = holding
        return found

    def refuse_before(self, draft_id: str, at: datetime) -> None:
        """Raises UserError `under_embargo` (params title, event, wall, zone, at) when an embargo ends after
        `at`, an aware instant, and `embargo_unknown` (title, event) when one has no known end."""
        holding = self.holding(draft_id)
        if holding is None or holding.lift.is_over(at):
            return
        names = {"title": holding.abstract.title, "event": holding.event.name}
        if holding.lift.at is None:
            raise UserError("embargo_unknown", why=holding.lift.why, **names)
        lift = holding.lift
        raise UserError("under_embargo", wall=lift.wall, zone=lift.zone, at=to_text(holding.lift.at), **names)

    def wait_by(self, draft_id: str, ask_time: Callable[[], datetime | None]) -> timedelta | None:
        """How long a draft has to wait although its embargo is over by this computer's clock: None when it
        need not, zero when the other clock does not answer. `ask_time` gives another clock's time, UTC, and
        is asked only for a draft that draws on an abstract."""
        holding = self.holding(draft_id)
        if holding is None:
            return None
        there = ask_time()
        if there is None or holding.lift.at is None:
            return timedelta()
        return None if holding.lift.is_over(there) else holding.lift.at - there

    def _embargo(self, abstract: Abstract) -> Embargo:
        event = self.store.event(abstract.event_id)
        session = self.store.session(abstract.session_id) if abstract.session_id else None
        return Embargo(abstract, event, lift_of(event, abstract, session))
