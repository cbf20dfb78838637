"""Looks at what is scheduled and published again when the rules are others than the last time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from medvoice.services.changes import Changes
from medvoice.ui.bridge import ANY, Desk
from medvoice.ui.strings import number
from medvoice.ui.widgets.message import Banner

if TYPE_CHECKING:
    from medvoice.services.rechecking import Round
    from medvoice.ui.main_window import MainWindow

# After the first words can be typed; so many posts in one go, and a pause in which a save may come.
BEGIN_MS, AT_A_TIME, PAUSE_MS = 3000, 4, 40
# A round that is over by then needs no word about being under way.
SAID_AFTER_MS = 800
KEY, SEEN = "new_rules", "new_rules_seen"


class RuleWatch(QObject):
    """Made once the window can be used. UI thread only; the looking is done on the work lane, a few posts at
    a time, and rests while something is unsaved. `has_found` says whether the rules of today found anything
    new, then or now; the banner about it comes at each start until the person has opened the list or closed
    the banner."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._round: Round | None = None
        self._banner: Banner | None = None
        self._is_stopped = False
        self._mark = 0
        self._next = self._timer(PAUSE_MS, self._step)
        self._say = self._timer(SAID_AFTER_MS, self._show_progress)
        self._timer(BEGIN_MS, self.look).start()

    def _timer(self, ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(call)
        return timer

    @property
    def has_found(self) -> bool:
        """Whether there is a list to show."""
        return self._mark > 0

    @property
    def is_busy(self) -> bool:
        """Whether a round is under way."""
        return self._round is not None

    def look(self) -> None:
        """Begin a round where the rules changed; nothing happens where they did not."""
        if self._round is None:
            kept = str(self._window.look.value(SEEN, 0))
            seen = int(kept) if kept.isdigit() else 0
            self._window.bridge.work(
                lambda desk: _begin(desk, seen), owner=self, on_done=self._begun, on_error=self._broken
            )

    def stop(self) -> None:
        """Leave the rest for the next start."""
        self._is_stopped = True

    def _begun(self, found: "Beginning") -> None:
        self._round, self._mark = found.round, found.mark
        self._is_stopped = False
        if self._round is not None:
            if not self._round.is_first:
                self._say.start()
            self._step()
        elif any(found.unseen):
            self._show_found(*found.unseen)

    def _step(self) -> None:
        round_ = self._round
        if round_ is None:
            return
        session = self._window.compose.session
        if session.is_dirty or session.live_check.is_busy:
            self._next.start()  # what is being typed comes first
            return

        by = self.tr("you")

        def work(desk: Desk) -> tuple[bool, int]:
            name = desk.identity.get().name or by
            is_more = desk.rechecking.step(round_, name, AT_A_TIME)
            return is_more, 0 if is_more else desk.rechecking.found_mark()

        self._window.bridge.work(work, owner=self, on_done=self._stepped, on_error=self._broken)

    def _stepped(self, answer: tuple[bool, int]) -> None:
        is_more, mark = answer
        self._mark = self._mark if is_more else mark
        if is_more and not self._is_stopped:
            self._show_progress(is_first=False)
            self._next.start()
        else:
            self._end(is_whole=not is_more)

    def _end(self, *, is_whole: bool) -> None:
        round_, self._round = self._round, None
        self._say.stop()
        was_said = self._banner is not None
        self._clear()
        if round_ is None:
            return
        if round_.held or round_.rebound:
            self._window.bridge.changed.emit(Changes.of(deliveries=[ANY]))
        if not is_whole:
            words = self.tr("{done} of {all} posts were looked at. The rest follows at the next start.")
            self._window.tell(words.format(done=number(round_.done), all=number(round_.total)))
        elif round_.held or round_.published:
            self._show_found(len(round_.held), len(round_.published))
        elif not round_.is_first and (was_said or round_.rebound):
            self._window.tell(self.tr("The rules changed. Your posts were looked at again: nothing new."))

    # Words

    def _show_progress(self, *, is_first: bool = True) -> None:
        round_ = self._round
        if round_ is None or (self._banner is None and not is_first):
            return
        words = self.tr("The rules changed. Your posts are looked at again: {done} of {all}.")
        words = words.format(done=number(round_.done), all=number(round_.total))
        if self._banner is None:
            later = self.tr("Later")
            self._banner = self._window.notices.banner(KEY, "info", words, later, self.stop)
            self._banner.destroyed.connect(self._banner_gone)
        else:
            self._banner.set_text(words)

    def _banner_gone(self) -> None:
        self._banner = None

    def _clear(self) -> None:
        self._banner = None
        self._window.notices.clear_banner(KEY)

    def _show_found(self, held: int, published: int) -> None:
        parts: list[str] = []
        if held:
            one, many = self.tr("1 scheduled post is held"), self.tr("{n} scheduled posts are held")
            parts.append(one if held == 1 else many.format(n=number(held)))
        if published:
            one = self.tr("1 published post has something new")
            many = self.tr("{n} published posts have something new")
            parts.append(one if published == 1 else many.format(n=number(published)))
        words = self.tr("The rules changed: {what}.").format(what=self.tr(" and ").join(parts))
        banner = self._window.notices.banner(KEY, "warn", words, self.tr("Show them"), self.show_found)
        banner.closed.connect(self._seen)

    def _seen(self) -> None:
        self._window.look.setValue(SEEN, self._mark)

    def show_found(self) -> None:
        """Bring the list to the person, beside the draft."""
        self._clear()
        self._seen()
        self._window.show_page("compose")
        self._window.compose.acts.show_new_rules()

    def _broken(self, problem: BaseException) -> None:
        """The next start tries again: a round is due until it is whole."""
        self._round = None
        self._say.stop()
        self._clear()
        self._window.bridge.report(problem)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A round where one is due; the mark of what the rules of today found before, 0 for nothing; and how many
    held and published posts of that nobody has seen yet."""

    round: "Round | None"
    mark: int
    unseen: tuple[int, int] = (0, 0)


def _begin(desk: Desk, seen: int) -> Beginning:
    """Work lane. `seen` is the mark the person has seen."""
    rechecking = desk.rechecking
    if rechecking.is_due():
        return Beginning(rechecking.begin(), rechecking.found_mark())
    mark = rechecking.found_mark()
    if mark in (0, seen):
        return Beginning(None, mark)
    last = rechecking.last()
    return Beginning(None, mark, (len(last.held), len(last.published)) if last is not None else (0, 0))
