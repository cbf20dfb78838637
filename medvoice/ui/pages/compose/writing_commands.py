"""What can be done with the text and the drafts, for menus, palette and shortcut sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

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

    def needs_archived() -> str:
        return needs_draft() or ("" if writing.is_archived() else _tr("this draft is not in the archive"))

    find, replace = _tr("Find in the text"), _tr("Find and replace")
    alone, typeset = _tr("Focus mode on or off"), _tr("Round quotes and dashes on or off")
    look, part = writing.switch_focus_mode, "edit"
    copy, back = _tr("Duplicate this draft"), _tr("Restore this draft from the archive")
    return [
        Command("compose.find", find, part, writing.find, "Ctrl+F", needs_draft, "search"),
        Command("compose.replace", replace, part, writing.replace, "Ctrl+H", needs_draft, "repeat-2"),
        Command("compose.typeset", typeset, part, writing.switch_typeset, words=_tr("smart typography")),
        Command("compose.focus_mode", alone, "view", look, "Ctrl+Shift+F11", needs_draft, "monitor"),
        Command("draft.duplicate", copy, "draft", writing.duplicate, "", needs_draft, "copy"),
        Command("draft.restore", back, "draft", writing.restore, "", needs_archived, "rotate-cw"),
        Command("draft.filter", _tr("Filter drafts"), "draft", writing.filter_drafts, icon="list-filter"),
        Command("draft.show_archive", _tr("Show the archive"), "draft", writing.show_archive, icon="archive"),
        Command("draft.show_all", _tr("Show all drafts"), "draft", writing.show_all_drafts, icon="layers"),
    ]
