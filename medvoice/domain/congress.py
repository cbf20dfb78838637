"""A congress or another event with a public programme: its sessions, and the abstracts shown there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# Whose embargo rules the event follows; "own" is any other congress.
Style = Literal["asco", "esmo", "own"]
# How the embargo of one abstract is fixed.
Kind = Literal["regular", "late_breaking", "session", "fixed"]
# What the event says of posting and of photographs; "unknown" until the person has looked.
Policy = Literal["allowed", "ask", "no", "unknown"]
STYLES: tuple[Style, ...] = ("asco", "esmo", "own")
KINDS: tuple[Kind, ...] = ("regular", "late_breaking", "session", "fixed")
POLICIES: tuple[Policy, ...] = ("allowed", "ask", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Event:
    """A congress. `zone` is the IANA zone of its place; `release_on` the day on which its regular abstracts
    are published, None while unknown."""

    id: str
    name: str
    zone: str
    starts_on: date
    ends_on: date
    created_at: datetime
    style: Style = "own"
    release_on: date | None = None
    place: str = ""
    hashtag: str = ""
    social_policy: Policy = "unknown"
    photo_policy: Policy = "unknown"
    url: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the official programme. `wall` is its start, `YYYY-MM-DD HH:MM` in the event's zone."""

    id: str
    event_id: str
    title: str
    wall: str


@dataclass(frozen=True, slots=True)
class Abstract:
    """One abstract, and how its embargo is fixed. `session_id` is "" while it is not known where it is shown.
    `wall` and `zone` say when the embargo ends for kind `fixed` and are "" for the others."""

    id: str
    event_id: str
    title: str
    kind: Kind
    number: str = ""
    session_id: str = ""
    wall: str = ""
    zone: str = ""
