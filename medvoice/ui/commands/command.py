"""One thing a person can do, as menu, key, palette and shortcut sheet show it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

# The menus, left to right. A page takes the one that fits; "page" is for what only that page knows.
SECTIONS = ("draft", "edit", "post", "page", "view", "go", "help")


def always() -> str:
    """No reason against it."""
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is unique and stable ("post.schedule"), `label` is verb and object as in a menu, `section` one
    of SECTIONS. `run` is called without arguments on the UI thread.

    `shortcut` is Qt's portable text ("Ctrl+Shift+T"; Ctrl is Cmd on macOS), installed for the whole window;
    `also` are further keys for the same. `local_keys` are keys a view handles itself while it has the focus
    ("R"): shown, not installed. `why_disabled` answers "" or the reason in a few words ("after 1 fix"); it is
    asked each time the command is shown or run and must be quick. `cause` goes to the place of that reason.
    `icon` names a Lucide icon, `detail` is said after the label in grey, `words` are further words it is
    found by.
    """

    name: str
    label: str
    section: str
    run: Callable[[], object]
    shortcut: str = ""
    why_disabled: Callable[[], str] = always
    icon: str = ""
    also: tuple[str, ...] = ()
    local_keys: str = ""
    cause: Callable[[], object] | None = None
    detail: Callable[[], str] = always
    words: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that are installed."""
        return (self.shortcut, *self.also) if self.shortcut else self.also

    def start(self) -> str:
        """Do it, or go to the cause when something is in the way; the reason, "" when it was done."""
        reason = self.why_disabled()
        if not reason:
            self.run()
        elif self.cause is not None:
            self.cause()
        return reason


def section_title(section: str) -> str:
    """The name of a menu, without a letter marked."""
    titles = {
        "draft": QCoreApplication.translate("Commands", "Draft"),
        "edit": QCoreApplication.translate("Commands", "Edit"),
        "post": QCoreApplication.translate("Commands", "Post"),
        "page": QCoreApplication.translate("Commands", "This page"),
        "view": QCoreApplication.translate("Commands", "View"),
        "go": QCoreApplication.translate("Commands", "Go"),
        "help": QCoreApplication.translate("Commands", "Help"),
    }
    return titles[section]
