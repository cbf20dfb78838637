"""The one door for telling the person something: inline, toast, banner, ask, crash.

No page makes a message box. Which verb a problem gets follows its kind (architecture section 6).
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from medvoice.domain.errors import AccountError, MedVoiceError, PackError, StorageError
from medvoice.ui.crash import CrashDialog, CrashReporter
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import Banner


class Frame(Protocol):
    """What notices need of the shell."""

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None: ...
    def add_banner(self, banner: Banner) -> None: ...


class ProblemField(Protocol):
    """A field that has a place for what is wrong, such as `widgets.field.Field`."""

    def set_problem(self, words: str) -> None: ...


class Notices(QObject):
    """UI thread only. `crashes` shows mistakes of ours once per kind; the program calls `crashes.install()`
    to catch what nobody caught. `accounts_requested` and `rules_requested` come from banners' actions."""

    accounts_requested = Signal()
    rules_requested = Signal()

    def __init__(self, theme: Theme, frame: Frame, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._frame, self._window = theme, frame, window
        self._banners: dict[str, Banner] = {}
        self.crashes = CrashReporter(self.crash, parent=self)

    def inline(self, field: ProblemField, problem: MedVoiceError | str) -> None:
        """Under a field: what is wrong with it; "" takes the words away."""
        field.set_problem(problem if isinstance(problem, str) else sentence_for(problem))

    def toast(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """One sentence for eight seconds, with Undo where there is a way back."""
        self._frame.tell(words, undo)

    def banner(
        self,
        key: str,
        kind: str,
        words: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> Banner:
        """A sentence that stays until its cause is gone (`clear_banner`) or the person closes it. One per
        `key`: a second one replaces the first."""
        self.clear_banner(key)
        banner = Banner(self._theme, kind, words, action, is_closable=True)
        banner.closed.connect(lambda: self.clear_banner(key))
        if on_action is not None:
            banner.acted.connect(on_action)
        self._banners[key] = banner
        self._frame.add_banner(banner)
        return banner

    def clear_banner(self, key: str) -> None:
        """Take a banner away; nothing happens when there is none."""
        banner = self._banners.pop(key, None)
        if banner is not None and isValid(banner):
            banner.hide()
            banner.deleteLater()

    def ask(
        self,
        place: QLayout,
        question: str,
        detail: str,
        yes: str,
        on_yes: Callable[[], None],
        no: str = "",
    ) -> "Question":
        """A question inside a pane. Focus goes to the answer that changes nothing; Esc is that answer."""
        box = Question(self._theme, question, detail, yes, no or self.tr("Leave it"))
        box.accepted.connect(on_yes)
        place.addWidget(box)
        box.show()
        box.leave.setFocus()
        return box

    def crash(self, report: str) -> None:
        """The report of a mistake of ours, as `crash.CrashReporter` hands it over."""
        CrashDialog(self._theme, report, self._window).open()

    def problem(self, problem: BaseException) -> None:
        """The right verb for a problem that no page could show itself."""
        if not isinstance(problem, MedVoiceError):
            self.crashes.report(problem)
            return
        words = sentence_for(problem)
        if isinstance(problem, StorageError):
            self.banner(problem.code, "danger", words)
        elif isinstance(problem, AccountError):
            action = self.tr("Open accounts")
            self.banner(problem.code, "warn", words, action, self.accounts_requested.emit)
        elif isinstance(problem, PackError):
            self.banner(problem.code, "warn", words, self.tr("Show rules"), self.rules_requested.emit)
        else:
            self.toast(words)


class Question(Surface):
    """A card with a question, what it means, and two answers. Gone after either."""

    accepted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__("card")
        self.setObjectName("question")
        self.setAccessibleName(question)
        self.setAccessibleDescription(detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Label(theme, question, "bodyLarge", wraps=True))
        if detail:
            column.addWidget(Label(theme, detail, "body", "text.secondary", wraps=True))
        row = QHBoxLayout()
        self.yes = Button(theme, yes, kind="danger", size="small")
        self.yes.setObjectName("question_yes")
        self.leave = Button(theme, no, size="small")
        self.leave.setObjectName("question_no")
        self.yes.clicked.connect(self._accept)
        self.leave.clicked.connect(self._leave)
        row.addWidget(self.yes)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)

    def _accept(self) -> None:
        self._end()
        self.accepted.emit()

    def _leave(self) -> None:
        self._end()
        self.left.emit()

    def _end(self) -> None:
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
