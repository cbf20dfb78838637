"""Real workspace files and plain values to put into them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medvoice.domain.account import Account
from medvoice.domain.clearance import Clearance, Content, clearance_hash
from medvoice.domain.clock import FixedClock
from medvoice.domain.draft import Draft, Variant
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery, Part, PartState
from medvoice.services.checking import Checking, Rulebook
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import Workspace, open_workspace
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore

START = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "workspace.sqlite"


@pytest.fixture
def connect(path: Path, clock: FixedClock) -> Iterator[Callable[[], Workspace]]:
    """Opens one more connection to the same file; all are closed at the end."""
    opened: list[Workspace] = []

    def make() -> Workspace:
        opened.append(open_workspace(path, clock=clock))
        return opened[-1]

    yield make
    for db in opened:
        db.close()


@pytest.fixture
def db(connect: Callable[[], Workspace]) -> Workspace:
    return connect()


def a_draft(**changes: object) -> Draft:
    draft = Draft(
        id=new_id("d"),
        title="A title",
        text="Hello",
        topic_id=None,
        audience="",
        regions=("US", "EU", "UK"),
        variants=(Variant("linkedin"), Variant("x", is_on=False)),
        revision=1,
        is_idea=False,
        planned_wall="",
        planned_zone="",
        created_at=START,
        updated_at=START,
    )
    return replace(draft, **changes)


def an_account(**changes: object) -> Account:
    account = Account(
        id=new_id("a"),
        network="linkedin",
        route="oauth",
        display_name="Jordan Sample",
        handle="jordan",
        member_id="m-1",
        client_id="client",
        base_url="http://127.0.0.1:1",
        scopes=("openid", "w_member_social"),
        state="connected",
        state_reason="",
        expires_at=START,
        connected_at=START,
    )
    return replace(account, **changes)


def a_clearance(draft: Draft, channel: str = "linkedin", **changes: object) -> Clearance:
    content = Content(channel, (draft.text,), draft.regions)
    packs = (("core", "2026.11", "00" * 32),)
    clearance = Clearance(
        id=new_id("c"),
        draft_id=draft.id,
        draft_revision=draft.revision,
        channel=channel,
        content_hash=content.hash,
        packs=packs,
        ticks=("C01", "C02"),
        dismissals=(("R-1", "safe", "it is about travel"),),
        by="Jordan Sample",
        at=START,
        hash=clearance_hash(content.hash, packs, ("C01", "C02"), (("R-1", "safe", "it is about travel"),)),
    )
    return replace(clearance, **changes)


def a_part(
    delivery_id: str, position: int = 0, state: PartState = PartState.PLANNED, **changes: object
) -> Part:
    part = Part(
        id=new_id("p"),
        delivery_id=delivery_id,
        position=position,
        text=f"Part {position}",
        state=state,
        reason="",
        attempts=0,
        body_sha256="",
        retry_at=None,
        first_sent_at=None,
        published_at=None,
        remote_id="",
        remote_url="",
        fence=0,
    )
    return replace(part, **changes)


def plan(
    db: Workspace,
    *states: PartState,
    draft: Draft | None = None,
    due_at: datetime = START,
    part_changes: dict[str, object] | None = None,
    **changes: object,
) -> Delivery:
    """A delivery with one part for each state, kept with all that it rests on."""
    if draft is None:
        draft = a_draft()
        DraftStore(db).add(draft)
    account = an_account()
    AccountStore(db).add(account)
    clearance = a_clearance(draft)
    ClearanceStore(db).add(clearance)
    delivery_id = new_id("y")
    delivery = Delivery(
        id=delivery_id,
        draft_id=draft.id,
        draft_revision=draft.revision,
        title=draft.title,
        channel="linkedin",
        account_id=account.id,
        route="oauth",
        clearance_id=clearance.id,
        clearance_hash=clearance.hash,
        due_at=due_at,
        wall="2026-12-01 08:00",
        zone="Europe/Berlin",
        is_paused=False,
        is_late_allowed=False,
        created_at=START,
        parts=tuple(
            a_part(delivery_id, position, state, **(part_changes or {}))
            for position, state in enumerate(states or (PartState.PLANNED,))
        ),
    )
    delivery = replace(delivery, **changes)
    OutboxStore(db).add(delivery)
    return delivery


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    from .tiny_rules import rulebook

    return rulebook()


@pytest.fixture
def drafting(db, clock) -> Drafting:
    return Drafting(db, clock)


@pytest.fixture
def clearing(db, clock, rules) -> Clearing:
    return Clearing(db, Checking(rules, clock), clock)


@pytest.fixture
def write(drafting):
    """A draft with that text; the id is enough for all else."""

    def make(text: str, **options) -> str:
        return drafting.create(text=text, **options).id

    return make
