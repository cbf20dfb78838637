"""Doing what a key, a menu or a drop on the calendar asks for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMenu

from medvoice.domain.errors import MedVoiceError
from medvoice.ui.models.calendar_data import Card, best_wall, shifted, why_not
from medvoice.ui.models.calendar_days import ViewKind
from medvoice.ui.models.calendar_hours import first_fitting, next_open
from medvoice.ui.models.problems import sentence_for

if TYPE_CHECKING:
    from medvoice.ui.pages.calendar.page import CalendarPage

VIEWS: tuple[ViewKind, ...] = ("month", "week", "list")


class CalendarDoing(QObject):
    """Acts of one page: it knows what the cursor is on."""

    def __init__(self, page: "CalendarPage") -> None:
        super().__init__(page)
        self.page = page
        page.acts.problem.connect(self.problem)
        page.acts.announced.connect(self.announce)

    def act(self, act: str) -> None:
        """Do what a key or a command stands for (see grid_keys)."""
        card, snapshot = self.page.view.card(), self.page.snapshot
        moves = {
            "day_back": (-1, 0),
            "day_on": (1, 0),
            "week_back": (-7, 0),
            "week_on": (7, 0),
            "up": (0, -15) if self.page.kind == "week" else (-7, 0),
            "down": (0, 15) if self.page.kind == "week" else (7, 0),
        }
        plain = {
            "today": self.page.show_today,
            "previous": lambda: self.page.step(-1),
            "next": lambda: self.page.step(1),
            "go_to": self.page.ask_date,
            "new": self._new,
            "escape": self.page.leave_card,
            "menu": lambda: self.show_menu(self._menu_place()),
            "place": lambda: self.place_next(""),
            "readers": self.choose_readers,
            "plan": self.plan_two_weeks,
        }
        if act in VIEWS:
            self.page.show_view(act)
        elif act in plain:
            plain[act]()
        elif card is None or snapshot is None:
            if act in ("open", "show"):
                self._step_in()
        elif act in moves:
            days, minutes = moves[act]
            self.move(card, shifted(card, days, minutes))
        elif act == "open":
            self.page.draft_requested.emit(card.entry.draft_id)
        elif act == "show":
            self.page.open_side()
            self.page.show_card(snapshot, card)
        elif act == "best":
            self._best(card)
        elif act == "unschedule":
            self.page.acts.unschedule(card)

    def _step_in(self) -> None:
        """On a day with cards Enter goes to its first card."""
        snapshot = self.page.snapshot
        cards = snapshot.on(self.page.view.day()) if snapshot else ()
        if cards:
            self.page.view.set_card(cards[0].key)

    def move(self, card: Card, wall: str) -> None:
        """Move a card, or say why not."""
        snapshot = self.page.snapshot
        if snapshot is None:
            return
        reason = why_not(card, wall, snapshot)
        if reason:
            self.problem(self.tr("Not moved. {reason}.").format(reason=reason))
            return
        self.page.follow = card.entry.draft_id
        self.page.acts.move(card, wall, snapshot.zone)

    def dropped(self, key: str, wall: str) -> None:
        """A card was dropped."""
        snapshot = self.page.snapshot
        card = snapshot.find(key) if snapshot else None
        if card is not None:
            self.move(card, wall)

    def placed(self, draft_id: str, wall: str) -> None:
        """A draft gets a moment in mind. The keyboard goes with it: the button pressed may be gone."""
        if self.page.read is not None:
            if self.page.side.isAncestorOf(self.page.window().focusWidget() or self.page):
                self.page.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.follow = draft_id
            self.page.acts.place(draft_id, wall, self.page.read.zone)

    def place_next(self, draft_id: str) -> None:
        """Put the first draft that waits on the day of the cursor, in the week on the free time under it; the
        given one, chosen in the tray, on its next free time."""
        snapshot = self.page.read
        if snapshot is None or not snapshot.tray:
            self.problem(self.tr("No draft waits for a place."))
        elif draft_id:
            self._with_free(draft_id, lambda wall: self.placed(draft_id, wall))
        else:
            under = self.page.week.slot_in_hand() if self.page.kind == "week" else ""
            self._place_first(under or best_wall(self.page.view.day(), snapshot))

    def take_slot(self, wall: str) -> None:
        """Put the first draft that waits on a free time; begin one where none waits."""
        snapshot = self.page.read
        if snapshot is not None and not snapshot.tray:
            self.page.acts.start_draft(wall, snapshot.zone, self.page.topics.topic_id or None)
        else:
            self._place_first(wall)

    def _place_first(self, wall: str) -> None:
        snapshot = self.page.read
        if snapshot is None:
            return
        waiting = first_fitting(snapshot, wall)
        if waiting is None:
            reason = why_not(snapshot.tray[0], wall, snapshot)
            self.problem(self.tr("Not placed. {reason}.").format(reason=reason))
            return
        self.placed(waiting.draft_id, wall)

    def _best(self, card: Card) -> None:
        self._with_free(card.entry.draft_id, lambda wall: self.move(card, wall))

    def _with_free(self, draft_id: str, then: Callable[[str], None]) -> None:
        """Do something with the next time that is free for a draft."""

        def failed(problem: BaseException) -> None:
            if isinstance(problem, MedVoiceError):
                self.problem(sentence_for(problem))
            else:
                self.page.bridge.report(problem)

        self.page.bridge.work(
            lambda desk: next_open(desk, draft_id).wall, owner=self, on_done=then, on_error=failed
        )

    def fill_gap(self, topic_id: str, wall: str) -> None:
        """A new draft for a topic that is missing."""
        if self.page.read is not None:
            self.page.acts.start_draft(wall, self.page.read.zone, topic_id)

    def _new(self) -> None:
        snapshot = self.page.snapshot
        if snapshot is None:
            return
        day = self.page.view.day()
        if self.page.kind == "week":
            wall = f"{day.isoformat()} {self.page.week.hour():02}:00"
        else:
            wall = best_wall(day, snapshot)
        if day < snapshot.today:
            wall = snapshot.next_wall
        self.page.acts.start_draft(wall, snapshot.zone, self.page.topics.topic_id or None)

    def plan_two_weeks(self) -> None:
        """Spread what waits over the free times of two weeks."""
        snapshot = self.page.read
        if snapshot is None or not snapshot.tray:
            self.problem(self.tr("No draft waits for a place."))
            return
        self.page.acts.spread(tuple(each.draft_id for each in snapshot.tray))

    def choose_readers(self) -> None:
        """Ask where the readers are."""
        from medvoice.ui.pages.calendar.readers import choose_readers

        choose_readers(self.page.acts, self.page, self.page.header.readers)

    # Menus, words and places

    def show_menu(self, at: QPoint) -> None:
        """Open the menu of the card, or of the day, at a place of the screen."""
        menu = self.menu_for()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu_for(self) -> QMenu:
        """What can be done with the card, each with its key."""
        card = self.page.view.card()
        menu = QMenu(self.page)
        menu.setObjectName("calendar_menu")
        entries: list[tuple[str, str, str]] = [
            ("new", self.tr("New post here"), "N"),
            ("place", self.tr("Place the first ready draft here"), "P"),
        ]
        if card is not None:
            entries = [("open", self.tr("Open draft"), "Enter")]
            if card.can_move:
                entries += [
                    ("day_back", self.tr("Move to the day before"), "Alt+Left"),
                    ("day_on", self.tr("Move to the day after"), "Alt+Right"),
                    ("week_back", self.tr("Move a week back"), "Alt+PgUp"),
                    ("week_on", self.tr("Move a week on"), "Alt+PgDown"),
                    ("best", self.tr("Move to the next free time"), "B"),
                    (
                        "unschedule",
                        self.tr("Unschedule") if not card.is_draft else self.tr("Take off the calendar"),
                        "Del",
                    ),
                ]
        for act, words, keys in entries:
            entry = menu.addAction(f"{words}\t{keys}")
            entry.setObjectName(f"calendar_menu_{act}")
            entry.triggered.connect(self._doer(act))
        return menu

    def _doer(self, act: str):
        return lambda: self.act(act)

    def _menu_place(self) -> QPoint:
        rect = self.page.view.visualRect(self.page.view.currentIndex())
        return self.page.view.viewport().mapToGlobal(rect.center())

    def problem(self, words: str) -> None:
        """Say what stood in the way."""
        if self.page.side.shown and self.page.side.isVisible():
            self.page.side.show_problem(words)
        else:
            self.page.acts.toast(words, None, None)
        self.announce(words)

    def announce(self, words: str) -> None:
        """Say it, wherever the person is in the window."""
        event = QAccessibleAnnouncementEvent(self.page, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
