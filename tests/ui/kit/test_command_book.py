"""Commands, their book and the stack of what can be taken back."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.ui.commands import SECTIONS, Command, CommandBook, UndoStack, section_title


def command(name: str, shortcut: str = "", section: str = "post", **more) -> Command:
    return Command(name, name.title(), section, more.pop("run", lambda: None), shortcut, **more)


def test_the_page_in_front_replaces_the_one_before(qapp) -> None:
    book = CommandBook()
    told: list[int] = []
    book.changed.connect(lambda: told.append(len(book.all())))
    book.set_source("window", [command("go.queue", "Ctrl+3", "go"), command("draft.new", "Ctrl+N", "draft")])
    book.set_source("page", [command("post.schedule", "Ctrl+Return")])
    assert [each.name for each in book.all()] == ["draft.new", "post.schedule", "go.queue"]
    book.set_source("page", [command("queue.pause")])
    assert [each.name for each in book.all()] == ["draft.new", "queue.pause", "go.queue"]
    assert told == [2, 3, 3]


def test_the_first_keeps_its_keys_and_the_clash_is_named(qapp) -> None:
    book = CommandBook()
    first, second = command("a", "Ctrl+Shift+T"), command("b", "Shift+Ctrl+T", also=("F4",))
    book.set_source("window", [first, second])
    assert book.clashes == ("b: Shift+Ctrl+T belongs to a",)
    assert book.keys_of(first) == ("Ctrl+Shift+T",)
    assert book.keys_of(second) == ("F4",)
    book.set_source("window", [first, command("a"), command("c", section="nowhere")])
    assert len(book.clashes) == 2


def test_what_is_in_the_way_is_told_or_gone_to(qapp) -> None:
    done: list[str] = []
    book = CommandBook()
    book.told.connect(lambda words: done.append(f"told {words}"))
    book.set_source(
        "page",
        [
            command("free", run=lambda: done.append("free")),
            command("blocked", run=lambda: done.append("never"), why_disabled=lambda: "after 1 fix"),
            command("led", why_disabled=lambda: "sign in first", cause=lambda: done.append("went")),
        ],
    )
    assert book.run("free") == ""
    assert book.run("blocked") == "after 1 fix"
    assert book.run("led") == "sign in first"
    assert book.run("unknown") == ""
    assert done == ["free", "told after 1 fix", "went"]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_menu_has_a_name(section: str) -> None:
    assert section_title(section)


def test_deeds_are_taken_back_and_done_again(qapp) -> None:
    value = [1]
    stack = UndoStack()
    said: list[str] = []
    stack.taken_back.connect(lambda label: said.append(f"undo {label}"))
    stack.done_again.connect(lambda label: said.append(f"redo {label}"))
    value[0] = 2
    stack.push("Two", lambda: value.__setitem__(0, 1), lambda: value.__setitem__(0, 2))
    assert (stack.undo_label, stack.redo_label) == ("Two", "")
    assert stack.undo()
    assert value == [1]
    assert (stack.undo_label, stack.redo_label) == ("", "Two")
    assert not stack.undo()
    assert stack.redo()
    assert value == [2]
    assert not stack.redo()
    assert said == ["undo Two", "redo Two"]


def test_an_earlier_deed_alone_and_once(qapp) -> None:
    back: list[str] = []
    stack = UndoStack()
    first = stack.push("first", lambda: back.append("first"))
    stack.push("second", lambda: back.append("second"))
    assert stack.take_back(first)
    assert not stack.take_back(first)
    assert stack.undo()
    assert not stack.undo()
    assert back == ["first", "second"]
    assert stack.redo_label == ""  # neither says how to do it again


def test_one_stack_a_window(qapp, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    part = QWidget()
    QVBoxLayout(window).addWidget(part)
    assert UndoStack.of(part) is UndoStack.of(window)
