"""The publishing agent as a child of the window, while no agent of its own runs for the workspace."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer

if TYPE_CHECKING:
    from medvoice.ui.bridge import Bridge

FIRST_AFTER_MS, AGAIN_AFTER_MS, END_MS = 1500, 5000, 3000
# A child that keeps ending is not started for ever.
MAX_STARTS = 4


class AgentChild(QObject):
    """Starts `medvoice agent --while-open` when the bridge says that no agent beats. Standard input stays
    open; its end tells the child to stop, also when the window is killed."""

    def __init__(self, bridge: "Bridge", home: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.bridge, self.home = bridge, home
        self.process: QProcess | None = None
        self._starts = 0
        self._is_ending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start_if_needed)
        bridge.agent_changed.connect(self._agent_changed)

    def begin(self) -> None:
        """Look in a moment whether a child is needed: the first frames come first."""
        self._timer.start(FIRST_AFTER_MS)

    def _agent_changed(self, state: str) -> None:
        if state == "stopped" and not self._is_ending and self._starts:
            self._timer.start(AGAIN_AFTER_MS)

    def _start_if_needed(self) -> None:
        is_needed = self.bridge.agent_state == "stopped" and self.process is None
        if self._is_ending or not is_needed or self._starts >= MAX_STARTS:
            return
        self._starts += 1
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-m", "medvoice", "--home", str(self.home), "agent", "--while-open"])
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._not_started)
        self.process = process
        process.start()

    def _ended(self) -> None:
        self._forget()
        if not self._is_ending:
            self.bridge.look()

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()

    def _forget(self) -> None:
        if self.process is not None:
            self.process.deleteLater()
            self.process = None

    def end(self) -> None:
        """Tell the child to stop and wait for it, three seconds at most."""
        self._is_ending = True
        self._timer.stop()
        process = self.process
        if process is None:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(END_MS):
            process.terminate()
            if not process.waitForFinished(END_MS):
                process.kill()
                process.waitForFinished(END_MS)
