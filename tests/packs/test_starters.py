"""A starter begins a draft that no rule finds anything in, wherever its readers are."""

from collections.abc import Callable

import pytest

from medvoice.domain.finding import Document, Finding
from medvoice.domain.starter import STARTERS, Starter, starter_of

REGIONS = ("US", "EU", "UK", "DE", "CH", "CA", "AU", "JP", "IN")


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: one.id)
def test_a_starter_gives_no_finding(
    find: Callable[[Document], tuple[Finding, ...]], starter: Starter
) -> None:
    for channel in ("linkedin", "x"):
        document = Document(starter.text, channel=channel, employer="Exampharm", regions=REGIONS)
        found = [
            (one.rule, one.quote)
            for one in find(document)
            if one.category != "missing_personal_view_disclaimer"
        ]
        assert found == []


def test_each_has_a_name_and_labels_to_write_behind() -> None:
    assert len({each.name for each in STARTERS}) == len(STARTERS) == 5
    assert all(each.text.count("\n\n") >= 2 for each in STARTERS)
    assert starter_of("paper") is STARTERS[0]
    assert starter_of("nothing") is None
