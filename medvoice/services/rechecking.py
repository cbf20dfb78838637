"""The archive looked at again when the rules changed: what newly fires, what waits is held or bound anew.

What is published cannot be taken back here; it is listed, so that the person may. What is scheduled and has a
new block or warning is held; the rest is bound to the new rules with a record, so that it goes out on time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from medvoice.domain.clearance import Clearance, clearance_hash, digest
from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft
from medvoice.domain.finding import Document, Finding, Level
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery, PartState
from medvoice.domain.profile import Profile
from medvoice.domain.record import Record
from medvoice.services.clearing import Clearing
from medvoice.store.codec import load
from medvoice.store.connection import Workspace, transaction
from medvoice.store.setting import SettingStore

SEEN_KEY = "recheck.rules"
RULES_CHANGED, NEW_FINDING = "rules_changed", "new_finding"
_WAITING = (PartState.PLANNED, PartState.DUE, PartState.WAITING)
_LIVE = (PartState.PUBLISHED,)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Newly:
    """A delivery and the blocks and warnings that the rules of its clearing did not have."""

    delivery: Delivery
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came of it. `published` newly fire; `held` were scheduled and now wait for the person; `rebound`
    were scheduled and go out as planned. `is_whole` is False when it was stopped on the way. `at` is when it
    was written down, UTC, None for a round that was not read back."""

    checked: int
    published: tuple[Newly, ...]
    held: tuple[Newly, ...]
    rebound: tuple[str, ...]
    is_whole: bool
    at: datetime | None = None


@dataclass(slots=True)
class Round:
    """A look at the archive under way: the ids of what waits and of what is out, and what came so far.
    `is_first`: nobody looked before, so that it is not said that the rules changed."""

    waiting: tuple[str, ...]
    live: tuple[str, ...]
    is_first: bool = False
    done: int = 0
    published: list[Newly] = field(default_factory=list[Newly])
    held: list[Newly] = field(default_factory=list[Newly])
    rebound: list[str] = field(default_factory=list[str])

    @property
    def ids(self) -> tuple[str, ...]:
        """In the order they are looked at: what waits first."""
        return (*self.waiting, *self.live)

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.live)

    def result(self, *, is_whole: bool = True) -> Recheck:
        """What came of it so far."""
        return Recheck(self.done, tuple(self.published), tuple(self.held), tuple(self.rebound), is_whole)


class Rechecking:
    """Over one connection; work lane only, never the window's thread: it checks every post there is."""

    def __init__(self, db: Workspace, clock: Clock, clearing: Clearing) -> None:
        self.db = db
        self.clock = clock
        self.clearing = clearing
        self.settings = SettingStore(db)

    @property
    def rules_hash(self) -> str:
        """Of all packs that were read."""
        packs = self.clearing.checking.rulebook.ruleset.packs
        return digest([[pack.id, pack.meta.version, pack.sha256] for pack in packs])

    def is_due(self) -> bool:
        """Whether the rules changed since the archive was last looked at. A workspace that never was, and has
        nothing out or waiting, is not due."""
        seen = self.settings.get(SEEN_KEY)
        if seen == self.rules_hash:
            return False
        return bool(seen) or bool(self.clearing.outbox.list(limit=1))

    def found_mark(self) -> int:
        """The number of the record of what the rules of today found when the archive was looked at under
        them, 0 when they found nothing."""
        record = self._last_record()
        return record.number if record is not None else 0

    def begin(self) -> "Round":
        """A round over every scheduled and published post, to be gone through by `step`. Raises
        StorageError."""
        outbox = self.clearing.outbox
        return Round(outbox.ids(_WAITING), outbox.ids(_LIVE), is_first=not self.settings.get(SEEN_KEY))

    def step(self, round_: "Round", by: str, count: int) -> bool:
        """Look at the next `count` posts of a round; False when it was the last step, and the round is
        written down. Each delivery is a transaction of its own, so that stopping between two steps loses
        nothing. Raises StorageError."""
        profile = self.clearing.identity.get()
        for delivery_id in round_.ids[round_.done : round_.done + count]:
            self._look(round_, self.clearing.outbox.get(delivery_id), profile, by)
            round_.done += 1
        if round_.done < round_.total:
            return True
        self._finish(by, round_.published, round_.held, round_.rebound)
        return False

    def _look(self, round_: "Round", delivery: Delivery, profile: Profile, by: str) -> None:
        """What waits may have been edited, moved or sent since the round began: the present is looked at."""
        if round_.done < len(round_.waiting):
            if not any(part.state in _WAITING for part in delivery.parts):
                return
            outcome = self._waiting(delivery, profile, by)
            if outcome is True:
                round_.rebound.append(delivery.id)
            elif isinstance(outcome, Newly):
                round_.held.append(outcome)
        elif (newly := self._published(delivery, profile)).findings:
            round_.published.append(newly)

    def run(
        self,
        by: str,
        on_progress: Progress | None = None,
        is_stopped: Callable[[], bool] | None = None,
    ) -> Recheck:
        """A whole round in one go; `on_progress` hears (done, all). Raises StorageError."""
        round_ = self.begin()
        is_more = round_.total > 0 or self.step(round_, by, 0)
        while is_more:
            if is_stopped is not None and is_stopped():
                return round_.result(is_whole=False)
            is_more = self.step(round_, by, 1)
            if on_progress is not None:
                on_progress(round_.done, round_.total)
        return round_.result()

    def last(self) -> Recheck | None:
        """What the rules of today found and what still stands of it: what was held and is not freed yet, and
        what is published. None when they found nothing. Raises StorageError."""
        record = self._last_record()
        if record is None:
            return None
        facts, profile = load(record.facts), self.clearing.identity.get()
        held = [self.clearing.outbox.get(str(each)) for each in facts["held"]]
        still = [each for each in held if any(part.state is PartState.HELD for part in each.parts)]
        published = [self.clearing.outbox.get(str(each)) for each, _rules in facts["published"]]
        return Recheck(
            0,
            tuple(self._published(each, profile) for each in published),
            tuple(Newly(each, self._new_in(each, profile)) for each in still),
            tuple(str(each) for each in facts["rebound"]),
            is_whole=True,
            at=record.at,
        )

    def _last_record(self) -> Record | None:
        for record in self.clearing.records.list(kind="rechecked", limit=1):
            facts = load(record.facts)
            if facts["rules"] == self.rules_hash and (facts["held"] or facts["published"]):
                return record
        return None

    def _finish(self, by: str, published: list[Newly], held: list[Newly], rebound: list[str]) -> None:
        with transaction(self.db):
            if published or held or rebound:
                facts: dict[str, object] = {
                    "rules": self.rules_hash,
                    "published": [
                        [newly.delivery.id, sorted({one.rule for one in newly.findings})]
                        for newly in published
                    ],
                    "held": [newly.delivery.id for newly in held],
                    "rebound": rebound,
                }
                self.clearing.records.append("rechecked", by, "", "", facts, self.clock.now())
            self.settings.save(SEEN_KEY, self.rules_hash)

    # Scheduled

    def _waiting(self, delivery: Delivery, profile: Profile, by: str) -> Newly | bool:
        """True: bound anew. Newly: held. False: nothing to do, or the gate's own business."""
        with transaction(self.db):
            draft = self.clearing.drafts.get(delivery.draft_id)
            clearance = self.clearing.store.get(delivery.clearance_id)
            problem = self.clearing.gate(delivery, draft, clearance, profile)
            if problem is None or problem.code != RULES_CHANGED:
                return False
            anew = self._anew(draft, clearance, profile)
            planned = replace(delivery, clearance_id=anew.id, clearance_hash=anew.hash)
            problem = self.clearing.gate(planned, draft, anew, profile)
            if problem is None and self._bind(delivery, anew):
                facts: dict[str, object] = {
                    "clearance": anew.id,
                    "before": clearance.id,
                    "packs": [list(pack) for pack in anew.packs],
                }
                self.clearing.records.append("rebound", by, draft.id, delivery.id, facts, anew.at)
                return True
            return self._hold(delivery, draft, profile, by, problem.code if problem else NEW_FINDING)

    def _anew(self, draft: Draft, clearance: Clearance, profile: Profile) -> Clearance:
        """The same clearing under the rules of today: same words, ticks and reasons."""
        regions = draft.regions or profile.regions
        packs = tuple(
            (ref.id, ref.version, ref.sha256) for ref in self.clearing.checking.packs_in_force(regions)
        )
        bound = clearance_hash(clearance.content_hash, packs, clearance.ticks, clearance.dismissals)
        return replace(clearance, id=new_id("c"), packs=packs, hash=bound, at=self.clock.now())

    def _bind(self, delivery: Delivery, anew: Clearance) -> bool:
        """Point the delivery to the new clearance, unless it changed or began to go out meanwhile."""
        self.clearing.store.add(anew)
        return self.clearing.outbox.bind(delivery.id, delivery.clearance_id, anew.id, anew.hash)

    def _hold(self, delivery: Delivery, draft: Draft, profile: Profile, by: str, reason: str) -> Newly:
        for part in delivery.parts:
            if part.state in _WAITING:
                self.clearing.outbox.move_part(
                    part.id, part.state, PartState.HELD, reason=reason, retry_at=None
                )
        new = self._new_in(delivery, profile)
        facts: dict[str, object] = {"reason": reason, "rules": sorted({one.rule for one in new})}
        self.clearing.records.append("held", by, draft.id, delivery.id, facts, self.clock.now())
        return Newly(delivery, new)

    def _new_in(self, delivery: Delivery, profile: Profile) -> tuple[Finding, ...]:
        """The open blocks and warnings of the draft as it stands that the record of the clearing has not."""
        draft = self.clearing.drafts.get(delivery.draft_id)
        clearance = self.clearing.store.get(delivery.clearance_id)
        document = self.clearing.checking.document_for(draft, delivery.channel, profile)
        answered = {(rule, quote) for rule, quote, _ in clearance.dismissals}
        before = self._told(delivery)
        return tuple(
            one
            for one in self.clearing.checking.check_document(document).findings
            if one.level is not Level.ADVISE
            and (one.rule, one.quote) not in answered
            and (one.rule, str(one.level)) not in before
        )

    # Published

    def _published(self, delivery: Delivery, profile: Profile) -> Newly:
        """The blocks and warnings on the words as they went out that the record of the clearing has not. A
        thread is read as a whole: that its last post waits does not make the first one a new finding."""
        text, spans, sent = "", list[tuple[int, int]](), list[tuple[int, int]]()
        for part in delivery.parts:
            text += "\n\n" if text else ""
            spans.append((len(text), len(text) + len(part.text)))
            text += part.text
            if part.state is PartState.PUBLISHED:
                sent.append(spans[-1])
        draft = self.clearing.drafts.get(delivery.draft_id)
        document: Document = replace(
            self.clearing.checking.document_for(draft, delivery.channel, profile),
            text=text,
            parts=tuple(spans) if len(spans) > 1 else (),
        )
        before = self._told(delivery)
        result = self.clearing.checking.check_document(document)
        return Newly(
            delivery,
            tuple(
                one
                for one in result.findings
                if one.level is not Level.ADVISE
                and (one.rule, str(one.level)) not in before
                and any(one.start <= end and one.end >= start for start, end in sent)
            ),
        )

    def _told(self, delivery: Delivery) -> set[tuple[str, str]]:
        """The rules and levels that the record of the clearing names; none when there is no record."""
        clearance = self.clearing.store.get(delivery.clearance_id)
        found: set[tuple[str, str]] = set()
        for record in self.clearing.records.list(draft_id=delivery.draft_id, kind="cleared"):
            facts = load(record.facts)
            is_same = facts.get("content_hash") == clearance.content_hash  # bound anew it has another id
            if facts.get("channel") == delivery.channel and is_same:
                found |= {(str(one[0]), str(one[1])) for one in facts.get("findings", [])}
        return found
