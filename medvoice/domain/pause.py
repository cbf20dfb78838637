"""A pause of the queue: of everything, a topic or an account, now or between two moments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scope = Literal["all", "topic", "account"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing of its scope goes out from `since` until `until` (UTC; None: until it is ended). `scope_id` is
    a topic or an account, "" for all."""

    id: str
    scope: Scope
    scope_id: str
    since: datetime
    until: datetime | None
    reason: str
    by: str
    at: datetime
    ended_at: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Whether it holds at `now` (aware)."""
        return self.ended_at is None and self.since <= now and (self.until is None or now < self.until)

    def covers(self, topic_id: str | None, account_id: str) -> bool:
        """Whether a post of that topic and account is within its scope."""
        return self.scope == "all" or self.scope_id == (topic_id if self.scope == "topic" else account_id)
