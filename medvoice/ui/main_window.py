"""The window of MedVoice: the shell with its pages, the keys, the agent as a child, and the way out."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence

from medvoice.domain.errors import MedVoiceError
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.compose.page import ComposePage
from medvoice.ui.pages.queue.page import QueuePage
from medvoice.ui.pages.settings.page import SettingsPage
from medvoice.ui.shell import Shell
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.message import Banner

AGENT_AFTER_MS = 1500
AGENT_END_MS = 3000


class MainWindow(Shell):
    """`ready` once the list is filled and the last draft can be edited."""

    ready = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        home: Path,
        *,
        composer_url: Callable[[str, str], str],
        open_url: Callable[[str], bool],
        with_agent: bool = True,
    ) -> None:
        super().__init__(theme)
        self.bridge, self.home = bridge, home
        self._with_agent = with_agent
        self._agent: QProcess | None = None
        self.look = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self.setWindowTitle(self.tr("MedVoice"))
        self.compose = ComposePage(theme, bridge, home, open_url=open_url, toast=self.tell)
        self.queue = QueuePage(theme, bridge, composer_url=composer_url, open_url=open_url, toast=self.tell)
        self.settings = SettingsPage(
            theme, bridge, open_browser=open_url, keep_look=self._keep_look, toast=self.tell
        )
        self.add_page("compose", self.tr("Compose"), "pen-line", self.compose)
        self.add_page("queue", self.tr("Queue"), "send", self.queue)
        self.add_page("settings", self.tr("Settings"), "settings", self.settings, at_bottom=True)
        self._connect()
        self._add_commands()
        self.menuBar().setVisible(sys.platform == "darwin")
        self.restore()

    def _connect(self) -> None:
        self.compose.ready.connect(self.ready)
        self.compose.settings_requested.connect(self._show_settings)
        self.compose.queue_requested.connect(lambda: self.show_page("queue"))
        self.compose.title_changed.connect(self._title_changed)
        self.queue.needs_you_changed.connect(lambda count: self.rail.set_badge("queue", count))
        self.queue.draft_requested.connect(self.open_draft)
        self.queue.compose_requested.connect(lambda: self.show_page("compose"))
        self.queue.settings_requested.connect(self._show_settings)
        self.settings.queue_requested.connect(lambda: self.show_page("queue"))
        self.bridge.agent_changed.connect(self.rail.agent.set_state)
        self.rail.agent_requested.connect(lambda: self.show_page("queue"))

    def _show_settings(self, sheet: str) -> None:
        self.settings.open(sheet)
        self.show_page("settings")

    def _add_commands(self) -> None:
        page, tr = self.compose, self.tr
        draft, view, go = tr("&Draft"), tr("&View"), tr("&Go")
        editor = page.column.editor
        self.add_action(draft, tr("New draft"), QKeySequence.StandardKey.New, self.new_draft)
        self.add_action(draft, tr("Search drafts"), "Ctrl+Shift+F", self._search)
        self.add_action(draft, tr("Schedule, or show what is left"), "Ctrl+Return", self._schedule)
        self.add_action(draft, tr("Change time"), "Ctrl+Shift+T", page.planning.choose_time)
        self.add_action(draft, tr("Next draft"), "Ctrl+PgDown", lambda: page.drafts.list.step(1))
        self.add_action(draft, tr("Previous draft"), "Ctrl+PgUp", lambda: page.drafts.list.step(-1))
        for action in editor.finding_actions():
            self.addAction(action)
        self.add_action(view, tr("Preview"), "F2", lambda: page.pane.show_page("preview"))
        self.add_action(view, tr("Compliance"), "F7", lambda: page.pane.show_page("compliance"))
        self.add_action(view, tr("Drafts on or off"), "F9", page.frame.toggle_list)
        self.add_action(view, tr("Right pane on or off"), "Shift+F9", page.frame.toggle_pane)
        self.add_action(view, tr("Larger text"), QKeySequence.StandardKey.ZoomIn, lambda: self.zoom(0.15))
        self.add_action(view, tr("Smaller text"), QKeySequence.StandardKey.ZoomOut, lambda: self.zoom(-0.15))
        self.add_action(view, tr("Usual text size"), "Ctrl+0", lambda: self.theme.set_text_scale(1.0))
        self.add_action(go, tr("Compose"), "Ctrl+1", lambda: self.show_page("compose"))
        self.add_action(go, tr("Queue"), "Ctrl+3", lambda: self.show_page("queue"))
        self.add_action(go, tr("Settings"), "Ctrl+,", lambda: self.show_page("settings"))

    def start(self) -> None:
        """Fill the pages; called after the first frame is on the screen."""
        self.compose.start()
        self.queue.reload()
        self.bridge.start_watching()
        if self._with_agent:
            QTimer.singleShot(AGENT_AFTER_MS, self._start_agent)

    def open_draft(self, draft_id: str) -> None:
        """Show a draft in Compose."""
        self.show_page("compose")
        self.compose.session.open(draft_id)

    def new_draft(self) -> None:
        self.show_page("compose")
        self.compose.drafts.make()
        self.compose.column.editor.setFocus()

    def _search(self) -> None:
        self.show_page("compose")
        self.compose.frame.show_list()
        self.compose.drafts.list.search.setFocus()

    def _schedule(self) -> None:
        if self.page() == "compose":
            self.compose.bar.schedule_button.click()

    def _title_changed(self, title: str) -> None:
        self.setWindowTitle(f"{title} · MedVoice" if title else "MedVoice")

    # Look

    def zoom(self, by: float) -> None:
        """Text size, 90 to 150 percent."""
        self.theme.set_text_scale(self.theme.text_scale + by)
        self.look.setValue("text_percent", round(self.theme.text_scale * 100))

    def _keep_look(self, mode: str, percent: int) -> None:
        self.look.setValue("mode", mode)
        self.look.setValue("text_percent", percent)

    def restore(self) -> None:
        """Size, place and look as they were left."""
        geometry = self.look.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        mode = str(self.look.value("mode", "system"))
        if mode in ("system", "light", "dark"):
            self.theme.set_mode(Mode(mode))
        self.theme.set_text_scale(int(str(self.look.value("text_percent", 100))) / 100)

    # The agent

    def _start_agent(self) -> None:
        """Publish while the window is open, when nobody else does."""
        if self.bridge.agent_state != "stopped" or self._agent is not None:
            return
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "medvoice", "--home", str(self.home), "agent", "--while-open"])
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._agent_ended)
        process.start()
        self._agent = process

    def _agent_ended(self) -> None:
        self._agent = None
        self.bridge.look()

    # Trouble and the end

    def show_problem(self, problem: BaseException) -> None:
        """One door for what no page could show itself."""
        if isinstance(problem, MedVoiceError):
            words = sentence_for(problem)
        else:
            words = self.tr("Something in MedVoice did not work. Your text is safe. ({kind})").format(
                kind=type(problem).__name__
            )
        if isinstance(problem, MedVoiceError) and problem.exit_code == 5:
            self.add_banner(Banner(self.theme, "danger", words))
        else:
            self.tell(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, end the agent, close the lanes."""
        session = self.compose.session
        session.write_journal()
        session.save()
        self.look.setValue("geometry", self.saveGeometry())
        self.look.sync()
        if self._agent is not None:
            self._agent.finished.disconnect(self._agent_ended)
            self._agent.closeWriteChannel()
            if not self._agent.waitForFinished(AGENT_END_MS):
                self._agent.terminate()
                self._agent.waitForFinished(AGENT_END_MS)
        self.bridge.close()
        super().closeEvent(event)
