"""The person's part of the pane: their checks, and the sentence that says whose view it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import CheckItem, Switch

if TYPE_CHECKING:
    from medvoice.domain.profile import Profile
    from medvoice.services.standing import Standing


class ChecksPart(QWidget):
    """The boxes of one standing. Only a person ticks them: `ticked(code, is_on)`."""

    ticked = Signal(str, bool)
    reconfirm_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: dict[str, CheckItem] = {}
        self.mark: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))

    def clear(self) -> None:
        self.mark = None
        self.rows.clear()
        clear_layout(self._column)

    def show_standing(self, standing: "Standing") -> None:
        """Tick and note as the standing says; the rows are made anew only when others are asked."""
        items = [item for item in standing.items if item.item.kind != "standing"]
        mark = (
            tuple((each.item.code, each.item.text) for each in items),
            standing.can_reconfirm,
            bool(standing.per_channel),
        )
        if mark != self.mark:
            self.mark = mark
            self._build(standing)
        if not self.rows:
            return
        done = sum(item.is_ticked for item in items)
        self._count.setText(self.tr("{done} of {all}").format(done=done, all=len(items)))
        for item in items:
            row = self.rows[item.item.code]
            row.set_ticked(item.is_ticked)
            if item.was_ticked_before_change and not item.is_ticked:
                row.set_note(self.tr("Text changed, please confirm again"), "warn.text")
            else:
                row.set_note(item.item.note)

    def _build(self, standing: "Standing") -> None:
        focused = next((code for code, row in self.rows.items() if row.hasFocus()), "")
        clear_layout(self._column)
        self.rows.clear()
        if not standing.per_channel:
            return
        head = QHBoxLayout()
        head.setContentsMargins(0, self.theme.px(10), 0, self.theme.px(2))
        head.addWidget(Label(self.theme, self.tr("Your checks"), "bodyStrong"))
        head.addStretch(1)
        self._count = Label(self.theme, "", "small", "text.secondary")
        head.addWidget(self._count)
        self._column.addLayout(head)
        for item in standing.items:
            if item.item.kind != "standing":
                row = CheckItem(self.theme, item.item.code, item.item.text, item.item.note)
                row.ticked.connect(lambda is_on, code=item.item.code: self.ticked.emit(code, is_on))
                self.rows[item.item.code] = row
                self._column.addWidget(row)
        if standing.can_reconfirm:
            again = Button(self.theme, self.tr("Reconfirm what still holds"), size="small")
            again.setObjectName("reconfirm")
            again.clicked.connect(self.reconfirm_requested)
            self._column.addSpacing(self.theme.px(4))
            self._column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)


class DisclaimerPart(QWidget):
    """One line and switch for each channel that is on: what is added, or would be; X has the short form."""

    switched = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.switches: dict[str, Switch] = {}
        self.mark: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))

    def clear(self) -> None:
        self.mark = None
        self.switches.clear()
        clear_layout(self._column)

    def show_standing(self, standing: "Standing", profile: "Profile") -> None:
        """Show the sentences of this draft as `profile` would have them."""
        from medvoice.services.whose_view import sentence_on

        draft = standing.draft
        lines = tuple(
            (channel, draft.variant(channel).disclaimer, sentence_on(channel, profile, draft.regions))
            for channel in (each.channel for each in standing.per_channel)
        )
        if lines == self.mark:
            return
        focused = next((channel for channel, each in self.switches.items() if each.hasFocus()), "")
        self.mark = lines
        clear_layout(self._column)
        self.switches.clear()
        if not lines:
            return
        self._column.addSpacing(self.theme.px(4))
        self._column.addWidget(Rule())
        self._column.addWidget(Label(self.theme, self.tr("Disclaimer"), "bodyStrong"))
        for channel, sentence, offer in lines:
            self._column.addLayout(self._line(channel, sentence, offer))
        if focused in self.switches:
            self.switches[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, channel: str, sentence: str, offer: str) -> QHBoxLayout:
        theme, name = self.theme, CHANNEL_NAMES[channel]
        words = QVBoxLayout()
        words.setSpacing(0)
        tone = "text.secondary" if sentence else "text.tertiary"
        words.addWidget(Label(theme, f"“{sentence or offer}”", "small", tone, wraps=True))
        if sentence:
            state = self.tr("{channel}: added as the last paragraph, {n} characters")
        else:
            state = self.tr("{channel}: not added")
        state = state.format(channel=name, n=len(sentence) + 2)
        words.addWidget(Label(theme, state, "small", "text.tertiary", wraps=True))
        switch = Switch(theme, self.tr("Disclaimer on {channel}").format(channel=name))
        switch.setAccessibleDescription(sentence or offer)
        switch.setObjectName(f"disclaimer_{channel}")
        switch.setChecked(bool(sentence))
        switch.clicked.connect(lambda is_on, channel=channel: self.switched.emit(channel, is_on))
        self.switches[channel] = switch
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(switch, 0, Qt.AlignmentFlag.AlignTop)
        return row
