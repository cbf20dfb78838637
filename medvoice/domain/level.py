"""How much a finding weighs, and where rules hold; apart from findings, which no start needs."""

from enum import StrEnum


class Level(StrEnum):
    """block: cannot be cleared; warn: fix or dismiss with a reason; advise: shown, never in the way."""

    BLOCK = "block"
    WARN = "warn"
    ADVISE = "advise"


LEVEL_ORDER = {Level.BLOCK: 0, Level.WARN: 1, Level.ADVISE: 2}
REGIONS = ("US", "EU", "UK", "DE", "CH", "CA", "AU", "JP", "IN")
