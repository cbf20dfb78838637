"""One change of the profile at a time, so that two fields never overwrite each other."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from medvoice.domain.errors import UserError
from medvoice.domain.profile import Profile

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

LATE_LIMITS_MIN = (15, 1440)


def value_of(profile: Profile, key: str) -> object:
    """The value under a key such as "name" or "policy.version"."""
    head, _, tail = key.partition(".")
    found = getattr(profile, head)
    return getattr(found, tail) if tail else found


def changed(profile: Profile, key: str, value: object) -> Profile:
    """The profile with one value replaced. Raises UserError `date_unreadable`, `late_limit_out_of_range`,
    `region_missing`."""
    if key == "policy.recorded_on" and value:
        check_date(str(value))
    if key == "permissions" and isinstance(value, tuple):
        for permission in value:
            check_date(permission.expires_on)
    if key == "regions" and not value:
        raise UserError("region_missing")
    if key == "late_limit_min" and not LATE_LIMITS_MIN[0] <= int(str(value)) <= LATE_LIMITS_MIN[1]:
        raise UserError("late_limit_out_of_range")
    head, _, tail = key.partition(".")
    if tail:
        value = replace(getattr(profile, head), **{tail: value})
    return replace(profile, **{head: value})  # pyright: ignore[reportArgumentType]


def check_date(text: str) -> None:
    """Raises UserError `date_unreadable` unless the text is "" or a date like 2026-12-01."""
    try:
        if text:
            date.fromisoformat(text)
    except ValueError as problem:
        raise UserError("date_unreadable", text=text) from problem


def save_value(desk: "Desk", key: str, value: object) -> Profile:
    """Store one value of the profile. Work lane. Raises what `changed` and Identity.save raise."""
    profile = changed(desk.identity.get(), key, value)
    desk.identity.save(profile)
    return profile
