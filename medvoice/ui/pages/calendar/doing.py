"""Doing what a key, a menu or a drop on the calendar asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMenu

from medvoice.ui.models.calendar_data import Card, best_wall, shifted, why_not
from medvoice.ui.models.calendar_days import ViewKind

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
        """A draft gets a moment in mind."""
        if self.page.read is not None:
            self.page.follow = draft_id
            self.page.acts.place(draft_id, wall, self.page.read.zone)

    def place_next(self, draft_id: str) -> None:
        """Put the first draft that waits on the day of the cursor; the given one, chosen in the tray, on the
        next free time."""
        snapshot = self.page.read
        waiting = [each for each in snapshot.tray if draft_id in ("", each.draft_id)] if snapshot else []
        if snapshot is None or not waiting:
            self.problem(self.tr("No draft waits for a place."))
            return
        wall = snapshot.next_wall if draft_id else best_wall(self.page.view.day(), snapshot)
        reason = why_not(waiting[0], wall, snapshot)
        if reason:
            self.problem(self.tr("Not placed. {reason}.").format(reason=reason))
            return
        self.placed(waiting[0].draft_id, wall)

    def _best(self, card: Card) -> None:
        if self.page.read is not None and self.page.read.next_wall:
            self.move(card, self.page.read.next_wall)

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
