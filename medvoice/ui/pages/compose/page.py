"""The Compose page: list, bar, page and pane around one session."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft, body_offset
from medvoice.domain.finding import Fix
from medvoice.services.standing import Left
from medvoice.ui.bridge import Bridge
from medvoice.ui.pages.compose.compliance_tab import ComplianceTab, key_of, open_counts
from medvoice.ui.pages.compose.drafts import Drafts
from medvoice.ui.pages.compose.editor_column import EditorColumn
from medvoice.ui.pages.compose.journal import Journal
from medvoice.ui.pages.compose.planning import Planning
from medvoice.ui.pages.compose.popovers import LeftPopover
from medvoice.ui.pages.compose.preview import PreviewTab
from medvoice.ui.pages.compose.session import Live, Opened, Session
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.controls import PaneTabs

PANE_NARROW = 352
DRAWER_BELOW = 1200  # of the page: a window of 1280 without the rail
Toast = Callable[[str, Callable[[], None] | None], None]


class ComposePage(QWidget):
    """`ready` once the list is filled and a draft can be edited; `title_changed(title)` for the window."""

    ready = Signal()
    title_changed = Signal(str)
    accounts_requested = Signal()

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
        self._is_ready = False
        self._shown_id = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        middle = QWidget()
        stack = QVBoxLayout(middle)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.column)
        self.pane = Surface("sunken", edge="left")
        self.pane.setObjectName("right_pane")
        self.tabs = PaneTabs(self.theme)
        self.tabs.add("preview", self.tr("Preview"))
        self.tabs.add("compliance", self.tr("Compliance"))
        self.tabs.set_current("compliance")
        self.tab_stack = QStackedWidget()
        self.tab_stack.addWidget(self.preview)
        self.tab_stack.addWidget(self.compliance)
        pane = QVBoxLayout(self.pane)
        pane.setContentsMargins(0, 0, 0, 0)
        pane.setSpacing(0)
        head = Surface("sunken", edge="bottom")
        tabs = QHBoxLayout(head)
        tabs.setContentsMargins(self.theme.px(12), 0, 0, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        pane.addWidget(head)
        pane.addWidget(self.tab_stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(middle)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.pane.setMinimumWidth(320)
        self.pane.setMaximumWidth(520)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)
        self.outer = QSplitter(Qt.Orientation.Horizontal, self)
        self.outer.setHandleWidth(0)
        self.outer.addWidget(self.drafts.list)
        self.outer.addWidget(right)
        self.outer.setStretchFactor(1, 1)
        self.drafts.list.setMinimumWidth(240)
        self.drafts.list.setMaximumWidth(360)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.outer)
        self._show_tab("compliance")

    def _connect(self) -> None:
        self.tabs.tab_chosen.connect(self._show_tab)
        self.session.opened.connect(self._show)
        self.session.live.connect(self._show_live)
        self.session.saving.connect(self._show_saving)
        self.session.kept_as_copy.connect(self._told_of_copy)
        self.column.edited.connect(self.session.typed)
        self.column.left_field.connect(self.session.save)
        self.column.topic_chosen.connect(lambda topic: self.session.change(topic_id=topic or None))
        self.column.editor.finding_activated.connect(self._finding_activated)
        self.bar.channel_switched.connect(self._channel_switched)
        self.bar.drafts_requested.connect(self.toggle_list)
        self.bar.schedule_button.left_requested.connect(self.show_left)
        self.drafts.filled.connect(self._list_filled)
        self.drafts.topics_read.connect(self._topics_read)
        self.drafts.empty.connect(self._nothing_open)
        tab = self.compliance
        tab.fix_requested.connect(self._apply_fix)
        tab.go_requested.connect(self._go_to)
        tab.dismissed.connect(self.planning.dismiss)
        tab.routed.connect(self.planning.route)
        tab.ticked.connect(self.planning.tick)
        tab.reconfirm_requested.connect(self.planning.reconfirm)
        tab.disclaimer_switched.connect(self.planning.switch_disclaimer)
        tab.link_requested.connect(self.open_url)

    # Showing

    def start(self) -> None:
        """Fill the list, open the last draft, and take up what a crash left."""
        self.drafts.reload()

    def _list_filled(self, first_id: str) -> None:
        if self.session.draft is None and first_id:
            self.session.open(first_id)

    def _topics_read(self, topics: tuple[object, ...]) -> None:
        self.column.topics = topics  # pyright: ignore[reportAttributeAccessIssue]
        if self.session.draft is not None:
            self.column.show_topic(self.session.draft.topic_id)

    def _nothing_open(self) -> None:
        self.column.editor.setEnabled(True)
        self._say_ready()

    def _say_ready(self) -> None:
        if not self._is_ready:
            self._is_ready = True
            self.ready.emit()

    def _show(self, opened: Opened) -> None:
        draft = opened.draft
        is_other = draft.id != self._shown_id
        self._shown_id = draft.id
        editor = self.column.editor
        if is_other or (not editor.hasFocus() and editor.text() != draft.text):
            editor.set_text(draft.text)
        if is_other or not self.column.title.hasFocus():
            self.column.title.setText(draft.title)
            self.column.title.setCursorPosition(0)
        self.column.show_words()
        self.column.show_topic(draft.topic_id)
        self.bar.show_draft(draft)
        self.drafts.select(draft.id)
        self.compliance.show_standing(opened.standing)
        measures = {each.channel: each.measure for each in opened.standing.per_channel}
        for channel, measure in measures.items():
            self.bar.show_measure(channel, measure)
        self.preview.show_draft(draft, measures, opened.profile.name, opened.profile.role)
        self.mark({each.channel: each.result.findings for each in opened.standing.per_channel}, draft)
        self.planning.show(opened)
        self._show_count(opened)
        self.title_changed.emit(draft.title or draft.text[:40])
        if is_other:
            self.column.saved.setText(self.tr("Saved"))
        self._say_ready()

    def _show_count(self, opened: Opened) -> None:
        blocks, warnings = open_counts(opened.standing)
        count = str(len(self.compliance.cards)) if self.compliance.cards else ""
        kind = "danger" if blocks else "warn" if warnings else "neutral"
        self.tabs.set_mark("compliance", count, kind)

    def _show_live(self, live: Live | None) -> None:
        draft = self.session.draft
        if live is None or draft is None:
            return
        for channel, measure in live.measures.items():
            self.bar.show_measure(channel, measure)
        self.mark(live.findings, draft)

    def mark(self, findings: dict[str, tuple[object, ...]], draft: Draft) -> None:
        """Draw underlines for what lies in the body; the same words on two channels once."""
        body = len(self.column.editor.text())
        marks: dict[tuple[int, int], tuple[int, int, str, str, str]] = {}
        for channel, found in findings.items():
            if draft.variant(channel).text is not None:
                continue
            offset = body_offset(draft, channel)
            for finding in found:
                start, end = finding.start - offset, finding.end - offset  # pyright: ignore
                if 0 <= start < end <= body and (start, end) not in marks:
                    key = key_of(channel, finding)  # pyright: ignore[reportArgumentType]
                    level, title = str(finding.level), finding.message  # pyright: ignore
                    marks[start, end] = (start, end, level, key, title)
        self.column.editor.set_findings(list(marks.values()))

    def _show_saving(self, word: str) -> None:
        words = {
            "saving": self.tr("Saving"),
            "saved": self.tr("Saved"),
            "disk_full": self.tr("Not saved, the disk is full"),
            "not_checked": self.tr("Rules could not be checked"),
        }
        self.column.saved.setText(words.get(word, self.tr("Not saved yet; your text is kept here")))
        if word == "saving":
            self.planning.wait()

    def _told_of_copy(self, _draft_id: str) -> None:
        words = self.tr(
            "This draft was changed in another place. What you typed is kept as a draft of its own."
        )
        self.toast(words, None)

    # Acting

    def _show_tab(self, key: str) -> None:
        self.tab_stack.setCurrentWidget(self.preview if key == "preview" else self.compliance)

    def _finding_activated(self, key: str) -> None:
        self.tabs.set_current("compliance")
        self.compliance.open_card(key)

    def _go_to(self, key: str) -> None:
        if self.column.editor.go_to(key):
            self.column.editor.setFocus()

    def _apply_fix(self, channel: str, fix: Fix) -> None:
        draft = self.session.draft
        if draft is None:
            return
        offset = body_offset(draft, channel)
        start, end = fix.start - offset, fix.end - offset
        if 0 <= start <= end <= len(self.column.editor.text()):
            self.column.editor.apply_fix(start, end, fix.replacement)
            self.session.save()
        else:
            self.planning.switch_disclaimer(channel, True)

    def _channel_switched(self, channel: str, is_on: bool) -> None:
        from dataclasses import replace

        if self.session.draft is not None:
            self.session.set_variant(replace(self.session.draft.variant(channel), is_on=is_on))

    def show_left(self) -> None:
        """What is left before scheduling, each line a way to its place."""
        popover = LeftPopover(self.theme, self, self.planning.left)
        popover.jumped.connect(self._jump)
        popover.show_below(self.bar.schedule_button, is_right_aligned=True)

    def _jump(self, item: Left) -> None:
        self.tabs.set_current("compliance")
        if item.kind == "tick" and item.code in self.compliance.rows:
            row = self.compliance.rows[item.code]
            self.compliance.ensureWidgetVisible(row)
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        for key, card in self.compliance.cards.items():
            if card.finding.rule == item.code:
                self.compliance.open_card(key)
                self._go_to(key)
                return
        self.column.editor.setFocus()

    # Size

    def toggle_list(self) -> None:
        """Show or hide the list of drafts (F9)."""
        self.drafts.list.setVisible(not self.drafts.list.isVisible())

    def toggle_pane(self) -> None:
        """Show or hide the right pane (Shift+F9)."""
        self.pane.setVisible(not self.pane.isVisible())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # pyright: ignore[reportArgumentType]
        is_narrow = self.width() < DRAWER_BELOW
        if is_narrow != self.bar.drafts_button.isVisibleTo(self.bar):
            self.drafts.list.setVisible(not is_narrow)
            self.bar.drafts_button.setVisible(is_narrow)
        list_width = 0 if is_narrow else self.theme.fixed("list")
        self.outer.setSizes([list_width, self.width() - list_width])
        pane = self.theme.fixed("right") if self.width() >= 1020 else PANE_NARROW
        rest = self.width() - list_width
        self.splitter.setSizes([rest - pane, pane])
        self.bar.fit(rest - (self.bar.drafts_button.width() if is_narrow else 0))

    def menu_for_scheduled(self) -> QMenu:
        """Change time or unschedule, for the bar's button."""
        return self.planning.menu(self)
