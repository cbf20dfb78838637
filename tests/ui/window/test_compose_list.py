"""The draft list: sections, search, filter, archive and back, keys; short and very long."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget

from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.draft_painter import FOUND_END, FOUND_START

CTRL = Qt.KeyboardModifier.ControlModifier
# An offscreen popup cannot take the keyboard; that says nothing about the menu.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def drafts(stage):
    """Four drafts of different kinds, the newest last: the list shows them."""
    drafting, topics = stage.workspace.drafting, stage.workspace.topics
    topic = topics.add("Registries")
    drafting.create(title="On the train", text="An idea about évidence", is_idea=True)
    drafting.create(title="For X", text="Short words", channels=("x",))
    drafting.create(
        title="Deep", text="First line\n" + "filler " * 80 + "needle in the hay", topic_id=topic.id
    )
    stage.window.compose.drafts.reload()
    shown = stage.window.compose.drafts.list
    stage.wait(lambda: shown.count() == 4)
    settle(stage)
    return shown


def settle(stage) -> None:
    compose = stage.window.compose
    stage.wait(lambda: not compose.drafts._is_judging and not compose.session.live_check.is_busy)
    keys = [key for key in compose.drafts._newest if not key.is_idea and not key.delivery_state]
    stage.wait(lambda: all((key.id, key.revision) in compose.drafts._verdicts for key in keys))


def heads(shown) -> list[tuple[str, str]]:
    return [shown.model.head_words(at) for at in shown.model.heads]


def titles(shown) -> list[str]:
    rows = [shown.model.row_at(at) for at in range(shown.model.rowCount()) if not shown.model.is_head(at)]
    return [row.row.title for row in rows if row is not None]


def pick(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def test_drafts_stand_in_sections_with_counts(stage, drafts):
    assert dict(heads(drafts))["Ideas"] == "1"
    assert sum(int(count) for _name, count in heads(drafts)) == 4
    assert set(titles(drafts)) == {"A first draft", "On the train", "For X", "Deep"}


def test_an_edited_draft_comes_first_in_its_section_and_stays_selected(stage, drafts):
    first = stage.workspace.drafting.list()[-1]
    stage.window.open_draft(first.id)
    stage.wait(lambda: editor_of(stage).text().startswith("I read the methods"))
    editor_of(stage).insert_text("Again: ")
    stage.wait(lambda: drafts.model.row_of(first.id).row.first_line.startswith("Again: "))
    settle(stage)
    at = drafts.model.place_of(first.id)
    assert drafts.model.is_head(at - 1)
    assert drafts.view.currentIndex().row() == at
    assert drafts.count() == 4


def test_found_words_are_marked_where_they_stand(stage, drafts):
    stage.bot.keyClicks(stage.find(QLineEdit, "draft_search"), "needl hay")
    stage.wait(lambda: drafts.count() == 1)
    found = drafts.model.row_at(1).found
    assert f"{FOUND_START}needle{FOUND_END} in the {FOUND_START}hay{FOUND_END}" in found.snippet
    field = stage.find(QLineEdit, "draft_search")
    field.clear()
    stage.bot.keyClicks(field, "evidence")
    stage.wait(lambda: titles(drafts) == ["On the train"])
    assert f"{FOUND_START}évidence{FOUND_END}" in drafts.model.row_at(1).found.snippet


def test_a_search_without_hits_says_so_and_leads_back(stage, drafts):
    stage.bot.keyClicks(stage.find(QLineEdit, "draft_search"), "swimer")
    stage.wait(lambda: drafts.count() == 0)
    assert stage.find(QLabel, "drafts_empty").text() == "No draft for “swimer”."
    stage.find(QWidget, "drafts_show_all").click()
    stage.wait(lambda: drafts.count() == 4)
    assert not stage.find(QLabel, "drafts_empty").isVisible()


@pytest.mark.parametrize(
    ("choice", "shown"),
    [("Registries", ["Deep"]), ("Ideas", ["On the train"]), ("X", ["For X"]), ("Scheduled", [])],
)
def test_the_filter_leaves_the_rest_out_and_says_it(stage, drafts, choice, shown):
    pick(drafts.filter.menu(drafts), choice)
    stage.wait(lambda: titles(drafts) == shown and drafts.count() == len(shown))
    strip = stage.find(QWidget, "filter_strip")
    assert strip.isVisible()
    assert drafts.filter_button.accessibleName() == "Filter drafts, on"
    words = stage.find(QLabel, "filter_words")
    assert (words.text(), words.accessibleName()) == (f"Only: {choice}", f"Only: {choice}")
    stage.wait(lambda: words.width() > words.fontMetrics().horizontalAdvance(words.text()))
    assert [a.text() for a in drafts.filter.menu(drafts).actions() if a.isChecked()].count(choice) == 1
    stage.find(QWidget, "filter_clear").click()
    stage.wait(lambda: drafts.count() == 4)
    assert not strip.isVisible()


def test_archive_restore_and_their_way_back(stage, drafts):
    shown = drafts
    wanted = next(row.id for row in stage.workspace.drafting.list() if row.title == "For X")
    shown.view.setCurrentIndex(shown.model.index_of(wanted))
    stage.wait(lambda: editor_of(stage).text() == "Short words")
    shown.view.setFocus()
    stage.bot.keyClick(shown.view, Qt.Key.Key_Delete)
    stage.wait(lambda: shown.count() == 3)
    stage.wait(lambda: stage.window.toast.text() == "Moved to the archive")
    stage.wait(lambda: stage.window.compose.session.draft is not None)
    assert stage.window.compose.session.draft.id != wanted
    stage.window.compose.writing.show_archive()
    stage.wait(lambda: titles(shown) == ["For X"] and heads(shown) == [("Archive", "1")])
    shown.view.setCurrentIndex(shown.model.index_of(wanted))
    stage.wait(lambda: editor_of(stage).text() == "Short words")
    assert not editor_of(stage).isEnabled()
    assert stage.find(QLabel, "saved_line").text() == "In the archive"
    assert not stage.window.compose.pane.isEnabled()
    stage.window.compose.writing.replace()
    bar = stage.window.compose.column.find_bar()
    bar.words.setText("words")
    bar.replace_all()
    assert editor_of(stage).text() == "Short words"
    bar.close_up()
    assert "Kept until " in str(shown.model.index_of(wanted).data())
    pick(stage.window.compose.drafts.away.menu(wanted), "Restore from the archive")
    stage.wait(lambda: shown.count() == 0)
    stage.wait(lambda: editor_of(stage).isEnabled())
    assert stage.find(QLabel, "drafts_empty").text().startswith("The archive is empty.")
    stage.find(QWidget, "drafts_show_all").click()
    stage.wait(lambda: shown.count() == 4)
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: shown.count() == 3)


def test_a_duplicate_opens_and_can_be_taken_back(stage, drafts):
    stage.window.compose.writing.duplicate()
    stage.wait(lambda: drafts.count() == 5)
    stage.wait(lambda: stage.window.toast.text() == "Duplicated")
    ids = {row.id for row in stage.workspace.drafting.list()}
    assert stage.window.compose.session.draft.id in ids
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: drafts.count() == 4)


@POPUP
def test_the_menu_key_opens_what_can_be_done_with_a_draft(stage, drafts):
    drafts.view.setFocus()
    drafts.step(1)
    place = drafts.view.visualRect(drafts.view.currentIndex()).center()
    at = drafts.view.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, at)
    QApplication.sendEvent(drafts.view.viewport(), event)
    menu = stage.find(QMenu, "draft_row_menu")
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Open", "Duplicate", "Versions and history", "Move to the archive"]
    menu.close()


def test_keys_walk_over_the_heads_and_enter_goes_into_the_text(stage, drafts):
    view = drafts.view
    view.setFocus()
    stage.bot.keyClick(view, Qt.Key.Key_Home)
    seen = [drafts.model.id_at(view.currentIndex().row())]
    for _ in range(3):
        stage.bot.keyClick(view, Qt.Key.Key_Down)
        seen.append(drafts.model.id_at(view.currentIndex().row()))
    assert len(set(seen)) == 4
    assert all(seen)
    stage.bot.keyClick(view, Qt.Key.Key_Up)
    assert drafts.model.id_at(view.currentIndex().row()) == seen[2]
    stage.wait(lambda: stage.window.compose.session.draft.id == seen[2])
    stage.bot.keyClick(view, Qt.Key.Key_Return)
    assert editor_of(stage).hasFocus()


def test_a_click_selects_the_row_under_the_pointer(stage, drafts):
    for at in range(drafts.model.rowCount()):
        rect = drafts.view.visualRect(drafts.model.index(at))
        assert drafts.view.indexAt(rect.center()).row() == at
        if not drafts.model.is_head(at):
            stage.bot.mouseClick(drafts.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
            assert drafts.view.currentIndex().row() == at
    assert not drafts.view.indexAt(rect.center() + rect.center()).isValid()


def schedule(stage, title: str, wall: str) -> str:
    workspace = stage.workspace
    made = workspace.drafting.create(title=title, text="I read the methods before the results.")
    codes = workspace.checking.checklist_codes
    workspace.queueing.schedule(made.id, wall, "UTC", "Jordan Sample", ticks=tuple(codes), by_hand=True)
    return made.id


def test_what_is_scheduled_stands_by_its_time_whenever_it_was_edited(stage, drafts):
    last = schedule(stage, "Third out", "2031-03-03 08:10")
    schedule(stage, "First out", "2031-01-01 08:10")
    middle = schedule(stage, "Second out", "2031-02-02 08:10")
    stage.window.compose.drafts.reload()

    def scheduled() -> list[str]:
        model = drafts.model
        ids = [at for at in range(model.rowCount()) if not model.is_head(at)]
        rows = [model.row_at(at) for at in ids if model.section_at(at) == "scheduled"]
        return [row.row.title for row in rows if row is not None]

    stage.wait(lambda: scheduled() == ["First out", "Second out", "Third out"])
    for draft_id in (middle, last):
        stage.window.compose.session.open(draft_id)
        stage.wait(lambda draft_id=draft_id: stage.window.compose.session.draft.id == draft_id)
        stage.settle()
        stage.window.compose.column.title.setFocus()
        stage.bot.keyClicks(stage.window.compose.column.title, "!")
        stage.settle(saves=True)
    stage.wait(lambda: scheduled() == ["First out", "!Second out", "!Third out"])


def test_times_in_the_list_are_those_of_the_person_wherever_the_computer_is(stage, drafts):
    """The computer of the test is in UTC, the person in Sydney; the list says what the bar says."""
    profile = stage.workspace.identity.get()
    stage.workspace.identity.save(replace(profile, zone="Australia/Sydney"))
    made = stage.workspace.drafting.create(title="Down under", text="I read the methods.")
    codes = tuple(stage.workspace.checking.checklist_codes)
    stage.workspace.queueing.schedule(
        made.id, "2031-01-01 08:10", "Australia/Sydney", "Jordan Sample", ticks=codes, by_hand=True
    )
    stage.window.compose.drafts.reload()
    stage.wait(lambda: drafts.model.row_of(made.id) is not None)
    at = drafts.model.index_of(made.id)
    spoken = drafts.model.data(at, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Wed 1 Jan 2031, 08:10")


def test_drafts_behind_the_newest_are_checked_while_the_keys_rest(stage, monkeypatch):
    monkeypatch.setattr("medvoice.ui.pages.compose.rows.SHOWN", 3)
    made = [stage.workspace.drafting.create(title=f"T {n}", text="We are proud.").id for n in range(9)]
    compose = stage.window.compose
    drafts = compose.drafts
    drafts._rest.setInterval(20)
    compose.session._mark_dirty()  # the person types: nothing older is looked at
    drafts.reload()
    stage.wait(lambda: drafts._older and not drafts._is_judging)
    drafts._judge_older()
    assert not drafts._is_judging
    assert drafts._rest.isActive()
    unseen = drafts.list.model.row_of(made[0])
    assert unseen is not None
    assert unseen.spoken == "not checked yet"
    compose.session.save()
    stage.wait(lambda: {key for key, _revision in drafts._verdicts} >= set(made), timeout=15_000)
    stage.wait(lambda: not drafts._older)
    stage.wait(lambda: drafts.list.model.row_of(made[0]).spoken != "not checked yet")


def test_in_a_very_long_list_marks_come_at_once_and_sections_with_the_last(stage, monkeypatch):
    monkeypatch.setattr("medvoice.ui.pages.compose.rows.SHOWN", 3)
    monkeypatch.setattr("medvoice.ui.pages.compose.drafts.MOVED_UP_TO", 5)
    made = [stage.workspace.drafting.create(title=f"T {n}", text="I read it.").id for n in range(12)]
    drafts = stage.window.compose.drafts
    model = drafts.list.model
    drafts._rest.setInterval(20)
    drafts.reload()
    stage.wait(lambda: model.count() == 13 and len(drafts._older) <= 6)
    row = model.row_of(made[8])
    stage.wait(lambda: model.row_of(made[8]).spoken == "nothing found")
    assert row is not None
    stage.wait(lambda: not drafts._older and not drafts._is_judging)
    stage.wait(lambda: {model.section_at(model.place_of(each)) for each in made} == {"ready"})


def test_scrolling_puts_the_look_at_old_drafts_off(stage):
    drafts = stage.window.compose.drafts
    stage.settle()
    drafts._rest.start()
    stage.bot.wait(120)
    before = drafts._rest.remainingTime()
    drafts.list.view.verticalScrollBar().valueChanged.emit(1)
    assert drafts._rest.remainingTime() > before


def test_a_long_list_starts_with_its_newest_part_and_reads_rows_as_they_come(stage, qtbot):
    with_rows = stage.window.compose.drafts.list
    for number in range(180):
        stage.workspace.drafting.create(title=f"Draft {number}", text="Words", is_idea=True)
    stage.window.compose.drafts._is_read = False  # as at a start
    stage.window.compose.drafts.reload()
    stage.wait(lambda: with_rows.count() == 181)
    bar = with_rows.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = with_rows.model.rowCount() - 1
    stage.wait(lambda: with_rows.model.row_at(last) is not None)
    rect = with_rows.view.visualRect(with_rows.model.index(last))
    assert 0 <= rect.top() < with_rows.view.viewport().height()
    with_rows.view.setFocus()
    stage.bot.keyClick(with_rows.view, Qt.Key.Key_Home)
    assert bar.value() == 0
