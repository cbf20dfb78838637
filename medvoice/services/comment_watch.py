"""The first 72 hours below a post: when its comments are to be looked at, and that they were.

What somebody tells in a comment counts from the moment the person could read it: a side effect goes to safety
within the company's time. The networks' interfaces give a member no comments, so it is the person who looks;
MedVoice says when, and keeps when it was done. A look is a record and cannot be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.clock import Clock, to_text
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, PartState
from medvoice.domain.record import Record
from medvoice.store.connection import Workspace
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore

KIND = "comments_looked"
# Most comments come on the first day; three days is what the watch is for.
LOOKS = (timedelta(hours=4), timedelta(hours=24), timedelta(hours=48), timedelta(hours=72))
# A post nobody looked after stays to be asked about for so long.
LISTED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Watch:
    """A post that is out since `posted_at`; `looked_at` is the last look, None for none; all UTC."""

    delivery: Delivery
    posted_at: datetime
    looked_at: datetime | None

    @property
    def next_at(self) -> datetime | None:
        """When the comments are to be looked at next: the first moment of LOOKS after the last look; None
        when the last of them is done."""
        since = self.looked_at or self.posted_at
        return next((self.posted_at + each for each in LOOKS if self.posted_at + each > since), None)

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look."""
        return self.next_at is not None and self.next_at <= now


class CommentWatch:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.clock = clock
        self.outbox = OutboxStore(db)
        self.records = RecordStore(db)

    def list(self) -> tuple[Watch, ...]:
        """Posts of the last seven days with a look ahead or overdue, the most urgent first."""
        now = self.clock.now()
        # Looked up by its planned moment; a late post is out somewhat after it.
        since = now - LISTED_FOR - timedelta(days=1)
        looks = self.records.list(kind=KIND, since=since)
        out = self.outbox.list(states={PartState.PUBLISHED}, since=since)
        found = [self._watch(each, looks) for each in out]
        open_ones = [one for one in found if one is not None and one.posted_at > now - LISTED_FOR]
        waiting = [(one.next_at, one) for one in open_ones if one.next_at is not None]
        return tuple(one for _at, one in sorted(waiting, key=lambda each: (each[0], each[1].delivery.id)))

    def of(self, delivery: Delivery) -> Watch | None:
        """The watch of one delivery; None when nothing of it is out, or it is too long ago."""
        watch = self._watch(delivery, self.records.list(delivery_id=delivery.id, kind=KIND, limit=1))
        is_listed = watch is not None and watch.posted_at > self.clock.now() - LISTED_FOR
        return watch if is_listed else None

    def looked(self, delivery_id: str, by: str) -> Watch:
        """Keep that the person looked at the comments now. Raises UserError `delivery_unknown`,
        `nothing_out`."""
        delivery = self.outbox.get(delivery_id)
        watch = self._watch(delivery, ())
        if watch is None:
            raise UserError("nothing_out")
        now = self.clock.now()
        facts = {"posted_at": to_text(watch.posted_at), "channel": delivery.channel}
        self.records.append(KIND, by, delivery.draft_id, delivery.id, facts, now)
        return Watch(delivery, watch.posted_at, now)

    @staticmethod
    def _watch(delivery: Delivery, looks: Iterable[Record]) -> Watch | None:
        moments = [part.published_at for part in delivery.parts if part.published_at is not None]
        if not moments:
            return None
        looked = [each.at for each in looks if each.delivery_id == delivery.id]
        return Watch(delivery, min(moments), max(looked, default=None))
