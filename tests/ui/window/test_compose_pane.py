"""The pane as a person uses it: one card open, keys, reports, what was set aside, boxes undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from medvoice.domain.finding import Level
from medvoice.ui.commands import UndoStack
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.region_line import RegionPanel
from medvoice.ui.widgets.finding_card import FindingCard
from medvoice.ui.widgets.unfold import Unfold

POPUP = pytest.mark.qt_log_ignore("This plugin does not support")
PROUD = "We are proud of the results in older adults."
NUMBER = "In one registry 38% had stopped their treatment after a year."


@pytest.fixture
def pane(stage):
    stage.settle()
    return stage.window.compose.compliance


def write(stage, text: str) -> PostEditor:
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(text)
    stage.settle()
    return editor


def card_at(pane, level: Level) -> FindingCard:
    return next(card for card in pane.cards.values() if card.finding.level is level)


def has_level(pane, level: Level):
    return lambda: any(card.finding.level is level for card in pane.cards.values())


def undo_stack(stage) -> UndoStack:
    return UndoStack.of(stage.window.compose)


def test_one_card_is_open_and_the_worst_comes_first(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    places = sorted(pane.cards.values(), key=lambda card: card.y())
    ranks = [("block", "warn", "advise").index(str(card.finding.level)) for card in places]
    assert ranks == sorted(ranks)
    assert [card.facts.place for card in places] == [
        f"{n} of {len(places)}" for n in range(1, len(places) + 1)
    ]
    pane.open_card(places[-1].key)
    assert [card.is_open for card in places] == [False] * (len(places) - 1) + [True]


def test_opening_takes_its_time_and_none_where_less_motion_is_wanted(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.WARN))
    card = card_at(pane, Level.WARN)
    pane.open_card(card.key)
    assert card.is_moving
    stage.wait(lambda: not card.is_moving)
    tall = card.height()
    stage.window.theme.set_less_motion(True)
    other = next(each for each in pane.cards.values() if not each.is_open)
    pane.open_card(other.key)
    assert not other.is_moving
    assert not card.is_moving
    stage.wait(lambda: card.height() < tall)


def test_a_card_can_be_worked_by_keys_alone(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    order = sorted(pane.cards.values(), key=lambda card: card.y())
    order[0].take_focus()
    assert order[0].isAncestorOf(stage.window.focusWidget())
    stage.bot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Down)
    row = stage.find(QWidget, f"open_{order[1].key}")
    assert stage.window.focusWidget() is row
    assert row.accessibleName().startswith(f"{row.text()}. Check, 2 of {len(order)}: ")
    stage.bot.keyClick(row, Qt.Key.Key_Return)
    assert order[1].is_open
    assert order[1].isAncestorOf(stage.window.focusWidget())
    stage.bot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Up)
    assert stage.window.focusWidget() is stage.find(QWidget, f"open_{order[0].key}")


def test_the_focus_goes_on_to_the_next_card_when_one_is_dealt_with(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    card = card_at(pane, Level.WARN)
    pane.open_card(card.key)
    card.ask_reason()
    field = stage.find(QLineEdit, f"reason_{card.key}")
    stage.bot.keyClicks(field, "The source is named in the link")
    key = card.key
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: key not in pane.cards)
    focused = stage.window.focusWidget()
    assert any(each.is_open and each.isAncestorOf(focused) for each in pane.cards.values())


def actions(card: FindingCard) -> dict[str, QAction]:
    menu = card.make_menu()
    return {action.text(): action for action in menu.actions()}


def test_the_menu_says_why_a_must_fix_stays(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    assert not actions(card_at(pane, Level.BLOCK))["Must fix: cannot be dismissed"].isEnabled()
    assert "Dismiss with reason" in actions(card_at(pane, Level.WARN))


def test_a_report_leaves_the_words_out_unless_they_are_ticked(stage, pane, home):
    write(stage, NUMBER)
    stage.wait(has_level(pane, Level.WARN))
    card = card_at(pane, Level.WARN)
    pane.open_card(card.key)
    actions(card)["Report a wrong finding"].trigger()
    box = stage.find(QPlainTextEdit, f"report_text_{card.key}")
    assert card.finding.rule in box.toPlainText()
    assert card.finding.quote not in box.toPlainText()
    stage.bot.keyClicks(stage.find(QLineEdit, f"report_remark_{card.key}"), "It is a public figure")
    copy = stage.find(QWidget, f"copy_report_{card.key}")
    copy.click()
    kept = home / "reports"
    stage.wait(lambda: kept.is_dir() and len(list(kept.iterdir())) == 1)
    text = next(kept.iterdir()).read_text("utf-8")
    assert QGuiApplication.clipboard().text() == text
    assert "It is a public figure" in text
    assert card.finding.quote not in text
    stage.find(QWidget, f"check_item_report_words_{card.key}").click()
    assert card.finding.quote in box.toPlainText()
    stage.bot.keyClick(box, Qt.Key.Key_Escape)
    assert stage.window.focusWidget() is not box


def test_what_was_set_aside_is_counted_shown_and_taken_back(stage, pane):
    write(stage, NUMBER)
    stage.wait(has_level(pane, Level.WARN))
    key, rule = (card := card_at(pane, Level.WARN)).key, card.finding.rule
    pane.dismissed.emit(rule, "Named in the linked paper")
    stage.wait(lambda: key not in pane.cards)
    fold = stage.find(Unfold, "aside_list")
    again = stage.find(QWidget, f"undismiss_{rule}")
    assert not again.isVisible()
    stage.find(QWidget, "aside_toggle").click()
    stage.wait(lambda: again.isVisible() and not fold.is_moving)
    words = " ".join(label.text() for label in fold.findChildren(QLabel))
    assert "“Named in the linked paper” Jordan Sample" in words
    again.click()
    stage.wait(lambda: key in pane.cards)


def test_a_reason_whose_words_are_gone_is_told(stage, pane):
    write(stage, NUMBER)
    stage.wait(has_level(pane, Level.WARN))
    rule = card_at(pane, Level.WARN).finding.rule
    pane.dismissed.emit(rule, "Named in the linked paper")
    stage.wait(lambda: stage.window.findChild(Unfold, "aside_list") is not None)
    write(stage, "A calm sentence about registries.")
    stage.wait(lambda: stage.window.findChild(QWidget, f"stale_{rule}") is not None)
    toggle = stage.find(QWidget, "aside_toggle")
    assert toggle.accessibleName() == "Show: 1 reason fits nothing any more"
    words = " ".join(label.text() for label in stage.find(QWidget, f"stale_{rule}").findChildren(QLabel))
    assert "“Named in the linked paper” It was for" in words


def test_a_tick_can_be_undone_on_its_own_draft(stage, pane):
    code, row = next(iter(pane.rows.items()))
    first, label = stage.window.compose.session.draft.id, f"Tick: {row.text()}"
    stage.bot.mouseClick(row, Qt.MouseButton.LeftButton)
    ticks = stage.workspace.clearing.store.ticks
    stage.wait(lambda: [tick.code for tick in ticks(first)] == [code])
    stage.window.compose.drafts.make()
    stage.wait(lambda: stage.window.compose.session.draft.id != first)
    stage.settle()
    assert undo_stack(stage).undo_label == label
    undo_stack(stage).undo()
    stage.wait(lambda: ticks(first) == ())
    undo_stack(stage).redo()
    stage.wait(lambda: [tick.code for tick in ticks(first)] == [code])


def test_the_lines_above_say_against_what_and_for_whom(stage, pane):
    write(stage, "I read the methods before the results.")
    stage.wait(lambda: "rules of" in stage.find(QLabel, "checked_line").text())
    line = stage.find(QLabel, "checked_line")
    assert line.text().startswith("Checked now against EU, UK, US rules of 2")
    assert "in force since" in line.toolTip()
    button = stage.find(QWidget, "change_regions")
    assert button.accessibleDescription() == "For readers in the US, the EU and the UK"
    assert button.toolTip().startswith("For readers in the US, the EU and the UK")
    assert (
        stage.find(QLabel, "unread_line").text() == "Only the words are read, not pictures or linked pages."
    )


def test_what_was_not_read_is_said(stage, pane):
    write(
        stage,
        "Mehr dazu: https://example.org/a und https://example.org/b\n\nOggi ho letto un articolo sui metodi.",
    )
    stage.wait(lambda: stage.find(QLabel, "unread_line").text().startswith("Not everything was read. "))
    assert "2 linked pages not read." in stage.find(QLabel, "unread_line").text()


@POPUP
def test_the_regions_are_chosen_and_taken_back(stage, pane):
    stage.wait(lambda: stage.window.findChild(QWidget, "change_regions") is not None)
    draft_id = stage.window.compose.session.draft.id
    stage.find(QWidget, "change_regions").click()
    panel = stage.window.findChild(RegionPanel)
    for region in ("US", "UK", "EU"):
        panel.boxes[region].click()
    assert panel.regions() == ("EU",)  # the last one stays
    panel.close()
    get = stage.workspace.drafting.get
    stage.wait(lambda: get(draft_id).regions == ("EU",))
    change = stage.find(QWidget, "change_regions")
    stage.wait(lambda: change.accessibleDescription() == "For readers in the EU")
    stage.settle()
    undo_stack(stage).undo()
    stage.wait(lambda: get(draft_id).regions == ("US", "EU", "UK"))


def test_x_gets_the_short_sentence_and_its_switch_can_be_undone(stage, pane):
    stage.find(QWidget, "channel_chip_x").click()
    stage.settle()
    stage.wait(lambda: set(pane.switches) == {"linkedin", "x"})
    draft_id = stage.window.compose.session.draft.id
    switch = pane.switches["x"]
    was = stage.workspace.drafting.get(draft_id).variant("x").disclaimer
    switch.click()
    get = stage.workspace.drafting.get
    stage.wait(lambda: bool(get(draft_id).variant("x").disclaimer) != bool(was))
    stage.settle()
    undo_stack(stage).undo()
    stage.wait(lambda: bool(get(draft_id).variant("x").disclaimer) == bool(was))
    # The line of before is deleted a moment later.
    stage.wait(lambda: sum(label.text().startswith("X: ") for label in pane.findChildren(QLabel)) == 1)


def test_the_schedule_count_holds_open_warnings(stage, pane):
    write(stage, NUMBER)
    stage.wait(has_level(pane, Level.WARN))
    planning = stage.window.compose.planning
    stage.wait(lambda: any(item.kind == "warning" for item in planning.left))
    before = len(planning.left)
    assert stage.window.compose.bar.schedule_button.accessibleName().startswith(
        f"Schedule, {before} things left"
    )
    pane.dismissed.emit(card_at(pane, Level.WARN).finding.rule, "Named in the linked paper")
    stage.wait(lambda: not any(item.kind == "warning" for item in planning.left))


def test_tab_goes_through_the_pane_as_it_is_read(stage, pane):
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    card = card_at(pane, Level.WARN)
    pane.open_card(card.key)
    stage.wait(lambda: not card.is_moving)
    stage.bot.wait(60)
    first = stage.find(QWidget, "change_regions")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    body, heights, names = pane.widget(), [], []
    while body.isAncestorOf(focused := stage.window.focusWidget()) and len(names) < 80:
        heights.append(focused.mapTo(body, focused.rect().center()).y())
        names.append(focused.objectName())
        stage.bot.keyClick(focused, Qt.Key.Key_Tab)
    assert f"use_fix_{card.key}" in names
    assert f"more_{card.key}" in names
    assert "disclaimer_linkedin" in names
    assert [code for code in pane.rows if f"check_item_{code}" not in names] == []
    assert heights == sorted(heights)


@POPUP
def test_regions_stand_side_by_side_and_follow_the_text(stage, pane):
    write(stage, "Congratulations on the approval of Keytruda!")
    stage.wait(lambda: bool(pane.cards))
    stage.find(QWidget, "change_regions").click()
    stage.find(QWidget, "compare_regions").click()
    stage.wait(lambda: pane.is_comparing)
    compare = stage.find(QWidget, "region_compare")
    assert compare.heading.text() == "The regions differ."
    elsewhere = stage.find(QLabel, "outcome_elsewhere_block").text()
    assert elsewhere.startswith("Must be fixed in ")
    assert all(name in elsewhere for name in ("Germany", "Switzerland", "Canada", "Australia", "Japan"))
    assert stage.find(QLabel, "outcome_elsewhere_warn").text() == "To be checked in India"
    assert "Must be fixed: EU, UK, DE, CH, CA, AU, JP" in {
        each.text() for each in compare.findChildren(QLabel)
    }
    write(stage, "I read the methods before the results.")
    stage.wait(lambda: compare.heading.text() == "All regions say the same.")
    stage.find(QWidget, "hide_comparison").click()
    stage.wait(lambda: not pane.is_comparing)


def test_why_this_here_shows_what_is_found_and_what_passes(stage, pane):
    write(stage, PROUD)
    stage.wait(has_level(pane, Level.BLOCK))
    card = card_at(pane, Level.BLOCK)
    pane.open_card(card.key)
    why = stage.find(QWidget, f"why_{card.key}")
    why.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(why, Qt.Key.Key_Return)
    stage.wait(lambda: card.findChild(QWidget, "minimal_pair") is not None)
    pair = card.findChild(QWidget, "minimal_pair")
    spoken = [label.accessibleName() for label in pair.findChildren(QLabel) if label.accessibleName()]
    rules = {rule.id: rule for pack in stage.workspace.rulebook.loaded.packs for rule in pack.rules}
    examples = {each.text: each.hit for each in rules[card.finding.rule].examples}
    found, passes = (words.split(": ", 1)[1] for words in spoken)
    assert examples[found] is True
    assert examples[passes] is False
    assert card.isAncestorOf(stage.window.focusWidget())


def test_words_typed_while_an_answer_is_on_its_way_stay(stage, pane):
    code = next(iter(pane.rows))
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    stage.window.compose.planning.tick(code, True)
    editor.insert_text("Typed before the answer came.")
    draft_id = stage.window.compose.session.draft.id
    stage.wait(lambda: [tick.code for tick in stage.workspace.clearing.store.ticks(draft_id)] == [code])
    stage.settle()
    assert editor.text() == "Typed before the answer came."
    assert stage.workspace.drafting.get(draft_id).text == "Typed before the answer came."
    stage.wait(lambda: not pane.rows[code].isChecked())


def test_a_new_must_fix_opens_when_the_open_card_goes(stage, pane):
    write(stage, f"{NUMBER} More in a moment.")
    stage.wait(has_level(pane, Level.WARN))
    write(stage, PROUD)
    stage.wait(has_level(pane, Level.BLOCK))
    stage.wait(lambda: card_at(pane, Level.BLOCK).is_open)


def test_a_card_the_person_opened_stays_open(stage, pane):
    write(stage, NUMBER)
    stage.wait(has_level(pane, Level.WARN))
    key = card_at(pane, Level.WARN).key
    pane.open_card(key)
    write(stage, f"{NUMBER}\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    assert pane.open_key == key
    assert pane.cards[key].is_open


@pytest.mark.parametrize("has_less_motion", [False, True])
def test_a_card_that_is_dealt_with_folds_up_and_leaves_nothing(stage, pane, has_less_motion):
    stage.window.theme.set_less_motion(has_less_motion)
    write(stage, f"I read the methods first.\n\n{PROUD}")
    stage.wait(has_level(pane, Level.BLOCK))
    card = card_at(pane, Level.BLOCK)
    key, findings = card.key, card.parentWidget()
    pane.open_card(key)
    stage.wait(lambda: not card.is_moving)
    stage.find(QWidget, f"use_fix_{key}").click()
    stage.wait(lambda: key not in pane.cards)
    assert bool(findings.findChildren(Unfold, options=Qt.FindChildOption.FindDirectChildrenOnly)) is (
        not has_less_motion
    )
    stage.wait(lambda: not findings.findChildren(Unfold, options=Qt.FindChildOption.FindDirectChildrenOnly))
    assert findings.layout().count() == len(pane.cards)


def test_a_report_about_a_side_effect_never_holds_the_words(stage, pane):
    write(stage, "My uncle got his first injection on Friday and woke up covered in hives.")
    stage.wait(lambda: any(card.finding.lift == "route" for card in pane.cards.values()))
    card = next(card for card in pane.cards.values() if card.finding.lift == "route")
    pane.open_card(card.key)
    actions(card)["Report a wrong finding"].trigger()
    box = stage.find(QPlainTextEdit, f"report_text_{card.key}")
    stage.wait(box.isVisible)
    assert not stage.find(QWidget, f"check_item_report_words_{card.key}").isVisible()
    assert card.finding.quote not in box.toPlainText()
    assert card.finding.rule in box.toPlainText()
