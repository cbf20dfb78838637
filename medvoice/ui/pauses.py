"""What is paused, said in a banner until it is over, with one click back; and the ways to pause."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.pages.queue.acts import person
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.domain.pause import Pause
    from medvoice.ui.bridge import Desk
    from medvoice.ui.main_window import MainWindow
    from medvoice.ui.pause_sheet import Pausable, PauseSheet, PauseWish

KEY = "pause-"
ALL = Changes.of(deliveries=["*"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("pauses", text)


@dataclass(frozen=True, slots=True)
class PauseNews:
    """Pauses that hold at `now` or will, and what can be paused."""

    open: "tuple[Pause, ...]"
    choices: "tuple[Pausable, ...]"
    zone: str
    now: datetime

    def name_of(self, pause: "Pause") -> str:
        """What a pause is of, in words."""
        wanted = (pause.scope, pause.scope_id)
        return next(
            (each.name for each in self.choices if (each.scope, each.scope_id) == wanted), _tr("A part")
        )


def load_pauses(desk: "Desk") -> PauseNews:
    """Read them. Work lane. Raises StorageError."""
    from medvoice.ui.pause_sheet import Pausable

    topics = [Pausable("topic", each.id, each.name) for each in desk.topics.list()]
    accounts = [
        Pausable("account", each.id, f"{each.handle or each.display_name}, {CHANNEL_NAMES[each.network]}")
        for each in desk.accounts.list()
        if each.state != "disconnected"
    ]
    choices = (Pausable("all", "", _tr("Everything")), *topics, *accounts)
    return PauseNews(desk.pausing.open(), choices, desk.identity.get().zone, desk.clock.now())


class Pauses(QObject):
    """Made once the window is ready; ends with it. UI thread only."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._shown: set[str] = set()
        self._closed: set[str] = set()
        self.news: PauseNews | None = None
        self.sheet: PauseSheet | None = None
        window.bridge.changed.connect(lambda _changes: self.look())
        self.look()

    def look(self) -> None:
        """Read what is paused, and say it."""
        self._window.bridge.work(load_pauses, owner=self, on_done=self._show)

    def _show(self, news: PauseNews) -> None:
        from medvoice.ui.pause_sheet import pause_words

        self.news = news
        on = {each.id: each for each in news.open if each.is_on(news.now)}
        for pause_id in self._shown - on.keys():
            self._window.notices.clear_banner(KEY + pause_id)
        for pause_id, pause in on.items():
            if pause_id in self._shown:
                continue
            words = pause_words(news.name_of(pause), pause.until, pause.reason, news.zone, news.now)
            self._window.notices.banner(
                KEY + pause_id, "warn", words, _tr("Resume"), lambda one=pause: self.resume(one)
            )
        self._shown = set(on)

    # Doing

    def ask(self) -> None:
        """Ask what to pause, and how long."""
        from medvoice.ui.pause_sheet import PauseSheet

        if self.news is None:
            return
        if self.sheet is None:
            self.sheet = PauseSheet(self._window.theme, self._window)
            self.sheet.wished.connect(self.pause)
        self.sheet.ask(self.news.choices, self.news.zone, self.news.now)

    def pause(self, wish: "PauseWish") -> None:
        """Pause it. Undo resumes."""
        current: list[Pause] = []

        def finish(made: "Pause") -> None:
            current[:] = [made]
            if self.sheet is not None:
                self.sheet.close_up()
            words = _tr("{name} is paused.") if wish.since is None else _tr("{name} will be paused.")
            self._window.tell(words.format(name=wish.what.name), lambda: self._end(current[0]), again)
            self.look()

        def again() -> None:
            self._start(wish, lambda made: current.__setitem__(0, made))

        self._start(wish, finish)

    def resume(self, pause: "Pause") -> None:
        """End a pause. Undo begins it again."""
        from medvoice.ui.pause_sheet import Pausable, PauseWish

        name = self.news.name_of(pause) if self.news else ""
        wish = PauseWish(Pausable(pause.scope, pause.scope_id, name), None, pause.until, pause.reason)
        current = [pause]

        def finish(_pause: object) -> None:
            words = _tr("{name} goes on. What was due meanwhile is in the queue.").format(name=name)
            undo = lambda: self._start(wish, lambda made: current.__setitem__(0, made))  # noqa: E731
            self._window.tell(words, undo, lambda: self._end(current[0]))
            self.look()

        self._end(pause, finish)

    def resume_all(self) -> None:
        """End every pause that holds."""
        for pause in self.news.open if self.news else ():
            if self.news is not None and pause.is_on(self.news.now):
                self.resume(pause)

    @property
    def has_pause(self) -> bool:
        """Whether something is paused."""
        return bool(self._shown)

    def _start(self, wish: "PauseWish", finish: "Callable[[Pause], None]") -> None:
        def act(desk: "Desk") -> "Pause":
            return desk.pausing.start(
                wish.what.scope,
                wish.what.scope_id,
                person(desk),
                since=wish.since,
                until=wish.until,
                reason=wish.reason,
            )

        def done(made: "Pause") -> None:
            finish(made)
            self.look()

        self._window.bridge.work(act, owner=self, on_done=done, on_error=self._refused, changes=ALL)

    def _end(self, pause: "Pause", finish: "Callable[[object], None] | None" = None) -> None:
        self._window.bridge.work(
            lambda desk: desk.pausing.end(pause.id, person(desk)),
            owner=self,
            on_done=finish or (lambda _pause: self.look()),
            on_error=self._refused,
            changes=ALL,
        )

    def _refused(self, problem: BaseException) -> None:
        if self.sheet is not None and self.sheet.isVisible() and isinstance(problem, MedVoiceError):
            self.sheet.show_problem(problem)
        elif isinstance(problem, MedVoiceError):
            self._window.tell(sentence_for(problem))
        else:
            self._window.bridge.report(problem)
