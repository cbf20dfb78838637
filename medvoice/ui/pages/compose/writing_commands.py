"""What can be done with the text and the drafts, for menus, palette and shortcut sheet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
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
    following, previous = _tr("Next found place"), _tr("Previous found place")
    back_to = writing.find_previous
    look, part = writing.switch_focus_mode, "edit"
    copy, back = _tr("Duplicate this draft"), _tr("Restore this draft from the archive")
    versions, history = _tr("Show versions and history"), page.history.show
    tie, about = _tr("Tie to an abstract under embargo"), _tr("embargo congress event")
    return [
        Command(
            "draft.tie", tie, "draft", page.embargo.choose, "Ctrl+Shift+E", needs_draft, "lock", words=about
        ),
        Command("compose.find", find, part, writing.find, "Ctrl+F", needs_draft, "search"),
        Command("compose.replace", replace, part, writing.replace, "Ctrl+H", needs_draft, "repeat-2"),
        Command("compose.find_next", following, part, writing.find_next, "F3", needs_draft, "chevron-down"),
        Command("compose.find_previous", previous, part, back_to, "Shift+F3", needs_draft, "chevron-up"),
        Command("compose.typeset", typeset, part, writing.switch_typeset, words=_tr("smart typography")),
        Command("compose.focus_mode", alone, "view", look, "Ctrl+Shift+F11", needs_draft, "monitor"),
        Command("draft.duplicate", copy, "draft", writing.duplicate, "", needs_draft, "copy"),
        Command("draft.restore", back, "draft", writing.restore, "", needs_archived, "rotate-cw"),
        Command("draft.history", versions, "draft", history, "Ctrl+Shift+Y", needs_draft, "history"),
        Command("draft.filter", _tr("Filter drafts"), "draft", writing.filter_drafts, icon="list-filter"),
        Command("draft.show_archive", _tr("Show the archive"), "draft", writing.show_archive, icon="archive"),
        Command("draft.show_all", _tr("Show all drafts"), "draft", writing.show_all_drafts, icon="layers"),
        *(each for channel in CHANNELS for each in _of_channel(page, channel)),
    ]


def _of_channel(page: "ComposePage", channel: str) -> list[Command]:
    """A channel with words of its own, or with the main text."""
    name, acts = CHANNEL_NAMES[channel], page.acts

    def without_own() -> str:
        draft = page.session.draft
        if draft is None:
            return _tr("open a draft first")
        if channel not in draft.channels_on:
            return _tr("switch {channel} on first").format(channel=name)
        return "" if draft.variant(channel).text is None else _tr("it is edited separately already")

    def with_own() -> str:
        draft = page.session.draft
        if draft is None:
            return _tr("open a draft first")
        return "" if draft.variant(channel).text is not None else _tr("it follows the main text")

    separate = _tr("Edit separately for {channel}").format(channel=name)
    follow = _tr("{channel}: follow the main text again").format(channel=name)
    compare = _tr("{channel}: compare with the main text").format(channel=name)
    return [
        Command(
            f"post.separate_{channel}",
            separate,
            "post",
            lambda: acts.set_own_text(channel, True),
            why_disabled=without_own,
        ),
        Command(
            f"post.follow_{channel}", follow, "post", lambda: acts.set_own_text(channel, False), "", with_own
        ),
        Command(
            f"post.compare_{channel}",
            compare,
            "post",
            lambda: page.history.compare_channel(channel),
            why_disabled=with_own,
        ),
    ]
