"""The head of the calendar: what is shown, the ways through time, the views, and a row of topics."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from medvoice.domain.topic import Topic
from medvoice.ui.models.calendar_hours import HoursKind, hours_words
from medvoice.ui.models.moments import city
from medvoice.ui.pages.calendar.painting import paint_hatch
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width
from medvoice.ui.widgets.pill import PaintedMark, TopicChip

HEIGHT, TOPICS_H = 64, 44
COMPACT_BELOW = 820


class CalendarHeader(Surface):
    """`stepped(-1 or 1)`, `today_requested`, `view_chosen(kind)`, `new_requested`, `side_requested`,
    `readers_requested`."""

    stepped = Signal(int)
    today_requested = Signal()
    view_chosen = Signal(str)
    new_requested = Signal()
    side_requested = Signal()
    readers_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="bottom", parent=parent)
        self.theme = theme
        self.setObjectName("calendar_header")
        self._titles = ("", "")
        self.title = ElidedLabel(theme, "", "viewTitle")
        self.title.setObjectName("calendar_title")
        self.back = IconButton(theme, "chevron-left", self.tr("Earlier"), parent=self)
        self.back.setObjectName("calendar_back")
        self.today = Button(theme, self.tr("Today"), parent=self)
        self.today.setObjectName("calendar_today")
        self.forth = IconButton(theme, "chevron-right", self.tr("Later"), parent=self)
        self.forth.setObjectName("calendar_forth")
        self.views = SegmentedControl(theme, self.tr("View"), self)
        self.views.setObjectName("calendar_views")
        for key, words in (("month", self.tr("Month")), ("week", self.tr("Week")), ("list", self.tr("List"))):
            self.views.add(key, words)
        self.readers = Button(theme, "", kind="ghost", icon="globe", parent=self)
        self.readers.setObjectName("calendar_readers")
        self.audience = ""
        self.side = IconButton(theme, "panel-right", self.tr("Plan and gaps"), parent=self)
        self.side.setObjectName("calendar_side_button")
        self.new = Button(theme, self.tr("New post"), kind="primary", icon="plus", parent=self)
        self.new.setObjectName("calendar_new")
        self.row = QHBoxLayout(self)
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(self.title, 100)
        for each in (self.back, self.today, self.forth):
            self.row.addWidget(each)
        self.row.addStretch(1)
        for each in (self.readers, self.views, self.side, self.new):
            self.row.addWidget(each)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forth.clicked.connect(lambda: self.stepped.emit(1))
        self.today.clicked.connect(self.today_requested)
        self.views.chosen.connect(self.view_chosen)
        self.new.clicked.connect(self.new_requested)
        self.side.clicked.connect(self.side_requested)
        self.readers.clicked.connect(self.readers_requested)
        theme.changed.connect(self._restyle)
        self.show_readers("")
        self._restyle()

    def show_title(self, words: str, short: str) -> None:
        """What is shown, and the same in fewer letters for where there is little room."""
        self._titles = (words, short)
        self._fit()

    def show_readers(self, audience: str) -> None:
        """Where the readers are: an IANA zone, "" for none."""
        self.audience = audience
        words = self.tr("Readers’ time zone: {city}").format(city=city(audience))
        words = words if audience else self.tr("Choose your readers’ time zone")
        self.readers.setAccessibleName(words)
        self.readers.setToolTip(words)
        self._fit()

    def _restyle(self) -> None:
        side = self.theme.px(24)
        self.row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(self.theme.px(HEIGHT))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The ways through time stand beside the title. Where there is little room the words of the new post
        give way to its sign."""
        words, short = self._titles
        is_compact = self.width() < self.theme.px(COMPACT_BELOW)
        self.readers.setText("" if is_compact or not self.audience else city(self.audience))
        others = sum(
            each.sizeHint().width() + self.row.spacing()
            for each in (self.back, self.today, self.forth, self.readers, self.views, self.side, self.new)
        )
        room = self.width() - 2 * self.theme.px(24) - others - self.theme.px(16)
        # A date is never cut: where there is no room the readers' zone is left to its key and the palette.
        is_tight = text_width(self.theme, short, "viewTitle") > room
        self.readers.setHidden(is_tight)
        room += self.readers.sizeHint().width() + self.row.spacing() if is_tight else 0
        ways = ((words, "viewTitle"), (short, "viewTitle"), (short, "panelTitle"), (short, "section"))
        fitting = (each for each in ways if text_width(self.theme, *each) <= room)
        shown, role = next(fitting, ways[-1])
        self.title.set_role(role)
        self.title.setMaximumWidth(round(text_width(self.theme, shown, role)) + self.theme.px(12))
        self.title.set_text(shown)
        self.new.setText("" if is_compact else self.tr("New post"))
        self.new.setAccessibleName(self.tr("New post"))
        self.new.setToolTip(self.tr("New post") if is_compact else "")


class Legend(PaintedMark):
    """What the looks of cards, bands and tinted hours mean."""

    hours: HoursKind = ""

    def show_hours(self, kind: HoursKind) -> None:
        """What the tinted hours are, "" where none are tinted."""
        if self.hours != kind:
            self.hours = kind
            tinted = {
                "kept": self.tr("Tinted hours are your times."),
                "usual": self.tr("Tinted hours are your usual hour."),
                "": "",
            }
            self.setAccessibleDescription(tinted[kind])
            self.updateGeometry()
            self.update()

    def _items(self) -> tuple[tuple[str, str], ...]:
        tr = QCoreApplication.translate
        tinted = (("tint", hours_words(self.hours)),) if self.hours else ()
        return (
            *tinted,
            ("draft", tr("calendar", "Draft")),
            ("congress", tr("calendar", "Congress")),
            ("embargo", tr("calendar", "Embargo")),
        )

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = sum(px(14 + 6 + 16) + text_width(self.theme, words, "small") for _, words in self._items())
        return QSize(int(width), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        x = 0.0
        for kind, words in self._items():
            box = QRectF(x, self.height() / 2 - px(6), px(14), px(12))
            if kind == "congress":
                paint_box(painter, theme, box, fill="congress.bg", radius=3)
            elif kind == "embargo":
                paint_box(painter, theme, box, fill="embargo.bg", border="embargo.hatch", radius=3)
                paint_hatch(painter, theme, box.adjusted(1, 1, -1, -1))
            elif kind == "tint":
                paint_box(painter, theme, box, fill="accent.soft", border="accent.solid", radius=3)
            else:
                paint_box(painter, theme, box, fill="bg.surface", border="border.control", radius=3)
            width = text_width(theme, words, "small")
            place = QRectF(x + px(20), 0, width + 2, self.height())
            paint_text(painter, theme, place, words, "small", "text.secondary")
            x += px(14 + 6 + 16) + width
        painter.end()


class TopicRow(Surface):
    """The topics as chips; a click shows only that one, a second click all again: `chosen(topic id)`, "" for
    all."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="bottom", parent=parent)
        self.theme = theme
        self.setObjectName("calendar_topics")
        self.topic_id = ""
        self.chips: dict[str, TopicChip] = {}
        self.label = Label(theme, self.tr("Topics"), "small", "text.secondary")
        self.none = Label(theme, self.tr("No topics yet"), "small", "text.tertiary")
        self.legend = Legend(theme, self)
        self.legend.setAccessibleName(self.tr("Boxes with a border are drafts, hatched bands embargoes."))
        self.row = QHBoxLayout(self)
        self.row.setSpacing(theme.px(6))
        self.row.addWidget(self.label)
        self.row.addWidget(self.none)
        self.row.addStretch(1)
        self.row.addWidget(self.legend)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """These topics, in this order."""
        self.none.setVisible(not topics)
        for topic_id in self.chips.keys() - {topic.id for topic in topics}:
            gone = self.chips.pop(topic_id)
            gone.hide()
            gone.deleteLater()
        for at, topic in enumerate(topics):
            chip = self.chips.get(topic.id)
            if chip is None:
                chip = TopicChip(self.theme, topic.slot, topic.name, self)
                chip.setCheckable(True)
                chip.setObjectName(f"calendar_topic_{topic.slot}")
                chip.clicked.connect(self._teller(topic.id))
                self.chips[topic.id] = chip
            chip.set_topic(topic.slot, topic.name)
            chip.setAccessibleDescription(self.tr("Show only this topic"))
            self.row.insertWidget(at + 2, chip)
        self._mark()
        self._fit()

    def show_hours(self, kind: HoursKind) -> None:
        """What the tinted hours are."""
        self.legend.show_hours(kind)
        self._fit()

    def _teller(self, topic_id: str):
        def tell() -> None:
            self.topic_id = "" if self.topic_id == topic_id else topic_id
            self._mark()
            self.chosen.emit(self.topic_id)

        return tell

    def _mark(self) -> None:
        if self.topic_id not in self.chips:
            self.topic_id = ""
        for topic_id, chip in self.chips.items():
            chip.setChecked(topic_id == self.topic_id)
            chip.set_faded(bool(self.topic_id) and topic_id != self.topic_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The legend gives way first, then the word before the chips."""
        px = self.theme.px
        chips = sum(chip.sizeHint().width() + px(6) for chip in self.chips.values())
        room = self.width() - 2 * px(24) - chips
        label = self.label.sizeHint().width() + px(6)
        self.legend.setVisible(room - label >= self.legend.sizeHint().width() + px(12))
        self.label.setVisible(room >= label)

    def _restyle(self) -> None:
        side = self.theme.px(24)
        self.row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(self.theme.px(TOPICS_H))
        self._fit()
