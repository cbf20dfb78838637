"""What the open draft waits for: the embargo of an abstract it draws on, in words for bar, panel and page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.errors import UserError

if TYPE_CHECKING:
    from medvoice.services.embargoes import Embargo
    from medvoice.services.slots import Slot
    from medvoice.ui.bridge import Desk


def _tr(text: str) -> str:
    return QCoreApplication.translate("draft_embargo", text)


@dataclass(frozen=True, slots=True)
class DraftEmbargo:
    """The embargo that a draft has to wait for, and the first good slot after it, None where there is none.
    `home` is the person's zone."""

    draft_id: str
    embargo: "Embargo"
    slot: "Slot | None"
    home: str

    @property
    def ends_at(self) -> datetime | None:
        """The instant, UTC; None while it is not known."""
        return self.embargo.lift.at

    @property
    def name(self) -> str:
        """The abstract as it is spoken of."""
        return self.embargo.abstract.title

    def is_open(self, now: datetime) -> bool:
        """Whether it still holds the draft back at `now` (UTC)."""
        return not self.embargo.lift.is_over(now)

    def is_too_early(self, wall: str, zone: str) -> bool:
        """Whether a wall time lies before its end; of one that cannot be read, too."""
        try:
            return not self.embargo.lift.is_over(wall_to_utc(wall, zone))
        except UserError:
            return True

    def until(self, now: datetime) -> str:
        """ "19 Nov, 09:00" where the person is."""
        from medvoice.ui.models.embargo_words import plain_until

        return plain_until(self.embargo.lift, self.home, now)

    def sentence(self, now: datetime) -> str:
        """What holds the draft back and until when, in both zones where they differ."""
        from medvoice.ui.models.embargo_words import until_words

        if self.ends_at is None:
            words = _tr("“{title}” ({event}) is under embargo, and when that ends is not known.")
            return words.format(title=self.name, event=self.embargo.event.name)
        words = _tr("“{title}” ({event}) is under embargo until {moment}.")
        moment = until_words(self.embargo.lift, self.home, now)
        return words.format(title=self.name, event=self.embargo.event.name, moment=moment)

    def first_wall(self, zone: str) -> str:
        """The first moment possible, as wall time of a zone; "" while it is not known."""
        if self.ends_at is None:
            return ""
        whole = self.ends_at.replace(second=0, microsecond=0)
        return utc_to_wall(whole if whole == self.ends_at else whole + timedelta(minutes=1), zone)


def read_embargo(desk: "Desk", draft_id: str) -> DraftEmbargo | None:
    """What a draft waits for, or waited for; None for one that draws on no abstract. Work lane. Raises
    StorageError."""
    from medvoice.store.congress import CongressStore

    if not draft_id or not CongressStore(desk.db).of_draft(draft_id):
        return None  # most drafts: nothing more is imported for them
    from medvoice.services.embargoes import Embargoes
    from medvoice.services.slots import Slots

    holding = Embargoes(desk.db, desk.clock).holding(draft_id)
    if holding is None:
        return None
    is_over = holding.lift.is_over(desk.clock.now())
    free = () if is_over else Slots(desk.db, desk.clock).free(1, draft_id)
    return DraftEmbargo(draft_id, holding, free[0] if free else None, desk.identity.get().zone)
