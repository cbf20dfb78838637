"""The sheet of one topic: its promise, how often, for whom, its words."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from medvoice.domain.errors import MedVoiceError
from medvoice.domain.topic import Topic
from medvoice.services.topics import LONGEST_CADENCE_DAYS
from medvoice.ui.pages.settings.fields import Field, LinesField, NumberField, TextField
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.cover import Cover

WIDTH, TOP = 640, 56
FIELD_OF = {
    "topic_without_name": "name",
    "topic_exists": "name",
    "share_unreadable": "share",
    "cadence_unreadable": "cadence",
}


class TopicSheet(Cover):
    """`saved(topic id, fields)` when the person is done, the id "" for a new one; `put_aside(topic id,
    fields)` when it was closed with something unsaved in it."""

    saved = Signal(str, object)
    put_aside = Signal(str, object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self.setObjectName("topic_sheet")
        self.topic_id = ""
        self._before: dict[str, Any] = {}
        self._is_done = False
        px = theme.px
        self.body.setContentsMargins(px(24), px(20), px(24), px(20))
        self.body.setSpacing(px(14))
        self.title = Label(theme, "", "panelTitle")
        self.body.addWidget(self.title)
        self.fields: dict[str, Field] = self._make_fields()
        self.body.addWidget(self._scrolled(), 1)
        self.problem = ProblemLabel(theme, parent=self.box)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.body.addLayout(self._foot())

    def _make_fields(self) -> dict[str, Field]:
        theme, tr = self.theme, self.tr
        return {
            "name": TextField(theme, "topic_name", tr("Name"), placeholder=tr("Real-world evidence")),
            "promise": TextField(
                theme,
                "topic_promise",
                tr("Promise, in one sentence"),
                tr("What somebody gets who reads you on this."),
                tr("What happens after the trial"),
            ),
            "target_share": NumberField(
                theme, "topic_share", tr("Share of your posts"), (0, 100), "%", tr("0 for no target.")
            ),
            "cadence_days": NumberField(
                theme,
                "topic_cadence",
                tr("A post every"),
                (0, LONGEST_CADENCE_DAYS),
                tr("days"),
                tr("0 for no rhythm. Nothing nags you."),
            ),
            "audience": TextField(theme, "topic_audience", tr("For whom")),
            "keywords": LinesField(
                theme,
                "topic_keywords",
                tr("Keywords"),
                tr("One a line. They propose this topic for a draft."),
            ),
            "avoid": LinesField(theme, "topic_avoid", tr("Stay clear of"), tr("One a line.")),
            "hashtags": LinesField(theme, "topic_hashtags", tr("Hashtags"), tr("One a line, without #.")),
            "mentions": LinesField(theme, "topic_mentions", tr("People to mention"), tr("One a line.")),
        }

    def _scrolled(self) -> QScrollArea:
        px, inside = self.theme.px, QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(14))
        wide = ("name", "promise", "audience")
        row = column = 0
        for name in ("name", "promise", "target_share", "cadence_days", "audience"):
            if name in wide:
                grid.addWidget(self.fields[name], row, 0, 1, 2)
                row += 1
            else:
                grid.addWidget(self.fields[name], row, column)
                row, column = (row + 1, 0) if column else (row, 1)
        for at, name in enumerate(("keywords", "avoid", "hashtags", "mentions")):
            grid.addWidget(self.fields[name], row + at // 2, at % 2)
        grid.setRowStretch(row + 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setObjectName("topic_form")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._inside = inside
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(self.theme, self.tr("Cancel"), kind="ghost", parent=self.box)
        leave.setObjectName("topic_cancel")
        leave.clicked.connect(self.close_up)
        self.save = Button(self.theme, self.tr("Save topic"), kind="primary", parent=self.box)
        self.save.setObjectName("topic_save")
        self.save.clicked.connect(self._save)
        row.addWidget(leave)
        row.addWidget(self.save)
        return row

    def wanted_height(self) -> int:
        """All of the form where the window has room for it."""
        px = self.theme.px
        return self._inside.sizeHint().height() + px(20) * 2 + px(14) * 2 + px(28) + px(32) + px(8)

    def open_with(self, topic: Topic | None, written: dict[str, Any] | None = None) -> None:
        """Open it for a topic, or for a new one; `written` is what was written there before."""
        self.topic_id = topic.id if topic else ""
        self.title.setText(self.tr("Edit topic") if topic else self.tr("New topic"))
        self._is_done = False
        self.show_problem(None)
        for name, field in self.fields.items():
            empty: object = (
                0 if isinstance(field, NumberField) else () if isinstance(field, LinesField) else ""
            )
            field.put(getattr(topic, name) if topic else empty)
        self._before = self.values()
        for name, value in (written or {}).items():
            self.fields[name].put(value)
        self.open()

    def take_focus(self) -> None:
        """The name first."""
        self.fields["name"].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def values(self) -> dict[str, Any]:
        """What is written, by the names of Topic's fields."""
        return {name: field.value() for name, field in self.fields.items()}

    def show_problem(self, problem: MedVoiceError | None) -> None:
        """Say at its field what does not fit, or below all; None takes it away."""
        for field in self.fields.values():
            field.show_problem("")
        words = sentence_for(problem) if problem is not None else ""
        name = FIELD_OF.get(problem.code, "") if problem is not None else ""
        field = self.fields.get({"share": "target_share", "cadence": "cadence_days"}.get(name, name))
        self.problem.setText("" if field else words)
        self.problem.setVisible(bool(words) and field is None)
        if field is not None:
            field.show_problem(words)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """It was saved: close."""
        self._is_done = True
        self.close_up()

    def close_up(self) -> None:
        if self.isVisible() and not self._is_done and self.values() != self._before:
            self.put_aside.emit(self.topic_id, self.values())
        super().close_up()

    def _save(self) -> None:
        self.saved.emit(self.topic_id, self.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() in (
            Qt.KeyboardModifier.ControlModifier,
            Qt.KeyboardModifier.NoModifier,
        ):
            self._save()
            event.accept()
            return
        super().keyPressEvent(event)
