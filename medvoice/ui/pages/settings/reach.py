"""How MedVoice is reached from other programs: a key of the desktop, and the tray."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QVBoxLayout, QWidget

from medvoice.ui.pages.settings.fields import Field, TickField
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label

if TYPE_CHECKING:
    from medvoice.ui.anywhere import Anywhere
    from medvoice.ui.main_window import MainWindow

COMMAND = "medvoice idea capture"
HELPERS = frozenset({"Ctrl", "Alt", "Meta"})


class KeyField(Field):
    """A combination of keys, pressed by the person. The value is in Qt's portable words."""

    def __init__(self, theme: Theme, name: str, caption: str, help_: str = "") -> None:
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setMaximumWidth(theme.px(240))
        super().__init__(theme, name, caption, self.edit, help_)
        inner = self.edit.findChild(QLineEdit)
        if inner is not None:
            inner.setAccessibleName(caption)
        self.edit.keySequenceChanged.connect(self.touch)
        self.edit.editingFinished.connect(self.commit)

    def value(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def put(self, value: object) -> None:
        self.edit.setKeySequence(QKeySequence(str(value), QKeySequence.SequenceFormat.PortableText))

    def is_fit(self) -> bool:
        """Whether it holds a key that other programs can do without: one with a modifier."""
        keys = self.value().split("+")
        return bool(keys[-1] or len(keys) > 2) and not HELPERS.isdisjoint(keys[:-1])


class Reach(QWidget):
    """Ticks and a key that act at once. `follow` a window before it is used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._anywhere: Anywhere | None = None
        self._has_asked = False
        self.on = TickField(
            theme,
            "key_on",
            self.tr("A key for a new idea in every program"),
            self.tr("While MedVoice is open. It asks the system for this one key and hears no other."),
        )
        self.key = KeyField(theme, "key", self.tr("Key"), self.tr("Click here and press the keys together."))
        words = self.tr(
            "This desktop keeps such keys to itself. In its keyboard settings, give one to this command:"
        )
        self.instead = Label(theme, words, "body", "text.secondary", wraps=True, parent=self)
        self.command = Label(theme, COMMAND, "bodyStrong", is_selectable=True, parent=self)
        self.tray = TickField(
            theme,
            "tray",
            self.tr("Show MedVoice in the system tray"),
            self.tr("While MedVoice is open: a new idea, the window, a pause and the way out by a click."),
        )
        self.on.committed.connect(self._switch_key)
        self.key.committed.connect(self._choose_key)
        self.tray.committed.connect(self._switch_tray)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        for part in (self.on, self.key, self.instead, self.command, self.tray):
            column.addWidget(part)
        self._show_ways(has_key=True)

    def follow(self, window: "MainWindow") -> None:
        """Show and change how this window is reached."""
        from medvoice.ui.anywhere import Anywhere
        from medvoice.ui.tray import has_tray

        self._anywhere = Anywhere.of(window)
        self._anywhere.changed.connect(self._show)
        self._anywhere.key.changed.connect(self._show)
        if not has_tray():
            self.tray.box.setEnabled(self._anywhere.is_tray_on)
            self.tray.help.setText(self.tr("This desktop has no tray, or it has not started yet."))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._anywhere is not None and not self._has_asked:
            self._has_asked = True  # the desktop is asked by who looks at it, not by who opens the settings
            self._show_ways(has_key=self._anywhere.key.is_possible())

    def _show_ways(self, *, has_key: bool) -> None:
        for part in (self.on, self.key):
            part.setVisible(has_key)
        for part in (self.instead, self.command):
            part.setVisible(not has_key)

    def _show(self) -> None:
        if self._anywhere is None:
            return
        key = self._anywhere.key
        self.tray.show_value(self._anywhere.is_tray_on)
        self.on.show_value(key.is_on)
        self.key.show_problem(self._words_for(key.problem))
        if key.problem != "taken":
            self.key.show_value(key.keys)

    def _words_for(self, problem: str) -> str:
        return {
            "taken": self.tr("Another program has this key. Choose another."),
            "unknown": self.tr("Your keyboard has no such key. Choose another."),
            "absent": self.tr("The system gives no key now."),
        }.get(problem, "")

    def _switch_key(self, value: object) -> None:
        if self._anywhere is not None:
            self._anywhere.key.switch(bool(value))

    def _choose_key(self, value: object) -> None:
        if self._anywhere is None:
            return
        if self.key.is_fit():
            self._anywhere.key.choose(str(value))
        else:
            self.key.show_problem(self.tr("Press Ctrl, Alt or the system key with it."))

    def _switch_tray(self, value: object) -> None:
        if self._anywhere is not None:
            self._anywhere.switch_tray(bool(value))
