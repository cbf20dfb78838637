"""What happens when MedVoice itself is wrong: a readable, redacted report, shown once per kind."""

import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from medvoice import __version__
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button

log = logging.getLogger(__name__)
MAX_MESSAGE = 200
SECRETS = re.compile(
    r"(?i)(bearer\s+|(?:token|secret|code|password|passphrase|verifier|key)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)]+"
)
LONG_WORD = re.compile(r"[A-Za-z0-9_\-+/=.]{32,}")


def redact(text: str) -> str:
    """Text without the home folder, values named like secrets, and long random-looking words."""
    text = text.replace(str(Path.home()), "~")
    text = SECRETS.sub(r"\1***", text)
    return LONG_WORD.sub(_mask_random, text)


def _mask_random(match: re.Match[str]) -> str:
    word = match.group()
    is_random = any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
    return "***" if is_random and "/" not in word and word.count(".") < 2 else word


def kind_of(error: BaseException) -> str:
    """Type and place: two crashes of one kind have the same cause for the person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} in {place}"


def report_of(error: BaseException, scrub: Callable[[str], str] = redact) -> str:
    """The report: version, system, kind, and the way there as file, line and function. No local values, no
    source lines; the message is cut after 200 characters because it can hold text of a draft."""
    lines = [
        f"MedVoice {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
        f"{type(error).__name__}: {scrub(str(error))[:MAX_MESSAGE]}",
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {_short_path(frame.filename)}:{frame.lineno} {frame.name}")
    return scrub("\n".join(lines))


def _short_path(name: str) -> str:
    parts = Path(name).parts
    for root in ("medvoice", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return Path(name).name


class CrashReporter(QObject):
    """Takes what nobody caught, on any thread, and hands one report per kind to the window.

    `show(report)` runs on the UI thread. `scrub` is a filter that knows more secrets, such as that of the
    logs; the built-in redaction follows it.
    """

    _caught = Signal(str)

    def __init__(
        self,
        show: Callable[[str], None],
        scrub: Callable[[str], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._known = scrub
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self._caught.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def install(self, scrub: Callable[[str], str] | None = None) -> None:
        """Become the process's hook for uncaught errors. KeyboardInterrupt keeps its meaning. `scrub` as in
        the constructor, for a filter that comes later."""
        self._known = scrub or self._known
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> bool:
        """Log and show an error; False when one of its kind was shown before. Any thread."""
        kind = kind_of(error)
        with self._lock:
            is_new = kind not in self._seen
            self._seen.add(kind)
        text = report_of(error, self._scrub)
        log.error("Unforeseen problem: %s\n%s", kind, text)
        if is_new:
            self._caught.emit(text)
        return is_new

    def _scrub(self, text: str) -> str:
        return redact(self._known(text) if self._known is not None else text)

    def _deliver(self, text: str) -> None:
        self._show(text)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.report(args.exc_value)


class CrashDialog(QDialog):
    """What stopped, what is safe, and the report to copy. Nothing is sent anywhere."""

    def __init__(self, theme: Theme, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash_dialog")
        self.setWindowTitle(self.tr("MedVoice"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = report
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        title = self.tr("A part of MedVoice stopped")
        words = self.tr(
            "This is a mistake in MedVoice, not yours. Your drafts and the queue are saved as they were."
            " You can go on working. The report below holds no post text and no sign-in data, and it is"
            " sent nowhere unless you send it."
        )
        self.setAccessibleName(title)
        layout.addWidget(Label(theme, title, "panelTitle"))
        layout.addWidget(Label(theme, words, "body", "text.secondary", wraps=True))
        box = QPlainTextEdit(report)
        box.setReadOnly(True)
        box.setProperty("field", True)
        box.setAccessibleName(self.tr("Report"))
        box.setMinimumSize(520, 200)
        layout.addWidget(box, 1)
        row = QHBoxLayout()
        self._copy = Button(theme, self.tr("Copy the report"), icon="copy")
        self._copy.clicked.connect(self._copy_report)
        close = Button(theme, self.tr("Go on"), kind="primary")
        close.clicked.connect(self.accept)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(self.tr("Copied"))
