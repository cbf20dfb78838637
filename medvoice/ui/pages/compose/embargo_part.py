"""The open draft and the abstracts it draws on: what it waits for is read, said, and can be changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from medvoice.services.changes import Changes
from medvoice.ui.bridge import ANY

if TYPE_CHECKING:
    from medvoice.ui.models.draft_embargo import DraftEmbargo
    from medvoice.ui.pages.compose.page import ComposePage
    from medvoice.ui.pages.network.acts import EventActs

KEY = "embargo"
LOOK_AGAIN_MS = 5 * 60_000


class EmbargoPart(QObject):
    """UI thread only; read on the work lane after the draft is shown. `event_requested(event id)` asks for
    the event of an embargo whose end is not known."""

    event_requested = Signal(str)

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        self.now: DraftEmbargo | None = None
        self._read_of = ""
        self._acts: EventActs | None = None
        self._soon, self._at_end = QTimer(self), QTimer(self)
        for timer in (self._soon, self._at_end):
            timer.setSingleShot(True)
            timer.timeout.connect(self._read)
        self._soon.setInterval(0)
        page.session.opened.connect(lambda _opened: self._opened())
        page.bridge.changed.connect(self._workspace_changed)
        page.column.tie_wanted.connect(self.choose)
        page.installEventFilter(self)

    @property
    def _draft_id(self) -> str:
        return self.page.session.draft.id if self.page.session.draft is not None else ""

    def _opened(self) -> None:
        if self._draft_id != self._read_of:
            self._soon.start()

    def _workspace_changed(self, changes: Changes) -> None:
        is_wide = ANY in changes.drafts or ANY in changes.deliveries or changes.is_profile
        if self._draft_id and (is_wide or (self.now is not None and changes.deliveries)):
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An event may have been changed elsewhere, such as by the command line.
        if event.type() == QEvent.Type.Show and self._draft_id:
            self._soon.start()
        return False

    def _read(self) -> None:
        draft_id = self._read_of = self._draft_id

        def read(desk: object) -> "DraftEmbargo | None":
            from medvoice.ui.models.draft_embargo import read_embargo

            return read_embargo(desk, draft_id)  # pyright: ignore[reportArgumentType]

        def done(found: "DraftEmbargo | None") -> None:
            if draft_id == self._draft_id:
                self._show(found)

        self.page.bridge.work(read, owner=self, on_done=done, on_error=self.page.bridge.report)

    def _show(self, found: "DraftEmbargo | None") -> None:
        before, self.now = self.now, found
        planning, column = self.page.planning, self.page.column
        if found != before:
            planning.show_embargo(found)
        self._look_at_the_end(found)
        words = found.sentence(planning.now()) if found and found.is_open(planning.now()) else ""
        if words == column.banner_words(KEY):
            return
        if not words:
            column.clear_banner(KEY)
            return
        action = self.tr("Change") if found and found.ends_at else self.tr("Show the event")
        banner = column.show_banner(KEY, "warn", words, action, icon="lock")
        banner.acted.connect(self.go)

    def _look_at_the_end(self, found: "DraftEmbargo | None") -> None:
        """The moment the embargo ends is seen by who has the draft open; a clock set anew within minutes."""
        self._at_end.stop()
        now = self.page.planning.now()
        if found is not None and found.ends_at is not None and found.is_open(now):
            left_ms = int((found.ends_at - now).total_seconds() * 1000) + 1
            self._at_end.start(min(left_ms, LOOK_AGAIN_MS))

    def go(self) -> None:
        """To what would let the draft go: the event where a day is missing, else the abstracts."""
        if self.now is not None and self.now.ends_at is None:
            self.event_requested.emit(self.now.embargo.event.id)
        else:
            self.choose()

    def choose(self) -> None:
        """Choose the abstracts that the draft draws on."""
        if not self._draft_id:
            return
        from medvoice.ui.pages.network.acts import EventActs
        from medvoice.ui.pages.network.tying import choose_abstract

        if self._acts is None:
            self._acts = EventActs(self.page.theme, self.page.bridge, self.page.toast, self)
        draft_id, acts = self._draft_id, self._acts
        # What is typed is saved first: tying belongs to the words on the screen.
        self.page.session.save()
        choose_abstract(acts, self.page, self.page.column.more, draft_id)
