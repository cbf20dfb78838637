"""Dropping links, words and files on the window, as a drag from another program does it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.ui.commands import UndoStack
from medvoice.ui.dropping import Dropping
from medvoice.ui.editor import PostEditor
from medvoice.ui.models.drop_offer import read_offer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
ANY = COPY | MOVE | Qt.DropAction.LinkAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def link(url: str, title: str = "", *urls: str) -> QMimeData:
    """As Firefox drags a link."""
    data = QMimeData()
    data.setUrls([QUrl(url), *(QUrl(each) for each in urls)])
    if title:
        data.setData("text/x-moz-url", QByteArray(f"{url}\n{title}".encode("utf-16-le")))
    return data


def words(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return data


class Drag:
    """A drag of another program over the window, told to the window by Qt's own road."""

    def __init__(self, stage, data: QMimeData, ways: Qt.DropAction = ANY) -> None:
        self.data, self.ways = data, ways
        self.handle = stage.window.windowHandle()
        self.window = stage.window
        self.is_inside = False

    def over(self, part: QWidget) -> bool:
        """Whether a drop there would be taken."""
        at = part.mapTo(self.window, part.rect().center())
        move = QDragMoveEvent(at, self.ways, self.data, LEFT, NONE)
        if not self.is_inside:
            enter = QDragEnterEvent(at, self.ways, self.data, LEFT, NONE)
            QApplication.sendEvent(self.handle, enter)
            move.setAccepted(enter.isAccepted())
            self.is_inside = True
        QApplication.sendEvent(self.handle, move)
        self.at = at
        return move.isAccepted()

    def drop(self) -> Qt.DropAction:
        """What the other program is told was done with its things."""
        self.is_inside = False
        event = QDropEvent(QPointF(self.at), self.ways, self.data, LEFT, NONE)
        QApplication.sendEvent(self.handle, event)
        return event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction

    def leave(self) -> None:
        self.is_inside = False
        QApplication.sendEvent(self.handle, QDragLeaveEvent())


@pytest.fixture
def dropping(stage) -> Dropping:
    stage.wait(lambda: stage.window.findChild(Dropping) is not None)
    return stage.window.findChild(Dropping)


def ideas(stage) -> dict[str, tuple[str, str]]:
    found = stage.workspace.ideas.list()
    return {x.row.title: (x.source.url, x.source.way) if x.source else ("", "") for x in found}


def test_a_link_and_words_become_ideas_and_go_back(stage, dropping: Dropping) -> None:
    drag = Drag(stage, link("https://example.org/paper?a=1", "What registries  show"))
    assert drag.over(stage.window.rail)
    veil = dropping.veil
    assert veil is not None
    assert veil.isVisible()
    assert (veil.offer.deed, veil.offer.detail) == (
        "Drop to keep this link as an idea",
        "What registries show",
    )
    assert drag.drop() == COPY, "what is dropped stays where it came from"
    assert not veil.isVisible()
    kept = {"What registries show": ("https://example.org/paper?a=1", "dropped")}
    stage.wait(lambda: stage.window.toast.text() == "Noted. It stands under Ideas.")
    assert ideas(stage) == kept
    UndoStack.of(stage.window).undo()
    stage.wait(lambda: not ideas(stage))
    UndoStack.of(stage.window).redo()
    stage.wait(lambda: ideas(stage) == kept)

    stage.window.show_page("calendar")  # its views take their own cards and leave the rest to the window
    drag = Drag(stage, words("A question from today.\nWhy is the denominator missing?"))
    assert drag.over(stage.window.page_of("calendar"))
    drag.drop()
    stage.wait(lambda: "A question from today." in ideas(stage))


def test_files_become_drafts_even_over_the_text(stage, dropping: Dropping, tmp_path: Path) -> None:
    note, other = tmp_path / "note.md", tmp_path / "other.txt"
    note.write_text("# First note\n\nWords.", "utf-8")
    other.write_text("Second note", "utf-8")
    editor = stage.find(PostEditor, "post_editor")
    before = editor.text()
    drag = Drag(stage, files(note, other))
    assert drag.over(editor.viewport())
    assert dropping.veil is not None
    assert dropping.veil.offer.detail == "note.md · other.txt"
    assert drag.drop() == COPY
    stage.wait(lambda: stage.window.toast.text() == "2 drafts imported.")
    assert {"First note", "Second note"} <= {row.title for row in stage.workspace.drafting.list()}
    assert note.exists()
    UndoStack.of(stage.window).undo()
    stage.wait(lambda: [row.title for row in stage.workspace.drafting.list()] == ["A first draft"])
    session = stage.window.compose.session
    stage.window.open_draft(stage.workspace.drafting.list()[0].id)
    stage.wait(lambda: session.draft is not None and session.draft.title == "A first draft")
    assert editor.text() == before


def test_what_the_text_takes_itself_and_what_is_refused(stage, dropping: Dropping, tmp_path: Path) -> None:
    told: list[str] = []
    stage.window.toast.say = lambda words, *_rest: told.append(words)
    editor = stage.find(PostEditor, "post_editor")
    drag = Drag(stage, words("Words for the text"), COPY)
    assert drag.over(stage.window.rail)
    assert dropping.veil is not None
    assert drag.over(editor.viewport()), "the text takes words"
    stage.wait(lambda: not dropping.veil.isVisible())
    drag.drop()
    assert "Words for the text" in editor.text()
    assert not ideas(stage)

    drag = Drag(stage, files(tmp_path / "picture.png"))
    assert not drag.over(stage.window.rail), "the pointer says no"
    assert dropping.veil.isVisible()
    assert dropping.veil.offer.deed == "“picture.png” is no Word, Markdown or text file"
    drag.leave()
    stage.wait(lambda: not dropping.veil.isVisible())
    drag.over(stage.window.rail)
    assert drag.drop() == Qt.DropAction.IgnoreAction
    assert told == ["“picture.png” is no Word, Markdown or text file."]

    assert not Drag(stage, words("Never taken out of where it is"), MOVE).over(stage.window.rail)
    own = QMimeData()
    own.setData("application/x-medvoice-card", QByteArray(b"card:x"))
    assert not Drag(stage, own).over(stage.window.rail)
    assert not ideas(stage)


def test_what_a_drag_is_read_as() -> None:
    """Each kind of drag and what it offers: links with titles, words, files, or why not."""
    html = QMimeData()
    html.setUrls([QUrl("https://example.org/a")])
    html.setHtml('<p>see <a href="https://example.org/a">A <b>paper</b>\nwith a title</a></p>')
    twin = QMimeData()
    twin.setUrls([QUrl("https://example.org")])
    twin.setData("_NETSCAPE_URL", QByteArray("https://example.org/\nTitel für alle\n".encode()))
    bare = link("https://example.org/b", "https://example.org/b")
    picture = QMimeData()
    picture.setImageData(b"x")
    many = [f"https://example.org/{n}" for n in range(21)]

    def offer(data: QMimeData):
        found = read_offer(data)
        assert found is not None
        return found

    assert offer(html).links[0].title == "A paper with a title"
    assert offer(twin).links[0].title == "Titel für alle"
    assert offer(bare).links[0].title == "", "an address is no title"
    assert offer(words("  https://example.org/c ")).links[0].url == "https://example.org/c"
    assert [x.url for x in offer(link("https://a.example/", "", "https://b.example/")).links] == [
        "https://a.example/",
        "https://b.example/",
    ]
    assert offer(words("one\x00 two\r\nthree")).words == "one two\nthree"
    assert len(offer(files(Path("/x/a.MD"), Path("/x/b.markdown"))).paths) == 2
    refused = {
        "picture": picture,
        "dropped here": QMimeData(),
        "too many": words("w" * 20_001),
        "20 links": link(many[0], "", *many[1:]),
        "“javascript:alert(1)”": link("javascript:alert(1)"),
        "“ftp://": link("ftp://example.org/a"),
        "one after the other": link("https://example.org", "", "file:///a.md"),
        "50 files": files(*(Path(f"/x/{n}.md") for n in range(51))),
        "save it as .docx": files(Path("/x/old.DOC")),
        "“folder”": files(Path("/x/folder")),
    }
    for part, data in refused.items():
        found = offer(data)
        assert part in found.refusal
        assert (found.links, found.words, found.paths) == ((), "", ())
        assert found.deed == found.refusal
    assert len(offer(files(Path("/x/" + "n" * 300 + ".png"))).refusal) < 110
