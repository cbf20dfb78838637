"""The window's words, icons and colours for the states of a post, and plain sentences for their reasons.

One table (look.md 4, "States of a post"): Queue, Compose and the drafts list all take from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from medvoice.domain.outbox import Delivery, Part, PartState
from medvoice.ui.models.moments import clock_time

# Reasons that only clearing again can lift.
STALE = frozenset({"changed", "rules_changed", "not_cleared", "new_finding", "no_tick"})
SIGN_IN = frozenset(
    {"sign_in", "sign_in_needed", "account_gone", "no_keyring", "seal_broken", "permission_missing"}
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("states", text)


@dataclass(frozen=True, slots=True)
class Look:
    """How a state shows: pill kind (a key of paint.KIND_COLORS), icon name, word."""

    kind: str
    icon: str
    word: str


def looks() -> dict[str, Look]:
    """The table by state: PartState values, and the derived "paused", "partly", "changed", "sign_in"."""
    return {
        "planned": Look("neutral", "clock", _tr("Scheduled")),
        "due": Look("neutral", "clock", _tr("Due now")),
        "sending": Look("accent", "loader-circle", _tr("Publishing")),
        "published": Look("ok", "circle-check", _tr("Published")),
        "waiting": Look("info", "rotate-cw-clock", _tr("Trying again at {time}")),
        "held": Look("danger", "circle-alert", _tr("Held, not sent")),
        "refused": Look("danger", "circle-x", _tr("Not accepted")),
        "unconfirmed": Look("warn", "circle-help", _tr("Please check")),
        "missed": Look("warn", "clock-alert", _tr("Missed")),
        "paused": Look("neutral", "circle-pause", _tr("Paused")),
        "cancelled": Look("neutral", "ban", _tr("Cancelled")),
        "handed_over": Look("accent", "copy", _tr("Ready to post by hand")),
        "handed_changed": Look("warn", "pencil", _tr("Changed since you cleared it")),
        "partly": Look("warn", "circle-dashed", _tr("{done} of {all} published")),
        "changed": Look("warn", "pencil", _tr("Changed since you cleared it")),
        "sign_in": Look("warn", "log-in", _tr("Needs {channel} sign-in")),
    }


def speaking_part(delivery: Delivery) -> Part:
    """The part that the delivery's state is about: the first that is not published, else the last."""
    for part in delivery.parts:
        if part.state is not PartState.PUBLISHED:
            return part
    return delivery.parts[-1]


def state_of(delivery: Delivery, *, is_edited: bool = False) -> str:
    """The delivery's state as a key of `looks`: as the domain derives it, and "changed" where the text was
    edited after clearing. `is_edited`: its clearance was withdrawn while the person has it in hand to post,
    which no agent can hold ("handed_changed")."""
    state = delivery.state
    if state == "held" and speaking_part(delivery).reason == "changed":
        return "changed"
    return "handed_changed" if is_edited and state == "handed_over" else state


def look_of(
    delivery: Delivery,
    channel_name: str,
    zone_name: str,
    needs_sign_in: bool = False,
    *,
    is_edited: bool = False,
) -> Look:
    """The pill of a delivery, with its numbers and times filled in."""
    state = state_of(delivery, is_edited=is_edited)
    if needs_sign_in and state in ("planned", "due"):
        state = "sign_in"
    look = looks()[state]
    part = speaking_part(delivery)
    retry_at: datetime | None = part.retry_at
    word = look.word
    if state == "waiting":
        word = word.format(time=clock_time(retry_at, zone_name)) if retry_at else _tr("Trying again")
    elif state == "partly":
        done = sum(each.state is PartState.PUBLISHED for each in delivery.parts)
        word = word.format(done=done, all=len(delivery.parts))
    elif state == "sign_in":
        word = word.format(channel=channel_name)
    return Look(look.kind, look.icon, word)


def causes() -> Mapping[str, str]:
    """What happened, by reason code; `{channel}` is the network's name."""
    return {
        # Held
        "sign_in": _tr("{channel} ended your sign-in, which it does from time to time."),
        "sign_in_needed": _tr("{channel} asks you to sign in again."),
        "account_gone": _tr("The account for this post is no longer connected."),
        "no_keyring": _tr("The key to your sign-ins was not found on this computer."),
        "seal_broken": _tr("Your stored sign-in could not be opened with this computer's key."),
        "permission_missing": _tr("{channel} says that this sign-in may not post."),
        "changed": _tr("You changed the text after you cleared it."),
        "rules_changed": _tr("The rules were updated after you cleared this text."),
        "not_cleared": _tr("This text is not cleared any more."),
        "new_finding": _tr("A check before sending found something new."),
        "no_tick": _tr("A box on the checklist is not ticked any more."),
        "under_embargo": _tr("It draws on an abstract that is still under embargo."),
        "embargo_unknown": _tr("It draws on an abstract, and when its embargo ends is not known."),
        "credits_gone": _tr("Your {channel} plan has no posts left."),
        "usage_capped": _tr("Your {channel} plan has reached its limit for this period."),
        "api_version_ended": _tr("{channel} no longer accepts the version MedVoice speaks. Please update."),
        "text_unreadable": _tr("The text holds half of a character that cannot be sent."),
        # Refused
        "not_accepted": _tr("{channel} did not accept this post."),
        "too_long": _tr("{channel} says that this post is too long."),
        "reply_not_allowed": _tr("{channel} does not let you answer that post."),
        "already_posted": _tr("{channel} says that the same text was posted before."),
        "text_empty": _tr("{channel} says that there is no text."),
        # Waiting
        "rate_limited": _tr("{channel} asks to wait a little."),
        "conflict": _tr("{channel} was busy with something else."),
        "name_unknown": _tr("{channel} could not be found; this computer may be offline."),
        "refused": _tr("{channel} did not take the connection."),
        "tls": _tr("No safe connection to {channel} could be made."),
        "no_connection": _tr("There was no connection to {channel}."),
        "keys_locked": _tr("Your keyring is locked."),
        "keys_busy": _tr("Another MedVoice is using your sign-in."),
        "clock_ahead": _tr("By {channel}'s clock the embargo is not over yet; this computer's is ahead."),
        "time_unproven": _tr("{channel} did not say what time it is, and the post draws on an abstract."),
        "sign_in_no_answer": _tr("{channel} did not answer when the sign-in was renewed."),
        # Unconfirmed
        "timed_out": _tr("{channel} did not answer in time."),
        "timeout": _tr("{channel} did not answer in time."),
        "reset": _tr("The connection to {channel} broke off."),
        "interrupted": _tr("Publishing was interrupted."),
        "server_trouble": _tr("{channel} had trouble of its own."),
        "duplicate_seen": _tr("{channel} says that this post is already there, without naming it."),
        "ask_requested": _tr("LinkedIn is being asked now. This takes a moment."),
        "ask_too_late": _tr("It was too late to ask {channel}."),
        "not_identical": _tr("{channel} could not be asked, because the post would not be the same."),
        # Missed
        "too_late": _tr("This computer was off or asleep at the planned minute."),
        "not_done": _tr("You said that it was not done."),
        # By hand
        "by_hand": _tr("It is time. You post this one yourself."),
        # Cancelled
        "by_you": _tr("You took it out of the queue."),
        "replaced": _tr("A newer version of this post took its place."),
    }


def cause_of(reason: str, channel_name: str) -> str:
    """One sentence for a reason code; a plain one for a code this version does not know."""
    known = causes().get(reason)
    if known is None:
        unknown = {
            "answer_unreadable": _tr("{channel} gave an answer that could not be read."),
            "redirected": _tr("{channel} gave an answer that could not be read."),
            "unreadable": _tr("{channel} gave an answer that could not be read."),
        }
        known = unknown.get(reason, _tr("{channel} gave no clear answer."))
    return known.format(channel=channel_name)


def sentence_of(
    delivery: Delivery, channel_name: str, *, is_short: bool = False, is_edited: bool = False
) -> str:
    """What happened, what is safe and what helps, for a delivery that is not simply on its way.

    `is_short` is for one line in a list.
    """
    state = state_of(delivery, is_edited=is_edited)
    if state == "handed_changed":
        if is_short:
            return _tr("Edited after you cleared it. What you copy is the cleared text.")
        what = _tr("You changed the text after you cleared it.")
        safe = _tr("What you copy here is still the text you cleared, not the new one.")
        return f"{what} {safe} " + _tr("Which one do you want to post?")
    part = speaking_part(delivery)
    cause = cause_of(part.reason, channel_name) if part.reason else ""
    if state == "changed":
        safe = _tr("Nothing was posted.") if is_short else _tr("Nothing was posted. Your new text is kept.")
        return f"{cause} {safe}"
    if state in ("held", "refused", "missed", "waiting"):
        safe = _tr("Nothing was posted.") if is_short else _tr("Nothing was posted. Your text is unchanged.")
        if state == "missed" and part.reason == "not_done":
            safe = _tr("Choose another time, or take it back to the draft.")
        return f"{cause} {safe}".strip()
    if state == "unconfirmed":
        doubt = _tr("The post may or may not be live.")
        if is_short or part.reason == "ask_requested":
            return f"{cause} {doubt}" if part.reason != "ask_requested" else cause
        look = _tr("Please look at your profile; MedVoice does not send it again by itself.")
        return f"{cause} {doubt} {look}"
    if state == "handed_over":
        if is_short:
            return cause
        return cause + " " + _tr("Copy the text, post it, then paste the link here.")
    if state == "partly":
        safe = _tr("What is published stays. The rest waits.")
        return f"{cause} {safe}".strip() if part.reason and not is_short else safe
    return cause
