"""What can be done with the text and the drafts, for menus, palette and shortcut sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut

from medvoice.ui.commands.command import Command

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage


def _tr(text: str) -> str:
    return QCoreApplication.translate("WritingCommands", text)


def writing_commands(page: "ComposePage") -> list[Command]:
    """The commands of writing; those of checking and scheduling are elsewhere. UI thread only."""
    writing = page.writing

    def needs_draft() -> str:
        return "" if page.has_draft else _tr("open a draft first")

    find, replace = _tr("Find in the text"), _tr("Find and replace")
    alone, typeset = _tr("Focus mode on or off"), _tr("Round quotes and dashes on or off")
    look, part = writing.switch_focus_mode, "edit"
    return [
        Command("compose.find", find, part, writing.find, "Ctrl+F", needs_draft, "search"),
        Command("compose.replace", replace, part, writing.replace, "Ctrl+H", needs_draft, "repeat-2"),
        Command("compose.typeset", typeset, part, writing.switch_typeset, words=_tr("smart typography")),
        Command("compose.focus_mode", alone, "view", look, "Ctrl+Shift+F11", needs_draft, "monitor"),
    ]


def add_keys(page: "ComposePage") -> None:
    """The shortcuts, for as long as no menu carries them."""
    for command in writing_commands(page):
        for keys in command.keys:
            QShortcut(QKeySequence(keys), page, lambda command=command: command.start() and None)
