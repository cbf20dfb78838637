"""One open draft: what was typed, what is saved, what was checked. Never loses a key.

Saves follow each other; each expects the revision of the one before. A save that finds the draft changed
elsewhere keeps the typed text as a draft of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from medvoice.domain.channel.measure import Measure
from medvoice.domain.draft import Draft, Variant
from medvoice.domain.errors import MedVoiceError, UserError
from medvoice.domain.finding import Finding
from medvoice.domain.outbox import ENDED, Delivery
from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.services.standing import Standing
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.editor import clean_text
from medvoice.ui.pages.compose.journal import Journal, Unsaved
from medvoice.ui.tasks import LiveCheck

SAVE_AFTER_MS, SAVE_AT_LEAST_MS, JOURNAL_MS = 800, 2000, 500


@dataclass(frozen=True, slots=True)
class Live:
    """What a look at the text on the screen found, before it is saved."""

    measures: dict[str, Measure]
    findings: dict[str, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the page shows of a saved draft."""

    draft: Draft
    standing: Standing
    deliveries: tuple[Delivery, ...]
    profile: Profile
    now: datetime


class Session(QObject):
    """`opened` after loading and after each save (with the standing), `live` as the person types,
    `saving` says where the text is: "saving", "saved" or the problem's code."""

    opened = Signal(object)
    live = Signal(object)
    saving = Signal(str)
    kept_as_copy = Signal(str)

    def __init__(self, bridge: Bridge, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.journal = journal
        self.draft: Draft | None = None
        self.profile = Profile()
        self.read_screen: Callable[[], tuple[str, str]] = lambda: ("", "")
        self._is_dirty = False
        self._is_saving = False
        self._then: list[Callable[[], None]] = []
        self._typed = 0
        self.live_check = LiveCheck(
            _CheckLane(bridge), self._take, lambda pair: pair, lambda: self._typed, parent=self
        )
        self.live_check.done.connect(self.live)
        self.live_check.broken.connect(lambda _bad: self.saving.emit("not_checked"))
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save)
        self._limit_timer = self._timer(SAVE_AT_LEAST_MS, self.save)
        self._journal_timer = self._timer(JOURNAL_MS, self.write_journal)

    def _timer(self, ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(call)
        return timer

    @property
    def is_dirty(self) -> bool:
        return self._is_dirty or self._is_saving

    # Opening

    def open(self, draft_id: str) -> None:
        """Save what is open, then load another draft."""
        self.save()
        self.after_saving(lambda: self._load(draft_id))

    def reload(self) -> None:
        """Read the open draft again, after something else changed it or its deliveries."""
        if self.draft is not None and not self.is_dirty:
            self._load(self.draft.id)

    def _load(self, draft_id: str) -> None:
        self.bridge.work(lambda desk: read_draft(desk, draft_id), owner=self, on_done=self._loaded)

    def _loaded(self, opened: Opened) -> None:
        if self.is_dirty and self.draft is not None and self.draft.id == opened.draft.id:
            return
        self.draft, self.profile = opened.draft, opened.profile
        self.opened.emit(opened)

    # Typing and saving

    def typed(self) -> None:
        """The person changed title or text."""
        self._is_dirty = True
        self._typed += 1
        self.saving.emit("saving")
        self._save_timer.start()
        for timer in (self._limit_timer, self._journal_timer):
            if not timer.isActive():
                timer.start()
        self.live_check.poke()

    def write_journal(self) -> None:
        """Keep the unsaved words where a crash cannot reach them."""
        if not self.is_dirty or self.draft is None:
            return
        title, text = self.read_screen()
        try:
            self.journal.write(Unsaved(self.draft.id, self.draft.revision, title, text))
        except OSError:
            self.saving.emit("disk_full")

    def save(self) -> None:
        """Save now, unless nothing changed or a save is under way (then it follows)."""
        self._save_timer.stop()
        self._limit_timer.stop()
        if not self._is_dirty or self._is_saving or self.draft is None:
            return
        title, text = self.read_screen()
        self.change(title=title, text=text)

    def change(self, **changes: Any) -> None:
        """Save these fields of the draft (see Drafting.save); the text on the screen goes with them."""
        if self.draft is None:
            return
        title, text = self.read_screen()
        fields: dict[str, Any] = {"title": title, "text": text} | changes
        draft_id, revision = self.draft.id, self.draft.revision
        self._is_dirty, self._is_saving = False, True

        def work(desk: Desk) -> tuple[Opened, Changes]:
            desk.drafting.save(draft_id, revision, **fields)
            return read_draft(desk, draft_id), Changes.of(drafts=[draft_id])

        self.bridge.work(
            work, owner=self, on_done=self._saved, on_error=lambda bad: self._not_saved(bad, fields)
        )

    def _saved(self, opened: Opened) -> None:
        self._is_saving = False
        self.draft, self.profile = opened.draft, opened.profile
        if self._is_dirty:
            self.save()
            return
        self.journal.clear()
        self.saving.emit("saved")
        self.opened.emit(opened)
        self._run_waiting()

    def _not_saved(self, problem: BaseException, fields: dict[str, Any]) -> None:
        self._is_saving = False
        if isinstance(problem, UserError) and problem.code == "draft_changed_elsewhere":
            self._keep_copy(fields)
            return
        self._is_dirty = True
        self.write_journal()
        code = problem.code if isinstance(problem, MedVoiceError) else "bug"
        self.saving.emit(code)
        self.bridge.report(problem)
        self._then.clear()

    def _keep_copy(self, fields: dict[str, Any]) -> None:
        """The draft was changed elsewhere: what was typed here becomes a draft of its own."""
        channels = self.draft.channels_on if self.draft else ("linkedin",)
        title, text = fields["title"], fields["text"]

        def work(desk: Desk) -> tuple[str, Changes]:
            made = desk.drafting.create(title=title, text=text, channels=channels)
            return made.id, Changes.of(drafts=[made.id])

        def done(draft_id: str) -> None:
            self.journal.clear()
            self.kept_as_copy.emit(draft_id)
            self._load(draft_id)

        self.bridge.work(work, owner=self, on_done=done)

    def after_saving(self, call: Callable[[], None]) -> None:
        """Call when nothing is unsaved any more: at once, or after the save that is under way."""
        if self.is_dirty:
            self._then.append(call)
        else:
            call()

    def _run_waiting(self) -> None:
        waiting, self._then = self._then, []
        for call in waiting:
            call()

    def set_variant(self, variant: Variant) -> None:
        """Save a changed variant of the open draft."""
        if self.draft is None:
            return
        kept = [each for each in self.draft.variants if each.channel != variant.channel]
        order = {each.channel: at for at, each in enumerate(self.draft.variants)}
        variants = sorted([*kept, variant], key=lambda each: order.get(each.channel, 99))
        self.change(variants=tuple(variants))

    # Checking while typing

    def _take(self) -> tuple[tuple[Draft, Profile] | None, int]:
        if self.draft is None:
            return None, self._typed
        title, text = self.read_screen()
        return (replace(self.draft, title=title, text=clean_text(text)), self.profile), self._typed


class _CheckLane:
    """The bridge's check lane, as LiveCheck asks for it: its `fn` gives the snapshot, the desk checks it."""

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge

    def run(
        self,
        lane: str,
        fn: Callable[[], Any],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Any], None] | None = None,
    ) -> None:
        """Check the snapshot; None where no draft is open."""

        def work(desk: Desk) -> Live | None:
            pair = fn()
            return look_at(desk, *pair) if pair is not None else None

        self.bridge.check(work, owner=owner, on_done=on_done, on_error=on_error)

    def shutdown(self) -> None:
        """The lane is the bridge's."""


def read_draft(desk: Desk, draft_id: str) -> Opened:
    """A draft with its standing and its deliveries. Work lane."""
    return Opened(
        desk.drafting.get(draft_id),
        desk.clearing.standing(draft_id),
        desk.queueing.outbox.list(draft_id=draft_id),
        desk.identity.get(),
        desk.clock.now(),
    )


def look_at(desk: Desk, draft: Draft, profile: Profile) -> Live:
    """Check the text on the screen. Check lane; nothing is written."""
    measures = {channel: desk.checking.measure_of(draft, channel) for channel in draft.channels_on}
    findings = {
        channel: desk.checking.check(draft, channel, profile).findings for channel in draft.channels_on
    }
    return Live(measures, findings)


def live_delivery(deliveries: tuple[Delivery, ...]) -> Delivery | None:
    """The delivery that still has something to do, the earliest first; None when there is none."""
    open_ones = [d for d in deliveries if any(part.state not in ENDED for part in d.parts)]
    return min(open_ones, key=lambda delivery: delivery.due_at, default=None)
