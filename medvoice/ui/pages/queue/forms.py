"""The two small forms of the side pane: another time, and the link of a post. They stand in place of the
buttons, so that there is one filled button at a time."""

from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.clock import read_wall, utc_to_wall
from medvoice.domain.outbox import Delivery
from medvoice.ui.models.draft_embargo import DraftEmbargo
from medvoice.ui.models.moments import city, local
from medvoice.ui.models.time_choice import FORMAT, elsewhere, judge, long_words, short_words
from medvoice.ui.models.typed_time import read_typed
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, repolish
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.which_of_two import WhichOfTwo

SNAP_MIN = 15


class PaneForm(QWidget):
    """A label, a field, a line for what does not fit, and two buttons. `left` when the person gave up."""

    left = Signal()

    def __init__(self, theme: Theme, caption: str, field: QLineEdit, confirm: str) -> None:
        super().__init__()
        self.theme = theme
        self.field = field
        self.caption = Label(theme, caption, "bodyStrong")
        self.caption.setBuddy(field)
        field.setAccessibleName(caption)
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName("queue_form_problem")
        self.problem.hide()
        self.confirm = Button(theme, confirm, kind="primary", size="large")
        self.confirm.setObjectName("queue_form_confirm")
        self.confirm.set_expanding()
        self.cancel = Button(theme, self.tr("Cancel"), size="large")
        self.cancel.setObjectName("queue_form_cancel")
        self.cancel.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(6))
        for part in (self.caption, field, self.problem):
            self.column.addWidget(part)
        self.column.addLayout(buttons)

    def take_keyboard(self) -> None:
        """Ready to type: what stands in the field is replaced by the first letter."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def put(self, typed: str) -> None:
        """Write into the field as the person would."""
        self.field.setText(typed)
        self.field.textEdited.emit(typed)

    def show_problem(self, words: str) -> None:
        """Say below the field what does not fit; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.field.setProperty("problem", bool(words))
        self.field.setAccessibleDescription(words)
        repolish(self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm.click()
            return
        super().keyPressEvent(event)


class TimeForm(PaneForm):
    """Another time, typed in words and read in the post's own zone; `chosen(wall)` as `YYYY-MM-DD HH:MM`.
    `embargo` is what the post waits for, None for nothing: its first moment is offered, none before taken."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        delivery: Delivery,
        now: datetime,
        home: str,
        count: int = 1,
        embargo: DraftEmbargo | None = None,
    ) -> None:
        edit = QLineEdit()
        edit.setObjectName("queue_time_field")
        edit.setPlaceholderText(self.tr("tomorrow 8:10, Thu 12:00, in 2 hours"))
        super().__init__(theme, edit_caption(delivery.zone, count), edit, "")
        self.zone, self.now, self.home = delivery.zone, now, home
        self.embargo = embargo if embargo is not None and embargo.is_open(now) else None
        self.meant = Label(theme, "", "small", "text.secondary", wraps=True)
        self.meant.setObjectName("queue_time_meant")
        self.column.insertWidget(2, self.meant)
        self.which = WhichOfTwo(theme, self)
        self.which.wall_chosen.connect(self._which_chosen)
        self.column.insertWidget(3, self.which)
        first = self._add_first()
        stops = (edit, *self.which.segments, *first, self.confirm, self.cancel)
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        self.confirm.setText(self.tr("Set this time"))
        self.edit = edit
        self.wall = utc_to_wall(max(delivery.due_at, next_quarter(now)), self.zone)
        if self.embargo is not None and self.embargo.is_too_early(self.wall, self.zone):
            self.wall = self.embargo.first_wall(self.zone) or self.wall
        edit.setText(short_words(self.wall))
        edit.textEdited.connect(self._typed)
        self.confirm.clicked.connect(self._confirm)
        self._judge()

    def _add_first(self) -> tuple[Button, ...]:
        """A button for the first moment after the embargo, where that is known."""
        wall = self.embargo.first_wall(self.zone) if self.embargo is not None else ""
        if not wall:
            return ()
        button = Button(
            self.theme, self.tr("First possible: {time}").format(time=short_words(wall)), kind="soft"
        )
        button.setObjectName("queue_time_first")
        button.set_icon("lock-open")
        button.clicked.connect(lambda: self._take(wall))
        self.column.insertWidget(4, button)
        return (button,)

    def _take(self, wall: str) -> None:
        self.wall = wall
        self.edit.setText(short_words(wall))
        self._judge()

    def _typed(self, text: str) -> None:
        there = local(self.now, self.zone).replace(tzinfo=None)
        kept = read_wall(self.wall)[0].time() if self.wall else there.time()
        typed = read_typed(text, there, kept)
        self.wall = typed.at.strftime(FORMAT) if typed else ""
        self._judge()

    def _which_chosen(self, wall: str) -> None:
        self.wall = wall
        self._judge()

    def _judge(self) -> str:
        """Say what is meant; the sentence of what stands against it, "" for nothing."""
        self.show_problem("")
        self.which.show_wall(self.wall, self.zone)
        if not self.wall:
            words = self.tr("Write it such as “tomorrow 8:10” or “Thu 12:00”.")
            self.meant.setText(words)
            return words
        judged = judge(self.wall, self.zone, self.now)
        lines = [long_words(self.wall)]
        if judged.at is not None:
            lines += elsewhere(judged.at, self.zone, self.home, "")
        if not judged.problem:
            lines.append(judged.note)
        self.meant.setText("\n".join(line for line in lines if line))
        if judged.problem or self.embargo is None or not self.embargo.is_too_early(self.wall, self.zone):
            return judged.problem
        return self.embargo.sentence(self.now)

    def _confirm(self) -> None:
        problem = self._judge()
        if problem:
            if problem == self.meant.text():
                self.meant.clear()  # once is enough
            self.show_problem(problem)
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chosen.emit(self.wall)


class LinkForm(PaneForm):
    """The address of the post; `chosen(text)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, channel_name: str, example: str) -> None:
        edit = QLineEdit()
        edit.setObjectName("queue_link_field")
        edit.setPlaceholderText(example)
        super().__init__(theme, "", edit, "")
        words = self.tr("Address of the post on {channel}").format(channel=channel_name)
        self.caption.setText(words)
        edit.setAccessibleName(words)
        self.confirm.setText(self.tr("Keep this link"))
        self.edit = edit
        self.confirm.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        self.chosen.emit(self.edit.text().strip())


def edit_caption(zone: str, count: int = 1) -> str:
    """ "New time, Berlin time"; for several parts of a draft it says so."""
    words = QCoreApplication.translate("TimeForm", "New time, {city} time")
    if count > 1:
        words = QCoreApplication.translate("TimeForm", "New time for all {n} parts, {city} time")
    return words.format(city=city(zone), n=count)


def next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour that is at least ten minutes ahead."""
    ahead = now + timedelta(minutes=10)
    ahead += timedelta(minutes=-ahead.minute % SNAP_MIN)
    return ahead.replace(second=0, microsecond=0)
