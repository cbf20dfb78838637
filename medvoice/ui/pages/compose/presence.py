"""Which draft is open in which window: a small lock file for each open draft, gone with its process."""

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

LOOK_AGAIN_MS = 2000


class Presence(QObject):
    """`changed(is_elsewhere)` when another window opens the same draft or lets go of it. Says only; what is
    saved is decided by revisions. UI thread only."""

    changed = Signal(bool)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock: QLockFile | None = None
        self._draft_id = self._wanted = ""
        self.is_elsewhere = False
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self._try)

    def _file(self, draft_id: str) -> QLockFile:
        lock = QLockFile(str(self._folder / f"{draft_id}.lock"))
        lock.setStaleLockTime(0)  # only the end of the process frees it, not time
        return lock

    def hold(self, draft_id: str) -> None:
        """This window shows the draft now. Said a moment later: a lock file must not stand between a click
        and the draft."""
        if draft_id != self._draft_id:
            self._wanted = draft_id
            self._say(False)
            QTimer.singleShot(0, self, self._hold_wanted)

    def _hold_wanted(self) -> None:
        if self._wanted and self._wanted != self._draft_id:
            wanted = self._wanted
            self.release()
            self._draft_id = wanted
            self._try()

    def release(self) -> None:
        """This window shows no draft."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._draft_id, self._wanted = None, "", ""
        self._again.stop()
        self._say(False)

    def is_free(self, draft_id: str) -> bool:
        """Whether no other window shows the draft."""
        if self._lock is not None and draft_id == self._draft_id:
            return True
        lock = self._file(draft_id)
        return lock.tryLock(0) or lock.error() != QLockFile.LockError.LockFailedError

    def _try(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return  # then nothing can be known of other windows; the revisions still guard the words
        lock = self._file(self._draft_id)
        if lock.tryLock(0):
            self._lock = lock
            self._again.stop()
            self._say(False)
        elif lock.error() == QLockFile.LockError.LockFailedError:
            self._again.start()
            self._say(True)

    def _say(self, is_elsewhere: bool) -> None:
        if is_elsewhere != self.is_elsewhere:
            self.is_elsewhere = is_elsewhere
            self.changed.emit(is_elsewhere)
