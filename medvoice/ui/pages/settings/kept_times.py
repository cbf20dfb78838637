"""The times of the week that a person keeps for posting, for anything, one topic or one network: seen, added
and taken away, each with Undo."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import MedVoiceError
from medvoice.domain.topic import Topic
from medvoice.services.changes import Changes
from medvoice.services.slots import KeptTime, Slots
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.models.typed_time import read_clock
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, repolish
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.pill import ChannelTile, TopicMarker

Toast = Callable[[str, Callable[[], None] | None], None]
# Narrow enough for the smallest window at the largest text.
DAY_W, TIME_W, FOR_W, GAP = 124, 68, 176, 8


def day_name(weekday: int) -> str:
    """ "Tuesday"; 0 is Monday."""
    return QLocale().standaloneDayName(weekday + 1)


class TimeRow(QWidget):
    """One of the times. `removed` by its button, or by Delete on it."""

    removed = Signal()

    def __init__(self, theme: Theme, one: KeptTime, topic: Topic | None, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.one = theme, one
        self.setObjectName("kept_time")
        self.day = Label(theme, day_name(one.weekday), "bodyMedium")
        self.time = Label(theme, f"{one.clock:%H:%M}", "bodyMedium")
        self.remove = IconButton(theme, "trash-2", self.tr("Remove {time}").format(time=words))
        self.remove.setObjectName("kept_time_remove")
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        for part in (self.day, self.time):
            row.addWidget(part)
        self.only = Label(theme, "", "body", "text.secondary", wraps=True)
        if topic is not None:
            row.addWidget(TopicMarker(theme, topic.slot, parent=self))
        if one.network:
            row.addWidget(ChannelTile(theme, one.network, CHANNEL_NAMES[one.network], parent=self))
        only = self._only_words(topic, CHANNEL_NAMES.get(one.network, ""))
        if only:
            self.only.setText(only)
            row.addWidget(self.only, 1)
        else:
            row.addStretch(1)
        row.addWidget(self.remove)

    def _only_words(self, topic: Topic | None, network: str) -> str:
        if topic is None:
            return self.tr("only on {network}").format(network=network) if network else ""
        words = self.tr("only {topic} on {network}") if network else self.tr("only {topic}")
        return words.format(topic=topic.name, network=network)

    def set_widths(self) -> None:
        """Stand over the fields in which a time is added; words begin where theirs do."""
        inset = self.theme.px(10)
        for label, width in ((self.day, DAY_W), (self.time, TIME_W)):
            label.setIndent(inset)
            label.setFixedWidth(self.theme.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class KeptTimes(QWidget):
    """All of them, the earliest of the week first, and a line to add one. Saves by itself;
    `toast(words, undo)` tells what was done."""

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self.theme, self.bridge, self.toast = theme, bridge, toast
        self.setObjectName("kept_times")
        self.times: tuple[KeptTime, ...] = ()
        self.topics: tuple[Topic, ...] = ()
        self.rows: list[TimeRow] = []
        self._focus_at = -1
        self.none = Label(
            theme,
            self.tr("None yet: the next free working day is proposed, at the hour you usually take."),
            "body",
            "text.secondary",
            wraps=True,
        )
        self.none.setObjectName("kept_times_none")
        self.holder = QVBoxLayout()
        self.holder.setSpacing(theme.px(4))
        self.zone = Label(theme, "", "small", "text.tertiary", wraps=True)
        self.zone.setObjectName("kept_times_zone")
        self.problem = ProblemLabel(theme, parent=self)
        self.problem.setObjectName("problem_kept_times")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.none)
        column.addLayout(self.holder)
        column.addLayout(self._fields())
        column.addLayout(self._only_fields())
        column.addWidget(self.problem)
        column.addWidget(self.zone)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _fields(self) -> QHBoxLayout:
        theme = self.theme
        self.day = Combo(theme)
        self.day.setObjectName("kept_time_day")
        self.day.setAccessibleName(self.tr("Day of the week"))
        for weekday in range(7):
            self.day.addItem(day_name(weekday), weekday)
        self.line = QLineEdit()
        self.line.setObjectName("kept_time_clock")
        self.line.setPlaceholderText("08:10")
        self.line.setAccessibleName(self.tr("Time of day"))
        self.line.returnPressed.connect(self._add)
        self.line.textEdited.connect(lambda _text: self._say(""))
        row = QHBoxLayout()
        row.setSpacing(theme.px(GAP))
        for part in (self.day, self.line):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _only_fields(self) -> QHBoxLayout:
        theme = self.theme
        self.topic = Combo(theme)
        self.topic.setObjectName("kept_time_topic")
        self.topic.setAccessibleName(self.tr("For which topic"))
        self.topic.addItem(self.tr("Any topic"), "")
        self.network = Combo(theme)
        self.network.setObjectName("kept_time_network")
        self.network.setAccessibleName(self.tr("For which network"))
        self.network.addItem(self.tr("Any network"), "")
        for network, name in CHANNEL_NAMES.items():
            self.network.addItem(name, network)
        self.add = Button(theme, self.tr("Add"), icon="plus")
        self.add.setObjectName("kept_time_add")
        self.add.setAccessibleName(self.tr("Add this time"))
        self.add.clicked.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(theme.px(GAP))
        for part in (self.topic, self.network, self.add):
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _restyle(self) -> None:
        self.day.setFixedWidth(self.theme.px(DAY_W))
        self.line.setFixedWidth(self.theme.px(TIME_W))
        for combo in (self.topic, self.network):
            combo.setFixedWidth(self.theme.px(FOR_W))
        for row in self.rows:
            row.set_widths()

    # Showing

    def show_topics(self, topics: tuple[Topic, ...]) -> None:
        """Offer these topics; rows are made anew where one has another name or is gone."""
        if topics == self.topics:
            return
        chosen, self.topics = self.topic.currentData(), topics
        while self.topic.count() > 1:
            self.topic.removeItem(1)
        for each in topics:
            self.topic.addItem(each.name, each.id)
        self.topic.setCurrentIndex(max(0, self.topic.findData(chosen)))
        shown, self.times = self.times, ()
        self.show_times(shown)

    def show_zone(self, name: str) -> None:
        """Whose clock the times are of."""
        self.zone.setText(self.tr("By the clock where you are: {zone}.").format(zone=name))

    def show_times(self, times: tuple[KeptTime, ...]) -> None:
        """Show these, where they are others than before; the keyboard stays where it was or next to it."""
        if times == self.times and len(self.rows) == len(times):
            return
        self.times = times
        for row in self.rows:
            self.holder.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for one in times:
            row = TimeRow(self.theme, one, self._topic(one), self._words(one), self)
            row.removed.connect(partial(self._remove, one))
            row.set_widths()
            self.holder.addWidget(row)
            row.show()
            self.rows.append(row)
        self.none.setVisible(not times)
        self._set_order()

    def _set_order(self) -> None:
        fields = (self.day, self.line, self.topic, self.network, self.add)
        chain = [*(row.remove for row in self.rows), *fields]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)
        if self._focus_at >= 0:
            at = min(self._focus_at, len(self.rows) - 1)
            target: QWidget = self.rows[at].remove if self.rows else self.day
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._focus_at = -1

    def _topic(self, one: KeptTime) -> Topic | None:
        return next((each for each in self.topics if each.id == one.topic_id), None)

    def _words(self, one: KeptTime) -> str:
        words = self.tr("{day}, {time}").format(day=day_name(one.weekday), time=f"{one.clock:%H:%M}")
        topic = self._topic(one)
        for name in (topic.name if topic else "", CHANNEL_NAMES.get(one.network, "")):
            words += self.tr(", {what}").format(what=name) if name else ""
        return words

    def _say(self, words: str) -> None:
        if words == self.problem.text():
            return
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.line.setAccessibleDescription(words)
        self.line.setProperty("problem", bool(words))
        repolish(self.line)

    # Changing

    def _add(self) -> None:
        clock = read_clock(self.line.text())
        if clock is None:
            self._say(self.tr("Write the time as 08:10."))
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        moment = KeptTime(int(self.day.currentData()), clock.hour, clock.minute)
        one = replace(moment, topic_id=self.topic.currentData() or "", network=self.network.currentData())
        if one in self.times:
            self._say(self.tr("{time} is one of your times already.").format(time=self._words(one)))
            return
        self._say("")
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep(one, True, self.tr("Added to your times: {time}"))

    def _remove(self, one: KeptTime) -> None:
        self._focus_at = self.times.index(one)
        self.rows[self._focus_at].setEnabled(False)  # a second press while it is being saved does nothing
        self._keep(one, False, self.tr("Removed from your times: {time}"))

    def _keep(self, one: KeptTime, is_kept: bool, words: str = "") -> None:
        """Save; `words` tell of it with Undo, "" for what takes back."""

        def done(times: tuple[KeptTime, ...]) -> None:
            self.show_times(times)
            if words:
                self.toast(words.format(time=self._words(one)), lambda: self._keep(one, not is_kept))

        self.bridge.work(
            lambda desk: Slots(desk.db, desk.clock).keep_time(one, is_kept),
            owner=self,
            on_done=done,
            on_error=self._refused,
            changes=Changes.of(is_profile=True),
        )

    def _refused(self, problem: BaseException) -> None:
        self._focus_at = -1
        for row in self.rows:
            row.setEnabled(True)
        if isinstance(problem, MedVoiceError):
            self._say(sentence_for(problem))
