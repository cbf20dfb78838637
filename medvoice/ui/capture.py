"""Catching an idea from anywhere in the window: one line, Enter, and back to what one was doing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.commands.command import Command
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.cover import Cover

if TYPE_CHECKING:
    from medvoice.ui.bridge import Bridge, Desk
    from medvoice.ui.main_window import MainWindow

WIDTH, TOP, MOST = 560, 120, 4_000
KEYS = "Ctrl+Shift+I"
ALL = Changes.of(drafts=["*"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("capture", text)


class CaptureForm(QWidget):
    """One line for an idea. `kept(draft_id)` when it is in the workspace; `grew` when there is more to show.

    What was written and not kept stays; the clipboard is read only when its button is pressed.
    """

    kept = Signal(str)
    grew = Signal()

    def __init__(self, theme: Theme, bridge: "Bridge", parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._is_busy = False  # Enter twice is one idea
        px = theme.px
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(16), px(20), px(16))
        body.setSpacing(px(10))
        body.addWidget(Label(theme, _tr("New idea"), "panelTitle"))
        self.line = QLineEdit()
        self.line.setObjectName("capture_line")
        self.line.setAccessibleName(_tr("Idea"))
        self.line.setPlaceholderText(_tr("A sentence, a question, or a link"))
        self.line.setMaxLength(MOST)
        self.line.returnPressed.connect(self.keep)
        body.addWidget(self.line)
        self.problem = ProblemLabel(theme, parent=self)
        self.problem.hide()
        body.addWidget(self.problem)
        row = QHBoxLayout()
        self.paste = Button(
            theme, _tr("From the clipboard"), kind="ghost", icon="clipboard-paste", parent=self
        )
        self.paste.setObjectName("capture_paste")
        self.paste.clicked.connect(self.take_clipboard)
        self.go = Button(theme, _tr("Keep"), kind="primary", parent=self)
        self.go.setObjectName("capture_keep")
        self.go.clicked.connect(self.keep)
        row.addWidget(self.paste)
        row.addStretch(1)
        row.addWidget(self.go)
        body.addLayout(row)

    def take_focus(self) -> None:
        """To the line, with what was left in it chosen."""
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_clipboard(self) -> None:
        """Put the words of the clipboard behind what is written, line breaks as spaces."""
        words = " ".join(QGuiApplication.clipboard().text().split())[:MOST]
        if words:
            written = self.line.text().strip()
            self.line.setText(f"{written} {words}" if written else words)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep the idea; a link in it is its source."""
        words = self.line.text().strip()
        if not words or self._is_busy:
            return
        self._is_busy = True

        def finish(draft_id: str) -> None:
            self._is_busy = False
            self.line.clear()
            self.problem.hide()
            self.kept.emit(draft_id)

        def act(desk: "Desk") -> str:
            return desk.ideas.add(words).id

        self._bridge.work(act, owner=self, on_done=finish, on_error=self._refused, changes=ALL)

    def _refused(self, problem: BaseException) -> None:
        self._is_busy = False
        if isinstance(problem, MedVoiceError):
            self.problem.setText(sentence_for(problem))
            self.problem.show()
            self.grew.emit()
        else:
            self._bridge.report(problem)


class Capture(Cover):
    """The line over the window, from any page."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window.theme, window, width=WIDTH, top=TOP)
        self._window = window
        self.setObjectName("capture")
        self.form = CaptureForm(window.theme, window.bridge, self.box)
        self.line, self.paste, self.problem = self.form.line, self.form.paste, self.form.problem
        self.keep = self.form.keep
        self.body.addWidget(self.form)
        self.form.grew.connect(self.place)
        self.form.kept.connect(self._kept)

    def take_focus(self) -> None:
        self.form.take_focus()

    def _kept(self, draft_id: str) -> None:
        self.close_up()
        tell_kept(self._window, (draft_id,))


def tell_kept(window: "MainWindow", ids: Sequence[str]) -> None:
    """Say that these ideas were kept. Undo archives them."""

    def put(*, is_back: bool) -> None:
        def act(desk: "Desk") -> None:
            for draft_id in ids:
                (desk.drafting.unarchive if is_back else desk.drafting.archive)(draft_id)

        window.bridge.work(act, owner=window, changes=ALL)

    words = _tr("Noted. It stands under Ideas.")
    if len(ids) > 1:
        words = _tr("{n} ideas noted. They stand under Ideas.").format(n=len(ids))
    window.tell(words, lambda: put(is_back=False), lambda: put(is_back=True))


def capture_command(window: "MainWindow") -> Command:
    """From any page."""
    made: list[Capture] = []

    def ask() -> None:
        if not made:
            made.append(Capture(window))
        made[0].open()

    words = _tr("note capture inbox clipboard link")
    return Command("idea.new", _tr("New idea"), "draft", ask, KEYS, icon="lightbulb", words=words)
