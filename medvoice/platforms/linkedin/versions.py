"""LinkedIn's API versions as dated data (platforms reference 1.4, table of 2026-08-13).

A version lives at least twelve months and ends about the middle of the same month next year. There are no
December versions. The end of 202608 and 202609 is our estimate from that habit.
"""

from datetime import date, timedelta

DEFAULT_VERSION = "202609"
WARN_BEFORE = timedelta(days=60)
SUNSETS: dict[str, date] = {
    "202510": date(2026, 10, 15),
    "202511": date(2026, 11, 16),
    "202601": date(2027, 1, 15),
    "202602": date(2027, 2, 15),
    "202603": date(2027, 3, 16),
    "202604": date(2027, 4, 15),
    "202605": date(2027, 5, 15),
    "202606": date(2027, 6, 15),
    "202607": date(2027, 7, 15),
    "202608": date(2027, 8, 15),
    "202609": date(2027, 9, 15),
}


def sunset_of(version: str) -> date | None:
    """The day on which LinkedIn stops answering `version`; None for one this table does not know."""
    return SUNSETS.get(version)


def ends_soon(version: str, today: date) -> date | None:
    """The end of `version` when it lies less than 60 days ahead or in the past, else None."""
    end = SUNSETS.get(version)
    return end if end is not None and today + WARN_BEFORE > end else None
