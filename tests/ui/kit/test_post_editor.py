"""The page: exact text, findings that move with edits, fixes as one step, keys."""

import time
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QToolTip

from medvoice.ui.editor import PostEditor, clean_text
from medvoice.ui.editor.lines import lines_between
from medvoice.ui.editor.split_margin import SplitMargin
from medvoice.ui.theme import Mode, Theme

TEXT = "Reading 😀 a registry.\nOur therapy is safe and #welltolerated.\n\nWhich check would you add?"


@pytest.fixture
def editor(theme: Theme, qtbot) -> PostEditor:
    editor = PostEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(760, 420)
    editor.set_text(TEXT)
    editor.show()
    return editor


def span(editor: PostEditor, words: str) -> tuple[int, int]:
    start = editor.text().index(words)
    return start, start + len(words)


def put_caret(editor: PostEditor, utf16: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(utf16)
    editor.setTextCursor(cursor)


def test_the_hint_of_an_empty_text_stands_where_the_first_word_will(theme, qtbot) -> None:
    editor = PostEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(600, 300)
    editor.set_text("")
    editor.set_hint("Write")
    editor.show()
    with_hint, start = editor.grab().toImage(), editor.hint_start()
    editor.set_hint("")
    assert editor.grab().toImage() != with_hint
    editor.insert_text("Write")
    [(_rect, baseline)] = lines_between(editor, 0, 5, 29)
    assert abs(baseline - start.y()) < 0.5
    editor.set_hint("Something longer than the word")
    written = editor.grab().toImage()
    editor.set_hint("")
    assert editor.grab().toImage() == written  # nothing is painted over words


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters()))
def test_text_comes_back_as_it_went_in(editor: PostEditor, text: str) -> None:
    editor.set_text(text)
    assert editor.text() == clean_text(text)


@pytest.mark.parametrize(
    "text", ["", "\n", "a\n", "\n\na", "👩‍👩‍👧 é ≥ \u00a0x\u00a0", "שלום\tעולם", "  two  spaces  "]
)
def test_odd_texts_come_back(editor: PostEditor, text: str) -> None:
    editor.set_text(text)
    assert editor.text() == text


def test_loading_and_shaping_leave_no_undo_step(editor: PostEditor, theme: Theme) -> None:
    assert not editor.can_undo()
    theme.set_text_scale(1.15)
    theme.set_mode(Mode.DARK)
    assert not editor.can_undo()
    assert editor.text() == TEXT


def test_lines_have_the_fixed_height_of_the_token(editor: PostEditor) -> None:
    editor.set_text("words " * 60)
    layout = editor.document().begin().layout()
    tops = [layout.lineAt(number).y() for number in range(layout.lineCount())]
    assert len(tops) > 2
    assert [after - before for before, after in pairwise(tops)] == [29] * (len(tops) - 1)


def test_new_paragraphs_keep_the_line_height(editor: PostEditor, qtbot) -> None:
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "more")
    assert editor.document().lastBlock().blockFormat().lineHeight() == 29
    assert editor.text() == TEXT + "\nmore"


def test_paste_takes_plain_text_only(editor: PostEditor) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold\0")
    editor.set_text("")
    editor.insertFromMimeData(data)
    assert editor.text() == "bold"
    assert not editor.document().begin().begin().fragment().charFormat().fontWeight() > 500
    picture = QMimeData()
    picture.setHtml("<i>only html</i>")
    editor.set_text("x")
    editor.insertFromMimeData(picture)
    assert "<" not in editor.text()


def test_findings_move_with_typing_before_them_and_go_when_edited(editor: PostEditor, qtbot) -> None:
    start, end = span(editor, "safe")
    editor.set_findings([(start, end, "block", "f1")])
    put_caret(editor, 0)
    qtbot.keyClicks(editor, "New. ")
    assert editor.findings() == [(start + 5, end + 5, "block", "f1")]
    assert editor.text()[start + 5 : end + 5] == "safe"
    editor.apply_fix(start + 6, start + 7, "o")
    assert editor.findings() == []


def test_a_finding_after_emoji_marks_the_right_words(editor: PostEditor) -> None:
    editor.set_findings([(*span(editor, "Our therapy"), "warn", "f1")])
    assert editor.go_to("f1")
    assert editor.textCursor().selectedText() == "Our therapy"
    assert not editor.go_to("nothing")


def test_a_fix_is_one_undo_step_and_keeps_the_history(editor: PostEditor, qtbot) -> None:
    put_caret(editor, 0)
    qtbot.keyClicks(editor, "Hm")
    before = editor.text()
    editor.apply_fix(*span(editor, "is safe and"), "is, as the data stand,\nstill")
    after = editor.text()
    assert after == before.replace("is safe and", "is, as the data stand,\nstill")
    editor.undo()
    assert editor.text() == before
    editor.redo()
    assert editor.text() == after
    editor.undo()
    editor.undo()
    assert editor.text() == TEXT
    assert not editor.can_undo()


def test_caret_inside_a_finding_tells_its_card_once(editor: PostEditor, qtbot) -> None:
    start, end = span(editor, "therapy")
    editor.set_findings([(start, end, "block", "f1")])
    told: list[str] = []
    editor.finding_activated.connect(told.append)
    utf16 = start + 1  # one emoji before it
    put_caret(editor, utf16 + 2)
    put_caret(editor, utf16 + 3)
    assert told == ["f1"]
    put_caret(editor, 0)
    put_caret(editor, utf16 + 2)
    assert told == ["f1", "f1"]


def test_f8_walks_through_the_findings_and_around(editor: PostEditor, qtbot) -> None:
    words = ("Reading", "therapy", "check")
    editor.set_findings([(*span(editor, word), "warn", word) for word in words])
    told: list[str] = []
    editor.finding_activated.connect(told.append)
    for _ in range(4):
        qtbot.keyClick(editor, Qt.Key.Key_F8)
    qtbot.keyClick(editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert told == ["Reading", "therapy", "check", "Reading", "check"]
    assert editor.textCursor().selectedText() == "check"


def test_only_the_person_s_changes_are_told(editor: PostEditor, qtbot) -> None:
    told: list[int] = []
    editor.text_edited.connect(lambda: told.append(editor.revision))
    editor.set_text("other")
    assert told == []
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, "!")
    assert told == [editor.revision]


def test_colouring_is_not_a_change_of_text(editor: PostEditor, theme: Theme) -> None:
    told: list[bool] = []
    editor.text_edited.connect(lambda: told.append(True))
    editor.set_findings([(*span(editor, "safe"), "block", "f1")])
    revision = editor.revision
    theme.set_mode(Mode.DARK)
    theme.set_text_scale(1.15)
    assert told == []
    assert editor.revision == revision
    assert [found[3] for found in editor.findings()] == ["f1"]


def test_words_of_a_finding_are_found_under_the_pointer(editor: PostEditor) -> None:
    editor.set_findings([(*span(editor, "therapy"), "block", "f1", "Own product")])
    (rect, baseline), *_ = editor.lines_of(editor._marks[0])
    assert editor.finding_at(rect.center().toPoint()) == "f1"
    assert editor.finding_at((rect.topRight() + QPointF(60, 5)).toPoint()) == ""
    assert rect.top() < baseline < rect.bottom()


def test_underlines_are_drawn_in_the_colours_of_the_tokens(editor: PostEditor, theme: Theme) -> None:
    start, end = span(editor, "therapy is safe")
    plain = editor.viewport().grab().toImage()
    editor.set_findings([(start, end, "block", "f1")])
    marked = editor.viewport().grab().toImage()
    (rect, baseline), *_ = editor.lines_of(editor._marks[0])
    x = int(rect.right()) - 2
    assert marked.pixelColor(x, int(baseline) - 15).name().upper() == theme.hex("danger.soft")
    assert plain.pixelColor(x, int(baseline) - 15).name().upper() == theme.hex("bg.surface")
    near = {
        marked.pixelColor(x - step, int(baseline + 5) + row).name() for step in range(9) for row in range(3)
    }
    assert theme.color("danger.solid").name() in near


def test_column_is_at_most_600_wide_and_centred(editor: PostEditor, qtbot) -> None:
    editor.resize(1000, 400)
    assert editor.viewport().width() <= 600
    assert editor.column_left() == 200
    editor.resize(500, 400)
    assert editor.column_left() == 24


def test_a_key_costs_little_in_a_long_post(editor: PostEditor, qtbot) -> None:
    editor.set_text("\n".join(f"Paragraph {n} with a #tag and some words to wrap around." for n in range(60)))
    editor.set_findings([(n * 50, n * 50 + 9, "warn", str(n)) for n in range(40)])
    editor.moveCursor(QTextCursor.MoveOperation.End)
    times = []
    for _ in range(30):
        began = time.perf_counter()
        qtbot.keyClick(editor, Qt.Key.Key_A)
        times.append(time.perf_counter() - began)
    assert median(times) < 0.010


def test_posts_of_a_thread_are_marked_beside_their_lines_and_move_with_the_words(editor: PostEditor) -> None:
    start = span(editor, "Which check")[0]
    editor.show_splits([(start, "2/2", True)])
    margin = editor.findChild(SplitMargin, "split_margin")
    assert margin.isVisible()
    assert margin.width() == editor.column_left()
    (_mark, middle), *_ = margin.lines()
    last = editor.document().lastBlock()
    rect = editor.document().documentLayout().blockBoundingRect(last)
    assert rect.top() < middle < rect.bottom()
    put_caret(editor, 0)
    editor.insert_text("One more line 😀.\n")
    assert editor.splits() == [(span(editor, "Which check")[0], "2/2", True)]
    assert margin.lines()[0][1] > middle
    editor.set_text("Another draft")
    assert not margin.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_pointer_over_a_finding_says_how_severe_it_is_and_the_key(editor: PostEditor, qtbot) -> None:
    editor.set_findings([(*span(editor, "safe"), "block", "f1", "Unqualified claim")])
    (rect, _baseline), *_ = editor.lines_of(editor._marks[0])
    qtbot.mouseMove(editor.viewport(), rect.center().toPoint())
    qtbot.waitUntil(lambda: QToolTip.text() == "Must fix: Unqualified claim   F8", timeout=3000)
    QToolTip.hideText()


def test_each_text_keeps_its_own_history_while_others_are_shown(
    editor: PostEditor, theme: Theme, qtbot
) -> None:
    editor.set_text("First.", "d_1 ")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " More.")
    editor.set_text("Second.", "d_2 ")
    assert not editor.can_undo()
    qtbot.keyClicks(editor, "x")
    theme.set_mode(Mode.DARK)
    editor.set_text("First. More.", "d_1 ")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "First."
    edits: list[str] = []
    editor.text_edited.connect(lambda: edits.append(editor.text()))
    editor.redo()
    assert edits == ["First. More."]
    editor.set_text("Changed elsewhere.", "d_1 ")
    assert editor.text() == "Changed elsewhere."
    assert not editor.can_undo()


def test_many_texts_do_not_pile_up(editor: PostEditor, qtbot) -> None:
    for number in range(60):
        editor.set_text(f"Text {number} #tag", f"d_{number} ")
        editor.set_text(f"Other {number}", f"d_{number} x")
        editor.set_text(f"Other {number} again", f"d_{number} x")
    assert len(editor._kept) == 12
    qtbot.wait(10)
    assert len(editor.findChildren(QTextDocument, options=Qt.FindChildOption.FindDirectChildrenOnly)) == 12
    editor.set_text("Text 59 #tag", "d_59 ")
    block = editor.document().begin()
    assert [span.start for span in block.layout().formats()] == [8]
