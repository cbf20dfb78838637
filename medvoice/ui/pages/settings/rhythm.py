"""Your rhythm: the times of the week, what one wants to be reminded of, and posts that may return."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from medvoice.domain.errors import MedVoiceError
from medvoice.domain.recurrence import Recurrence
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.models.rhythm_data import (
    NTH,
    Rhythm,
    nth_words,
    prompt_words,
    read_rhythm,
    return_words,
    weekday_name,
)
from medvoice.ui.models.typed_time import read_clock
from medvoice.ui.pages.settings.entries import Deed, Entries, Entry
from medvoice.ui.pages.settings.kept_times import FOR_W, GAP, TIME_W, KeptTimes, Toast
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ProblemLabel
from medvoice.ui.widgets.button import Button

if TYPE_CHECKING:
    from medvoice.services.evergreen import Evergreen

WEEKS = (13, 26, 52)
PROFILE = Changes.of(is_profile=True)


class RhythmSheet(Sheet):
    """Three cards, each with a list and a line to add to it. Everything is saved at once and has Undo;
    `toast(words, undo)` tells of it."""

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast) -> None:
        super().__init__(
            theme,
            self.tr("Your rhythm"),
            self.tr("When you like to post, what you want to be reminded to write, and what may come back."),
        )
        self.setObjectName("settings_rhythm")
        self.bridge, self.toast = bridge, toast
        self.read: Rhythm | None = None
        self._add_times()
        self._add_prompts()
        self._add_returning()
        self.finish()
        theme.changed.connect(self._set_widths)
        self._set_widths()

    # The cards

    def _add_times(self) -> None:
        card = self.add_card(
            self.tr("Your times"),
            self.tr(
                "The times of the week you like to post at. For a draft without a time, the next of them is"
                " proposed that has no other post within half an hour. A time for one topic or one network is"
                " proposed to its drafts only."
            ),
        )
        self.times = KeptTimes(self.theme, self.bridge, self.toast)
        card.addWidget(self.times)

    def _add_prompts(self) -> None:
        theme, tr = self.theme, self.tr
        card = self.add_card(
            tr("Prompts"),
            tr("Each becomes an idea at its time. Nothing is written, scheduled or sent by itself."),
        )
        self.prompts = Entries(
            theme,
            "prompts",
            tr("None yet. For example: a paper in plain words, the first Tuesday of the month."),
        )
        card.addWidget(self.prompts)
        self.words = self._line("prompt_words", tr("What to write about"), tr("A question to peers"))
        self.words.setMaxLength(300)
        card.addWidget(self.words)
        self.often = self._combo("prompt_often", tr("How often"))
        self.often.addItem(tr("Every week"), ("week", 1, 0))
        self.often.addItem(tr("Every 2 weeks"), ("week", 2, 0))
        for nth in NTH:
            self.often.addItem(tr("{nth} of the month").format(nth=nth_words(nth)), ("month", 1, nth))
        self.weekday = self._combo("prompt_weekday", tr("Day of the week"))
        for each in range(7):
            self.weekday.addItem(weekday_name(each), each)
        self.clock = self._line("prompt_clock", tr("Time of day"), "08:10")
        self.topic = self._combo("prompt_topic", tr("For which topic"))
        self.topic.addItem(tr("Any topic"), "")
        self.add = self._button("prompt_add", tr("Add"), tr("Add this prompt"), self._add_prompt)
        card.addLayout(self._in_a_row(self.often, self.weekday, self.clock))
        card.addLayout(self._in_a_row(self.topic, self.add))
        self.prompt_problem = self._problem("problem_prompts")
        card.addWidget(self.prompt_problem)
        self.prompts.after = self.words
        self.words.returnPressed.connect(self._add_prompt)
        self.clock.returnPressed.connect(self._add_prompt)
        for line in (self.words, self.clock):
            line.textEdited.connect(lambda _text: self._say(self.prompt_problem, ""))

    def _add_returning(self) -> None:
        theme, tr = self.theme, self.tr
        card = self.add_card(
            tr("Posts that may return"),
            tr(
                "A copy comes back as an idea and asks: is it still true? You decide; the rules read it anew,"
                " and it must be cleared like any other post."
            ),
        )
        self.returning = Entries(theme, "returning", "")
        card.addWidget(self.returning)
        self.post = self._combo("return_post", tr("A post that is out"))
        self.weeks = self._combo("return_weeks", tr("After how many weeks"))
        for weeks in WEEKS:
            self.weeks.addItem(tr("After {n} weeks").format(n=weeks), weeks)
        self.weeks.setCurrentIndex(1)
        self.let = self._button("return_add", tr("Let it return"), "", self._add_return)
        card.addWidget(self.post)
        card.addLayout(self._in_a_row(self.weeks, self.let))
        self.return_problem = self._problem("problem_returning")
        card.addWidget(self.return_problem)
        self.returning.after = self.post

    def _line(self, name: str, spoken: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(spoken)
        line.setPlaceholderText(hint)
        return line

    def _combo(self, name: str, spoken: str) -> Combo:
        combo = Combo(self.theme)
        combo.setObjectName(name)
        combo.setAccessibleName(spoken)
        return combo

    def _button(self, name: str, words: str, spoken: str, act: Callable[[], None]) -> Button:
        button = Button(self.theme, words, icon="plus")
        button.setObjectName(name)
        button.setAccessibleName(spoken or words)
        button.clicked.connect(act)
        return button

    def _problem(self, name: str) -> ProblemLabel:
        label = ProblemLabel(self.theme, parent=self.middle)
        label.setObjectName(name)
        label.hide()
        return label

    def _in_a_row(self, *parts: QLineEdit | Combo | Button) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(GAP))
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _set_widths(self) -> None:
        px = self.theme.px
        for combo in (self.often, self.weekday, self.topic, self.weeks):
            combo.setFixedWidth(px(FOR_W if combo is not self.weekday else 124))
        self.clock.setFixedWidth(px(TIME_W))
        self.post.setMinimumWidth(px(240))

    # Showing

    def reload(self) -> None:
        """Read everything."""
        self.bridge.work(read_rhythm, owner=self, on_done=self.show_rhythm)

    def show_rhythm(self, read: Rhythm) -> None:
        """Show it; what is being typed stays."""
        self.read = read
        self.times.show_topics(read.topics)
        self.times.show_times(read.times)
        self.times.show_zone(read.zone)
        self._offer(self.topic, [(each.name, each.id) for each in read.topics], keep=1)
        self.prompts.show_entries([self._prompt_entry(read, at) for at in range(len(read.prompts))])
        self.returning.show_entries([self._return_entry(read, at) for at in range(len(read.returning))])
        gone = {each.draft_id for each, _title in read.returning}
        free = [(title, draft_id) for draft_id, title in read.published if draft_id not in gone]
        self._offer(self.post, free, keep=0)
        for part in (self.post, self.weeks, self.let):
            part.setVisible(bool(free))
        self.returning.none.setText(
            self.tr("None yet.")
            if free
            else self.tr("None yet. Once a post of yours is out, it can be chosen.")
        )
        self.returning.none.setVisible(not read.returning)

    @staticmethod
    def _offer(combo: Combo, items: list[tuple[str, str]], keep: int) -> None:
        """Let a combo offer these behind its first `keep`; what was chosen stays chosen."""
        chosen = combo.currentData()
        while combo.count() > keep:
            combo.removeItem(keep)
        for name, data in items:
            combo.addItem(name, data)
        combo.setCurrentIndex(max(0, combo.findData(chosen)) if combo.count() else -1)

    def _prompt_entry(self, read: Rhythm, at: int) -> Entry:
        prompt, upcoming = read.prompts[at]
        topic = read.topic(prompt.topic_id)
        rest = (
            Deed("prompt_rest", "pause", self.tr("Let it rest"), partial(self._set_on, prompt.id, False))
            if prompt.is_on
            else Deed("prompt_go_on", "play", self.tr("Go on"), partial(self._set_on, prompt.id, True))
        )
        return Entry(
            prompt.id,
            prompt.words,
            prompt_words(prompt, upcoming, read),
            (
                rest,
                Deed("prompt_remove", "trash-2", self.tr("Remove"), partial(self._remove_prompt, prompt.id)),
            ),
            topic.slot if topic else "",
            not prompt.is_on,
        )

    def _return_entry(self, read: Rhythm, at: int) -> Entry:
        one, title = read.returning[at]
        stop = partial(self._remove_return, one)
        return Entry(
            one.draft_id,
            title,
            return_words(one, read),
            (Deed("return_remove", "trash-2", self.tr("Let it return no more"), stop),),
        )

    # Doing

    def _add_prompt(self) -> None:
        words, clock = self.words.text().strip(), read_clock(self.clock.text() or "08:10")
        if not words:
            self._say(self.prompt_problem, self.tr("Write what you want to be reminded of."))
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if clock is None:
            self._say(self.prompt_problem, self.tr("Write the time as 08:10."))
            self.clock.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        every, step, nth = self.often.currentData()
        weekday, topic_id = int(self.weekday.currentData()), self.topic.currentData() or None

        def act(desk: Desk) -> str:
            rule = Recurrence(every, desk.prompts.today(), step, weekday=weekday, nth=nth)
            return desk.prompts.add(words, rule, clock, topic_id).id

        def done(prompt_id: str) -> None:
            self.words.clear()
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell(
                self.tr("Added: {words}").format(words=words), lambda desk: desk.prompts.remove(prompt_id)
            )

        self._work(act, self.prompt_problem, done)

    def _set_on(self, prompt_id: str, is_on: bool) -> None:
        words = self.tr("It goes on.") if is_on else self.tr("It rests. What it made stays.")
        self._work(
            lambda desk: desk.prompts.set_on(prompt_id, is_on),
            self.prompt_problem,
            lambda _done: self._tell(words, lambda desk: desk.prompts.set_on(prompt_id, not is_on)),
        )

    def _remove_prompt(self, prompt_id: str) -> None:
        self._work(
            lambda desk: desk.prompts.remove(prompt_id),
            self.prompt_problem,
            lambda gone: self._tell(
                self.tr("Removed: {words}").format(words=gone.words), lambda desk: desk.prompts.put_back(gone)
            ),
        )

    def _add_return(self) -> None:
        draft_id, weeks, title = self.post.currentData(), self.weeks.currentData(), self.post.currentText()
        if draft_id is None:
            return
        self._work(
            lambda desk: desk.evergreens.add(draft_id, weeks),
            self.return_problem,
            lambda _made: self._tell(
                self.tr("May return: {title}").format(title=title),
                lambda desk: desk.evergreens.remove(draft_id),
            ),
        )

    def _remove_return(self, one: "Evergreen") -> None:
        self._work(
            lambda desk: desk.evergreens.remove(one.draft_id),
            self.return_problem,
            lambda _gone: self._tell(
                self.tr("It returns no more."), lambda desk: desk.evergreens.put_back(one)
            ),
        )

    def _work(self, act: Callable[[Desk], Any], problem: ProblemLabel, done: Callable[[Any], None]) -> None:
        """Do something, show everything anew, then tell of it; what cannot be done is said in its card."""

        def finish(result: Any) -> None:
            self._say(problem, "")
            self.reload()
            done(result)

        def refuse(trouble: BaseException) -> None:
            if isinstance(trouble, MedVoiceError):
                self._say(problem, sentence_for(trouble))
            else:
                self.bridge.report(trouble)

        self.bridge.work(act, owner=self, on_done=finish, on_error=refuse, changes=PROFILE)

    def _tell(self, words: str, back: Callable[[Desk], Any]) -> None:
        def undo() -> None:
            self.bridge.work(back, owner=self, on_done=lambda _done: self.reload(), changes=PROFILE)

        self.toast(words, undo)

    @staticmethod
    def _say(label: ProblemLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
