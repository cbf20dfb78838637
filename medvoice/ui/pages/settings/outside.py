"""Feeds and calendar: what MedVoice fetches from outside and puts there. Both are off until switched on."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from medvoice.domain.errors import MedVoiceError, RemoteError
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.moments import moment
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.settings.fields import TextField, TickField
from medvoice.ui.pages.settings.kept_times import Toast
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.pill import StatusPill

if TYPE_CHECKING:
    from medvoice.services.calendar_publishing import Place, Report


@dataclass(frozen=True, slots=True)
class Outside:
    """What the sheet shows, as it stood at `now` (UTC)."""

    is_on: bool
    feeds: int
    place: "Place | None"
    zone: str
    now: datetime


def load_outside(desk: Desk) -> Outside:
    """Read it. Work lane. Raises StorageError."""
    return Outside(
        desk.feeds.is_on,
        len(desk.feeds.list()),
        desk.calendar_publishing.place,
        desk.identity.get().zone,
        desk.clock.now(),
    )


class OutsideSheet(Sheet):
    """The switch of the feeds, and the form of the calendar. `feeds_requested` opens what is new;
    `toast(words, undo)` tells what was done."""

    feeds_requested = Signal()

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast) -> None:
        super().__init__(
            theme,
            self.tr("Feeds and calendar"),
            self.tr("What is fetched from outside, and what is put there. Both are off until you say so."),
        )
        self.setObjectName("settings_outside")
        self.bridge, self.toast = bridge, toast
        self.read: Outside | None = None
        self._add_feeds()
        self._add_calendar()
        self.finish()

    def _add_feeds(self) -> None:
        theme = self.theme
        card = self.add_card(self.tr("Feeds"))
        self.fetch = TickField(
            theme,
            "fetch_feeds",
            self.tr("Fetch feeds every six hours"),
            self.tr(
                "The servers of the feeds you follow see your internet address and that MedVoice asks, as"
                " with a page you open. No cookies, no name, nothing of your drafts."
            ),
        )
        card.addWidget(self.fetch)
        row = QHBoxLayout()
        self.count = Label(theme, "", "body", "text.secondary")
        self.count.setObjectName("outside_feeds")
        show = Button(theme, self.tr("What is new"), icon="globe")
        show.setObjectName("outside_show_feeds")
        show.clicked.connect(self.feeds_requested)
        row.addWidget(self.count, 1)
        row.addWidget(show)
        card.addLayout(row)
        self.fetch.committed.connect(self._switch)

    def _add_calendar(self) -> None:
        theme, tr = self.theme, self.tr
        card = self.add_card()
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Your plan in another calendar"), "section", wraps=True), 1)
        self.pill = StatusPill(theme)
        self.pill.setObjectName("calendar_pill")
        head.addWidget(self.pill)
        card.addLayout(head)
        card.addWidget(
            Label(
                theme,
                tr(
                    "MedVoice keeps your planned posts and congresses in a calendar of yours on a CalDAV"
                    " server. Make an empty one for it. The server sees titles, channels and times, never the"
                    " text of a post. Only what MedVoice put there is changed."
                ),
                "body",
                "text.secondary",
                wraps=True,
            )
        )
        self.url = TextField(theme, "calendar_url", tr("Address of the calendar"), "", "https://")
        self.user = TextField(theme, "calendar_user", tr("Name on that server"))
        self.word = TextField(
            theme, "calendar_word", tr("Password"), tr("Best one made for this app. It is kept sealed.")
        )
        self.word.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.titles = TickField(theme, "calendar_titles", tr("Name the posts; else each is “A post”"))
        self.titles.put(True)
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(16))
        pair.addWidget(self.user, 1)
        pair.addWidget(self.word, 1)
        card.addWidget(self.url)
        card.addLayout(pair)
        card.addWidget(self.titles)
        self.problem = ProblemLabel(theme, parent=self)
        self.problem.setObjectName("problem_calendar")
        self.problem.hide()
        card.addWidget(self.problem)
        self.state = Label(theme, "", "small", "text.secondary", wraps=True)
        self.state.setObjectName("calendar_state")
        card.addWidget(self.state)
        card.addLayout(self._buttons())

    def _buttons(self) -> QVBoxLayout:
        theme, column = self.theme, QVBoxLayout()
        column.setSpacing(theme.px(8))
        self.publish = Button(theme, self.tr("Publish the plan"), kind="primary", icon="upload")
        self.publish.setObjectName("calendar_publish")
        self.over = Button(theme, self.tr("Put the plan over it"))
        self.over.setObjectName("calendar_over")
        self.stop = Button(theme, self.tr("Stop"), kind="ghost")
        self.stop.setObjectName("calendar_stop")
        self.stop.setAccessibleName(self.tr("Stop publishing; what is there stays"))
        self.clear = Button(theme, self.tr("Stop and take items away"), kind="ghost")
        self.clear.setObjectName("calendar_clear")
        self.clear.setAccessibleName(self.tr("Stop publishing and take away what MedVoice put there"))
        for pair in ((self.publish, self.over), (self.stop, self.clear)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            for button in pair:
                if button is not self.publish:
                    button.hide()
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        self.word.line.returnPressed.connect(self.publish.click)
        self.publish.clicked.connect(lambda: self._publish(overwrites=False))
        self.over.clicked.connect(lambda: self._publish(overwrites=True))
        self.stop.clicked.connect(self._stop)
        self.clear.clicked.connect(self._clear)
        return column

    # Reading

    def reload(self) -> None:
        """Read it again."""
        self.bridge.work(load_outside, owner=self, on_done=self._show)

    def _show(self, read: Outside) -> None:
        before, self.read = self.read, read
        self.fetch.show_value(read.is_on)
        n = read.feeds
        self.count.setText(
            self.tr("You follow no feed yet.")
            if not n
            else self.tr("You follow 1 feed.")
            if n == 1
            else self.tr("You follow {n} feeds.").format(n=n)
        )
        place = read.place
        if place is not None and (before is None or before.place is None):
            # Once: what is being typed is not written over.
            self.url.put(place.url)
            self.user.put(place.user)
            self.titles.put(place.has_titles)
        self.word.line.setPlaceholderText(self.tr("As it is") if place else "")
        for button in (self.stop, self.clear):
            button.setVisible(place is not None)
        self.over.setVisible(place is not None and place.state == "dav_edited")
        self.publish.setText(self.tr("Publish now") if place else self.tr("Publish the plan"))
        self._show_state(read)

    def _show_state(self, read: Outside) -> None:
        place = read.place
        if place is None:
            self.pill.set_status("neutral", "circle-dashed", self.tr("Off"))
            self.state.hide()
            return
        when = moment(place.at, read.zone, read.now) if place.at else ""
        words = self.tr("Up to date {when}. The agent follows your changes within a minute.").format(
            when=when
        )
        kind, icon, word = "ok", "circle-check", self.tr("On")
        if place.state == "dav_edited":
            kind, icon, word = "warn", "triangle-alert", self.tr("Edited there")
            words = self.tr("Somebody edited items there: {names}. They were left as they are.")
            words = words.format(names=place.detail)
        elif place.state:
            kind, icon, word = "warn", "triangle-alert", self.tr("Needs you")
            words = sentence_for(RemoteError(place.state, detail=place.detail))
        elif not place.at:
            words = self.tr("Not published yet.")
        self.pill.set_status(kind, icon, word)
        self.state.setText(words)
        self.state.show()

    # Doing

    def _switch(self, value: object) -> None:
        is_on = bool(value)

        def undo() -> None:
            self.bridge.work(
                lambda desk: desk.feeds.set_on(not is_on), owner=self, on_done=lambda _n: self.reload()
            )

        def done(_nothing: object) -> None:
            words = (
                self.tr("Feeds are fetched every six hours now.")
                if is_on
                else self.tr("Feeds are not fetched by themselves any more.")
            )
            self.toast(words, undo)

        self.bridge.work(lambda desk: desk.feeds.set_on(is_on), owner=self, on_done=done)

    def _publish(self, *, overwrites: bool) -> None:
        url, user, word = self.url.value(), self.user.value(), self.word.line.text()
        has_titles = self.titles.value()
        self._say("")
        self._set_busy(True)

        def act(desk: Desk) -> "Report":
            desk.calendar_publishing.set_place(url, user, word, has_titles=has_titles)
            return desk.calendar_publishing.publish(overwrites=overwrites)

        self.bridge.net(act, owner=self, on_done=self._published, on_error=self._refused)

    def _published(self, report: "Report") -> None:
        self._set_busy(False)
        self.word.line.clear()
        self.reload()
        if report.code:
            self._say(sentence_for(RemoteError(report.code, detail=report.detail)))
        elif not report.edited:
            words = self.tr("Your calendar holds the plan: {n} written, {gone} taken away.")
            self.toast(words.format(n=report.put, gone=report.deleted), None)

    def _stop(self) -> None:
        def act(desk: Desk) -> Any:
            kept = desk.calendar_publishing.kept()
            desk.calendar_publishing.stop()
            return kept

        def done(kept: Any) -> None:
            self.reload()
            self.toast(
                self.tr("The plan is not published any more. What is there stays."),
                lambda: self.bridge.work(
                    lambda desk: desk.calendar_publishing.put_back(kept),
                    owner=self,
                    on_done=lambda _nothing: self.reload(),
                ),
            )

        self.bridge.work(act, owner=self, on_done=done, on_error=self._refused)

    def _clear(self) -> None:
        self._set_busy(True)

        def done(report: "Report") -> None:
            self._set_busy(False)
            self.reload()
            if report.code:
                self._say(sentence_for(RemoteError(report.code, detail=report.detail)))
            else:
                words = self.tr("The plan is not published any more; {n} items were taken away.")
                self.toast(words.format(n=report.deleted), None)

        self.bridge.net(
            lambda desk: desk.calendar_publishing.stop(removes_items=True),
            owner=self,
            on_done=done,
            on_error=self._refused,
        )

    def _refused(self, problem: BaseException) -> None:
        self._set_busy(False)
        if isinstance(problem, MedVoiceError):
            self._say(sentence_for(problem))
        self.reload()

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self.publish, self.over, self.stop, self.clear):
            button.setEnabled(not is_busy)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
