"""When to post: typed in words, picked from what is free, or from the calendar; in whose time it is said."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.clock import WALL, read_wall
from medvoice.services.slots import Slot
from medvoice.ui.models.draft_embargo import DraftEmbargo
from medvoice.ui.models.moments import local
from medvoice.ui.models.time_choice import (
    Offers,
    elsewhere,
    free_words,
    hour_of,
    judge,
    kept_words,
    long_words,
    posts_by_day,
    short_words,
)
from medvoice.ui.models.typed_time import read_typed
from medvoice.ui.pages.compose.month_table import MonthTable
from medvoice.ui.pages.compose.time_parts import SlotRow, WordsField, is_zone, zone_box
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.which_of_two import WhichOfTwo

LEFT_W, GAP, RIGHT_W = 296, 24, 252
SLOTS_SHOWN = 4


class TimePopover(Popover):
    """`chosen(wall, zone)` for a moment that can be used; `schedule_wanted(wall, zone)` to schedule with it
    at once (Ctrl+Enter). `audience_chosen(zone)` and `keep_wanted(wall, is kept)` are the person's settings.

    `now` is UTC; `home` the person's zone. `show_offers` brings what the workspace knows, when it is read.
    """

    chosen = Signal(str, str)
    schedule_wanted = Signal(str, str)
    audience_chosen = Signal(str)
    keep_wanted = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget, wall: str, zone: str, now: datetime, home: str) -> None:
        super().__init__(theme, parent, width=LEFT_W + GAP + RIGHT_W + 32)
        self.setObjectName("time_popover")
        self._now, self._home = now, home or zone
        self.offers = Offers()
        self.wall, self._is_understood = wall, True
        self.rows: list[SlotRow] = []
        self._make_fields(zone)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(GAP))
        halves.addLayout(self._left_half(), 1)
        halves.addLayout(self._right_half())
        self.body.addLayout(halves)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(Rule())
        self.body.addSpacing(theme.px(4))
        self.body.addLayout(self._foot())
        self._show_wall(with_words=True)
        self._set_order()
        self.ring = FocusRing(theme, self)

    # Building

    def _make_fields(self, zone: str) -> None:
        theme = self.theme
        self.words = WordsField()
        self.words.setObjectName("time_words")
        self.words.setPlaceholderText(self.tr("tomorrow 8:10, Thu 12:00, in 2 hours"))
        self.words.setAccessibleName(self.tr("When to post"))
        self.words.textEdited.connect(self._typed)
        self.words.left_downwards.connect(lambda: self._focus_slot(0))
        self.meant = Label(theme, "", "bodyLarge", wraps=True)
        self.meant.setObjectName("time_meant")
        self.others = Label(theme, "", "small", "text.secondary", wraps=True)
        self.others.setObjectName("time_elsewhere")
        self.note = Label(theme, "", "small", "text.tertiary", wraps=True)
        self.note.setObjectName("time_note")
        self.which = WhichOfTwo(theme, self)
        self.which.wall_chosen.connect(self._which_chosen)
        self.instead = Button(theme, "", kind="link", size="small", icon="arrow-right")
        self.instead.setObjectName("time_instead")
        self.instead.hide()
        self.instead.clicked.connect(self._take_instead)
        self._instead = ""
        self.month = MonthTable(theme, self)
        self.month.day_chosen.connect(self._day_chosen)
        zones = sorted(available_timezones())
        self.zone = zone_box("time_zone", self.tr("Time zone"), zones, zone)
        self.audience = zone_box("time_audience", self.tr("Readers in"), ["", *zones], "")
        edit = self.audience.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(self.tr("no zone chosen"))
        self.zone.currentTextChanged.connect(self._zone_changed)
        self.audience.currentTextChanged.connect(self._audience_changed)
        self.keep = Button(theme, "", kind="link", size="small", icon="plus")
        self.keep.setObjectName("keep_time")
        self.keep.clicked.connect(self._keep)

    def _left_half(self) -> QVBoxLayout:
        theme = self.theme
        left = QVBoxLayout()
        left.setSpacing(theme.px(6))
        title = Label(theme, self.tr("When to post"), "section")
        title.setBuddy(self.words)
        for part in (title, self.words, self.meant, self.which, self.others, self.note, self.instead):
            left.addWidget(part)
        left.addSpacing(theme.px(6))
        self.free_title = Label(theme, "", "small", "text.tertiary")
        left.addWidget(self.free_title)
        self.free = QVBoxLayout()
        self.free.setSpacing(0)
        left.addLayout(self.free)
        left.addWidget(self.keep)
        left.addStretch(1)
        return left

    def _right_half(self) -> QVBoxLayout:
        theme = self.theme
        right = QVBoxLayout()
        right.setSpacing(theme.px(6))
        right.addWidget(self.month)
        right.addSpacing(theme.px(6))
        for words, box in ((self.tr("Time zone"), self.zone), (self.tr("Readers in"), self.audience)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            label = Label(theme, words, "small", "text.secondary")
            label.setFixedWidth(max(theme.px(72), label.sizeHint().width()))
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
            right.addLayout(row)
        return right

    def _foot(self) -> QHBoxLayout:
        theme = self.theme
        self.use = Button(theme, self.tr("Use this time"), kind="default")
        self.use.setObjectName("use_time")
        self.use.clicked.connect(self._use)
        self.schedule = Button(theme, self.tr("Schedule"), kind="primary", icon="send")
        self.schedule.setObjectName("schedule_at_time")
        self.schedule.setToolTip(self.tr("Ctrl+Enter"))
        self.schedule.clicked.connect(self._schedule)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(Label(theme, self.tr("Enter uses it, Ctrl+Enter schedules"), "small", "text.tertiary"))
        foot.addStretch(1)
        foot.addWidget(self.use)
        foot.addWidget(self.schedule)
        return foot

    def _set_order(self) -> None:
        chain = [
            self.words,
            *self.which.segments,
            self.instead,
            *self.rows,
            self.keep,
            self.month.grid,
            self.zone,
            self.audience,
            self.use,
        ]
        for first, second in zip([*chain], [*chain[1:], self.schedule], strict=True):
            QWidget.setTabOrder(first, second)

    def set_move(self) -> None:
        """The post is scheduled already: choosing a time moves it, and there is nothing else to do."""
        self.schedule.hide()
        self.use.setText(self.tr("Move to this time"))
        self.use.set_kind("primary")

    def set_left(self, count: int) -> None:
        """Things are left before it can be scheduled: the button says so and is not the main one."""
        self.schedule.set_kind("neutral")
        self.schedule.set_icon("lock")
        words = self.tr("{n} left").format(n=count)
        self.schedule.set_count(words, "danger")
        self.schedule.setAccessibleName(f"{self.schedule.text()}, {words}")
        self.use.set_kind("primary")

    # What is known

    def show_embargo(self, embargo: DraftEmbargo) -> None:
        """What the draft waits for; known before the rest."""
        self.offers = replace(self.offers, embargo=embargo)
        self._show_wall()

    def show_offers(self, offers: Offers) -> None:
        """Fill in what the workspace knows; what was typed meanwhile stays."""
        self.offers = offers
        if self.audience.currentText() != offers.audience_zone:
            self.audience.blockSignals(True)
            self.audience.setCurrentText(offers.audience_zone)
            self.audience.blockSignals(False)
        for row in self.rows:
            self.free.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for at, slot in enumerate(offers.slots[:SLOTS_SHOWN]):
            row = SlotRow(self.theme, slot, self._now, self)
            row.setObjectName(f"free_time_{at}")
            row.clicked.connect(lambda _on=False, slot=slot: self._slot_chosen(slot))
            self.free.addWidget(row)
            row.show()
            self.rows.append(row)
        self.free_title.setText(free_words(offers.slots))
        self.free_title.setVisible(bool(self.rows))
        self.month.show_posts(posts_by_day(offers.taken, self._zone_name()))
        self._show_wall()
        self._set_order()
        self.adjustSize()

    # Choosing

    def _typed(self, text: str) -> None:
        there = local(self._now, self._zone_name()).replace(tzinfo=None)
        kept = read_wall(self.wall)[0].time() if self.wall else there.time()
        typed = read_typed(text, there, kept)
        self._is_understood = typed is not None
        if typed is not None:
            self.wall = typed.at.strftime(WALL)
        self._show_wall()

    def _slot_chosen(self, slot: Slot) -> None:
        self.zone.setCurrentText(slot.zone)
        self._take(slot.wall)
        self._focus_words()

    def _take_instead(self) -> None:
        wall = self._instead
        self._focus_words()  # before the button goes away and hands the keyboard on
        self._take(wall)
        self.words.selectAll()

    def _which_chosen(self, wall: str) -> None:
        self.wall = wall
        self._show_wall()

    def _day_chosen(self, day: date) -> None:
        self._take(f"{day:%Y-%m-%d} {hour_of(self.wall)}")

    def _zone_changed(self, _name: str) -> None:
        self.month.show_posts(posts_by_day(self.offers.taken, self._zone_name()))
        self._show_wall()

    def _audience_changed(self, name: str) -> None:
        if not name or is_zone(name):
            self.offers = replace(self.offers, audience_zone=name)
            self._show_wall()
            self.audience_chosen.emit(name)

    def _keep(self) -> None:
        _words, is_kept = kept_words(self.wall, self.offers.kept)
        self.keep_wanted.emit(self.wall, not is_kept)

    def _take(self, wall: str) -> None:
        self.wall, self._is_understood = wall, True
        self._show_wall(with_words=True)

    def _zone_name(self) -> str:
        """The zone in the field where it is one, else the person's own."""
        name = self.zone.currentText().strip()
        return name if is_zone(name) else self._home

    # Showing

    def _show_wall(self, with_words: bool = False) -> None:
        if with_words:
            self.words.setText(short_words(self.wall))
        if not self._is_understood:
            self.meant.setText(self.tr("Not understood yet"))
            self.meant.set_tone("text.tertiary")
            self.others.hide()
            self.which.hide()
            self._offer("")
            self._say(self.tr("Write it such as “tomorrow 8:10”, “Thu 12:00” or “17 Nov 9:00”."))
            return
        name = self.zone.currentText().strip()
        judged = judge(self.wall, name, self._now, self.offers)
        self.meant.set_tone("text.primary")
        self.meant.setText(long_words(self.wall))
        self.which.show_wall(self.wall, name)
        lines = elsewhere(judged.at, name, self._home, self.offers.audience_zone) if judged.at else ()
        self.others.setText("\n".join(lines))
        self.others.setVisible(bool(lines))
        self._offer(judged.instead)
        self._say(judged.problem or judged.note, is_problem=bool(judged.problem))
        self.month.show_day(date.fromisoformat(self.wall[:10]), local(self._now, self._zone_name()).date())
        words, is_kept = kept_words(self.wall, self.offers.kept)
        self.keep.setText(words)
        self.keep.set_icon("x" if is_kept else "plus")

    def _offer(self, wall: str) -> None:
        """A time that can be used in the place of one that cannot; "" for none."""
        self._instead = wall
        self.instead.setText(self.tr("Use {time}").format(time=short_words(wall)) if wall else "")
        self.instead.setVisible(bool(wall))

    def _say(self, words: str, *, is_problem: bool = False) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.note.set_tone("danger.text" if is_problem else "text.secondary")
        self.words.setAccessibleDescription(f"{self.meant.text()}. {self.others.text()} {words}".strip())
        if self.isVisible():
            self.adjustSize()

    # Keys and the end

    def _use(self) -> None:
        if self._is_usable():
            self.close()
            self.chosen.emit(self.wall, self.zone.currentText().strip())

    def _schedule(self) -> None:
        if self._is_usable():
            self.close()
            self.schedule_wanted.emit(self.wall, self.zone.currentText().strip())

    def _is_usable(self) -> bool:
        """False after the sentence that says why was spoken; the field keeps the keyboard."""
        if self._is_understood:
            judged = judge(self.wall, self.zone.currentText().strip(), self._now, self.offers)
            if not judged.problem:
                return True
        else:
            self._say(self.note.text(), is_problem=True)
        self._focus_words()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.note.text()))
        return False

    def _focus_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def _focus_slot(self, at: int) -> None:
        if at < 0 or not self.rows:
            self._focus_words()
        elif at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_ctrl and not self.schedule.isHidden():
                self._schedule()
            else:
                self._use()
            return
        focus = self.focusWidget()
        if isinstance(focus, SlotRow) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._focus_slot(self.rows.index(focus) + step)
            return
        super().keyPressEvent(event)

    def show_below(self, anchor: QWidget, *, is_right_aligned: bool = False) -> None:
        super().show_below(anchor, is_right_aligned=is_right_aligned)
        self._focus_words()
