"""The commands in force: those of the window and those of the page in front."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from medvoice.ui.commands.command import SECTIONS, Command


class CommandBook(QObject):
    """UI thread only. `changed` when what can be done is another; `told(reason)` when a command was wanted
    and something is in the way that has no place to go to."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: dict[str, tuple[Command, ...]] = {}
        self._named: dict[str, Command] = {}
        self._keys: dict[str, str] = {}
        self._clashes: list[str] = []

    def set_source(self, source: str, commands: Iterable[Command]) -> None:
        """Replace what one source ("window", "page") offers."""
        self._sources[source] = tuple(commands)
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        self._named.clear()
        self._keys.clear()
        self._clashes.clear()
        for command in (each for source in self._sources.values() for each in source):
            if command.name in self._named or command.section not in SECTIONS:
                self._clashes.append(f"{command.name}: the name twice, or no menu called {command.section}")
                continue
            self._named[command.name] = command
            for keys in command.keys:
                text = canonical(keys)
                holder = self._keys.setdefault(text, command.name)
                if not text or holder != command.name:
                    self._clashes.append(f"{command.name}: {keys} belongs to {holder}")

    @property
    def clashes(self) -> tuple[str, ...]:
        """Names or keys given twice: mistakes of ours, which tests look for. The first one keeps them."""
        return tuple(self._clashes)

    def all(self) -> tuple[Command, ...]:
        """In the order of the menus, and inside a menu as offered."""
        return tuple(sorted(self._named.values(), key=lambda one: SECTIONS.index(one.section)))

    def find(self, name: str) -> Command:
        """Raises KeyError for a name that is not in force."""
        return self._named[name]

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys that are the command's own."""
        return tuple(keys for keys in command.keys if self._keys.get(canonical(keys)) == command.name)

    def run(self, name: str) -> str:
        """Do it; "" or the reason why not, which is also told where there is no place to go to."""
        command = self._named.get(name)
        if command is None:
            return ""
        reason = command.start()
        if reason and command.cause is None:
            self.told.emit(reason)
        return reason


def canonical(keys: str) -> str:
    """One spelling for the same keys; "" for what is none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
