"""The week at the side of the calendar: its free times, one click to place a draft, and what lies over it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.clock import wall_to_utc
from medvoice.ui.models.calendar_data import CalendarSnapshot, short
from medvoice.ui.models.calendar_days import Span, day_name, title_of
from medvoice.ui.models.calendar_hours import first_fitting
from medvoice.ui.models.calendar_zones import ahead_words, there
from medvoice.ui.pages.calendar.side_parts import IconLine
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button

MOST_TIMES = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_week_side", text)


class FreeTimes(QWidget):
    """The free times of a week, each with a button that puts the first draft that waits there:
    `chosen(wall)`. Where none waits the button begins one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, snapshot: CalendarSnapshot, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        is_kept, walls = snapshot.worth.kind == "kept", snapshot.worth.free
        self.title = _tr("Your times, free") if is_kept else _tr("Your usual hour, free")
        self.note = _tr("Place, or press P") if snapshot.tray else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for wall in walls[:MOST_TIMES]:
            column.addLayout(self._row(snapshot, wall))
        if len(walls) > MOST_TIMES:
            words = _tr("{n} more this week").format(n=len(walls) - MOST_TIMES)
            column.addWidget(Label(theme, words, "small", "text.tertiary"))

    def _row(self, snapshot: CalendarSnapshot, wall: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        words = f"{day_name(date.fromisoformat(wall[:10]), 'ddd d MMM')}, {wall[11:16]}"
        over_there = there(wall_to_utc(wall, snapshot.zone), snapshot.zone, snapshot.audience)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Label(self.theme, words, "bodyMedium"))
        if over_there is not None:
            said.addWidget(Label(self.theme, over_there.words, "small", "text.secondary"))
        row.addLayout(said, 1)
        waiting = first_fitting(snapshot, wall)
        label = _tr("Place") if waiting else _tr("New post")
        button = Button(self.theme, label, kind="soft", size="small")
        button.setObjectName("calendar_take_slot")
        name = _tr("Place “{title}” on {moment}") if waiting else _tr("New post on {moment}")
        name = name.format(title=waiting.title if waiting else "", moment=words)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(self._teller(wall))
        row.addWidget(button)
        return row

    def _teller(self, wall: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(wall)


def week_lines(theme: Theme, snapshot: CalendarSnapshot) -> tuple[str, list[IconLine]]:
    """A heading, and what lies over the week that shows: congresses, embargoes, the tinted hours, and how far
    the readers' clocks are away. No lines in the other views."""
    span = Span(snapshot.first, snapshot.last)
    if len(span.days) != 7:
        return "", []
    is_this = span.first <= snapshot.today <= span.last
    title = _tr("This week") if is_this else title_of("week", span.first)
    lines = [*_band_lines(theme, snapshot)]
    if snapshot.worth.kind:
        words = (
            _tr("Tinted hours: your times")
            if snapshot.worth.kind == "kept"
            else _tr("Tinted hours: your usual hour")
        )
        lines.append(IconLine(theme, "tint", words))
    for words in ahead_words(span, snapshot.zone, snapshot.audience):
        lines.append(IconLine(theme, "globe", words))
    return title, lines


def _band_lines(theme: Theme, snapshot: CalendarSnapshot) -> list[IconLine]:
    found: list[IconLine] = []
    for band in snapshot.bands:
        if band.kind == "congress":
            days = _days(band.first, band.last)
            found.append(
                IconLine(theme, "map-pin", _tr("{event}, {days}").format(event=band.title, days=days))
            )
        elif band.until is None:
            words = _tr("Posts on its abstracts wait; the end is not known")
            found.append(IconLine(theme, "lock", words, "warn.text"))
        elif band.until > snapshot.now:
            until = short(band.until, snapshot.zone)
            words = _tr("Posts on its abstracts wait for {moment}").format(moment=until)
            found.append(IconLine(theme, "lock", words, "warn.text"))
    return found


def _days(first: date, last: date) -> str:
    """ "Tue 17 to Fri 20 Nov"."""
    end = day_name(last, "ddd d MMM")
    if first == last:
        return end
    start = day_name(first, "ddd d" if first.month == last.month else "ddd d MMM")
    return _tr("{first} to {last}").format(first=start, last=end)
