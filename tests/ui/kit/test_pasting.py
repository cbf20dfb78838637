"""What comes in from the clipboard: words only, of a size a post can have, and a reason for the rest."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from medvoice.ui.editor import PostEditor
from medvoice.ui.editor.pasting import MAX_TEXT, clean_paste, read_paste
from medvoice.ui.editor.text_search import Query, find_all, place_after, place_before
from medvoice.ui.editor.typography import typeset
from medvoice.ui.pages.compose.telling import paste_words
from medvoice.ui.theme import Mode, Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(theme: Theme, qtbot) -> PostEditor:
    editor = PostEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(760, 420)
    editor.set_text("Before. ")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.show()
    return editor


def paste(editor: PostEditor, qtbot, data: QMimeData) -> list[str]:
    """Put `data` on the clipboard, press Ctrl+V; the sentences that were said."""
    said: list[str] = []
    editor.pasted.connect(lambda found: said.append(paste_words(found)))
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(editor, Qt.Key.Key_V, CTRL)
    return said


def of_text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def of_html(html: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    return data


@pytest.mark.parametrize(
    ("raw", "kept", "dropped"),
    [
        ("a\0b\x07c\x1b[0m", "abc[0m", 3),
        ("line\r\nnext\rlast", "line\nnext\nlast", 0),
        ("\ufeffmark\x85end\x0b", "mark\nend\n", 1),
        ("tab\tstays \u00a0 é 👩‍👩‍👧 שלום", "tab\tstays \u00a0 é 👩‍👩‍👧 שלום", 0),
        ("\u2028\u2029", "\n\n", 0),
    ],
)
def test_control_signs_do_not_come_along(raw: str, kept: str, dropped: int) -> None:
    assert clean_paste(raw) == (kept, dropped)


def test_hidden_signs_are_left_out_and_said(editor: PostEditor, qtbot) -> None:
    said = paste(editor, qtbot, of_text("a\0b\x07c"))
    assert editor.text() == "Before. abc"
    assert said == ["The words were pasted; 2 hidden signs stayed behind."]


def test_formatted_text_gives_its_words(editor: PostEditor, qtbot) -> None:
    html = "<h1>Title</h1><p>One <b>bold</b> word.<br>Next</p><ul><li>point</li></ul><img src='x.png'>"
    said = paste(editor, qtbot, of_html(html))
    assert editor.text().startswith("Before. Title\nOne bold word.\nNext\npoint")
    assert "\ufffc" not in editor.text()
    assert said == ["The words were pasted; one picture stayed behind."]
    formats = [block.charFormat().fontWeight() for block in blocks(editor)]
    assert max(formats) <= 500
    assert {block.blockFormat().lineHeight() for block in blocks(editor)} == {29}


def blocks(editor: PostEditor):
    block = editor.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def test_five_megabytes_are_answered_with_a_sentence_and_at_once(editor: PostEditor, qtbot) -> None:
    for data in (of_text("word " * 1_000_000), of_html("<p>" + "<b>word</b> " * 500_000)):
        began = time.perf_counter()
        said = paste(editor, qtbot, data)
        took_s = time.perf_counter() - began
        assert editor.text() == "Before. "
        assert said[0].startswith("Nothing was pasted: these are ")
        assert said[0].endswith("a draft holds 100,000 at most. Your text is unchanged.")
        assert took_s < 0.5


def test_many_small_pastes_end_at_the_same_limit(editor: PostEditor, qtbot) -> None:
    editor.set_text("x" * (MAX_TEXT - 10))
    said = paste(editor, qtbot, of_text("twelve signs"))
    assert len(editor.text()) == MAX_TEXT - 10
    assert said
    editor.selectAll()
    assert paste(editor, qtbot, of_text("twelve signs")) == []
    assert editor.text() == "twelve signs"


def test_pictures_and_files_are_refused_in_words(editor: PostEditor, qtbot, tmp_path: Path) -> None:
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert paste(editor, qtbot, picture)[0].startswith("Pictures cannot be pasted")
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "scan.pdf"))])
    file.setText(str(tmp_path / "scan.pdf"))
    assert paste(editor, qtbot, file)[0].startswith("Files cannot be pasted")
    assert editor.text() == "Before. "


def test_an_address_of_the_web_is_words(editor: PostEditor, qtbot) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/a")])
    assert paste(editor, qtbot, link) == []
    assert editor.text() == "Before. https://example.org/a"


def test_a_paste_is_one_step_back(editor: PostEditor, qtbot) -> None:
    paste(editor, qtbot, of_text("one\ntwo\nthree"))
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "Before. "


def test_nothing_but_control_signs_is_no_paste() -> None:
    assert read_paste(of_text("\0\0"), 100).refusal == "empty"
    assert read_paste(QMimeData(), 100).refusal == ""


def test_another_text_on_the_page_is_one_step_and_keeps_the_shape(editor: PostEditor) -> None:
    editor.set_text("first\nsecond")
    editor.put_text("other 😀\nlines\n\nhere")
    assert editor.text() == "other 😀\nlines\n\nhere"
    assert {block.blockFormat().lineHeight() for block in blocks(editor)} == {29}
    editor.undo()
    assert editor.text() == "first\nsecond"
    editor.redo()
    assert editor.text() == "other 😀\nlines\n\nhere"


def test_a_change_of_colours_keeps_undo_and_redo(editor: PostEditor, theme: Theme, qtbot) -> None:
    qtbot.keyClicks(editor, "typed")
    editor.undo()
    theme.set_mode(Mode.DARK)
    assert editor.can_redo()
    editor.redo()
    assert editor.text() == "Before. typed"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(""), []),
        (Query("as"), [(0, 2), (6, 8)]),
        (Query("as", is_whole_word=True), [(0, 2)]),
        (Query("AS", is_case_matched=True), []),
        (Query(".*"), []),
    ],
)
def test_places_of_words(query: Query, found: list[tuple[int, int]]) -> None:
    assert find_all("as a task", query) == found


def test_steps_go_around_the_ends() -> None:
    places = [(2, 4), (8, 10)]
    assert [place_after(places, at) for at in (0, 2, 3, 9)] == [0, 0, 1, 0]
    assert [place_before(places, at) for at in (0, 2, 8, 99)] == [1, 1, 0, 1]
    assert (place_after([], 0), place_before([], 0)) == (-1, -1)


@pytest.mark.parametrize(
    ("before", "sign", "change"),
    [
        ("", '"', (0, "“")),
        ("word", '"', (0, "”")),
        ("(", "'", (0, "‘")),
        ("it", "'", (0, "’")),
        ("a-", "-", (1, "–")),
        ("a–", "-", (1, "—")),
        ("a..", ".", (2, "…")),
        ("a...", ".", None),
        ("https://x.org/a-", "-", None),
        ("a", "b", None),
    ],
)
def test_type_is_set(before: str, sign: str, change: tuple[int, str] | None) -> None:
    assert typeset(before, sign) == change
