"""What can be done from anywhere in the window."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.bring_in import import_command
from medvoice.ui.capture import capture_command
from medvoice.ui.commands.command import Command
from medvoice.ui.starters import starter_commands
from medvoice.ui.theme import Mode

if TYPE_CHECKING:
    from medvoice.ui.commands.hub import CommandHub
    from medvoice.ui.main_window import MainWindow

# The pages keep their number whichever of them a version has.
PAGE_KEYS = {
    "compose": "Ctrl+1",
    "calendar": "Ctrl+2",
    "queue": "Ctrl+3",
    "topics": "Ctrl+4",
    "insights": "Ctrl+5",
    "network": "Ctrl+6",
    "records": "Ctrl+7",
    "feeds": "Ctrl+8",
    "settings": "Ctrl+,",
}
SHEET_ICONS = {
    "profile": "user",
    "accounts": "plug",
    "rules": "scale",
    "appearance": "palette",
    "keyboard": "keyboard",
    "publishing": "bot",
    "outside": "globe",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def window_commands(window: "MainWindow", hub: "CommandHub") -> list[Command]:
    """All but those of the page in front."""
    return [
        *_draft(window),
        *starter_commands(window),
        capture_command(window),
        import_command(window),
        *_edit(hub),
        *_view(window),
        *_ease(window),
        *_rules(window),
        *_pauses(window),
        _before_sharing(window),
        *_panes(window),
        *_go(window),
        *_help(window, hub),
    ]


def _before_sharing(window: "MainWindow") -> Command:
    """From any page: what was copied elsewhere is in no draft."""

    return Command(
        "check.share",
        _tr("Check what I would like or share"),
        "view",
        window.check_answer,
        "Ctrl+Shift+B",
        icon="clipboard-paste",
        words=_tr("clipboard before like reshare comment reply answer question profile headline"),
    )


def _pauses(window: "MainWindow") -> list[Command]:
    """A safety signal, a new employer: from any page, whatever is in front."""

    def ask() -> None:
        if window.pauses is not None:
            window.pauses.ask()

    def resume() -> None:
        if window.pauses is not None:
            window.pauses.resume_all()

    def why_nothing() -> str:
        return "" if window.pauses is not None and window.pauses.has_pause else _tr("nothing is paused")

    words = _tr("stop hold safety signal employer holiday topic account")
    return [
        Command("plan.pause", _tr("Pause a part of the plan"), "view", ask, icon="pause", words=words),
        Command("plan.resume", _tr("Resume what is paused"), "view", resume, "", why_nothing, icon="play"),
    ]


def _draft(window: "MainWindow") -> list[Command]:
    return [
        Command(
            "draft.new",
            _tr("New draft"),
            "draft",
            window.new_draft,
            "Ctrl+N",
            icon="plus",
            words=_tr("write"),
        ),
        Command(
            "draft.search",
            _tr("Search drafts"),
            "draft",
            window.search_drafts,
            "Ctrl+Shift+F",
            icon="search",
            words=_tr("find"),
        ),
        Command(
            "window.close",
            _tr("Close MedVoice"),
            "draft",
            window.close,
            "Ctrl+Q",
            icon="x",
            words=_tr("quit exit"),
        ),
    ]


def _edit(hub: "CommandHub") -> list[Command]:
    def nothing_back() -> str:
        return "" if hub.can_undo() else _tr("nothing to take back")

    def nothing_again() -> str:
        return "" if hub.can_redo() else _tr("nothing to do again")

    return [
        Command(
            "edit.undo",
            _tr("Undo"),
            "edit",
            hub.undo,
            "Ctrl+Z",
            nothing_back,
            icon="undo-2",
            detail=lambda: hub.undo_detail(),
            words=_tr("take back"),
        ),
        Command(
            "edit.redo",
            _tr("Redo"),
            "edit",
            hub.redo,
            "Ctrl+Shift+Z",
            nothing_again,
            icon="redo-2",
            also=("Ctrl+Y",),
            detail=lambda: hub.redo_detail(),
        ),
    ]


def _view(window: "MainWindow") -> list[Command]:
    theme = window.theme

    def mode(key: Mode, label: str, icon: str) -> Command:
        def in_force() -> str:
            return _tr("in use") if theme.mode == key else ""

        return Command(
            f"view.mode_{key}",
            label,
            "view",
            lambda: window.set_mode(key),
            icon=icon,
            detail=in_force,
            words=_tr("theme colours appearance"),
        )

    return [
        Command(
            "view.larger",
            _tr("Larger text"),
            "view",
            lambda: window.zoom(1),
            "Ctrl++",
            icon="plus",
            also=("Ctrl+=",),
            words=_tr("zoom size"),
        ),
        Command(
            "view.smaller",
            _tr("Smaller text"),
            "view",
            lambda: window.zoom(-1),
            "Ctrl+-",
            icon="minus",
            words=_tr("zoom size"),
        ),
        Command(
            "view.usual",
            _tr("Usual text size"),
            "view",
            lambda: window.zoom(0),
            "Ctrl+0",
            icon="file-text",
            words=_tr("zoom reset"),
        ),
        mode(Mode.SYSTEM, _tr("Colours as the system"), "monitor"),
        mode(Mode.LIGHT, _tr("Light colours"), "sun"),
        mode(Mode.DARK, _tr("Dark colours"), "moon"),
    ]


def _ease(window: "MainWindow") -> list[Command]:
    theme = window.theme

    def contrast() -> None:
        theme.set_more_contrast(not theme.wants_contrast)
        window.keep_look()

    def motion() -> None:
        theme.set_less_motion(not theme.wants_less_motion)
        window.keep_look()

    def state(is_on: bool) -> str:
        return _tr("on") if is_on else _tr("off")

    return [
        Command(
            "view.contrast",
            _tr("More contrast on or off"),
            "view",
            contrast,
            icon="eye",
            detail=lambda: state(theme.wants_contrast),
        ),
        Command(
            "view.motion",
            _tr("Less motion on or off"),
            "view",
            motion,
            icon="sliders-horizontal",
            detail=lambda: state(theme.wants_less_motion),
            words=_tr("animation reduced"),
        ),
    ]


def _rules(window: "MainWindow") -> list[Command]:
    def nothing_found() -> str:
        has_found = hasattr(window, "surroundings") and window.surroundings.rules.has_found
        return "" if has_found else _tr("nothing new was found")

    def show() -> None:
        window.surroundings.rules.show_found()

    return [
        Command(
            "view.new_rules",
            _tr("Show what the new rules found"),
            "view",
            show,
            "",
            nothing_found,
            icon="scale",
            words=_tr("held published archive recheck"),
        )
    ]


def _panes(window: "MainWindow") -> list[Command]:
    full = "Ctrl+Meta+F" if sys.platform == "darwin" else "F11"
    return [
        Command("view.full_screen", _tr("Full screen"), "view", window.full_screen, full, icon="monitor"),
        Command(
            "view.next_pane", _tr("Next pane"), "view", lambda: window.move_pane(1), "F6", icon="panel-right"
        ),
        Command(
            "view.previous_pane",
            _tr("Previous pane"),
            "view",
            lambda: window.move_pane(-1),
            "Shift+F6",
            icon="panel-left",
        ),
    ]


def _go(window: "MainWindow") -> list[Command]:
    def page(key: str) -> Command:
        item = window.rail.item(key)
        return Command(
            f"go.{key}",
            item.text(),
            "go",
            lambda: window.show_page(key),
            PAGE_KEYS.get(key, ""),
            icon=item.icon_name,
            words=_tr("go to page"),
        )

    def sheet(key: str, label: str) -> Command:
        label = _tr("Settings: {name}").format(name=label)
        return Command(
            f"go.settings_{key}", label, "go", lambda: window.show_settings(key), icon=SHEET_ICONS[key]
        )

    return [
        *(page(key) for key in window.pages()),
        Command(
            "go.feeds",
            _tr("What is new"),
            "go",
            lambda: window.show_page("feeds"),
            PAGE_KEYS["feeds"],
            icon="globe",
            words=_tr("go to page feeds rss atom journals pubmed ideas"),
        ),
        sheet("profile", _tr("you and your role")),
        sheet("accounts", _tr("accounts")),
        sheet("rules", _tr("rules and disclaimers")),
        sheet("appearance", _tr("appearance")),
        sheet("keyboard", _tr("keyboard")),
        sheet("publishing", _tr("publishing")),
        sheet("outside", _tr("feeds and calendar")),
    ]


def _help(window: "MainWindow", hub: "CommandHub") -> list[Command]:
    return [
        Command(
            "help.palette",
            _tr("Find a command or a draft"),
            "help",
            hub.show_palette,
            "Ctrl+K",
            icon="search",
        ),
        Command(
            "help.keys",
            _tr("Show all keys"),
            "help",
            hub.show_keys,
            "F1",
            icon="keyboard",
            words=_tr("shortcuts help"),
        ),
        Command("help.menu", _tr("Show the menu bar"), "help", hub.toggle_menu, "F10", icon="list-filter"),
        Command(
            "help.about",
            _tr("About MedVoice"),
            "help",
            lambda: window.show_settings("about"),
            icon="info",
            words=_tr("version licences"),
        ),
    ]
