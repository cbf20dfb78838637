"""The window of MedVoice: the shell with its pages, the keys, the agent as a child, and the way out."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent

from medvoice.ui.outer_world import Outside
from medvoice.ui.shell import Shell
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.window_place import WindowPlace

if TYPE_CHECKING:
    # Named only: nothing but the shell is imported before the first frame.
    from medvoice.domain.errors import StorageError
    from medvoice.ui.agent_child import AgentChild
    from medvoice.ui.bridge import Bridge, Runner
    from medvoice.ui.commands.hub import CommandHub
    from medvoice.ui.notices import Notices
    from medvoice.ui.pages.compose.page import ComposePage
    from medvoice.ui.pages.queue.page import QueuePage
    from medvoice.ui.pages.settings.page import SettingsPage
    from medvoice.ui.pauses import Pauses
    from medvoice.ui.surroundings import Surroundings
    from medvoice.ui.trouble import TroubleDialog

DATABASE = "medvoice.sqlite3"
ZOOM_STEPS = (0.9, 1.0, 1.15, 1.3, 1.5)


class MainWindow(Shell):
    """The rail at once, its pages with `start`. `ready` once the list is filled and the last draft can be
    edited; `in_trouble` when the workspace cannot be opened."""

    ready = Signal()
    in_trouble = Signal()
    bridge: "Bridge"
    compose: "ComposePage"
    surroundings: "Surroundings"
    pauses: "Pauses | None" = None

    def __init__(
        self, theme: Theme, runner: "Runner", home: Path, outside: Outside, *, with_agent: bool
    ) -> None:
        super().__init__(theme)
        self.runner, self.home, self.outside = runner, home, outside
        self._with_agent = with_agent
        theme.dress(self)
        self.setObjectName("main_window")
        self.look = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self.place = WindowPlace(self, self.look)
        self.agent: AgentChild | None = None
        self._queue: QueuePage | None = None
        self._settings: SettingsPage | None = None
        self._notices: Notices | None = None
        self._hub: CommandHub | None = None
        self._trouble: TroubleDialog | None = None
        self._is_filled = self.is_closed = False
        self._draft_title = ""
        self.setWindowTitle(self.tr("MedVoice") + "[*]")
        self.add_item("compose", self.tr("Compose"), "pen-line")
        self.add_item("calendar", self.tr("Calendar"), "calendar-days")
        self.add_item("queue", self.tr("Queue"), "send")
        self.add_item("topics", self.tr("Topics"), "layers")
        self.add_item("network", self.tr("Network"), "network")
        self.add_item("settings", self.tr("Settings"), "settings", at_bottom=True)
        if with_agent:
            self.rail.agent.set_state("starting")
        self.restore_look()

    def start(self) -> None:
        """Make the pages and fill them; called after the first frame is on the screen."""
        if not self._is_filled:
            self._is_filled = True
            self._fill()
        self.compose.ready.connect(self._now_ready, Qt.ConnectionType.SingleShotConnection)
        self.compose.start()

    def _now_ready(self) -> None:
        self.ready.emit()
        # What is not needed to write comes after it.
        QTimer.singleShot(0, self, self._after_ready)

    def _after_ready(self) -> None:
        if not self.is_closed:
            from medvoice.ui.afterwards import Afterwards

            Afterwards(self, with_agent=self._with_agent)

    def _fill(self) -> None:
        from medvoice.ui.bridge import Bridge
        from medvoice.ui.pages.compose.page import ComposePage

        self.bridge = Bridge(self.runner, self.outside.open_desk, self.show_problem, self)
        self.compose = ComposePage(
            self.theme, self.bridge, self.home, open_url=self.open_url, toast=self.tell
        )
        kept = {part: str(self.look.value(f"compose/{part}", "")) for part in ("list", "pane")}
        self.compose.frame.set_widths({part: int(px) for part, px in kept.items() if px.isdigit()})
        self.set_page("compose", self.compose)
        self.show_page("compose")
        self._connect()

    @property
    def notices(self) -> "Notices":
        """The door for what no page can show itself."""
        if self._notices is None:
            from medvoice.ui.notices import Notices

            self._notices = Notices(self.theme, self, self)
            self._notices.accounts_requested.connect(lambda: self.show_settings("accounts"))
            self._notices.rules_requested.connect(lambda: self.show_settings("rules"))
        return self._notices

    @property
    def queue(self) -> "QueuePage":
        """The Queue; made when it is first asked for."""
        if self._queue is None:
            self._queue = self._make_queue()
            self.set_page("queue", self._queue, self._queue.list)
        return self._queue

    @property
    def settings(self) -> "SettingsPage":
        """The Settings; made when they are first asked for."""
        if self._settings is None:
            self._settings = self._make_settings()
            self.set_page("settings", self._settings)
        return self._settings

    def show_page(self, key: str) -> None:
        """Bring a page to the front, made if it is not there yet."""
        page = {"queue": lambda: self.queue, "settings": lambda: self.settings}.get(key)
        if page is not None:
            page()
        elif self.page_of(key) is None:
            from medvoice.ui.later_pages import make_sure

            make_sure(self, key)
        super().show_page(key)

    def _make_queue(self) -> "QueuePage":
        from medvoice.ui.pages.queue.page import QueuePage

        made = QueuePage(
            self.theme,
            self.bridge,
            composer_url=self.outside.composer_url,
            open_url=self.open_url,
            toast=self.tell,
        )
        made.needs_you_changed.connect(self._show_badge)
        made.sign_in_reminder.connect(self._remind)
        made.draft_requested.connect(self.open_draft)
        made.compose_requested.connect(lambda: self.show_page("compose"))
        made.settings_requested.connect(self.show_settings)
        made.answer_requested.connect(self.check_answer)
        return made

    def _make_settings(self) -> "SettingsPage":
        from medvoice.ui.pages.settings.page import SettingsPage

        made = SettingsPage(
            self.theme,
            self.bridge,
            open_browser=self.outside.open_url,
            keep_look=self._keep_look,
            toast=self.tell,
            ports=self.outside.ports,
        )
        made.queue_requested.connect(lambda: self.show_page("queue"))
        made.outside.feeds_requested.connect(lambda: self.show_page("feeds"))
        made.keyboard.keys_requested.connect(self.hub.show_keys)
        made.keyboard.palette_requested.connect(self.hub.show_palette)
        made.keyboard.letters.show_value(self.hub.letters.are_on)
        made.keyboard.letters_switched.connect(self.hub.letters.switch)
        made.keyboard.reach.follow(self)
        return made

    def open_url(self, url: str) -> bool:
        """Start the browser from a lane; the address is shown when none starts."""

        def told(has_opened: bool) -> None:
            if not has_opened:
                self.tell(self.tr("No browser opened. The address is {url}").format(url=url))

        self.bridge.net(lambda _desk: self.outside.open_url(url), owner=self, on_done=told)
        return True

    def _connect(self) -> None:
        self.compose.title_changed.connect(self._title_changed)
        self.page_shown.connect(self._show_title)
        self.compose.session.saving.connect(self._show_saving)
        self.compose.focus_mode_switched.connect(self.rail.setHidden)
        self.compose.settings_requested.connect(self.show_settings)
        self.compose.queue_requested.connect(lambda: self.show_page("queue"))
        self.compose.embargo.event_requested.connect(self._show_event)
        self.bridge.agent_changed.connect(self.rail.agent.set_state)
        self.rail.agent_requested.connect(lambda: self.show_settings("publishing"))

    def show_settings(self, sheet: str) -> None:
        """Bring one sheet of the settings to the front."""
        self.settings.open(sheet)
        self.show_page("settings")
        self.settings.enter()

    def _show_event(self, event_id: str) -> None:
        from medvoice.ui.later_pages import show_event

        show_event(self, event_id)

    def _remind(self, words: str) -> None:
        """A banner about sign-ins that end soon, until they were renewed."""
        if words:
            open_accounts = lambda: self.show_settings("accounts")  # noqa: E731
            self.notices.banner("sign_in_ends", "warn", words, self.tr("Sign in again"), open_accounts)
        elif self._notices is not None:
            self.notices.clear_banner("sign_in_ends")

    def _show_badge(self, count: int) -> None:
        words = self.tr("1 needs attention") if count == 1 else self.tr("{n} need attention").format(n=count)
        self.rail.set_badge("queue", count, words)

    # Commands

    @property
    def hub(self) -> "CommandHub":
        """Menus, keys and what floats; made once the person can write."""
        if self._hub is None:
            from medvoice.ui.commands.hub import CommandHub

            self._hub = CommandHub(self)
        return self._hub

    def tell(
        self, words: str, undo: Callable[[], object] | None = None, redo: Callable[[], object] | None = None
    ) -> None:
        """One sentence above the footer. With `undo` the deed can be taken back there and by Ctrl+Z."""
        if undo is None:
            super().tell(words)
            return
        from medvoice.ui.commands.undo import UndoStack

        stack = UndoStack.of(self)
        entry = stack.push(words.rstrip("."), undo, redo)
        super().tell(words, lambda: stack.take_back(entry))

    def open_draft(self, draft_id: str) -> None:
        """Show a draft in Compose."""
        self.show_page("compose")
        self.compose.session.open(draft_id)

    def check_answer(self) -> None:
        """What was copied elsewhere, such as a comment, is read before it is answered."""
        self.show_page("compose")
        self.compose.acts.check_clipboard()

    def new_draft(self) -> None:
        """A new draft, its title ready to type."""
        self.show_page("compose")
        self.compose.drafts.make()

    def search_drafts(self) -> None:
        """Bring the search field to the person."""
        self.show_page("compose")
        self.compose.frame.show_list()
        self.compose.drafts.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _title_changed(self, title: str) -> None:
        self._draft_title = title
        self._show_title()

    def _show_title(self, _page: str = "") -> None:
        """The draft in Compose, else the page. [*] is where the system marks what is not saved yet: a dot on
        macOS, a star elsewhere."""
        page = self.page()
        words = self._draft_title if page in ("compose", "") else self.name_of(page)
        words = words.replace("[*]", "[ * ]")
        self.setWindowTitle(f"{words}[*] · MedVoice" if words else "MedVoice[*]")

    def _show_saving(self, word: str) -> None:
        if word != "not_checked":
            self.setWindowModified(word != "saved")

    # Look

    def zoom(self, step: int) -> None:
        """The next larger (1) or smaller (-1) text size, or the usual one (0)."""
        nearest = min(ZOOM_STEPS, key=lambda one: abs(one - self.theme.text_scale))
        at = ZOOM_STEPS.index(nearest) + step if step else ZOOM_STEPS.index(1.0)
        self.theme.set_text_scale(ZOOM_STEPS[min(max(at, 0), len(ZOOM_STEPS) - 1)])
        self.look.setValue("text_percent", round(self.theme.text_scale * 100))

    def _keep_look(self, mode: str, percent: int) -> None:
        self.look.setValue("text_percent", percent)
        self.look.setValue("more_contrast", int(self.theme.wants_contrast))
        self.look.setValue("less_motion", int(self.theme.wants_less_motion))
        self.outside.keep_mode(mode)

    def set_mode(self, mode: Mode) -> None:
        """Light, dark or as the system; kept for the next time."""
        self.theme.set_mode(mode)
        self.keep_look()

    def keep_look(self) -> None:
        """Keep how the window looks for the next time."""
        self._keep_look(str(self.theme.mode), round(self.theme.text_scale * 100))

    def full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def restore_look(self) -> None:
        """Size, place and text size as they were left."""
        self.place.restore()
        self.theme.set_more_contrast(str(self.look.value("more_contrast", 0)) == "1")
        self.theme.set_less_motion(str(self.look.value("less_motion", 0)) == "1")
        percent = str(self.look.value("text_percent", 100))
        if percent.isdigit():
            self.theme.set_text_scale(int(percent) / 100)

    # Trouble and the end

    def show_problem(self, problem: BaseException) -> None:
        """One door for what no page could show itself."""
        from medvoice.domain.errors import StorageError
        from medvoice.ui.trouble import CODES

        if isinstance(problem, StorageError) and problem.code in CODES:
            self.show_trouble(problem)
        else:
            self.notices.problem(problem)

    def show_trouble(self, problem: "StorageError") -> None:
        """The workspace cannot be opened: say so once, until the person has answered."""
        from medvoice.ui.trouble import TroubleDialog

        if self._trouble is not None:
            return
        self._trouble = TroubleDialog(self.theme, problem, self)
        self._trouble.backup_wanted.connect(self._use_backup)
        self._trouble.again_wanted.connect(self._try_again)
        self._trouble.destroyed.connect(self._trouble_gone)
        self._trouble.open()
        self.in_trouble.emit()

    def _trouble_gone(self) -> None:
        self._trouble = None

    def _use_backup(self, backup: str) -> None:
        from medvoice.store.backup import restore

        path, now = self.home / DATABASE, datetime.now(UTC)

        def done(aside: Path) -> None:
            words = self.tr("The backup is in place. The damaged file was kept as {name}.")
            self.notices.banner("restored", "info", words.format(name=aside.name))
            self._try_again()

        # No desk is open where opening fails, so that the file can be moved.
        self.runner.run(
            "work", lambda: restore(path, Path(backup), now), owner=self, on_done=done,
            on_error=self.show_problem,
        )  # fmt: skip

    def _try_again(self) -> None:
        self._trouble = None
        self.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, end the agent, close the lanes."""
        self.is_closed = True
        self.place.keep()
        if self._is_filled:
            for part, width in self.compose.frame.widths().items():
                self.look.setValue(f"compose/{part}", width)
        self.look.sync()
        if self._is_filled:
            session = self.compose.session
            self.compose.keep_place()
            session.write_journal()
            session.save()
            if self.agent is not None:
                self.agent.end()
            self.bridge.close()
            session.settle_journal()
        super().closeEvent(event)
