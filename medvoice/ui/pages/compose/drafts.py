"""The draft list and the workspace: filling, searching, filtering, judging."""

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medvoice.domain.topic import Topic
from medvoice.services.changes import Changes
from medvoice.ui.bridge import ANY, Bridge
from medvoice.ui.pages.compose.draft_list import DraftList
from medvoice.ui.pages.compose.putting_away import PuttingAway
from medvoice.ui.pages.compose.rows import (
    JUDGED,
    JUDGED_OLDER,
    MOVED_UP_TO,
    OLDER_MS,
    ListedDraft,
    Page,
    Shelf,
    Wanted,
    is_to_judge,
    judge_rows,
    listed,
    load_page,
    load_shelf,
    section_of,
)
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.store.draft import DraftRow
    from medvoice.store.draft_shelf import DraftKey, Found
    from medvoice.ui.pages.compose.list_filter import Choice

# Says a sentence; with a function, the deed can be taken back, and with a second one done again.
Toast = Callable[..., None]


class Drafts(QObject):
    """`filled(first draft's id)`, `topics_read(topics)`, `empty()` when there is no draft at all;
    `chosen(id)` when the person wants one shown, `entered(id)` to go into it, `made(id)` for a new one,
    `history_wanted(id)` for its versions. What is done with a draft is in `away`."""

    filled = Signal(str)
    chosen = Signal(str)
    entered = Signal(str)
    made = Signal(str)
    topics_read = Signal(object)
    empty = Signal()
    history_wanted = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, session: Session, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self.bridge, self.session, self.toast = bridge, session, toast
        self.list = DraftList(theme)
        self.away = PuttingAway(self)
        self._verdicts: dict[tuple[str, int], str] = {}
        self._newest: tuple[DraftKey, ...] = ()
        self._older: deque[tuple[str, int]] = deque()
        self._topics: dict[str, Topic] = {}
        self._waits: Mapping[str, str] = {}
        self._query = ""
        self._is_judging = self._may_judge = self._is_read = self._is_whole = False
        self._current = ""
        self._turn = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(OLDER_MS)
        self._rest.timeout.connect(self._judge_older)
        self.list.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.list.searched.connect(self._search)
        self.list.filter.chosen.connect(self._filter_chosen)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.entered)
        self.list.new_requested.connect(self.make)
        self.list.archive_requested.connect(self.archive)
        self.list.menu_requested.connect(self.away.open_menu)
        self.list.model.rows_wanted.connect(self._read_rows)
        bridge.changed.connect(self._changed)

    # Reading

    def wanted(self) -> Wanted:
        """What the list shows now."""
        from medvoice.store.draft_shelf import ShelfFilter

        choice: Choice = self.list.filter.choice
        is_archive = choice.state == "archive"
        shelf = ShelfFilter(self._query.strip(), choice.topic_id or None, choice.channel or None, is_archive)
        sections = frozenset({choice.state} if choice.state and not is_archive else ())
        return Wanted(shelf, sections)

    def reload(self) -> None:
        """Read the list again; the first time only its newest part, so that writing can begin."""
        wanted, verdicts, first = self.wanted(), dict(self._verdicts), not self._is_read
        self._turn += 1
        self.bridge.work(
            lambda desk: load_shelf(desk, wanted, verdicts, first_only=first),
            owner=self,
            on_done=partial(self._loaded, self._turn),
        )

    def select(self, draft_id: str) -> None:
        """Mark the draft that is open."""
        self._current = draft_id
        self.list.mark(draft_id)

    def _search(self, query: str) -> None:
        self._query = query
        self.reload()

    def _filter_chosen(self, _choice: object) -> None:
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes.is_profile:
            self._verdicts.clear()
        if changes.deliveries or changes.topics or changes.is_profile or ANY in changes.drafts:
            self.reload()
        elif changes.drafts:
            self._refresh(sorted(changes.drafts))

    def _loaded(self, turn: int, shelf: Shelf) -> None:
        if turn != self._turn:
            return  # a later reading is on its way
        self._newest, self._older = shelf.newest, deque(shelf.older)
        self._topics = {topic.id: topic for topic in shelf.topics}
        self._waits = shelf.waits if shelf.is_whole else self._waits
        self.list.filter.topics = shelf.topics
        self.topics_read.emit(shelf.topics)
        rows = {row.id: self._listed(row, shelf.found.get(row.id)) for row in shelf.rows}
        self.list.fill(shelf, rows, self._current)
        if shelf.sections:
            is_any = self.list.filter.choice.is_any
            self.filled.emit(shelf.newest[0].id if is_any else shelf.sections[0][1][0])
        elif not self._query and self.list.filter.choice.is_any:
            self.empty.emit()
        self._is_read, self._is_whole = True, shelf.is_whole
        if not shelf.is_whole:
            QTimer.singleShot(0, self, self.reload)
        self._judge()

    def _listed(self, row: "DraftRow", found: "Found | None" = None) -> ListedDraft:
        return listed(row, self._topics, self._verdicts, found, self._waits.get(row.id, ""))

    def _read_rows(self, ids: list[str]) -> None:
        query, turn = self._query.strip(), self._turn

        def done(page: Page) -> None:
            if turn == self._turn:
                self._waits = page.waits
                rows = [self._listed(row, page.found.get(row.id)) for row in page.rows]
                self.list.model.put(rows, page.now)

        self.bridge.work(lambda desk: load_page(desk, ids, query), owner=self, on_done=done)

    def _refresh(self, ids: list[str]) -> None:
        """These drafts changed here: bring each to the top of its section."""
        if self._query.strip() or not self.list.filter.choice.is_any:
            self.reload()
            return
        self.bridge.work(lambda desk: load_page(desk, ids, ""), owner=self, on_done=self._refreshed)

    def _refreshed(self, page: Page) -> None:
        model, had_none = self.list.model, not self.list.count()
        is_long = self._query.strip() or not self.list.filter.choice.is_any
        if is_long or not self._is_read:
            self.reload()
            return
        self._waits = page.waits
        with self.list.quietly():
            for draft_id in page.gone:
                model.remove(draft_id)
            for row in page.rows:
                if row.archived:
                    model.remove(row.id)
                    continue
                old = model.row_of(row.id)
                is_newer = old is None or old.row.updated_at != row.updated_at
                made = self._listed(row)
                # What is scheduled stands by its time, whenever it was edited.
                model.move(row.id, made.section, is_first=is_newer and made.section != "scheduled")
                model.put([made], page.now)
            self.list.mark(self._current)
        self._newest = self._keys_after(page)
        self.list.say_empty()
        if self.list.count():
            self.filled.emit(self._newest[0].id if self._newest else "")
        elif not had_none:
            self.empty.emit()
        self._judge()

    def _keys_after(self, page: Page) -> "tuple[DraftKey, ...]":
        from medvoice.store.draft_shelf import DraftKey

        changed = {row.id: row for row in page.rows}
        kept = tuple(key for key in self._newest if key.id not in changed and key.id not in page.gone)
        made = tuple(
            DraftKey(row.id, row.revision, row.is_idea, row.delivery_state)
            for row in changed.values()
            if not row.archived
        )
        return (*made, *kept)

    # Judging

    def begin_judging(self) -> None:
        """The first draft is open: the rules may be read now, for the marks of the others."""
        self._may_judge = True
        self._judge()

    def _judge(self) -> None:
        """Look at drafts nobody looked at in this revision, newest first, a few at a time; at those behind
        the newest while the keys rest."""
        is_archive = self.list.filter.choice.state == "archive"
        # The whole list comes first: it would take ten times as long beside the checker.
        if self._is_judging or not self._may_judge or not self._is_whole or is_archive:
            return
        waiting = tuple(key for key in self._newest if is_to_judge(key, self._verdicts))[:JUDGED]
        if waiting:
            self._look_at(waiting)
        elif self._older:
            self._rest.start()

    def _scrolled(self) -> None:
        if self._rest.isActive():
            self._rest.start()  # nothing moves below the person's eyes

    def _judge_older(self) -> None:
        if self.session.is_dirty or self.session.live_check.is_busy:
            self._rest.start()  # what is being typed comes first
        elif not self._is_judging and self.list.filter.choice.state != "archive":
            from medvoice.store.draft_shelf import DraftKey

            some = (self._older.popleft() for _ in range(min(JUDGED_OLDER, len(self._older))))
            waiting = tuple(DraftKey(*each, False, "") for each in some if each not in self._verdicts)
            moves = self.list.model.count() <= MOVED_UP_TO
            self._look_at(waiting, moves=moves) if waiting else self._judge()

    def _look_at(self, waiting: "tuple[DraftKey, ...]", *, moves: bool = True) -> None:
        self._is_judging = True
        self.bridge.check(
            lambda desk: judge_rows(desk, waiting),
            owner=self,
            on_done=partial(self._judged if moves else self._marked, waiting),
            on_error=self._not_judged,
        )

    def _marked(self, asked: "tuple[DraftKey, ...]", verdicts: dict[tuple[str, int], str]) -> None:
        """As `_judged`, for a long list: the marks now, the sections with the last of them."""
        self._is_judging = False
        self._verdicts |= {(key.id, key.revision): "" for key in asked} | verdicts
        model = self.list.model
        known = [row for row in (model.row_of(key.id) for key in asked) if row is not None]
        model.put([self._listed(row.row, row.found) for row in known], model.now)
        if self._older:
            self._judge()
        else:
            self.reload()

    def _not_judged(self, problem: BaseException) -> None:
        """The rows stay without a verdict until the list is read again."""
        self._is_judging = False
        self.bridge.report(problem)

    def _judged(self, asked: "tuple[DraftKey, ...]", verdicts: dict[tuple[str, int], str]) -> None:
        self._is_judging = False
        # One that is gone or went on to another revision is not asked for again before it is read again.
        self._verdicts |= {(key.id, key.revision): "" for key in asked} | verdicts
        model, choice = self.list.model, self.list.filter.choice
        with self.list.quietly():
            rows = []
            for key in asked:
                if model.place_of(key.id) < 0:
                    continue
                section = section_of(key, self._verdicts)
                if choice.state in ("", section):
                    model.move(key.id, section)
                else:
                    model.remove(key.id)
                    continue
                known = model.row_of(key.id)
                if known is not None:
                    rows.append(self._listed(known.row, known.found))
            model.put(rows, model.now)
            self.list.mark(self._current)
        self._judge()

    # Making and putting away

    def make(self) -> None:
        """A new, empty draft, open and ready to type."""
        self.session.save()
        self._query = ""
        self.list.search.clear()
        self.list.filter.clear()
        open_now = self.session.draft
        if open_now is not None and not open_now.title and not open_now.text.strip():
            self.made.emit(open_now.id)  # this one is still empty
            return
        self.away.make()

    def archive(self, draft_id: str) -> None:
        """Move a draft to the archive; the toast brings it back."""
        self.away.archive(draft_id)
