"""What a person can do with a delivery, by its state: the right column of the table in look.md 4."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from medvoice.domain.outbox import Delivery, PartState
from medvoice.services.retry import may_ask
from medvoice.ui.models.states import SIGN_IN, STALE, speaking_part, state_of

STOPPABLE = (PartState.PLANNED, PartState.DUE, PartState.WAITING)


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_actions", text)


@dataclass(frozen=True, slots=True)
class Action:
    """`key` is what the page does; `icon` "" for none."""

    key: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides about actions beside the delivery itself."""

    channel_name: str
    now: datetime
    needs_sign_in: bool = False
    has_link: bool = False
    is_edited: bool = False
    can_look: bool = False


def actions_for(delivery: Delivery, facts: Facts) -> tuple[Action, ...]:
    """The actions offered, the primary one first. Never empty."""
    state = state_of(delivery, is_edited=facts.is_edited)
    made = _MAKERS.get(state, _none)(delivery, facts)
    tail = [Action("open_draft", _tr("Open the draft"), "pencil")]
    if facts.has_link:
        tail.insert(0, Action("copy_link", _tr("Copy link"), "link"))
    if facts.has_link and not any(action.key == "open_post" for action in made):
        tail.insert(0, Action("open_post", _tr("Open post"), "external-link"))
    return (*made, *tail)


def _none(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return []


def _planned(delivery: Delivery, facts: Facts) -> list[Action]:
    made = [
        Action("choose_time", _tr("Change time"), "calendar-clock"),
        Action("unschedule", _tr("Unschedule"), "ban"),
        Action("pause", _tr("Pause"), "pause"),
    ]
    return [_sign_in(facts), *made] if facts.needs_sign_in else made


def _due(_delivery: Delivery, facts: Facts) -> list[Action]:
    made = [Action("stop", _tr("Stop"), "square"), Action("pause", _tr("Pause"), "pause")]
    return [_sign_in(facts), *made] if facts.needs_sign_in else made


def _sending(delivery: Delivery, _facts: Facts) -> list[Action]:
    """What has left cannot be stopped; the rest of a thread can."""
    rest = [part for part in delivery.parts if part.state in STOPPABLE]
    return [Action("stop", _tr("Stop after this post"), "square")] if rest else []


def _published(_delivery: Delivery, facts: Facts) -> list[Action]:
    return [Action("open_post", _tr("Open post"), "external-link")] if facts.has_link else []


def _waiting(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return [
        Action("post_now", _tr("Try now"), "rotate-cw"),
        Action("unschedule", _tr("Cancel"), "ban"),
        Action("pause", _tr("Pause"), "pause"),
    ]


def _held(delivery: Delivery, facts: Facts) -> list[Action]:
    reason = speaking_part(delivery).reason
    rest = [
        Action("choose_time", _tr("Choose another time"), "calendar-clock"),
        Action("back_to_draft", _tr("Back to draft"), "undo-2"),
    ]
    if reason in SIGN_IN:
        return [_sign_in(facts, reason), *rest]
    if reason in STALE:
        return [Action("clear_again", _tr("Clear again"), "circle-check"), rest[1]]
    return [Action("post_now", _tr("Try now"), "rotate-cw"), *rest]


def _refused(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return [Action("back_to_draft", _tr("Back to draft"), "undo-2")]


def _unconfirmed(delivery: Delivery, facts: Facts) -> list[Action]:
    made = [
        Action("is_live", _tr("It is live"), "circle-check"),
        Action("not_there", _tr("It is not there"), "circle-x"),
        Action("later", _tr("Later"), "clock"),
    ]
    if facts.can_look:
        made.append(
            Action(
                "look",
                _tr("Look at your profile on {channel}").format(channel=facts.channel_name),
                "external-link",
            )
        )
    if can_ask(delivery, facts.now):
        made.insert(2, Action("ask", _tr("Ask LinkedIn"), "send"))
    return made


def can_ask(delivery: Delivery, now: datetime) -> bool:
    """Whether LinkedIn may still be asked by sending the same post once."""
    part = speaking_part(delivery)
    if delivery.channel != "linkedin" or part.state is not PartState.UNCONFIRMED:
        return False
    return part.reason != "ask_requested" and may_ask(part.first_sent_at, now)


def _missed(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return [
        Action("post_now", _tr("Post now"), "send"),
        Action("choose_time", _tr("Choose another time"), "calendar-clock"),
        Action("back_to_draft", _tr("Back to draft"), "undo-2"),
    ]


def _paused(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return [
        Action("resume", _tr("Resume"), "play"),
        Action("choose_time", _tr("Change time"), "calendar-clock"),
        Action("unschedule", _tr("Unschedule"), "ban"),
    ]


def _cancelled(_delivery: Delivery, _facts: Facts) -> list[Action]:
    return [Action("schedule_again", _tr("Schedule again"), "calendar-clock")]


def _partly(delivery: Delivery, facts: Facts) -> list[Action]:
    part = speaking_part(delivery)
    if part.reason in SIGN_IN and part.state is PartState.HELD:
        return [_sign_in(facts, part.reason)]
    if part.state in (PartState.CANCELLED, PartState.REFUSED):
        return []
    if part.reason in STALE and part.state is PartState.HELD:
        return [Action("clear_again", _tr("Clear again"), "circle-check")]
    if part.state is PartState.HANDED_OVER:
        return _handed_over(delivery, facts)
    if any(each.state is PartState.DUE for each in delivery.parts):
        return [Action("stop", _tr("Stop here"), "square")]
    go_on = _tr("Continue the thread")
    return [Action("post_now", go_on, "play"), Action("unschedule", _tr("Leave it so"), "ban")]


def _handed_over(_delivery: Delivery, facts: Facts) -> list[Action]:
    copy = _tr("Copy text and open {channel}").format(channel=facts.channel_name)
    return [
        Action("copy_open", copy, "copy"),
        Action("is_live", _tr("Paste the link"), "link"),
        Action("not_done", _tr("Not done"), "circle-x"),
    ]


def _handed_changed(delivery: Delivery, facts: Facts) -> list[Action]:
    """The text was edited while the person has the cleared one in hand: they say which one it is to be."""
    copy, *rest = _handed_over(delivery, facts)
    return [
        Action("take_back", _tr("Clear the new text"), "circle-check"),
        Action(copy.key, _tr("Post the cleared text"), copy.icon),
        *rest,
    ]


def _sign_in(facts: Facts, reason: str = "sign_in") -> Action:
    words = _tr("Connect {channel}") if reason == "account_gone" else _tr("Sign in to {channel}")
    return Action("sign_in", words.format(channel=facts.channel_name), "log-in")


_MAKERS = {
    "planned": _planned,
    "due": _due,
    "sending": _sending,
    "published": _published,
    "waiting": _waiting,
    "held": _held,
    "changed": _held,
    "refused": _refused,
    "unconfirmed": _unconfirmed,
    "missed": _missed,
    "paused": _paused,
    "cancelled": _cancelled,
    "partly": _partly,
    "handed_over": _handed_over,
    "handed_changed": _handed_changed,
}
