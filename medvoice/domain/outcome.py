"""What came of one try to publish one part, classified by when it failed (architecture section 5, law 2)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Published:
    """The network made the post. `remote_id` may be "" when it answered yes without an id."""

    remote_id: str
    url: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing was made, proven: it failed before the body left, or the answer says so. Safe to send again.

    `retry_at` is the network's own word when there is one.
    """

    code: str
    detail: str
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The network said no for good to these bytes; nothing was made."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class SignInNeeded:
    """The sign-in is not accepted; nothing was made."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing was made and trying again cannot help until the person or the set-up changes (credits gone,
    API version ended, permission missing). `code` names the one thing that frees it."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The network says the same post is already there. `remote_id` when it names it, else ""."""

    remote_id: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The request may have acted: time-out, reset, 5xx or an unreadable answer."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The person publishes this one by hand; it waits for their word."""


Outcome = Published | NotSent | Refused | SignInNeeded | Stopped | Duplicate | Unconfirmed | HandedOver


@dataclass(frozen=True, slots=True)
class Found:
    """Looking showed that the post is live."""

    remote_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Looking showed that the post is not there."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Looking is impossible on this network or did not work now."""

    code: str
    detail: str


Sighting = Found | Absent | CannotTell
