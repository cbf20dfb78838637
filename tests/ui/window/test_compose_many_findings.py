"""Fifty findings: cards in view at once, the others in slices, in order, without a jump, none made twice."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from medvoice.domain.finding import Citation, Finding, Level
from medvoice.infra.resources import resource_path
from medvoice.ui.pages.compose.finding_list import FindingList
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.finding_card import CardFacts, FindingCard

LEVELS = (Level.BLOCK, Level.WARN, Level.ADVISE)
MANY = 50


def finding(number: int, level: Level) -> Finding:
    return Finding(
        rule=f"XX-{number}",
        version=1,
        category="claims",
        level=level,
        start=number * 50,
        end=number * 50 + 8,
        quote="so safe",
        message=f"Says that a treatment is safe ({number})",
        why="No medicine is safe for everybody.",
        advice="Say what was seen.",
        basis=(Citation("A code of practice"),),
        fixes=(),
        regions=("EU",),
        confidence="pattern",
        pack="core",
    )


def facts(count: int = MANY, name: str = "k") -> list[CardFacts]:
    """Must-fix first, as the tab sorts them."""
    return [
        CardFacts(f"{name}_{at}", finding(at, LEVELS[at * 3 // count]), f"{at + 1} of {count}")
        for at in range(count)
    ]


@pytest.fixture
def findings(qtbot: QtBot) -> Iterator[FindingList]:
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    body = QWidget()
    column = QVBoxLayout(body)
    made = FindingList(theme, area)
    column.addWidget(made)
    column.addStretch(1)
    area.setWidget(body)
    area.resize(384, 500)
    area.show()
    qtbot.waitExposed(area)
    yield made
    made.clear()


def standing_cards(findings: FindingList) -> list[str]:
    """The keys of the cards from the top down, as they stand."""
    cards = [each for each in findings.findChildren(FindingCard) if not each.isHidden()]
    return [each.key for each in sorted(cards, key=lambda each: each.y())]


def test_the_first_are_there_at_once_and_the_others_follow(findings: FindingList, qtbot: QtBot) -> None:
    findings.show_cards(facts())
    made = len(findings.findChildren(FindingCard))
    assert 4 <= made < MANY
    assert len(findings.cards) == MANY
    assert not findings.is_whole
    assert findings.open_key == "k_0"
    qtbot.waitUntil(lambda: findings.is_whole, timeout=5000)
    qtbot.waitUntil(lambda: standing_cards(findings) == [f"k_{at}" for at in range(MANY)], timeout=2000)


def test_nothing_below_jumps_while_they_come(findings: FindingList, qtbot: QtBot) -> None:
    findings.show_cards(facts())
    qtbot.wait(1)
    heights = [findings.height()]
    while not findings.is_whole:
        qtbot.wait(2)
        heights.append(findings.height())
    # A card that was never laid out takes itself for higher or lower than it is.
    assert max(heights) <= min(heights) * 1.25


def test_a_card_that_is_not_made_yet_is_made_when_it_is_wanted(findings: FindingList) -> None:
    findings.show_cards(facts())
    last = f"k_{MANY - 1}"
    assert last not in standing_cards(findings)
    findings.open_card(last)
    assert findings.open_key == last
    assert findings.cards[last].is_open
    assert not findings.cards["k_0"].is_open
    assert len([each for each in findings.findChildren(FindingCard) if each.key == last]) == 1


def test_other_findings_in_the_middle_of_it_leave_none_of_the_first(
    findings: FindingList, qtbot: QtBot
) -> None:
    findings.show_cards(facts())
    findings.clear()
    assert not findings.cards
    findings.show_cards(facts(30, "other"))
    qtbot.waitUntil(lambda: findings.is_whole, timeout=5000)
    qtbot.waitUntil(
        lambda: {each.key for each in findings.findChildren(FindingCard)} == set(findings.order), timeout=2000
    )


def test_tab_is_told_when_all_are_there(findings: FindingList, qtbot: QtBot) -> None:
    findings.show_cards(facts())
    with qtbot.waitSignal(findings.rebuilt, timeout=5000):
        pass
    assert findings.is_whole


def test_what_is_made_is_kept_and_the_rest_is_freed(findings: FindingList, qtbot: QtBot) -> None:
    findings.show_cards(facts())
    qtbot.waitUntil(lambda: findings.is_whole, timeout=5000)
    kept = findings.cards["k_3"]
    for _turn in range(5):
        findings.show_cards(facts()[3:])
        findings.show_cards(facts()[:20])
        qtbot.waitUntil(lambda: findings.is_whole, timeout=5000)
    assert findings.cards["k_3"] is kept
    qtbot.waitUntil(lambda: len(findings.findChildren(FindingCard)) == 20, timeout=5000)
