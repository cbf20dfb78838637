"""Who writes, for whom they work, and what their company said about personal posts."""

from dataclasses import dataclass
from typing import Literal

from medvoice.domain.product import Product

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class CompanyPolicy:
    """What the person recorded of the company's policy. Unknown is allowed and then said on every record.

    `safety_clock_h`: hours from knowing of a possible adverse event to telling safety; many companies say one
    working day or 24 hours.
    """

    personal_posts_allowed: Answer = "unknown"
    scheduling_tools_allowed: Answer = "unknown"
    naming_employer: Answer = "unknown"
    safety_contact: str = ""
    safety_clock_h: int = 24
    version: str = ""
    recorded_on: str = ""
    contact: str = ""

    @property
    def is_recorded(self) -> bool:
        return bool(self.recorded_on)


@dataclass(frozen=True, slots=True)
class Permission:
    """A recorded permission that lifts a block whose way out is `permission`. `expires_on`: ISO or ""."""

    grantor: str
    scope: str
    rule: str
    channel: str
    expires_on: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The person's settings that the checker, the disclaimer and the records use.

    `linkedin_route` stays "by_hand" until the person has read what LinkedIn's terms say about automated
    posting and chose otherwise (`linkedin_terms_read_on` is that date).
    """

    name: str = ""
    role: str = ""
    employer: str = ""
    disclosure: str = ""
    regions: tuple[str, ...] = ("US", "EU", "UK")
    products: tuple[Product, ...] = ()
    confidential_words: tuple[str, ...] = ()
    policy: CompanyPolicy = CompanyPolicy()
    permissions: tuple[Permission, ...] = ()
    profile_carries_disclaimer: bool = False
    zone: str = "UTC"
    linkedin_route: Literal["by_hand", "oauth"] = "by_hand"
    linkedin_terms_read_on: str = ""
    late_limit_min: int = 60
