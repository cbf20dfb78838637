"""What is checked besides a draft, and how a finding explains itself: the panes that Compose opens for it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from medvoice.ui.pages.compose.share_check import ShareCheck

from .scene_kit import SHORT_MS, scene
from .stand import Stand, rest, wait_for

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
RESTS_ON_A_RULING = "EU-PROMO-002"
PRAISE = "Wonderful news on pembrolizumab in melanoma: it always works and is completely safe."
TOLD = "My mother had a bad rash after her second pembrolizumab infusion. Is that normal, should she stop?"
ASKED = "What dose of pembrolizumab would you begin with in somebody over eighty?"


def pane_of(stand: Stand, words: str, deed: str = "share") -> ShareCheck:
    """The pane as its shortcut opens it on copied words, with another deed chosen."""
    QApplication.clipboard().setText(words)
    QTest.keyClick(stand.find("post_editor"), Qt.Key.Key_B, BOTH)
    wait_for(lambda: stand.window.findChild(ShareCheck) is not None, "no pane")
    pane = stand.window.findChild(ShareCheck)
    assert isinstance(pane, ShareCheck)
    while pane.deed.current() != deed:
        QTest.keyClick(pane.deed.findChildren(QWidget)[0], Qt.Key.Key_Right)
    read(pane)
    return pane


def read(pane: ShareCheck) -> None:
    """Wait until what stands in the pane was checked."""
    rest(400)
    wait_for(lambda: pane.verdict.text() not in ("", "Checking"), "not checked")
    rest(SHORT_MS)


def to_end(area: QScrollArea) -> None:
    rest(SHORT_MS)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    rest(SHORT_MS)


def event_card(stand: Stand) -> None:
    """A possible side effect in the text, its panel in sight."""
    editor = stand.find("post_editor")
    editor.selectAll()
    editor.insert_text("My uncle got his first injection on Friday and woke up covered in hives.")
    stand.settle()
    rest(400)


@scene
def surface_reaction(stand: Stand) -> None:
    """Before a like: another's post that praises a medicine."""
    pane_of(stand, PRAISE)


@scene
def surface_reaction_fine(stand: Stand) -> None:
    """Before a like: nothing was found."""
    pane_of(stand, "Our choir sings on Friday, come and listen.")


@scene
def surface_question(stand: Stand) -> None:
    """A question that is passed on."""
    pane_of(stand, ASKED, "answer")


@scene
def surface_question_answered(stand: Stand) -> None:
    """The same, answered all the same."""
    pane = pane_of(stand, ASKED, "answer")
    pane.text.setPlainText("The usual dose works well there, most patients do fine.")
    read(pane)


@scene
def surface_question_safety(stand: Stand) -> None:
    """A question that tells of a side effect, the pane at its end."""
    to_end(pane_of(stand, TOLD, "answer"))


@scene
def surface_profile(stand: Stand) -> None:
    """A profile, headline and About."""
    pane = pane_of(stand, "I read registries and like trains. Views are my own.", "profile")
    pane.headline.setText("Medical Science Liaison, pembrolizumab in melanoma")
    read(pane)


@scene
def surface_regions(stand: Stand) -> None:
    """The same words under the rules of each region, side by side."""
    editor = stand.find("post_editor")
    editor.selectAll()
    editor.insert_text("Congratulations on the approval of semaglutide in obesity! Views are my own.")
    stand.settle()
    rest(400)
    stand.window.compose.acts.compare_regions()
    rest(600)


@scene
def surface_event(stand: Stand) -> None:
    """The panel of a possible side effect."""
    event_card(stand)


@scene
def surface_event_lower(stand: Stand) -> None:
    """The same, at its end."""
    event_card(stand)
    to_end(stand.window.compose.compliance)


@scene
def surface_why(stand: Stand) -> None:
    """Why this, here: what was a breach and what was none, with case and date."""
    editor = stand.find("post_editor")
    editor.selectAll()
    editor.insert_text("A symposium on semaglutide in obesity, in Basel next week. Views are my own.")
    stand.settle()
    compliance = stand.window.compose.compliance
    cards = compliance.cards
    wait_for(
        lambda: any(card.finding.rule == RESTS_ON_A_RULING for card in cards.values()), "no such finding"
    )
    key = next(key for key, card in cards.items() if card.finding.rule == RESTS_ON_A_RULING)
    compliance.open_card(key)
    rest(SHORT_MS)
    stand.window.compose.acts.explain(key, RESTS_ON_A_RULING)
    rest(600)
