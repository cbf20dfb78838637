"""Catching an idea from anywhere in the window: one line, Enter, and back to what one was doing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.commands.command import Command
from medvoice.ui.strings import sentence_for
from medvoice.ui.widgets.base import Label, ProblemLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.cover import Cover

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk
    from medvoice.ui.main_window import MainWindow

WIDTH, TOP, MOST = 560, 120, 4_000
KEYS = "Ctrl+Shift+I"
ALL = Changes.of(drafts=["*"])


def _tr(text: str) -> str:
    return QCoreApplication.translate("capture", text)


class Capture(Cover):
    """One line for an idea. What was written and not kept is there again the next time; the clipboard is read
    only when its button is pressed."""

    def __init__(self, window: "MainWindow") -> None:
        theme = window.theme
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self._window = window
        self.setObjectName("capture")
        px = theme.px
        self.body.setContentsMargins(px(20), px(16), px(20), px(16))
        self.body.setSpacing(px(10))
        self.body.addWidget(Label(theme, _tr("New idea"), "panelTitle"))
        self.line = QLineEdit()
        self.line.setObjectName("capture_line")
        self.line.setAccessibleName(_tr("Idea"))
        self.line.setPlaceholderText(_tr("A sentence, a question, or a link"))
        self.line.setMaxLength(MOST)
        self.line.returnPressed.connect(self.keep)
        self.body.addWidget(self.line)
        self.problem = ProblemLabel(theme, parent=self.box)
        self.problem.hide()
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        self.paste = Button(
            theme, _tr("From the clipboard"), kind="ghost", icon="clipboard-paste", parent=self.box
        )
        self.paste.setObjectName("capture_paste")
        self.paste.clicked.connect(self.take_clipboard)
        self.go = Button(theme, _tr("Keep"), kind="primary", parent=self.box)
        self.go.setObjectName("capture_keep")
        self.go.clicked.connect(self.keep)
        row.addWidget(self.paste)
        row.addStretch(1)
        row.addWidget(self.go)
        self.body.addLayout(row)

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
        """Keep the idea, with Undo; a link in it is its source."""
        words, bridge = self.line.text().strip(), self._window.bridge
        if not words:
            return

        def finish(draft_id: str) -> None:
            self.line.clear()
            self.problem.hide()
            self.close_up()
            self._window.tell(
                _tr("Noted. It stands under Ideas."),
                lambda: bridge.work(lambda desk: desk.drafting.archive(draft_id), owner=self, changes=ALL),
                lambda: bridge.work(lambda desk: desk.drafting.unarchive(draft_id), owner=self, changes=ALL),
            )

        def act(desk: "Desk") -> str:
            return desk.ideas.add(words).id

        bridge.work(act, owner=self, on_done=finish, on_error=self._refused, changes=ALL)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.problem.setText(sentence_for(problem))
            self.problem.show()
            self.place()
        else:
            self._window.bridge.report(problem)


def capture_command(window: "MainWindow") -> Command:
    """From any page."""
    made: list[Capture] = []

    def ask() -> None:
        if not made:
            made.append(Capture(window))
        made[0].open()

    words = _tr("note capture inbox clipboard link")
    return Command("idea.new", _tr("New idea"), "draft", ask, KEYS, icon="lightbulb", words=words)
