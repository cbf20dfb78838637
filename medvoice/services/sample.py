"""The sample workspace: an invented person with drafts, deliveries and a year of posts in every state.

Everything goes through the same services and the same laws as a person's own work; only time is moved.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from medvoice.domain.account import Account
from medvoice.domain.clock import FixedClock, utc_to_wall
from medvoice.domain.draft import Draft
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery, Part, PartState
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking, Rulebook
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.identity import Identity
from medvoice.services.queueing import Queueing
from medvoice.services.topics import Topics
from medvoice.store.account import AccountStore
from medvoice.store.connection import Workspace

PERSON = "Jordan Sample"
REASON = "Looked at for the sample workspace and kept."
YEAR = timedelta(days=364)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    topics: int
    drafts: int
    deliveries: int


class SampleWriter:
    """Writes the sample into an empty workspace; call from the connection's thread."""

    def __init__(self, db: Workspace, rulebook: Rulebook, now: datetime, base_url: str) -> None:
        self.now = now
        self.clock = FixedClock(now - YEAR)
        self.base_url = base_url
        self.identity = Identity(db)
        self.topics = Topics(db, self.clock)
        self.drafting = Drafting(db, self.clock)
        self.clearing = Clearing(db, Checking(rulebook, self.clock), self.clock)
        self.accounts = AccountStore(db)
        self.queueing = Queueing(db, self.clock, self.clearing, lambda network, link: (link, link))
        self.outbox = self.queueing.outbox

    def write(self, sample: str, must_fix: str) -> Written:
        """`sample` is the TOML of the sample; `must_fix` a text with something to fix."""
        data = tomllib.loads(sample)
        self.identity.save(profile_of(data["profile"]))
        topics = {
            each["slot"]: self.topics.add(
                each["name"],
                promise=each["promise"],
                target_share=each["share"],
                keywords=tuple(each["keywords"]),
                slot=each["slot"],
            ).id
            for each in data["topic"]
        }
        for network in ("linkedin", "x"):
            self.accounts.add(self._account(network))
        self._write_year(data["published"], topics)
        self.set_time(self.now)
        for number, each in enumerate(data["draft"]):
            self.set_time(self.now - timedelta(hours=1 + 9 * number))
            self._write_draft(each, topics[each["topic"]])
        self.set_time(self.now)
        made = self.drafting.create(
            title="What a registry can tell you that a trial cannot",
            text=must_fix,
            topic_id=topics["rwe"],
            channels=("linkedin", "x"),
        )
        self.drafting.keep_version(made.id, "named", "First version")
        return Written(len(topics), len(self.drafting.list()), len(self.outbox.list()))

    def set_time(self, at: datetime) -> None:
        """Move the sample's clock."""
        self.clock.advance(at - self.clock.now())

    def _write_year(self, posts: list[dict[str, Any]], topics: dict[str, str]) -> None:
        """One post a week for a year, oldest first, on the two networks in turn."""
        weeks = 52
        for week in range(weeks):
            post = posts[(weeks - 1 - week) % len(posts)]
            due_at = self.now - (weeks - week) * WEEK + timedelta(hours=week % 5)
            self.set_time(due_at - timedelta(days=1))
            text = post["text"] if week >= weeks - len(posts) else f"{post['text']} (Note {week + 1})"
            draft = self.drafting.create(
                title=post["title"],
                text=text,
                topic_id=topics[post["topic"]],
                channels=("linkedin" if week % 2 else "x",),
            )
            self.publish(self.plan(draft, due_at))

    def _write_draft(self, each: dict[str, Any], topic_id: str) -> None:
        state = each["state"]
        draft = self.drafting.create(
            title=each["title"],
            text=each["text"].strip(),
            topic_id=topic_id,
            channels=tuple(each["channels"]),
            is_idea=state == "idea",
        )
        if state == "idea":
            return
        if state == "ready":
            self._make_clearable(draft)
            return
        writer = _STATES[state]
        writer(self, draft)

    def _make_clearable(self, draft: Draft) -> tuple[str, ...]:
        """Dismiss open warnings with a reason and answer the boxes this text asks for."""
        standing = self.clearing.standing(draft.id)
        for rule in sorted({left.code for left in standing.left if left.kind == "warning"}):
            self.clearing.dismiss_rule(draft.id, rule, REASON, PERSON, None)
        standing = self.clearing.standing(draft.id)
        return tuple(left.code for left in standing.left if left.kind == "tick")

    def plan(self, draft: Draft, due_at: datetime, by_hand: bool = False) -> tuple[Delivery, ...]:
        """Clear and plan all channels of `draft` for `due_at` (UTC)."""
        ticks = self._make_clearable(draft)
        zone = self.identity.get().zone
        return self.queueing.schedule(
            draft.id, utc_to_wall(due_at, zone), zone, PERSON, ticks=ticks, by_hand=by_hand
        )

    def plan_ahead(self, draft: Draft, days: int = 2) -> tuple[Delivery, ...]:
        """Plan it some days from now."""
        return self.plan(draft, self.now + timedelta(days=days, hours=len(draft.title) % 7))

    def publish(self, deliveries: tuple[Delivery, ...], count: int | None = None) -> None:
        """Publish the first `count` parts of each, all when None, at their own time."""
        for delivery in deliveries:
            self.set_time(delivery.due_at)
            for part in delivery.parts[:count]:
                self.end_try(part, PartState.PUBLISHED, delivery)

    def end_try(self, part: Part, state: PartState, delivery: Delivery, reason: str = "") -> None:
        """One try that ended in `state`, written as the agent writes it."""
        now = self.clock.now()
        fence = self.outbox.acquire_lease("sample", now, 60, is_forced=True)
        assert fence is not None
        self.outbox.move_part(part.id, PartState.PLANNED, PartState.DUE, fence=fence)
        number = self.outbox.begin_attempt(part.id, fence, "0" * 64, now)
        assert number is not None
        is_live = state is PartState.PUBLISHED
        remote_id = f"urn:li:share:{7_000_000 + part.position}" if delivery.channel == "linkedin" else "1900"
        self.outbox.move_part(
            part.id,
            PartState.SENDING,
            state,
            fence=fence,
            reason=reason,
            retry_at=now + timedelta(minutes=5) if state is PartState.WAITING else None,
            remote_id=remote_id if is_live else "",
            remote_url=f"{self.base_url}/post/{delivery.id}/{part.position}" if is_live else "",
            published_at=now if is_live else None,
        )
        self.outbox.end_attempt(part.id, number, str(state), reason, now)
        self.outbox.release_lease("sample", fence)
        facts: dict[str, object] = {"channel": delivery.channel, "part": part.position + 1}
        self.queueing.records.append(str(state), "agent", delivery.draft_id, delivery.id, facts, now)

    def _account(self, network: str) -> Account:
        return Account(
            id=new_id("a"),
            network=network,
            route="oauth",
            display_name=PERSON,
            handle="jordansample" if network == "x" else "",
            member_id=f"practice-{network}",
            client_id=f"practice-{network}",
            base_url=self.base_url,
            scopes=(),
            state="connected",
            state_reason="",
            expires_at=self.now + timedelta(days=39) if network == "linkedin" else None,
            connected_at=self.now - timedelta(days=21),
        )


def _planned(writer: SampleWriter, draft: Draft) -> None:
    writer.plan_ahead(draft)


def _ends_as(state: PartState, reason: str) -> Callable[[SampleWriter, Draft], None]:
    """A delivery of an hour ago whose one try ended so."""

    def write(writer: SampleWriter, draft: Draft) -> None:
        writer.set_time(writer.now - timedelta(hours=2))
        deliveries = writer.plan(draft, writer.now - timedelta(hours=1))
        writer.set_time(writer.now - timedelta(minutes=50))
        for delivery in deliveries:
            writer.end_try(delivery.parts[0], state, delivery, reason)
        writer.set_time(writer.now)

    return write


def _missed(writer: SampleWriter, draft: Draft) -> None:
    writer.set_time(writer.now - timedelta(hours=9))
    for delivery in writer.plan(draft, writer.now - timedelta(hours=8)):
        for part in delivery.parts:
            writer.outbox.move_part(part.id, PartState.PLANNED, PartState.MISSED, reason="too_late")
    writer.set_time(writer.now)


def _handed_over(writer: SampleWriter, draft: Draft) -> None:
    writer.set_time(writer.now - timedelta(hours=1))
    for delivery in writer.plan(draft, writer.now - timedelta(minutes=10), by_hand=True):
        for part in delivery.parts:
            writer.outbox.move_part(part.id, PartState.PLANNED, PartState.DUE)
            writer.outbox.move_part(part.id, PartState.DUE, PartState.HANDED_OVER, reason="by_hand")
    writer.set_time(writer.now)


def _partly(writer: SampleWriter, draft: Draft) -> None:
    writer.set_time(writer.now - timedelta(hours=2))
    for delivery in writer.plan(draft, writer.now - timedelta(hours=1)):
        writer.publish((delivery,), 1)
        for part in delivery.parts[1:]:
            writer.outbox.move_part(part.id, PartState.PLANNED, PartState.HELD, reason="credits_gone")
    writer.set_time(writer.now)


def _cancelled(writer: SampleWriter, draft: Draft) -> None:
    for delivery in writer.plan_ahead(draft):
        writer.queueing.cancel(delivery.id, PERSON)


def _changed(writer: SampleWriter, draft: Draft) -> None:
    writer.plan_ahead(draft, 3)
    writer.drafting.save(draft.id, draft.revision, text=draft.text + " Have you?")


def _paused(writer: SampleWriter, draft: Draft) -> None:
    for delivery in writer.plan_ahead(draft, 4):
        writer.queueing.set_paused(delivery.id, True, PERSON)


_STATES: dict[str, Callable[[SampleWriter, Draft], None]] = {
    "planned": _planned,
    "held": _ends_as(PartState.HELD, "sign_in"),
    "unconfirmed": _ends_as(PartState.UNCONFIRMED, "timeout"),
    "refused": _ends_as(PartState.REFUSED, "already_posted"),
    "waiting": _ends_as(PartState.WAITING, "rate_limited"),
    "missed": _missed,
    "handed_over": _handed_over,
    "partly": _partly,
    "cancelled": _cancelled,
    "changed": _changed,
    "paused": _paused,
}


def profile_of(data: dict[str, Any]) -> Profile:
    """The sample person's profile."""
    return Profile(
        name=data["name"],
        role=data["role"],
        employer=data["employer"],
        disclosure=data["disclosure"],
        regions=tuple(data["regions"]),
        zone=data["zone"],
    )
