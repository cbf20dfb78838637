"""The side of the Topics page: the chosen topic, angles to try, for whom it is, what to stay clear of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.topic import Topic
from medvoice.services.ideas import Idea
from medvoice.services.topic_progress import Progress
from medvoice.ui.models.moments import day
from medvoice.ui.models.topics_data import TopicsSnapshot, advice
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.pill import TopicChip


class TopicSide(Surface):
    """`place_requested` for the button below the calm word, `edit_requested`, `idea_requested(draft id)` when
    a draft is to be made of an idea, `note_requested` for a new idea."""

    place_requested = Signal()
    edit_requested = Signal()
    idea_requested = Signal(str)
    note_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("sidebar", edge="left", parent=parent)
        self.theme = theme
        self.setObjectName("topic_side")
        self.setAccessibleName(self.tr("Topic"))
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self.problem: ProblemLabel | None = None
        self._last: tuple[TopicsSnapshot, str] | None = None
        theme.changed.connect(self._again)

    def show_topic(self, snapshot: TopicsSnapshot, topic_id: str) -> None:
        """The chosen topic; an empty side for none."""
        self._last = (snapshot, topic_id)
        inside, px = Surface("sidebar"), self.theme.px
        inside.setProperty("scroll", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(12))
        row = snapshot.row(topic_id)
        if row is not None:
            self._add_head(column, row.topic)
            self._add_advice(column, row, snapshot)
            self._add_angles(column, snapshot.angles.get(topic_id, ()), snapshot)
            self._add_words(column, row.topic)
        column.addStretch(1)
        self.area.setWidget(inside)

    def show_problem(self, words: str) -> None:
        """What did not work, below the button."""
        if self.problem is not None:
            self.problem.setText(words)
            self.problem.setVisible(bool(words))

    def _again(self) -> None:
        if self._last is not None:
            self.show_topic(*self._last)

    def _add_head(self, column: QVBoxLayout, topic: Topic) -> None:
        head = QHBoxLayout()
        head.addWidget(TopicChip(self.theme, topic.slot, topic.name))
        head.addStretch(1)
        edit = Button(self.theme, self.tr("Edit"), kind="ghost", size="small", icon="pencil")
        edit.setObjectName("topic_edit")
        edit.setAccessibleName(self.tr("Edit {name}").format(name=topic.name))
        edit.clicked.connect(self.edit_requested)
        head.addWidget(edit)
        column.addLayout(head)

    def _add_advice(self, column: QVBoxLayout, row: Progress, snapshot: TopicsSnapshot) -> None:
        words, button = advice(row, snapshot)
        if row.status == "behind":
            column.addWidget(Banner(self.theme, "warn", words))
        else:
            column.addWidget(Label(self.theme, words, "body", "text.secondary", wraps=True))
        if button:
            place = Button(self.theme, button, kind="soft", icon="calendar-plus")
            place.setObjectName("topic_place")
            place.set_expanding()
            place.clicked.connect(self.place_requested)
            column.addWidget(place)
        self.problem = ProblemLabel(self.theme, parent=self)
        self.problem.hide()
        column.addWidget(self.problem)

    def _add_angles(self, column: QVBoxLayout, ideas: tuple[Idea, ...], snapshot: TopicsSnapshot) -> None:
        theme = self.theme
        column.addWidget(Label(theme, self.tr("Angles to try"), "bodyStrong"))
        for idea in ideas:
            column.addWidget(self._angle(idea, snapshot))
        if not ideas:
            words = self.tr("No idea waits here yet. What you note for this topic shows up in this place.")
            column.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
        note = Button(theme, self.tr("Note an idea"), kind="ghost", size="small", icon="lightbulb")
        note.setObjectName("topic_note")
        note.clicked.connect(self.note_requested)
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignLeft)

    def _angle(self, idea: Idea, snapshot: TopicsSnapshot) -> QWidget:
        theme, px = self.theme, self.theme.px
        card = Surface("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(px(12), px(10), px(12), px(10))
        inner.setSpacing(px(4))
        title = idea.row.title or idea.row.first_line or self.tr("Untitled")
        inner.addWidget(Label(theme, title, "bodyMedium", wraps=True))
        foot = QHBoxLayout()
        when = day(idea.row.updated_at, snapshot.zone, snapshot.now).split(" ", 1)[-1]
        origin = idea.source.title if idea.source is not None and idea.source.title else ""
        words = origin or self.tr("From your notes, {day}").format(day=when)
        foot.addWidget(Label(theme, words, "small", "text.secondary", wraps=True), 1)
        start = Button(theme, self.tr("Start draft"), kind="link", size="small")
        start.setObjectName("topic_start_draft")
        start.setAccessibleName(self.tr("Start draft: {title}").format(title=title))
        start.clicked.connect(lambda: self.idea_requested.emit(idea.row.id))
        foot.addWidget(start)
        inner.addLayout(foot)
        return card

    def _add_words(self, column: QVBoxLayout, topic: Topic) -> None:
        theme = self.theme
        lists = (
            (self.tr("For whom"), (topic.audience,) if topic.audience else ()),
            (self.tr("Stay clear of"), topic.avoid),
            (self.tr("Hashtags"), tuple(f"#{each}" for each in topic.hashtags)),
            (self.tr("Mentions"), topic.mentions),
        )
        for caption, words in lists:
            if words:
                column.addSpacing(theme.px(4))
                column.addWidget(Label(theme, caption, "bodyStrong"))
                column.addWidget(Label(theme, " · ".join(words), "body", "text.secondary", wraps=True))
