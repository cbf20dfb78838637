"""The Compose page: list, bar, page and pane around one session."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft
from medvoice.domain.errors import StorageError
from medvoice.domain.topic import Topic
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.moments import clock_time
from medvoice.ui.one_frame import hold_back, paint_full
from medvoice.ui.pages.compose.acting import Acting
from medvoice.ui.pages.compose.compliance_tab import ComplianceTab
from medvoice.ui.pages.compose.drafts import Drafts
from medvoice.ui.pages.compose.editor_column import EditorColumn
from medvoice.ui.pages.compose.embargo_part import EmbargoPart
from medvoice.ui.pages.compose.frame import Frame, RightPane
from medvoice.ui.pages.compose.history import History
from medvoice.ui.pages.compose.journal import Journal
from medvoice.ui.pages.compose.keeping import Keeping
from medvoice.ui.pages.compose.lanes import Live, Opened
from medvoice.ui.pages.compose.last_place import LastPlace
from medvoice.ui.pages.compose.listing import counts, marks_for
from medvoice.ui.pages.compose.nothing_yet import NothingYet
from medvoice.ui.pages.compose.planning import Planning
from medvoice.ui.pages.compose.preview import PreviewTab
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.pages.compose.thread_marks import thread_marks
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.pages.compose.topic_offer import TopicOffer
from medvoice.ui.pages.compose.writing import Writing
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.services.standing import Standing
    from medvoice.ui.commands import Command

# The archive is looked through when writing has begun.
CLEAR_AFTER_MS = 20_000
# Says a sentence; with a function, the deed can be taken back, and with a second one done again.
Toast = Callable[..., None]


class ComposePage(QWidget):
    """`ready` once the list is filled and a draft can be edited; `title_changed(title)` for the window;
    `settings_requested(sheet)` and `queue_requested` ask for other pages; `focus_mode_switched(is_on)` is for
    what stands around the page."""

    ready = Signal()
    title_changed = Signal(str)
    settings_requested = Signal(str)
    queue_requested = Signal()
    focus_mode_switched = Signal(bool)

    def __init__(
        self, theme: Theme, bridge: Bridge, folder: Path, *, open_url: Callable[[str], object], toast: Toast
    ) -> None:
        super().__init__()
        self.theme, self.bridge, self.toast = theme, bridge, toast
        self.open_url = open_url
        self.setObjectName("compose_page")
        self.session = Session(bridge, Journal(folder), self)
        self.drafts = Drafts(theme, bridge, self.session, toast, self)
        self.bar = TopBar(theme)
        self.column = EditorColumn(theme)
        self.compliance = ComplianceTab(theme)
        self.preview = PreviewTab(theme)
        self.session.read_screen = lambda: (self.column.title.text(), self.column.editor.text())
        self.planning = Planning(theme, bridge, self.session, self.bar, toast, self)
        self.acts = Acting(self)
        self.keeping = Keeping(self)
        look = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.writing = Writing(self, look)
        self.last_place = LastPlace(look)
        self._is_ready = False
        self._shown = ("", "")
        self._told_count = 0
        self.standing: Standing | None = None
        self._wants_focus = "first"
        self._build()
        self.history = History(self)
        self.embargo = EmbargoPart(self)
        self.topic_offer = TopicOffer(self)
        self._connect()
        self.column.set_usable(False)

    @property
    def has_draft(self) -> bool:
        """Whether a draft is open."""
        return self.session.draft is not None

    def commands(self) -> "list[Command]":
        """What can be done here, for menus and palette."""
        from medvoice.ui.pages.compose.pane_commands import pane_commands
        from medvoice.ui.pages.compose.writing_commands import writing_commands

        return [*writing_commands(self), *pane_commands(self)]

    def _build(self) -> None:
        self.pane = RightPane(self.theme)
        self.pane.add("preview", self.tr("Preview"), self.preview)
        self.pane.add("compliance", self.tr("Compliance"), self.compliance)
        self.pane.show_page("compliance")
        self.nothing = NothingYet(self.theme, self.bridge)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.column)
        self.middle.addWidget(self.nothing)
        self.frame = Frame(self.theme, self.drafts.list, self.bar, self.middle, self.pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        session, column, bar, tab, acts = self.session, self.column, self.bar, self.compliance, self.acts
        session.opened.connect(self._show)
        session.live.connect(self._show_live)
        session.saving.connect(self._show_saving)
        session.kept_as_copy.connect(self._told_of_copy)
        session.live_check.started.connect(self._show_checking)
        column.edited.connect(session.typed)
        column.left_field.connect(session.save)
        column.layer_chosen.connect(self.show_layer)
        column.own_text_wanted.connect(acts.set_own_text)
        column.split_requested.connect(acts.split_thread)
        column.duplicate_wanted.connect(self.writing.duplicate)
        column.archive_wanted.connect(self.writing.archive)
        column.history_wanted.connect(self.history.show)
        column.compare_wanted.connect(self.history.compare_channel)
        self.drafts.history_wanted.connect(self.history.show_for)
        column.editor.finding_activated.connect(acts.activate)
        bar.channel_switched.connect(acts.switch_channel)
        bar.sign_in_requested.connect(lambda: self.settings_requested.emit("accounts"))
        bar.drafts_requested.connect(self.frame.toggle_list)
        bar.schedule_button.left_requested.connect(acts.show_left)
        self.planning.left_requested.connect(acts.show_left)
        self.planning.queue_requested.connect(self.queue_requested)
        self.planning.time_proposed.connect(self._show_preview)
        self.drafts.filled.connect(self._list_filled)
        self.drafts.topics_read.connect(self._topics_read)
        self.drafts.empty.connect(self._nothing_open)
        self.drafts.chosen.connect(self._draft_chosen)
        self.drafts.entered.connect(self._draft_entered)
        self.drafts.made.connect(self._draft_made)
        self.nothing.acted.connect(self.drafts.make)
        self.nothing.second_acted.connect(lambda: self.settings_requested.emit("profile"))
        self.frame.narrowed.connect(bar.drafts_button.setVisible)
        self.frame.resized.connect(self._fit)
        tab.fix_requested.connect(self.history.keep_before_fix)
        tab.fix_requested.connect(acts.apply_fix)
        tab.go_requested.connect(acts.go_to)
        tab.dismissed.connect(self.planning.dismiss)
        tab.undismissed.connect(self.planning.undismiss)
        tab.routed.connect(self.planning.route)
        tab.misread.connect(self.planning.misread)
        tab.ticked.connect(self.planning.tick)
        tab.reconfirm_requested.connect(self.planning.reconfirm)
        tab.disclaimer_switched.connect(self.planning.switch_disclaimer)
        tab.link_requested.connect(self.open_url)

    # Opening

    def start(self) -> None:
        """Take up what a crash left, fill the list, and open the last draft."""
        if not self._is_ready:
            hold_back(self)
        self.session.leftovers.replay(lambda _draft_id: self.drafts.reload())

    def _list_filled(self, first_id: str) -> None:
        self.bar.show_count(str(self.drafts.list.count()))
        if self.session.draft is None and first_id and not self.keeping.too_long_id:
            last_id = self.last_place.draft_id
            self.session.open(last_id if self.drafts.list.model.place_of(last_id) >= 0 else first_id)

    def keep_place(self) -> None:
        """The next time opens here."""
        self.last_place.keep(self.session.draft, self.column.editor, self.session.layer)

    def _topics_read(self, topics: tuple[Topic, ...]) -> None:
        self.column.topics = topics
        if self.session.draft is not None:
            self.column.show_topic(self.session.draft.topic_id)

    def _draft_chosen(self, draft_id: str) -> None:
        if self.frame.drawer.isVisible():
            self.frame.drawer.close_up()
        self.session.open(draft_id)

    def _draft_entered(self, draft_id: str) -> None:
        if self.session.draft is None or self.session.draft.id != draft_id:
            self._draft_chosen(draft_id)
        self.column.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _draft_made(self, draft_id: str) -> None:
        self._wants_focus = draft_id
        self._draft_chosen(draft_id)

    def _nothing_open(self) -> None:
        if self.session.draft is None:
            self.show_nothing_open(self.nothing)
            if self._wants_focus == "first":
                self._wants_focus = ""
                self.nothing.button.setFocus()
        self._say_ready()

    def show_nothing_open(self, instead: QWidget, draft_id: str = "") -> None:
        """`instead` stands in the place of the text; `draft_id` is marked in the list."""
        self._shown = ("", "")
        self.middle.setCurrentWidget(instead)
        self.bar.set_usable(False)
        self.compliance.clear()
        self.compliance.show_checking(self.tr("Open a draft and write: the rules are read as you type."))
        self.title_changed.emit("")
        self.drafts.select(draft_id)
        self._say_ready()

    def _say_ready(self) -> None:
        if not self._is_ready:
            self._is_ready = True
            self.ready.emit()
            paint_full(self)
            QTimer.singleShot(0, self.drafts, self.drafts.begin_judging)
            QTimer.singleShot(CLEAR_AFTER_MS, self.drafts.away, self.drafts.away.clear_old)

    # Showing

    def _show(self, opened: Opened) -> None:
        draft, layer = opened.draft, self.session.layer
        is_other = self._shown[0] != draft.id
        if is_other or (layer and draft.variant(layer).text is None):
            self.session.layer = layer = ""
        self.middle.setCurrentWidget(self.column)
        is_usable = draft.archived_at is None
        for part in (self.column, self.bar):
            part.set_usable(is_usable)
        self.pane.setEnabled(is_usable)
        self._show_words(draft, layer)
        self._shown = (draft.id, layer)
        self.column.show_draft(draft, layer)
        if is_other and self._is_ready:
            self.column.paint_now()  # the cards of the last draft take longer to go than this one to come
        self.bar.show_draft(draft)
        self.drafts.select(draft.id)
        self.planning.show_facts(opened)
        if opened.standing is not None or is_other:
            self.compliance.known_since = opened.known_since
        if is_other:
            self.compliance.clear()
            self._show_saved_at(draft)
        if opened.standing is not None or is_other:
            self.show_standing(opened.standing)
        else:
            self.planning.show_standing(self.standing)
        self.title_changed.emit(draft.title or draft.text.strip()[:40])
        if self._wants_focus == draft.id:
            self._wants_focus = ""
            self.column.title.setFocus()
        elif self.focusWidget() is None or self._wants_focus == "first":
            self._wants_focus = ""
            self.column.editor.setFocus()
        self._say_ready()

    def _show_words(self, draft: Draft, layer: str) -> None:
        """Put title and text on the screen where they differ from what is there."""
        text = draft.text if not layer else draft.variant(layer).text or ""
        is_other = self._shown != (draft.id, layer)
        editor, title = self.column.editor, self.column.title
        if is_other or editor.text() != text:
            caret = editor.textCursor().position()
            if is_other:
                editor.set_text(text, f"{draft.id} {layer}")
                self.last_place.bring_back(editor, draft.id)
            else:
                with QSignalBlocker(editor):
                    editor.put_text(text)  # Ctrl+Z brings back what stood there
                cursor = editor.textCursor()
                cursor.setPosition(min(caret, editor.document().characterCount() - 1))
                editor.setTextCursor(cursor)
        if is_other or title.text() != draft.title:
            title.set_text(draft.title)

    def show_layer(self, layer: str) -> None:
        """Show the main text ("") or a channel's own text in the editor."""
        draft = self.session.draft
        if draft is None or layer == self.session.layer:
            return
        self.session.save()
        draft = self.session.draft or draft
        self.session.layer = layer
        self._show_words(draft, layer)
        self._shown = (draft.id, layer)
        self.column.show_draft(draft, layer)
        self._mark()

    def _show_live(self, live: Live | None) -> None:
        draft = self.session.draft
        if live is not None and draft is not None and live.draft.id == draft.id:
            self.compliance.known_since = live.known_since
            self.show_standing(live.standing)

    def show_standing(self, standing: "Standing | None") -> None:
        """Show what is known of exactly the text on the screen; None while it is being checked."""
        self.standing = standing
        self.planning.show_standing(standing)
        if standing is None:
            self.compliance.show_checking(self.tr("Checking"))
            return
        for each in standing.per_channel:
            self.bar.show_measure(each.channel, each.measure)
        self._fit()
        self.compliance.show_standing(standing, self.planning.now(), self.planning.now)
        self._show_preview()
        self._mark()
        self._show_count(standing)

    def _show_preview(self) -> None:
        standing, profile = self.standing, self.planning.facts.profile
        if standing is not None:
            measures = {each.channel: each.measure for each in standing.per_channel}
            time = self.bar.time_button.text()
            accounts = self.planning.facts.accounts
            costs = any(each.costs_credits and each.state != "disconnected" for each in accounts)
            self.preview.show_draft(standing.draft, measures, profile.name, profile.role, time, costs)

    def _show_count(self, standing: "Standing") -> None:
        blocks, warnings = counts(standing)
        cards = len(self.compliance.cards)
        if cards != self._told_count:
            self._told_count = cards
            words = self.tr("1 finding left") if cards == 1 else self.tr("{n} findings left").format(n=cards)
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        if cards:
            kind = "danger" if blocks else "warn" if warnings else "neutral"
            self.pane.tabs.set_mark("compliance", str(cards), kind)
        else:
            is_done = bool(standing.per_channel) and not standing.left
            self.pane.tabs.set_mark("compliance", icon="circle-check" if is_done else "")

    def _mark(self) -> None:
        draft, standing = self.session.draft, self.standing
        if draft is None or standing is None or self.session.live_check.is_busy:
            return
        editor = self.column.editor
        length = len(editor.text())
        editor.set_findings(marks_for(draft, self.session.layer, standing, length))
        editor.show_splits(thread_marks(draft, self.session.layer, standing, length))

    def _show_checking(self) -> None:
        if self.standing is None:
            self.compliance.show_checking(self.tr("Checking"))

    def _show_saving(self, word: str) -> None:
        if word == "saving":
            self.column.show_saved(self.tr("Saving"))
            self.planning.wait()
        elif word == "saved" and self.session.draft is not None:
            self._show_saved_at(self.session.draft)
        elif word == "not_checked":
            self.standing = None
            self.compliance.show_checking(self.tr("Rules could not be checked"))
            self.planning.show_standing(None)
        elif word != "saved":
            self.column.show_saved(sentence_for(StorageError(word)).split(". ")[0].rstrip("."))

    def _show_saved_at(self, draft: Draft) -> None:
        zone = self.planning.facts.profile.zone
        if draft.archived_at is not None:
            self.column.show_saved(self.tr("In the archive"))
            return
        words = self.tr("Saved {time}").format(time=clock_time(draft.updated_at, zone))
        self.column.show_saved(words, is_kept=True)

    def _told_of_copy(self, draft_id: str) -> None:
        if self.session.draft is not None and self.session.draft.id == draft_id:
            # The words on the screen are the copy's by now: the caret stays where it is.
            self._shown = (draft_id, self.session.layer)
        words = self.tr(
            "This draft was changed in another place. Your words are kept as a draft of their own."
        )
        self.toast(words, None)

    # Size

    def _fit(self) -> None:
        self.bar.fit(self.bar.width())
