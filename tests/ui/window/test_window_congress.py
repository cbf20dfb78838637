"""A congress with twelve abstracts and three kinds of embargo is planned in the window by keys alone: the
event, its sessions and abstracts, which draft draws on which, and a time for each after its embargo."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError

# The offscreen platform has no real popups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
K, M = Qt.Key, Qt.KeyboardModifier
NO, CTRL = M.NoModifier, M.ControlModifier
BOTH = CTRL | M.ShiftModifier
ME = "Jordan Sample"
MOST_TABS = 60
REGULAR = tuple(f"R{n}" for n in range(1, 5))
LATE = tuple(f"LBA{n}" for n in range(1, 5))
ORAL = tuple(f"S{n}" for n in range(1, 5))
# 17:00 Eastern on the day of release; 07:00 Central on the day of presentation; 09:00 Central, the session.
ENDS = (
    dict.fromkeys(REGULAR, datetime(2031, 5, 22, 21, 0, tzinfo=UTC))
    | dict.fromkeys(LATE, datetime(2031, 6, 1, 12, 0, tzinfo=UTC))
    | dict.fromkeys(ORAL, datetime(2031, 5, 31, 14, 0, tzinfo=UTC))
)


class Keys:
    """Hands on the keyboard, and ears for what a screen reader would say."""

    def __init__(self, stage) -> None:
        self.stage, self.window = stage, stage.window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO, times: int = 1) -> None:
        for _ in range(times):
            self.come_back()
            QTest.keyClick(self.target(), key, modifiers)

    def type(self, words: str) -> None:
        for letter in words:
            self.come_back()
            QTest.keyClicks(self.target(), letter)

    def come_back(self) -> None:
        """This platform does not make the window active by itself after a panel was closed."""
        self.target()
        self.stage.wait(
            lambda: QApplication.activeWindow() is self.window or QApplication.activePopupWidget()
        )

    def target(self) -> QWidget:
        """Where a window system brings a key: to what has popped up, else to the focus."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        if QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
        return QApplication.focusWidget() or self.window

    def heard(self) -> str:
        widget = self.target()
        if isinstance(widget, QComboBox):
            return widget.accessibleName()  # on this platform Qt names a box by what is chosen in it
        reached = QAccessible.queryAccessibleInterface(widget) if widget is not None else None
        return reached.text(QAccessible.Text.Name) if reached is not None else ""

    def hear(self, words: str) -> None:
        try:
            self.stage.wait(lambda: self.heard() == words, timeout=5000)
        except QtTimeoutError as problem:
            raise AssertionError(f"{words!r} is not reached; the focus is on {self.heard()!r}") from problem

    def tab_to(self, words: str) -> None:
        heard: list[str] = []
        while len(heard) < MOST_TABS and self.heard() != words:
            heard.append(self.heard())
            self.press(K.Key_Tab)
        assert self.heard() == words, f"Tab does not reach {words!r}: {heard}"

    def fill(self, field: str, words: str) -> None:
        self.tab_to(field)
        self.type(words)

    def button(self) -> str:
        found = self.window.findChild(QWidget, "schedule_button")
        return found.accessibleName() if found.isVisible() else ""


def add_event(keys: Keys) -> None:
    keys.press(K.Key_6, CTRL)
    keys.hear("Add event")
    keys.press(K.Key_Return)
    keys.hear("Name")
    keys.press(K.Key_Return)
    assert keys.window.findChild(QWidget, "problem_name").text() == "An event needs a name."
    keys.type("American Oncology Meeting")
    keys.fill("Place", "Chicago")
    keys.fill("Time zone", "America/Chicago")
    keys.fill("First day", "30 May 2031")
    keys.fill("Last day", "2031-06-03")
    keys.tab_to("Whose embargo rules: Its own")
    keys.press(K.Key_Right)
    keys.fill("Day its regular abstracts are released", "2031-05-22")
    keys.press(K.Key_Return)
    keys.hear("Title of the session")
    for title, when in (("Oral abstracts", "31 May 9:00"), ("Late-breaking abstracts", "1 June 10:00")):
        keys.type(title)
        keys.fill("Start, such as 19 Nov 9:00", when)
        keys.press(K.Key_Return)
        keys.hear("Title of the session")


def add_abstracts(keys: Keys) -> None:
    store = keys.stage.workspace.congresses.store
    event_id = store.events()[0].id
    count = 0
    for numbers, kind, steps in ((REGULAR, 0, 0), (LATE, 1, 2), (ORAL, 1, -1)):
        for number in numbers:
            keys.tab_to("Number")
            keys.type(number)
            keys.fill("Title of the abstract", f"What {number} found")
            if kind and number == numbers[0]:
                keys.tab_to("How its embargo ends")
                keys.press(K.Key_Down, times=kind)
                keys.tab_to("Session it is shown in")
                keys.press(K.Key_Down if steps > 0 else K.Key_Up, times=abs(steps))
            keys.press(K.Key_Return)
            count += 1
            keys.stage.wait(lambda: len(store.abstracts(event_id)) == count)  # noqa: B023 - waited for here
            keys.hear("Number")
    keys.press(K.Key_Escape)
    keys.hear("Events")


def tie_and_schedule(keys: Keys, number: str) -> None:
    """The open draft is tied to an abstract, and scheduled by the button that names its embargo."""
    planned = len(keys.stage.workspace.queueing.outbox.list())
    keys.press(K.Key_E, BOTH)
    keys.hear("What this draft draws on")
    keys.type(f"{number} ")
    keys.press(K.Key_Return)
    keys.stage.wait(lambda: keys.button().startswith("Schedule after "))
    if number == "LBA1":
        try_too_early(keys)
    else:
        keys.press(K.Key_Return, CTRL)
    keys.stage.wait(lambda: len(keys.stage.workspace.queueing.outbox.list()) == planned + 1)
    keys.stage.wait(lambda: keys.button().startswith("Scheduled for "))


def try_too_early(keys: Keys) -> None:
    """A moment before the end is refused with the reason, and the first one possible is offered."""
    keys.press(K.Key_T, BOTH)
    keys.hear("When to post")
    panel = keys.window.findChild(QWidget, "time_popover")
    keys.type("1 June 2031 11:59")
    keys.press(K.Key_Return, CTRL)
    said = panel.findChild(QWidget, "time_note").text()
    assert said == (
        "“What LBA1 found” (American Oncology Meeting) is under embargo until Sun 1 Jun 2031, 07:00 Chicago,"
        " 12:00 where you are."
    )
    assert panel.isVisible()
    assert keys.heard() == "When to post"
    keys.tab_to("Use Sun 1 Jun 2031, 12:00")
    keys.press(K.Key_Return)
    keys.press(K.Key_Return, CTRL)


def prepare(stage) -> list[str]:
    """Twelve drafts, written and checked; none knows of an abstract."""
    workspace, made = stage.workspace, []
    for number in ENDS:
        draft = workspace.drafting.create(
            title=f"About {number}", text=f"I read the methods of {number} before its results."
        )
        for item in workspace.clearing.standing(draft.id).left:
            if item.kind == "tick":
                workspace.clearing.tick(draft.id, item.code, ME)
        made.append(draft.id)
    return made


@pytest.mark.timeout(60)
def test_a_congress_is_planned_by_keys_alone(stage) -> None:
    keys = Keys(stage)
    drafts = prepare(stage)
    stage.window.bridge.look()
    add_event(keys)
    add_abstracts(keys)
    embargoes = stage.workspace.congresses.embargoes
    event = stage.workspace.congresses.store.events()[0]
    found = {each.abstract.number: each.lift.at for each in embargoes.of_event(event.id)}
    assert found == ENDS, "regular, late-breaking and at its session, each at its instant"

    keys.press(K.Key_1, CTRL)
    session = stage.window.compose.session
    for number, draft_id in zip(ENDS, drafts, strict=True):
        keys.press(K.Key_K, CTRL)
        keys.type(f"About {number}")
        palette = stage.window.hub._palette
        stage.wait(lambda: f"About {number}" in getattr(palette.chosen(), "text", ""))  # noqa: B023
        keys.press(K.Key_Return)
        stage.wait(lambda: session.draft is not None and session.draft.id == draft_id)  # noqa: B023
        stage.settle()
        tie_and_schedule(keys, number)

    outbox, tied = stage.workspace.queueing.outbox, stage.workspace.congresses.store
    for number, draft_id in zip(ENDS, drafts, strict=True):
        assert [each.number for each in tied.of_draft(draft_id)] == [number]
        (delivery,) = outbox.list(draft_id=draft_id)
        assert (delivery.state, delivery.due_at >= ENDS[number]) == ("planned", True)
    assert outbox.list(draft_id=drafts[4])[0].due_at == ENDS["LBA1"], "the first moment possible"
    stage.window.show_page("network")


def test_an_embargo_without_a_known_end_locks_the_draft_and_leads_to_its_event(stage) -> None:
    service, drafting = stage.workspace.congresses, stage.workspace.drafting
    far = service.add_event(
        "Far Meeting", "America/Chicago", date(2031, 5, 30), date(2031, 6, 3), style="asco"
    )
    service.add_event("Near Days", "UTC", date(2031, 1, 9), date(2031, 1, 9))
    abstract = service.add_abstract(far.id, "Not released yet")
    service.link(drafting.list()[0].id, abstract.id, ME)
    keys, planning = Keys(stage), stage.window.compose.planning
    stage.window.bridge.look()
    stage.wait(lambda: "embargo" in [item.kind for item in planning.left])
    assert stage.window.compose.column.banner_words("embargo") == (
        "“Not released yet” (Far Meeting) is under embargo, and when that ends is not known."
    )
    stage.tick_all()
    stage.wait(lambda: keys.button() == "Schedule, 1 thing left")
    keys.press(K.Key_Return, CTRL)
    keys.hear("Find out when the embargo of “Not released yet” ends.")
    keys.press(K.Key_Return)
    stage.wait(lambda: stage.window.page() == "network")
    page = stage.window.page_of("network")
    stage.wait(lambda: page.list.row is not None and page.list.row.id == far.id)
    service.change_event(far.id, ME, release_on=date(2031, 5, 22))
    keys.press(K.Key_1, CTRL)
    stage.wait(lambda: keys.button() == "Schedule after 22 May 2031, 21:00")
