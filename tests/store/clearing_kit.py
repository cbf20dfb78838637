"""Words and short cuts that the tests of clearing share; the fixtures are in conftest."""

from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting

ME = "Jordan Sample"
CORE = ("C01", "C02")
REASON = "it is about furniture"


def left_of(clearing: Clearing, draft_id: str) -> list[tuple[str, str]]:
    return [(item.kind, item.code) for item in clearing.standing(draft_id).left]


def edit(drafting: Drafting, draft_id: str, text: str) -> None:
    drafting.save(draft_id, drafting.get(draft_id).revision, text=text)
