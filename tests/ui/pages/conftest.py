"""Pages over a real workspace file: real stores and services, a clearing whose answer the test decides."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from medvoice.bootstrap import rule_sources
from medvoice.domain.account import Account
from medvoice.domain.clearance import Clearance, Content, clearance_hash
from medvoice.domain.clock import FixedClock, utc_to_wall
from medvoice.domain.draft import Draft, channel_text
from medvoice.domain.errors import FindingsBlock
from medvoice.domain.outbox import Delivery, PartState
from medvoice.domain.profile import Profile
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import SessionVault
from medvoice.platforms.by_hand.publisher import read_link
from medvoice.platforms.http import Http, Timeouts
from medvoice.platforms.oauth.flow import flows
from medvoice.platforms.oauth.receiver import LoopbackReceiver
from medvoice.platforms.sources.caldav import CalDav
from medvoice.platforms.sources.feeds import FeedSource
from medvoice.services.calendar_publishing import CalendarPublishing
from medvoice.services.checking import Checking, Rulebook
from medvoice.services.clashes import Clashes
from medvoice.services.congresses import Congresses
from medvoice.services.connecting import Connecting
from medvoice.services.drafting import Drafting
from medvoice.services.evergreen import Evergreens
from medvoice.services.feeds import Feeds
from medvoice.services.ideas import Ideas
from medvoice.services.identity import Identity
from medvoice.services.planning import Planning
from medvoice.services.prompts import Prompts
from medvoice.services.queueing import Queueing
from medvoice.services.records import Records
from medvoice.services.topic_progress import TopicProgress
from medvoice.services.topics import Topics
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import Workspace, open_workspace
from medvoice.ui.bridge import Bridge
from medvoice.ui.tasks import InlineRunner
from medvoice.ui.theme import Mode, Theme

RESOURCES = Path(__file__).parents[3] / "resources"
NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
SPLIT = "\n---\n"


class Lanes(InlineRunner):
    """The kit's inline runner; keeps the lanes asked for, and holds back those named in `holding`."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes: list[str] = []
        self.holding: set[str] = set()
        self.waiting: list[Callable[[], None]] = []

    def run(self, lane: Any, fn: Callable[[], Any], **how: Any) -> None:
        self.lanes.append(lane)
        if lane in self.holding:
            self.waiting.append(lambda: InlineRunner.run(self, lane, fn, **how))
        else:
            super().run(lane, fn, **how)

    def let_go(self) -> None:
        """Run the oldest job that is held back."""
        self.waiting.pop(0)()


class ScriptedClearing:
    """Clears everything unless told otherwise; what it clears is real in the store."""

    def __init__(self, db: Workspace, clock: FixedClock) -> None:
        self.store = ClearanceStore(db)
        self.clock = clock
        self.db = db
        self.blocks = False

    def content_of(self, draft: Draft, channel: str) -> Content:
        return Content(channel, tuple(channel_text(draft, channel).split(SPLIT)), draft.regions)

    def still_holds(self, clearance: Clearance, draft: Draft) -> bool:
        is_same = clearance.content_hash == self.content_of(draft, clearance.channel).hash
        return clearance.voided_at is None and is_same

    def remember(self, draft_id: str) -> None:
        """Nothing is looked for here, so nothing is noted."""

    def clear(self, draft_id: str, by: str, ticks: tuple[str, ...] = ()) -> tuple[Clearance, ...]:
        if self.blocks:
            raise FindingsBlock("not_clear", left=())
        draft = Drafting(self.db, self.clock).get(draft_id)
        return tuple(self._clear(draft, channel, by) for channel in draft.channels_on)

    def _clear(self, draft: Draft, channel: str, by: str) -> Clearance:
        content = self.content_of(draft, channel)
        packs = (("core", "1.0", "a" * 64), ("eu", "1.0", "b" * 64))
        made = Clearance(
            id=f"c_{draft.id}_{channel}_{draft.revision}",
            draft_id=draft.id,
            draft_revision=draft.revision,
            channel=channel,
            content_hash=content.hash,
            packs=packs,
            ticks=("C01",),
            dismissals=(),
            by=by,
            at=self.clock.now(),
            hash=clearance_hash(content.hash, packs, ("C01",), ()),
        )
        self.store.add(made)
        return made


class RigDesk:
    """A desk over one connection, as bootstrap makes it, but with the scripted clearing."""

    is_session_only = False

    def __init__(self, rig: "Rig", path: Path, clock: FixedClock) -> None:
        self.rig = rig
        self.db = open_workspace(path, clock=clock)
        self.clock = clock
        self.identity = Identity(self.db)
        self.drafting = Drafting(self.db, clock)
        self.topics = Topics(self.db, clock)
        self.clearing = ScriptedClearing(self.db, clock)
        self.queueing = Queueing(self.db, clock, self.clearing, read_link)  # pyright: ignore[reportArgumentType]
        self.records = Records(self.db)
        self.accounts = AccountStore(self.db)
        self.is_closed = False

    @cached_property
    def planning(self) -> Planning:
        return Planning(self.db, self.clock, self.queueing)

    @cached_property
    def congresses(self) -> Congresses:
        return Congresses(self.db, self.clock)

    @cached_property
    def clashes(self) -> Clashes:
        return Clashes(self.db, self.clock)

    @cached_property
    def topic_progress(self) -> TopicProgress:
        return TopicProgress(self.db, self.clock)

    @cached_property
    def ideas(self) -> Ideas:
        return Ideas(self.db, self.clock)

    @cached_property
    def prompts(self) -> Prompts:
        return Prompts(self.db, self.clock)

    @cached_property
    def evergreens(self) -> Evergreens:
        return Evergreens(self.db, self.clock)

    @cached_property
    def feeds(self) -> Feeds:
        return Feeds(self.db, self.clock, FeedSource())

    @cached_property
    def calendar_publishing(self) -> CalendarPublishing:
        locks = FileLocks(self.rig.path.parent / "locks", 5)
        return CalendarPublishing(self.db, self.clock, self.planning, self.rig.vault, CalDav(), locks)

    @cached_property
    def checking(self) -> Checking:
        return Checking(self.rig.rulebook, self.clock)

    @cached_property
    def connecting(self) -> Connecting:
        quick = flows(Http(Timeouts(connect_s=2, read_s=1, answer_s=2)))
        locks = FileLocks(self.rig.path.parent / "locks", 5)
        return Connecting(self.db, self.rig.vault, self.clock, quick, LoopbackReceiver, locks)

    def close(self) -> None:
        self.is_closed = True
        self.db.close()


class Rig:
    """A workspace with its desk and bridge, and deliveries in any state."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(NOW)
        self.path = folder / "medvoice.sqlite3"
        self.desks: list[RigDesk] = []
        self.vault: Any = SessionVault()
        self.problems: list[BaseException] = []
        self.runner = Lanes()
        self.bridge = Bridge(self.runner, self.open_desk, self.problems.append)
        self.desk = self.open_desk()
        self.desk.identity.save(Profile(name="Jordan Sample", zone=ZONE, linkedin_route="oauth"))
        self.topic = self.desk.topics.add("Real-world evidence", slot="rwe")
        self.outbox = self.desk.queueing.outbox

    @cached_property
    def rulebook(self) -> Rulebook:
        return Rulebook.from_sources(self.rule_sources)

    @cached_property
    def rule_sources(self) -> dict[str, str]:
        return rule_sources()

    def open_desk(self) -> RigDesk:
        made = RigDesk(self, self.path, self.clock)
        self.desks.append(made)
        return made

    def close(self) -> None:
        self.bridge.close()
        for desk in self.desks:
            if not desk.is_closed:
                desk.close()

    def account(self, network: str = "x", route: str = "oauth", **columns: Any) -> Account:
        values: dict[str, Any] = {
            "id": f"a_{network}_{route}",
            "network": network,
            "route": route,
            "display_name": "Jordan Sample",
            "handle": "jordansample_demo" if network == "x" else "",
            "member_id": "1",
            "client_id": f"practice-{network}",
            "base_url": "http://127.0.0.1:8799" if route == "oauth" else "",
            "scopes": (),
            "state": "connected",
            "state_reason": "",
            "expires_at": None,
            "connected_at": NOW - timedelta(days=21),
        }
        made = Account(**(values | columns))
        self.desk.accounts.add(made)
        return made

    def plan(
        self,
        title: str = "Small cohorts, big claims",
        channel: str = "x",
        text: str = "A text of its own",
        in_: timedelta = timedelta(hours=2),
        route: str = "oauth",
    ) -> Delivery:
        """Cleared and scheduled; `---` lines make a thread."""
        known = [a for a in self.desk.accounts.list(channel) if a.route == route]
        if not known:
            self.account(channel, route)
        draft = self.desk.drafting.create(
            title=title, text=f"{text} {title}", topic_id=self.topic.id, channels=(channel,)
        )
        wall = utc_to_wall(self.clock.now() + in_, ZONE)
        made = self.desk.queueing.schedule(
            draft.id, wall, ZONE, "Jordan Sample", (channel,), by_hand=route == "by_hand"
        )
        return made[0]

    def get(self, delivery: Delivery) -> Delivery:
        return self.outbox.get(delivery.id)

    def end_as(self, state: PartState, reason: str = "", *, ago_min: int = 60, **plan: Any) -> Delivery:
        """Planned, due `ago_min` minutes ago, tried once, ended so."""
        self.clock.advance(-timedelta(minutes=ago_min + 60))
        delivery = self.plan(in_=timedelta(minutes=60), **plan)
        self.clock.advance(timedelta(minutes=60))
        self.try_part(delivery, 0, state, reason)
        self.clock.advance(timedelta(minutes=ago_min))
        return self.get(delivery)

    def try_part(self, delivery: Delivery, position: int, state: PartState, reason: str = "") -> None:
        """One try, written as the agent writes it."""
        now, part = self.clock.now(), self.get(delivery).parts[position]
        fence = self.outbox.acquire_lease("rig", now, 60, is_forced=True)
        assert fence is not None
        self.outbox.move_part(part.id, part.state, PartState.DUE, fence=fence)
        number = self.outbox.begin_attempt(part.id, fence, "0" * 64, now)
        assert number is not None
        is_live = state is PartState.PUBLISHED
        if state is not PartState.SENDING:
            self.outbox.move_part(
                part.id,
                PartState.SENDING,
                state,
                fence=fence,
                reason=reason,
                retry_at=now + timedelta(minutes=65) if state is PartState.WAITING else None,
                remote_id=f"19{position}" if is_live else "",
                remote_url=f"https://x.com/i/status/19{position}" if is_live else "",
                published_at=now if is_live else None,
            )
            detail = "401 Unauthorized" if reason == "sign_in" else ""
            self.outbox.end_attempt(part.id, number, str(state), detail, now)
        self.outbox.release_lease("rig", fence)
        facts: dict[str, object] = {"part": position + 1, "attempt": number, "reason": reason}
        records = self.desk.queueing.records
        records.append("sending", "agent", delivery.draft_id, delivery.id, facts, now)
        if state is not PartState.SENDING:
            records.append(str(state), "agent", delivery.draft_id, delivery.id, facts, now)

    def hand_over(self, **plan: Any) -> Delivery:
        """A by-hand post whose minute has come."""
        self.clock.advance(-timedelta(minutes=70))
        delivery = self.plan(route="by_hand", in_=timedelta(minutes=60), **plan)
        self.clock.advance(timedelta(minutes=70))
        for part in delivery.parts:
            self.outbox.move_part(part.id, PartState.PLANNED, PartState.DUE)
            self.outbox.move_part(part.id, PartState.DUE, PartState.HANDED_OVER, reason="by_hand")
        return self.get(delivery)

    def miss(self, **plan: Any) -> Delivery:
        """A post whose minute passed while nobody was there."""
        self.clock.advance(-timedelta(hours=9))
        delivery = self.plan(in_=timedelta(hours=1), **plan)
        self.clock.advance(timedelta(hours=9))
        for part in delivery.parts:
            self.outbox.move_part(part.id, PartState.PLANNED, PartState.MISSED, reason="too_late")
        return self.get(delivery)


@pytest.fixture
def rig(tmp_path: Path, qapp: QApplication) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.from_resources(RESOURCES, mode=Mode.LIGHT)
    made.apply_to(qapp)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def kept(qtbot) -> Iterator[list[Any]]:
    """What must outlive the test's own names: a page that nobody holds is freed by the garbage collector,
    possibly while Qt paints it after the test."""
    pages: list[Any] = []
    yield pages
    pages.clear()


Told = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def open_settings(rig: Rig, theme: Theme, qtbot, kept: list[Any]) -> Callable[..., tuple[Any, Told]]:
    """Opens the settings at a sheet; the page, and what it told with the way back."""
    from medvoice.ui.pages.settings import SettingsPage

    def make(sheet: str, height: int = 900) -> tuple[Any, Told]:
        told: Told = []
        page = SettingsPage(
            theme,
            rig.bridge,
            open_browser=lambda _url: False,
            keep_look=lambda _mode, _size: None,
            toast=lambda words, undo: told.append((words, undo)),
        )
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1360, height)
        page.open(sheet)
        page.show()
        return page, told

    return make
