"""What can be done in the right pane, for menus, palette and shortcut sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaneCommands", text)


def pane_commands(page: "ComposePage") -> list[Command]:
    """The commands of compliance pane and preview. UI thread only."""
    acts = page.acts

    def needs_draft() -> str:
        return "" if page.has_draft else _tr("open a draft first")

    def needs_warning() -> str:
        return needs_draft() or ("" if acts.open_warning() else _tr("open a finding to check first"))

    regions = _tr("Compare the regions")
    copy, dismiss = _tr("Copy as it will appear"), _tr("Dismiss the open finding with a reason")
    return [
        Command("check.regions", regions, "view", acts.compare_regions, "", needs_draft, "globe"),
        Command("preview.copy", copy, "edit", acts.copy_as_it_appears, "", needs_draft, "copy"),
        Command("check.dismiss", dismiss, "edit", acts.dismiss_open, "", needs_warning, "message-square"),
    ]
