"""One open draft: what was typed, what is saved, what was checked. Never loses a key.

Saves are whole and follow each other on the work lane; each expects the revision the one before left. A save
that finds the draft changed elsewhere keeps the typed text as a draft of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from medvoice.domain.draft import Draft
from medvoice.domain.errors import MedVoiceError, StorageError, UserError
from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.ui.bridge import ANY, Bridge, touches
from medvoice.ui.editor import clean_text
from medvoice.ui.pages.compose.check_lane import CheckLane
from medvoice.ui.pages.compose.journal import Journal, Unsaved, fingerprint
from medvoice.ui.pages.compose.lanes import (
    MAX_EDITED,
    Base,
    Opened,
    copy_of,
    longest,
    read_draft,
    save_draft,
    with_marks_moved,
    with_variant,
)
from medvoice.ui.pages.compose.leftovers import Leftovers
from medvoice.ui.pages.compose.presence import Presence
from medvoice.ui.tasks import LiveCheck

SAVE_AFTER_MS, SAVE_AT_LEAST_MS, JOURNAL_MS, AGAIN_MS = 800, 2000, 500, 5000
SENT_KEPT = 4
GONE = ("draft_changed_elsewhere", "draft_unknown")
# What may pass by itself: said above the text, and the save is tried again.
WAITS_OUT = ("disk_full", "workspace_locked", "workspace_read_only")
# What a save gives up when exactly that is refused: the words must never wait for it.
GIVE_UP: dict[str, dict[str, Any]] = {
    "topic_unknown": {"topic_id": None},
    "time_unreadable": {"planned_wall": ""},
    "time_skipped": {"planned_wall": ""},
    "zone_unknown": {"planned_wall": ""},
}


class Session(QObject):
    """`opened` after loading and after each save (with the standing), `live` as the person types, `saving`
    says where the text is: "saving", "saved" or a problem's code; `not_saved(StorageError)` with what is in
    the way; `too_long(draft)` for one that cannot be edited here. `presence` knows whether another window
    shows the same draft.

    `read_screen` gives title and text as they stand on the screen; `layer` is the channel whose own text the
    screen shows, "" for the main text. UI thread only.
    """

    opened = Signal(object)
    live = Signal(object)
    saving = Signal(str)
    kept_as_copy = Signal(str)
    not_saved = Signal(object)
    too_long = Signal(object)

    def __init__(self, bridge: Bridge, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.journal = journal
        self.draft: Draft | None = None
        self.profile = Profile()
        self.layer = ""
        self.read_screen: Callable[[], tuple[str, str]] = lambda: ("", "")
        self._base = Base("", 0)
        self._wanted = ""
        self._is_dirty = False
        self._is_typed = False
        self._is_moving = False
        self._under_way = 0
        self._then: list[Callable[[], None]] = []
        self._typed = 0
        self._sent: list[str] = []
        self.presence = Presence(journal.folder, self)
        self.leftovers = Leftovers(bridge, journal, self.presence, self)
        self.live_check = LiveCheck(
            CheckLane(bridge), self._take, lambda draft: draft, lambda: self._typed, parent=self
        )
        self.live_check.done.connect(self.live)
        self.live_check.broken.connect(self._not_checked)
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save)
        self._limit_timer = self._timer(SAVE_AT_LEAST_MS, self.save)
        self._again_timer = self._timer(AGAIN_MS, self.save)
        self._journal_timer = self._timer(JOURNAL_MS, self.write_journal)
        bridge.changed.connect(self._workspace_changed)
        bridge.closing.connect(self.presence.release)

    def _timer(self, ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(call)
        return timer

    @property
    def is_dirty(self) -> bool:
        """Whether the workspace lacks anything of what is on the screen."""
        return self._is_dirty or self._under_way > 0 or self._is_moving

    # Opening

    def open(self, draft_id: str) -> None:
        """Save what is open, then load another draft. The lane keeps the order."""
        self.save()
        self._wanted = draft_id
        self._load(draft_id)

    def reload(self) -> None:
        """Read the open draft again, after something else changed it or its deliveries. Not while another one
        is on its way: it would come after that one and be shown in its place."""
        if self.draft is not None and not self.is_dirty and self._wanted in ("", self.draft.id):
            self._load(self.draft.id)

    def _load(self, draft_id: str) -> None:
        def failed(problem: BaseException) -> None:
            self._wanted = ""  # what is open stays
            self.bridge.report(problem)

        self.bridge.work(
            lambda desk: read_draft(desk, draft_id, False), owner=self, on_done=self._loaded, on_error=failed
        )

    def _loaded(self, opened: Opened) -> None:
        is_same = self.draft is not None and self.draft.id == opened.draft.id
        if (is_same and self.is_dirty) or self._wanted not in ("", opened.draft.id):
            return  # newer words are on the screen, or another draft is wanted by now
        self._wanted = ""
        if longest(opened.draft) > MAX_EDITED:
            self.live_check.stop()
            self.close_draft()
            self.too_long.emit(opened.draft)
            return
        if not is_same:
            self.save()  # what was typed while the other draft was on its way
            self._start(opened.draft)
        else:
            self._base.revision = opened.draft.revision
        kept, words = opened.draft, opened.draft if is_same else self.leftovers.take(opened.draft)
        self.draft, self.profile = words, opened.profile
        self._typed += 1
        self.opened.emit(opened if words == kept else replace(opened, draft=words, standing=None))
        if words == kept:
            self.live_check.check_now()
        else:
            self._mark_dirty()
            self._save_timer.start()

    def adopt(self, opened: Opened) -> None:
        """Show a draft as it stands after a use case. What is typed meanwhile stays and is checked anew."""
        if self.draft is None or self.draft.id != opened.draft.id:
            return
        self.profile = opened.profile
        if self.is_dirty:
            self._pull()  # else the words of a moment ago would be put over those on the screen
            opened = replace(opened, draft=self.draft, standing=None)
        else:
            self.draft = opened.draft
            self._base.revision = opened.draft.revision
        self.opened.emit(opened)
        if opened.standing is None:
            self.live_check.check_now()

    def _start(self, draft: Draft) -> None:
        self._base = Base(draft.id, draft.revision)
        self.presence.hold(draft.id)
        self._sent.clear()
        self.layer = ""
        self._is_dirty = self._is_typed = self._is_moving = False
        self._under_way = 0
        self._then.clear()
        self.live_check.stop()

    def close_draft(self) -> None:
        """Nothing is open any more, for instance after it was archived."""
        self.save()
        self.presence.release()
        self.draft = None

    def _workspace_changed(self, changes: Changes) -> None:
        if self.draft is None:
            return
        is_elsewhere = ANY in changes.drafts
        if is_elsewhere or touches(changes.deliveries, ANY) or changes.is_profile or changes.accounts:
            self.reload()

    # Typing and saving

    def typed(self) -> None:
        """The person changed title or text."""
        if self.draft is None:
            return
        self._is_typed = True
        self._mark_dirty()
        self._save_timer.start()

    def _mark_dirty(self) -> None:
        self._is_dirty = True
        self._typed += 1
        self.saving.emit("saving")
        for timer in (self._limit_timer, self._journal_timer):
            if not timer.isActive():
                timer.start()
        self.live_check.poke()

    def _pull(self) -> None:
        """Take what is on the screen into the draft."""
        if not self._is_typed or self.draft is None:
            return
        self._is_typed = False
        title, text = self.read_screen()
        text, old = clean_text(text), self.draft
        if not self.layer:
            self.draft = replace(old, title=title, text=text)
        else:
            own = replace(old.variant(self.layer), text=text)
            self.draft = replace(with_variant(old, own), title=title)
        self.draft = with_marks_moved(old, self.draft)

    def on_screen(self) -> Draft | None:
        """The open draft with what is typed in it."""
        self._pull()
        return self.draft

    def write_journal(self) -> None:
        """Keep the unsaved words where a crash cannot reach them."""
        if not self.is_dirty or self.draft is None:
            return
        self._pull()
        try:
            self.journal.write(Unsaved.of(self.draft, self._base.revision, self._sent))
        except OSError:
            self.saving.emit("disk_full")

    def save(self) -> None:
        """Save now, unless nothing changed. The answer comes as `saving` and `opened`."""
        for timer in (self._save_timer, self._limit_timer, self._again_timer):
            timer.stop()
        self._pull()
        if not self._is_dirty or self.draft is None or self._is_moving:
            return
        sent, base = self.draft, self._base
        # Should the process die while this save is under way, the next start knows whose words it finds.
        self._sent = [*self._sent, fingerprint(sent)][-SENT_KEPT:]
        self.write_journal()
        self._is_dirty = False
        self._under_way += 1
        self.bridge.work(
            partial(save_draft, draft=sent, base=base),
            owner=self,
            on_done=partial(self._saved, sent, base),
            on_error=partial(self._not_saved, sent, base),
            changes=Changes.of(drafts=[sent.id]),
        )

    def change(self, **changes: Any) -> None:
        """Change fields of the draft (see domain.draft.Draft) and save them with the text on the screen."""
        if self.draft is None:
            return
        self._pull()
        self.draft = replace(self.draft, **changes)
        self._mark_dirty()
        self.save()

    def set_variant(self, channel: str, **changes: Any) -> None:
        """Change what a channel has of its own (see domain.draft.Variant) in the open draft, and save it with
        the text on the screen, which may be just that."""
        self._pull()
        if self.draft is not None:
            variant = replace(self.draft.variant(channel), **changes)
            self.change(variants=with_variant(self.draft, variant).variants)

    def _saved(self, sent: Draft, base: Base, opened: Opened) -> None:
        if base is not self._base or self.draft is None:
            self.journal.remove(sent.id)
            return
        self._under_way -= 1
        self.profile = opened.profile
        if self._is_dirty or self._under_way:
            return  # a newer save is on its way or due
        self.journal.remove(sent.id)
        self.draft = opened.draft
        self.saving.emit("saved")
        self.opened.emit(opened)
        self._run_waiting()

    def _not_saved(self, sent: Draft, base: Base, problem: BaseException) -> None:
        is_open = base is self._base and self.draft is not None
        if is_open:
            self._under_way -= 1
        code = problem.code if isinstance(problem, MedVoiceError) else "bug"
        self._then.clear()
        if isinstance(problem, UserError) and code in GONE:
            self._keep_copy(sent, base)
        elif is_open and code in GIVE_UP and self.draft is not None:
            self.bridge.report(problem)
            self.change(**GIVE_UP[code])
        elif is_open:
            self._is_dirty = True
            self.write_journal()
            self.saving.emit(code)
            if isinstance(problem, StorageError) and code in WAITS_OUT:
                self.not_saved.emit(problem)
            else:
                self.bridge.report(problem)
            self._again_timer.start()
        else:
            # Another draft is open by now: the words are held and tried again.
            self.leftovers.keep(Unsaved.of(sent, base.revision, [fingerprint(sent)]))
            self.bridge.report(problem)

    def _keep_copy(self, sent: Draft, base: Base) -> None:
        """The draft was changed elsewhere: what was typed here becomes a draft of its own."""
        is_open = base is self._base and self.draft is not None
        if is_open and self._is_moving:
            return
        if is_open and self.draft is not None:
            self._pull()
            sent = self.draft
            self._is_moving = True

        def done(made: Draft) -> None:
            self.journal.remove(sent.id)
            if is_open and base is self._base and self.draft is not None:
                self._base, self._is_moving, self._under_way = Base(made.id, made.revision), False, 0
                if self._wanted == base.draft_id:
                    self._wanted = ""
                self._pull()
                mine = self.draft
                self.draft = replace(made, title=mine.title, text=mine.text, variants=mine.variants)
                self._is_dirty = self.draft != made
                self.kept_as_copy.emit(made.id)
                self.save()
                self.reload()
            else:
                self.kept_as_copy.emit(made.id)

        def failed(problem: BaseException) -> None:
            self._is_moving, self._is_dirty = False, True
            self.write_journal()
            self.bridge.report(problem)
            self._again_timer.start()

        self.bridge.work(
            lambda desk: copy_of(desk, sent),
            owner=self,
            on_done=done,
            on_error=failed,
            changes=lambda made: Changes.of(drafts=[made.id]),
        )

    def settle_journal(self) -> None:
        """After the lanes have ended: their last answers never arrive, so look at what was saved instead."""
        if self.draft is not None and self._base.saved == self.draft:
            self.journal.remove(self.draft.id)

    def after_saving(self, call: Callable[[], None]) -> None:
        """Call when nothing is unsaved any more: at once, or after the save that is under way. Not called
        when that save does not succeed."""
        if self.is_dirty:
            self._then.append(call)
        else:
            call()

    def _run_waiting(self) -> None:
        waiting, self._then = self._then, []
        for call in waiting:
            call()

    # Checking while typing

    def _not_checked(self, problem: object) -> None:
        if isinstance(problem, MedVoiceError):
            self.bridge.report(problem)
        self.saving.emit("not_checked")

    def _take(self) -> tuple[Draft | None, int]:
        self._pull()
        return self.draft, self._typed
