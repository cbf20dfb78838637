"""Ctrl+K, F1, the menu bar and the keys, as a person uses them in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from medvoice.domain.account import account_by_hand
from medvoice.ui.commands.palette import Palette
from medvoice.ui.widgets.pill import KeyCap

POPUP = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(stage, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or stage.window, key, modifier)


def open_palette(stage) -> Palette:
    press(stage, Qt.Key.Key_K, CONTROL)
    palette = stage.window.findChild(Palette)
    assert palette is not None
    assert palette.isVisible()
    return palette


def texts(palette: Palette) -> list[str]:
    return [line.text for line in palette.model.lines if line.key]


def test_a_few_letters_and_enter_do_it(stage):
    palette = open_palette(stage)
    assert palette.field.hasFocus()
    QTest.keyClicks(palette.field, "queue")
    assert palette.chosen().text == "Queue"
    press(stage, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert stage.window.page() == "queue"


def test_escape_gives_the_caret_back(stage):
    editor = stage.window.compose.column.editor
    editor.setFocus()
    stage.wait(editor.hasFocus)
    palette = open_palette(stage)
    press(stage, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert editor.hasFocus()


def test_the_arrows_go_round_and_pass_headings(stage):
    palette = open_palette(stage)
    first = palette.chosen()
    press(stage, Qt.Key.Key_Up)
    assert palette.chosen() == [line for line in palette.model.lines if line.key][-1]
    press(stage, Qt.Key.Key_Down)
    assert palette.chosen() == first
    seen = set()
    for _line in palette.model.lines:
        seen.add(palette.chosen().key)
        press(stage, Qt.Key.Key_Down)
    assert seen == {line.key for line in palette.model.lines if line.key}


def test_every_command_is_there_and_no_two_share_a_key(stage):
    window = stage.window
    for page in ("compose", "queue", "settings"):
        window.show_page(page)
        palette = open_palette(stage)
        offered = {line.key for line in palette.model.lines if line.key and not line.is_draft}
        assert offered == {command.name for command in window.hub.book.all()}
        assert window.hub.book.clashes == ()
        press(stage, Qt.Key.Key_Escape)


def test_a_key_taken_by_a_part_of_the_window_is_no_commands(stage):
    """Nothing but the menus installs a key that is a command's: else neither would work."""
    from PySide6.QtGui import QAction, QShortcut

    window = stage.window
    ours = set(window.hub.menus.actions())
    others = [each.key() for each in window.findChildren(QShortcut)]
    others += [key for each in window.findChildren(QAction) if each not in ours for key in each.shortcuts()]
    held = {QKeySequence(keys) for one in window.hub.book.all() for keys in one.keys}
    assert not [keys.toString() for keys in others if keys in held and not keys.isEmpty()]


def test_a_draft_is_found_by_its_title(stage):
    made = stage.workspace.drafting.create(title="Immortal time, kindly", text="A word on bias.")
    palette = open_palette(stage)
    QTest.keyClicks(palette.field, "immor")
    stage.wait(lambda: "Immortal time, kindly" in texts(palette))
    line = next(line for line in palette.model.lines if line.key == made.id)
    assert line.places == (0, 1, 2, 3, 4)
    while palette.chosen().key != made.id:
        press(stage, Qt.Key.Key_Down)
    press(stage, Qt.Key.Key_Return)
    session = stage.window.compose.session
    stage.wait(lambda: session.draft is not None and session.draft.id == made.id)


@POPUP
def test_what_cannot_be_done_says_why_and_leads_there(stage):
    compose = stage.window.compose
    stage.wait(lambda: compose.planning.left)
    palette = open_palette(stage)
    QTest.keyClicks(palette.field, "schedule this")
    assert palette.chosen().text == "Schedule this post"
    assert palette.chosen().reason.startswith("after ")
    press(stage, Qt.Key.Key_Return)
    assert not palette.isVisible()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_what_has_no_cause_stays_and_does_nothing(stage):
    palette = open_palette(stage)
    QTest.keyClicks(palette.field, ">redo")
    assert palette.chosen().reason == "nothing to do again"
    press(stage, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not any(line.is_draft for line in palette.model.lines)


def type_and_wait(stage, palette: Palette, words: str, expected: str) -> None:
    palette.field.selectAll()
    QTest.keyClicks(palette.field, words)
    stage.wait(lambda: expected in texts(palette))


def choose(stage, palette: Palette, words: str) -> None:
    while palette.chosen().text != words:
        press(stage, Qt.Key.Key_Down)
    press(stage, Qt.Key.Key_Return)


def test_a_hash_finds_topics_and_their_drafts(stage):
    evidence = stage.workspace.topics.add("Real-world evidence")
    stage.workspace.topics.add("Congress diary")
    made = stage.workspace.drafting.create(title="Registries", text="One.", topic_id=evidence.id)
    palette = open_palette(stage)
    type_and_wait(stage, palette, "#", "Real-world evidence")
    assert texts(palette) == ["Real-world evidence", "Congress diary"]
    type_and_wait(stage, palette, "#real", "Registries")
    assert texts(palette) == ["Real-world evidence", "Registries"]
    assert palette.chosen().slot == evidence.slot
    assert palette.chosen().places == (0, 1, 2, 3)
    choose(stage, palette, "Real-world evidence")
    drafts = stage.window.compose.drafts.list
    assert drafts.filter.choice.topic_id == evidence.id
    stage.wait(lambda: drafts.count() == 1 and drafts.model.row_of(made.id) is not None)
    assert QApplication.focusWidget() is drafts.view


def test_an_at_sign_finds_channels_and_who_is_signed_in(stage):
    both = ("linkedin", "x")
    made = stage.workspace.drafting.create(title="On both", text="One.", channels=both)
    account = account_by_hand("x", "Jordan Sample", stage.workspace.clock.now())
    stage.workspace.accounts.add(account)
    palette = open_palette(stage)
    type_and_wait(stage, palette, "@", "Jordan Sample on X")
    assert texts(palette) == ["LinkedIn", "X", "Jordan Sample on X"]
    assert palette.model.lines[-1].detail == "by hand"
    type_and_wait(stage, palette, "@x", "On both")
    assert palette.chosen().text == "X"
    choose(stage, palette, "X")
    drafts = stage.window.compose.drafts.list
    assert drafts.filter.choice.channel == "x"
    stage.wait(lambda: drafts.model.row_of(made.id) is not None)
    palette = open_palette(stage)
    type_and_wait(stage, palette, "@jordan", "Jordan Sample on X")
    choose(stage, palette, "Jordan Sample on X")
    assert stage.window.page() == "settings"


def test_a_sign_that_fits_nothing_says_so_and_leaves_by_backspace(stage):
    palette = open_palette(stage)
    QTest.keyClicks(palette.field, "#zzz")
    stage.wait(lambda: palette._nothing.isVisible())
    assert palette.chosen() is None
    for _sign in range(4):
        press(stage, Qt.Key.Key_Backspace)
    stage.wait(lambda: palette.chosen() is not None)


def test_a_draft_is_found_by_words_of_its_text(stage):
    made = stage.workspace.drafting.create(title="A title", text="Confounding by indication, kindly.")
    palette = open_palette(stage)
    type_and_wait(stage, palette, "indication", "A title")
    assert any(line.key == made.id and line.is_draft for line in palette.model.lines)


def test_no_key_of_the_window_works_behind_the_palette(stage):
    palette = open_palette(stage)
    press(stage, Qt.Key.Key_3, CONTROL)
    press(stage, Qt.Key.Key_F9)
    assert stage.window.page() == "compose"
    assert palette.isVisible()
    press(stage, Qt.Key.Key_K, CONTROL)
    assert not palette.isVisible()


def test_undo_from_the_palette_takes_back_typing(stage):
    editor = stage.window.compose.column.editor
    editor.setFocus()
    stage.wait(editor.hasFocus)
    before = editor.text()
    QTest.keyClicks(editor, "More ")
    open_palette(stage)
    QTest.keyClicks(QApplication.focusWidget(), "undo")
    press(stage, Qt.Key.Key_Return)
    assert editor.text() == before


def test_the_sheet_lists_each_key_once_and_goes_with_escape(stage):
    press(stage, Qt.Key.Key_F1)
    sheet = stage.find(QWidget, "shortcut_sheet")
    assert sheet.isVisible()
    names = [
        part.accessibleName() for part in sheet.findChildren(QWidget) if part.accessibleName().count(", ")
    ]
    for command in stage.window.hub.book.all():
        if command.shortcut:
            assert [name for name in names if name.startswith(f"{command.label}, ")], command.name
    assert sheet.findChildren(KeyCap)
    press(stage, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@POPUP
def test_the_menu_bar_has_every_command_and_shows_itself_on_f10(stage):
    window = stage.window
    bar = window.menuBar()
    assert not bar.isVisible()
    press(stage, Qt.Key.Key_F10)
    assert bar.isVisible()
    names = {action.objectName() for menu in bar.findChildren(QMenu) for action in menu.actions()}
    assert names >= {f"action_{command.name}" for command in window.hub.book.all()}
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    stage.wait(lambda: not bar.isVisible())


@POPUP
def test_alt_alone_shows_the_menu_bar_and_alt_with_a_key_does_not(stage):
    bar, editor = stage.window.menuBar(), stage.window.compose.column.editor
    if stage.window.hub.menus.is_global:
        pytest.skip("the desktop shows the menus itself")
    editor.setFocus()
    QTest.keyPress(editor, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(editor, Qt.Key.Key_Alt)
    assert not bar.isVisible()
    QTest.keyPress(editor, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(editor, Qt.Key.Key_Alt)
    assert bar.isVisible()
    QApplication.activePopupWidget().close()


def test_a_page_brings_its_own_commands(stage):
    window = stage.window
    assert window.hub.book.find("post.schedule")
    window.show_page("settings")
    assert "post.schedule" not in {command.name for command in window.hub.book.all()}
    press(stage, Qt.Key.Key_1, CONTROL)
    assert window.page() == "compose"
    assert window.hub.book.find("post.schedule")


def test_the_rest_of_the_field_is_ordinary_text(stage):
    palette = open_palette(stage)
    assert isinstance(palette.field, QLineEdit)
    QTest.keyClicks(palette.field, "zzzqq")
    assert palette.chosen() is None
    press(stage, Qt.Key.Key_Return)
    assert palette.isVisible()
    press(stage, Qt.Key.Key_Backspace)
    assert palette.field.text() == "zzzq"
