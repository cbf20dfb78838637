"""What can be done with the draft that is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.commands.command import Command
from medvoice.ui.pages.compose.todo import Todo, active

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def compose_commands(page: "ComposePage") -> list[Command]:
    """The commands of Compose; each needs an open draft, and says so without one."""
    return [*_draft(page), *_post(page), *_planned(page), *_text(page), *_findings(page), *_view(page)]


def left_words(left: Sequence[Todo]) -> str:
    """`after 1 fix and 2 checks`; "" when nothing is left."""
    fixes = sum(item.kind in ("block", "warning", "length") for item in left)
    checks = sum(item.kind == "tick" for item in left)
    others = len(left) - fixes - checks
    parts = [
        (_tr("1 fix") if fixes == 1 else _tr("{n} fixes").format(n=fixes)) if fixes else "",
        (_tr("1 check") if checks == 1 else _tr("{n} checks").format(n=checks)) if checks else "",
        (_tr("1 more thing") if others == 1 else _tr("{n} more things").format(n=others)) if others else "",
    ]
    said = _tr(" and ").join(part for part in parts if part)
    return _tr("after {things}").format(things=said) if said else ""


class _Needs:
    """Why a command of Compose cannot be used now."""

    def __init__(self, page: "ComposePage") -> None:
        self._page = page

    def draft(self) -> str:
        return "" if self._page.session.draft is not None else _tr("open a draft first")

    def finding(self) -> str:
        if reason := self.draft():
            return reason
        return "" if self._page.column.editor.findings() else _tr("no finding in this text")

    def plan(self) -> str:
        if reason := self.draft():
            return reason
        return "" if active(self._page.planning.facts.deliveries) else _tr("not scheduled")

    def change(self) -> str:
        if reason := self.draft():
            return reason
        return "" if self._page.planning.changed else _tr("nothing changed since it was cleared")

    def nothing_left(self) -> str:
        """As the Schedule button says it."""
        if reason := self.draft():
            return reason
        return left_words(self._page.planning.left)


def _draft(page: "ComposePage") -> list[Command]:
    needs, step = _Needs(page), page.drafts.list.step

    def archive() -> None:
        if page.session.draft is not None:
            page.drafts.archive(page.session.draft.id)

    return [
        Command(
            "draft.next", _tr("Next draft"), "draft", lambda: step(1), "Ctrl+PgDown", icon="chevron-down"
        ),
        Command(
            "draft.previous", _tr("Previous draft"), "draft", lambda: step(-1), "Ctrl+PgUp", icon="chevron-up"
        ),
        Command(
            "draft.keep_version",
            _tr("Keep this version"),
            "draft",
            page.history.keep,
            "Ctrl+S",
            needs.draft,
            icon="history",
            words=_tr("save"),
        ),
        Command(
            "draft.archive",
            _tr("Move this draft to the archive"),
            "draft",
            archive,
            "",
            needs.draft,
            icon="archive",
            local_keys="Ctrl+Backspace",
            words=_tr("delete remove"),
        ),
    ]


def _post(page: "ComposePage") -> list[Command]:
    needs = _Needs(page)
    press = page.bar.schedule_button.click

    return [
        Command(
            "post.schedule",
            _tr("Schedule this post"),
            "post",
            press,
            "Ctrl+Return",
            needs.nothing_left,
            icon="send",
            also=("Ctrl+Enter",),
            cause=press,
        ),
        Command(
            "post.change_time",
            _tr("Change the planned time"),
            "post",
            page.planning.choose_time,
            "Ctrl+Shift+T",
            needs.draft,
            icon="calendar-clock",
            words=_tr("schedule another"),
        ),
        Command(
            "post.schedule_next",
            _tr("Schedule at the next free time"),
            "post",
            page.planning.schedule_next,
            "Ctrl+Shift+Return",
            needs.nothing_left,
            icon="calendar-plus",
            also=("Ctrl+Shift+Enter",),
            cause=press,
        ),
    ]


def _planned(page: "ComposePage") -> list[Command]:
    needs = _Needs(page)
    return [
        Command(
            "post.unschedule",
            _tr("Unschedule this post"),
            "post",
            page.planning.unschedule,
            "",
            needs.plan,
            icon="calendar-days",
            words=_tr("cancel take out of the queue"),
        ),
        Command(
            "post.what_changed",
            _tr("Show what changed since you cleared it"),
            "post",
            page.planning.show_changes,
            "",
            needs.change,
            icon="history",
            words=_tr("difference edited"),
        ),
    ]


def _text(page: "ComposePage") -> list[Command]:
    acts, needs = page.acts, _Needs(page)

    def channel(key: str, label: str, keys: str) -> Command:
        return Command(
            f"post.{key}",
            label,
            "post",
            lambda: acts.toggle_channel(key),
            keys,
            needs.draft,
            icon="message-square",
        )

    return [
        channel("linkedin", _tr("LinkedIn on or off"), "Ctrl+Shift+L"),
        channel("x", _tr("X on or off"), "Ctrl+Shift+X"),
        Command(
            "post.disclaimer",
            _tr("Disclaimer on or off"),
            "post",
            acts.toggle_disclaimer,
            "Ctrl+Shift+D",
            needs.draft,
            icon="quote",
        ),
        Command(
            "post.tag",
            _tr("Write a hashtag"),
            "post",
            lambda: page.column.insert("#"),
            "Ctrl+Shift+H",
            needs.draft,
            icon="hash",
        ),
        Command(
            "post.mention",
            _tr("Mention someone"),
            "post",
            lambda: page.column.insert("@"),
            "Ctrl+Shift+M",
            needs.draft,
            icon="at-sign",
        ),
    ]


def _findings(page: "ComposePage") -> list[Command]:
    acts, editor, needs = page.acts, page.column.editor, _Needs(page)
    return [
        Command(
            "post.next_finding",
            _tr("Next finding"),
            "post",
            lambda: editor.next_finding(1),
            "F8",
            needs.finding,
            icon="triangle-alert",
        ),
        Command(
            "post.previous_finding",
            _tr("Previous finding"),
            "post",
            lambda: editor.next_finding(-1),
            "Shift+F8",
            needs.finding,
            icon="triangle-alert",
        ),
        Command(
            "post.use_wording",
            _tr("Use the suggested wording"),
            "post",
            acts.use_suggestion_here,
            "Ctrl+.",
            needs.finding,
            icon="wand-sparkles",
        ),
        Command(
            "post.first_check",
            _tr("Go to the first open check"),
            "post",
            acts.go_to_check,
            "Ctrl+Shift+C",
            needs.draft,
            icon="square",
        ),
        Command(
            "post.split",
            _tr("Split the thread here"),
            "post",
            acts.split_thread,
            "Ctrl+Shift+S",
            needs.draft,
            icon="scissors",
        ),
    ]


def _view(page: "ComposePage") -> list[Command]:
    show, frame = page.pane.show_page, page.frame
    return [
        Command("view.preview", _tr("Show the preview"), "view", lambda: show("preview"), "F2", icon="eye"),
        Command(
            "view.compliance", _tr("Show compliance"), "view", lambda: show("compliance"), "F7", icon="scale"
        ),
        Command("view.list", _tr("Drafts on or off"), "view", frame.toggle_list, "F9", icon="panel-left"),
        Command(
            "view.pane",
            _tr("Right pane on or off"),
            "view",
            frame.toggle_pane,
            "Shift+F9",
            icon="panel-right",
        ),
    ]
