"""A client as a screen reader is one: it knows MedVoice by AT-SPI alone. Run by the system's Python.

    /usr/bin/python3 assistive_client.py TEXT

Writes TEXT as a post, takes the first suggestion of each "Must fix", ticks what is to be ticked, schedules,
and takes it back. Prints one JSON line per step; exit code 1 with a reason when it does not get on.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

WAIT_S = 20.0
STATE = Atspi.StateType
# The buttons of a card that change the text.
FIXES = ("Use this wording", "Take the sentence out", "Take it out")


def children(node):
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            yield child


def walk(node):
    """The node and all that is showing in it."""
    yield node
    for child in children(node):
        if child.get_state_set().contains(STATE.SHOWING):
            yield from walk(child)


def wait_for(find, what):
    """What `find` gives, as soon as it gives something. Raises TimeoutError with what was wanted or there."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        try:
            found = find()
        except gi.repository.GLib.Error:
            found = None  # a widget that went away while it was being asked
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(what if isinstance(what, str) else what())


def say(step, **facts):
    print(json.dumps({"step": step} | facts, ensure_ascii=False), flush=True)


class Reader:
    """MedVoice as its accessibility tree tells it."""

    def __init__(self):
        self.app = wait_for(self._application, "the application")

    def _application(self):
        return next((each for each in children(Atspi.get_desktop(0)) if each.get_name() == "MedVoice"), None)

    def all(self, role, name="", inside=None):
        """What is showing with that role and a name that begins so."""
        return [
            node
            for node in walk(inside or self.app)
            if node.get_role() == role and node.get_name().startswith(name)
        ]

    def find(self, role, name):
        def there():
            names = sorted({each.get_name() for each in self.all(role)})
            return f"{role.value_nick} {name!r}; there is {names}"

        return wait_for(lambda: next(iter(self.all(role, name)), None), there)

    def press(self, node):
        for at in range(node.get_n_actions()):
            if Atspi.Action.get_action_name(node, at) in ("Press", "Toggle", "press", "toggle"):
                Atspi.Action.do_action(node, at)
                return
        raise LookupError(f"nothing to press: {node.get_name()}")


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def is_checked(node):
    return node.get_state_set().contains(STATE.CHECKED)


def write(reader, text):
    reader.press(reader.find(Atspi.Role.PUSH_BUTTON, "New draft"))
    editor = reader.find(Atspi.Role.TEXT, "Post text")
    assert editor.get_state_set().contains(STATE.EDITABLE)
    wait_for(lambda: Atspi.EditableText.insert_text(editor, 0, text, len(text)), "writing")
    wait_for(lambda: text_of(editor) == text, "the text in the editor")
    say("written", text=text_of(editor))
    return editor


def fix(reader, editor):
    """Take the first button of each card that says "Must fix", until none is left."""
    cards = wait_for(lambda: reader.all(Atspi.Role.PANEL, "Must fix, "), "a finding")
    while cards:
        before, names = text_of(editor), [card.get_name() for card in cards]
        buttons = [
            each
            for each in reader.all(Atspi.Role.PUSH_BUTTON, inside=cards[0])
            if each.get_name().startswith(FIXES)
        ]
        reader.press(buttons[0])
        say("fixed", card=names[0], button=buttons[0].get_name())
        wait_for(lambda before=before: text_of(editor) != before, "a changed text")
        wait_for(lambda name=names[0]: not reader.all(Atspi.Role.PANEL, name), "the card to go")
        cards = reader.all(Atspi.Role.PANEL, "Must fix, ")
    say("all fixed", text=text_of(editor))


def boxes(reader):
    """The check boxes of the pane that say what a person confirms: those below "Your checks"."""
    heading = reader.find(Atspi.Role.LABEL, "Your checks")
    holder = heading.get_parent()
    while not any(each.get_role() == Atspi.Role.CHECK_BOX for each in children(holder)):
        holder = holder.get_parent()
    found = [each for each in walk(holder) if each.get_role() == Atspi.Role.CHECK_BOX]
    return [each for each in found if not each.get_name().startswith("Disclaimer")]


def tick(reader):
    names = [box.get_name() for box in wait_for(lambda: boxes(reader), "boxes")]
    for name in names:

        def box(name=name):
            return next((each for each in boxes(reader) if each.get_name() == name), None)

        found = wait_for(box, name)
        if not is_checked(found):
            reader.press(found)
            wait_for(lambda box=box: is_checked(box()), f"a tick at {name!r}")
        say("ticked", box=name)


def schedule(reader):
    button = reader.find(Atspi.Role.PUSH_BUTTON, "Schedule")
    wait_for(lambda: button.get_name().startswith("Schedule for "), lambda: button.get_name())
    say("ready", button=button.get_name())
    reader.press(button)
    say("scheduled", button=reader.find(Atspi.Role.PUSH_BUTTON, "Scheduled for ").get_name())


def take_back(reader):
    reader.press(reader.find(Atspi.Role.PUSH_BUTTON, "Undo"))
    say("taken back", button=reader.find(Atspi.Role.PUSH_BUTTON, "Schedule for ").get_name())


def main(text):
    reader = Reader()
    editor = write(reader, text)
    fix(reader, editor)
    tick(reader)
    schedule(reader)
    if sys.stdin.readline():  # the test looks into the workspace first
        take_back(reader)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (AssertionError, LookupError, TimeoutError) as problem:
        say("stuck", why=str(problem))
        sys.exit(1)
