"""A publisher over a real workspace file, with a network that answers from a script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.domain.account import Account, Tokens
from medvoice.domain.clearance import Clearance, Content, clearance_hash
from medvoice.domain.clock import FixedClock
from medvoice.domain.draft import Draft, Variant, channel_text
from medvoice.domain.errors import MedVoiceError
from medvoice.domain.outbox import Delivery, Part
from medvoice.domain.outcome import Absent, Outcome, Published, Sighting
from medvoice.services.ports import Prepared
from medvoice.services.publishing import PassReport, Publishing
from medvoice.services.queueing import planned_part
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import Workspace, open_workspace
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore

START = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Problem:
    code: str
    detail: str = ""


class ScriptedGate:
    """Stands in for the clearing service: the test decides what the gate says."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self.parts: tuple[str, ...] | None = None

    def refuse(self, code: str) -> None:
        self.problem = Problem(code)

    def gate(self, delivery: Delivery, draft: Draft, clearance: object, profile: object) -> Problem | None:
        return self.problem

    def content_of(self, draft: Draft, channel: str) -> Content:
        parts = self.parts or tuple(channel_text(draft, channel).split("\n---\n"))
        return Content(channel, parts, draft.regions)


@dataclass
class ScriptedNetwork:
    """Answers each send with the next outcome; keeps what arrived."""

    network: str = "x"
    outcomes: list[Outcome | Exception] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    before_answer: Callable[[], None] = lambda: None
    suffix: str = ""
    prepare_problem: MedVoiceError | None = None
    time: datetime | None = None

    def prepare(self, account: Account, delivery: Delivery, part: Part, reply_to: str) -> Prepared:
        if self.prepare_problem:
            raise self.prepare_problem
        self.parents.append(reply_to)
        return Prepared((part.text + self.suffix).encode())

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        self.sent.append(prepared.body)
        self.before_answer()
        outcome = self.outcomes.pop(0) if self.outcomes else Published(f"9{len(self.sent)}", "https://x/1")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def time_of(self, account: Account) -> datetime | None:
        return self.time

    def look(self, account: Account, tokens: Tokens, part: Part, reply_to: str, since: datetime) -> Sighting:
        return self.sightings.pop(0) if self.sightings else Absent()


class ScriptedSignIns:
    def __init__(self) -> None:
        self.problem: MedVoiceError | None = None
        self.forgotten: list[str] = []

    def tokens(self, account: Account) -> Tokens:
        if self.problem:
            raise self.problem
        return Tokens("secret", "", None)

    def forget(self, account: Account, reason: str) -> None:
        self.forgotten.append(account.id)


class Told:
    def __init__(self) -> None:
        self.titles: list[str] = []

    def tell(self, title: str, body: str) -> None:
        self.titles.append(title)


def a_draft(draft_id: str, text: str, channel: str) -> Draft:
    return Draft(
        id=draft_id,
        title="A title",
        text=text,
        topic_id=None,
        audience="",
        regions=("EU",),
        variants=(Variant(channel),),
        revision=1,
        is_idea=False,
        planned_wall="",
        planned_zone="",
        created_at=START,
        updated_at=START,
    )


def an_account(account_id: str, network: str, route: str, state: str) -> Account:
    return Account(
        id=account_id,
        network=network,
        route="oauth" if route == "oauth" else "by_hand",
        display_name="Jordan Sample",
        handle="",
        member_id="1",
        client_id="",
        base_url="http://127.0.0.1:1",
        scopes=(),
        state=state,  # pyright: ignore[reportArgumentType]
        state_reason="",
        expires_at=None,
        connected_at=START,
    )


def a_clearance(clearance_id: str, draft: Draft, content: Content) -> Clearance:
    return Clearance(
        id=clearance_id,
        draft_id=draft.id,
        draft_revision=1,
        channel=content.channel,
        content_hash=content.hash,
        packs=(),
        ticks=(),
        dismissals=(),
        by="Jordan Sample",
        at=START,
        hash=clearance_hash(content.hash, (), (), ()),
    )


class Rig:
    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(START)
        self.path = folder / "medvoice.sqlite3"
        self.db: Workspace = open_workspace(self.path, clock=self.clock)
        self.outbox = OutboxStore(self.db)
        self.gate = ScriptedGate()
        self.network = ScriptedNetwork()
        self.sign_ins = ScriptedSignIns()
        self.told = Told()
        self.beats = 0
        self.publishing = Publishing(
            self.db,
            self.clock,
            self.gate,  # pyright: ignore[reportArgumentType]
            lambda network, route: self.network,
            self.sign_ins,
            self.told,
            self._beat,
        )
        fence = self.outbox.acquire_lease("rig", self.clock.now(), 120)
        assert fence is not None
        self.fence = fence

    def _beat(self) -> None:
        self.beats += 1

    def run(self) -> PassReport:
        return self.publishing.run_pass(self.fence)

    def wait(self, **by: float) -> None:
        self.clock.advance(timedelta(**by))

    def plan(
        self,
        text: str = "Hello",
        channel: str = "x",
        route: str = "oauth",
        due_at: datetime = START,
        state: str = "connected",
    ) -> Delivery:
        """A cleared draft, planned; `\\n---\\n` splits parts."""
        self.network.network = channel
        suffix = str(len(self.outbox.list()))
        draft = a_draft(f"d_{suffix}", text, channel)
        DraftStore(self.db).add(draft)
        account = an_account(f"a_{suffix}", channel, route, state)
        AccountStore(self.db).add(account)
        content = self.gate.content_of(draft, channel)
        clearance = a_clearance(f"c_{suffix}", draft, content)
        ClearanceStore(self.db).add(clearance)
        delivery_id = f"y_{suffix}"
        delivery = Delivery(
            id=delivery_id,
            draft_id=draft.id,
            draft_revision=1,
            title="A title",
            channel=channel,
            account_id=account.id,
            route=account.route,
            clearance_id=clearance.id,
            clearance_hash=clearance.hash,
            due_at=due_at,
            wall="2026-12-01 08:00",
            zone="Europe/Berlin",
            is_paused=False,
            is_late_allowed=False,
            created_at=START,
            parts=tuple(planned_part(delivery_id, at, part) for at, part in enumerate(content.parts)),
        )
        self.outbox.add(delivery)
        return self.outbox.get(delivery_id)

    def states(self, delivery: Delivery) -> list[str]:
        return [str(part.state) for part in self.outbox.get(delivery.id).parts]

    def reasons(self, delivery: Delivery) -> list[str]:
        return [part.reason for part in self.outbox.get(delivery.id).parts]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.db.close()
