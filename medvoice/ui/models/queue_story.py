"""What happened to a delivery, step by step, from its clearing, the records and the tries."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clearance import Clearance
from medvoice.domain.clock import wall_to_utc
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Attempt, Delivery, PartState
from medvoice.domain.record import Record
from medvoice.ui.models.draft_embargo import DraftEmbargo, read_embargo
from medvoice.ui.models.moments import clock_seconds, moment
from medvoice.ui.models.queue_actions import Action
from medvoice.ui.models.queue_rows import QueueRow, make_row, topic_slots, with_all_paused, without_replaced
from medvoice.ui.models.states import STALE, cause_of, speaking_part
from medvoice.ui.models.what_changed import Change, changes_of

if TYPE_CHECKING:
    from medvoice.services.comment_watch import Watch
    from medvoice.ui.bridge import Desk


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_story", text)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `kind` is a colour key: ok, danger, warn, info, neutral."""

    at: datetime
    icon: str
    kind: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Story:
    """A row with its steps, oldest first. `zone` is the person's own. `change` is what was edited since it
    was cleared, where that matters; `others` are the same draft's rows on other networks; `embargo` is what
    the draft waits for or waited for; `watch` says when its comments are to be looked at."""

    row: QueueRow
    steps: tuple[Step, ...]
    zone: str
    now: datetime
    change: Change | None = None
    others: tuple[QueueRow, ...] = ()
    embargo: DraftEmbargo | None = None
    watch: "Watch | None" = None

    def as_text(self) -> str:
        """For the clipboard: one line a step."""
        lines = [self.row.title, self.row.look.word]
        for step in self.steps:
            lines.append(f"{moment(step.at, self.zone, self.now)}  {step.title}. {step.detail}".rstrip(" ."))
        return "\n".join(lines) + "\n"


def load_story(desk: "Desk", delivery_id: str) -> Story:
    """Read one delivery with what happened to it. Work lane. Raises UserError `delivery_unknown`."""
    queueing = desk.queueing
    delivery = queueing.outbox.get(delivery_id)
    clearance = queueing.clearances.get(delivery.clearance_id)
    zone, now = desk.identity.get().zone, desk.clock.now()
    slot = topic_slots(desk, {delivery.draft_id}).get(delivery.draft_id, "")
    same_draft = without_replaced(queueing.outbox.list(draft_id=delivery.draft_id))
    row, *others = (
        make_row(
            each,
            desk.accounts.find(each.account_id),
            queueing.clearances.get(each.clearance_id),
            slot,
            zone,
            now,
        )
        for each in (delivery, *(one for one in same_draft if one.channel != delivery.channel))
    )
    if queueing.is_all_paused:
        row, *others = (with_all_paused(each, now) for each in (row, *others))
    attempts = [each for part in delivery.parts for each in queueing.outbox.attempts(part.id)]
    records = desk.records.list(delivery_id=delivery_id)
    steps = steps_of(delivery, clearance, records, attempts, zone, now)
    waits, watch = read_embargo(desk, delivery.draft_id), desk.queueing.comments.of(delivery)
    row = with_watch(row, watch)
    return Story(row, steps, zone, now, change_of(desk, row), tuple(others), waits, watch)


def with_watch(row: QueueRow, watch: "Watch | None") -> QueueRow:
    """The row with what can be done about comments, while its post is young."""
    if watch is None or watch.next_at is None:
        return row
    deeds = (
        Action("comments_looked", _tr("I looked at the comments"), "eye"),
        Action("answer", _tr("Check a comment"), "clipboard-paste"),
    )
    at = 1 if row.actions[0].key == "open_post" else 0
    return replace(row, actions=(*row.actions[:at], *deeds, *row.actions[at:]))


def change_of(desk: "Desk", row: QueueRow) -> Change | None:
    """What was edited since the post was cleared, where it waits for the person because of that."""
    part = speaking_part(row.delivery)
    is_stale = part.state is PartState.HELD and part.reason in STALE
    if not is_stale and not row.is_edited:
        return None
    draft = desk.queueing.drafts.get(row.delivery.draft_id)
    now: dict[str, tuple[str, ...]] = {}
    if row.channel in draft.channels_on:
        now[row.channel] = desk.clearing.content_of(draft, row.channel).parts
    (found,) = changes_of([row.delivery], now)
    return found


def steps_of(
    delivery: Delivery,
    clearance: Clearance | None,
    records: Iterable[Record],
    attempts: Iterable[Attempt],
    zone: str,
    now: datetime,
) -> tuple[Step, ...]:
    """The steps, oldest first. Pure but for the locale."""
    name = CHANNEL_NAMES[delivery.channel]
    details = {(each.number, each.part_id): each for each in attempts}
    by_position = {part.position + 1: part.id for part in delivery.parts}
    steps: list[Step] = []
    if clearance is not None:
        words = _tr("{moment} · version {n}").format(
            moment=moment(clearance.at, zone, now), n=clearance.draft_revision
        )
        steps.append(Step(clearance.at, "circle-check", "ok", _tr("You cleared this text"), words))
        if clearance.packs:
            names = [pack_id.upper() for pack_id, _version, _sha in clearance.packs if pack_id != "core"]
            rules = ", ".join(names) or _tr("Those for every place")
            steps.append(Step(clearance.at, "scale", "ok", _tr("Rules checked"), rules))
        if clearance.voided_at is not None:
            steps.append(voided_step(clearance.voided_at, clearance.void_reason, zone, now))
    for record in records:
        facts: dict[str, Any] = json.loads(record.facts)
        step = step_of(record, facts, delivery, name, zone, now)
        tried = details.get((facts.get("attempt", 0), by_position.get(facts.get("part", 0), "")))
        steps.append(with_detail(step, tried) if record.kind != "sending" else step)
    return tuple(sorted(steps, key=lambda step: step.at))


def voided_step(at: datetime, reason: str, zone: str, now: datetime) -> Step:
    """The moment when the clearing ended, by an edit or an answer taken back."""
    title = _tr("You changed the text") if reason == "changed" else _tr("You took an answer back")
    words = _tr("{moment} · what you cleared before holds no more").format(moment=moment(at, zone, now))
    return Step(at, "pencil", "warn", title, words)


def with_detail(step: Step, tried: Attempt | None) -> Step:
    """Add the network's own words, which the adapter kept short and free of secrets."""
    if tried is None or not tried.detail or tried.detail in step.detail:
        return step
    return Step(step.at, step.icon, step.kind, step.title, f"{step.detail} · {tried.detail}")


def step_of(
    record: Record, facts: dict[str, Any], delivery: Delivery, name: str, zone: str, now: datetime
) -> Step:
    """One record as a step."""
    icon, kind, title = heading(record.kind, facts, name)
    at = moment(record.at, zone, now) if record.by != "agent" else clock_seconds(record.at, zone)
    words = [at]
    if len(delivery.parts) > 1 and "part" in facts:
        words.append(_tr("post {n} of {all}").format(n=facts["part"], all=len(delivery.parts)))
    if record.kind in ("scheduled", "moved"):
        words.append(_tr("for {moment}").format(moment=planned(facts, now)))
    if facts.get("attempt", 1) > 1:
        words.append(_tr("try {n}").format(n=facts["attempt"]))
    reason = str(facts.get("reason", ""))
    if reason and record.kind in ("held", "refused", "waiting", "unconfirmed", "missed"):
        words.append(cause_of(reason, name))
    return Step(record.at, icon, kind, title, " · ".join(words))


def planned(facts: dict[str, Any], now: datetime) -> str:
    """The moment that a record names, as the person chose it."""
    wall, zone = str(facts.get("to", facts.get("wall", ""))), str(facts.get("zone", "UTC"))
    try:
        return moment(wall_to_utc(wall, zone), zone, now)
    except UserError:
        return wall


def heading(kind: str, facts: dict[str, Any], name: str) -> tuple[str, str, str]:
    """Icon, colour and title of a record kind."""
    table = {
        "scheduled": ("clock", "neutral", _tr("You scheduled it")),
        "moved": ("calendar-clock", "neutral", _tr("You chose another time")),
        "cancelled": ("ban", "neutral", _tr("Taken out of the queue")),
        "stopped": ("square", "neutral", _tr("You stopped it")),
        "paused": ("circle-pause", "neutral", _tr("You paused it")),
        "resumed": ("play", "neutral", _tr("You resumed it")),
        "post_now": ("send", "neutral", _tr("You asked to send it now")),
        "sending": ("send", "neutral", _tr("Sent to {channel}")),
        "waiting": ("rotate-cw-clock", "info", _tr("Nothing was made, trying again later")),
        "held": ("circle-pause", "danger", _tr("Held, nothing was posted")),
        "refused": ("circle-x", "danger", _tr("{channel} did not accept it")),
        "unconfirmed": ("circle-help", "warn", _tr("No clear answer from {channel}")),
        "missed": ("clock-alert", "warn", _tr("Missed, nothing was posted")),
        "handed_over": ("bell", "neutral", _tr("You were told that it is time")),
        "due": ("search", "info", _tr("{channel} does not have it, so it is sent")),
        "not_there": ("circle-x", "neutral", _tr("You said that it is not there")),
        "comments_looked": ("eye", "neutral", _tr("You looked at the comments")),
        "asked": ("send", "neutral", _tr("You asked LinkedIn")),
    }
    if kind == "published":
        said = facts.get("said_by") == "person"
        title = _tr("You said that it is live") if said else _tr("Published on {channel}")
        if facts.get("reason") in ("found", "duplicate"):
            title = _tr("Found live on {channel}")
        return "circle-check", "ok", title.format(channel=name)
    icon, color, title = table.get(kind, ("info", "neutral", kind.replace("_", " ").capitalize()))
    return icon, color, title.format(channel=name)
