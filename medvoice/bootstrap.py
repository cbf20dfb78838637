"""The composition root: the only module that joins services to infra and platforms.

A Workspace belongs to the thread that opened it; each lane of the window opens its own over the shared,
immutable Rulebook.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from medvoice.domain.account import Account, Route
from medvoice.domain.clock import Clock, ShiftedClock, SystemClock, from_text
from medvoice.domain.errors import PackError, StorageError, UserError
from medvoice.domain.ids import new_id
from medvoice.infra.paths import Paths, find_home, make_paths
from medvoice.infra.resources import resource_path
from medvoice.infra.settings import Settings, load_settings, write_atomic
from medvoice.services.identity import Identity
from medvoice.services.topics import Topics
from medvoice.store.account import AccountStore
from medvoice.store.backup import backup_if_due
from medvoice.store.connection import Workspace as Connection
from medvoice.store.connection import open_workspace as open_database
from medvoice.store.connection import transaction
from medvoice.store.setting import SettingStore

if TYPE_CHECKING:
    # Imported where they are first used: the window lists drafts before the checker is read.
    from medvoice.infra.locks import FileLocks
    from medvoice.services.calendar_publishing import CalendarPublishing
    from medvoice.services.calendars import Calendars
    from medvoice.services.checking import Checking, Rulebook
    from medvoice.services.clashes import Clashes
    from medvoice.services.clearing import Clearing
    from medvoice.services.congresses import Congresses
    from medvoice.services.connecting import Connecting
    from medvoice.services.drafting import Drafting
    from medvoice.services.evergreen import Evergreens
    from medvoice.services.feeds import Feeds
    from medvoice.services.ideas import Ideas
    from medvoice.services.importing import Importing
    from medvoice.services.pausing import Pausing
    from medvoice.services.plan_table import PlanTable
    from medvoice.services.planning import Planning
    from medvoice.services.ports import Publisher, SignIns, Vault
    from medvoice.services.prompts import Prompts
    from medvoice.services.publishing import Publishing
    from medvoice.services.queueing import Queueing
    from medvoice.services.rechecking import Rechecking
    from medvoice.services.records import Records
    from medvoice.services.topic_progress import TopicProgress

CLOCK_VARIABLE = "MEDVOICE_CLOCK"
ID_KEY = "workspace.id"
LAST_GOOD = "last_good"  # below a company's packs: each as it was when it could be read whole


class Workspace:
    """All services over one connection, made on first use so that a start pays only for what it needs."""

    def __init__(self, paths: Paths, db: Connection, clock: Clock, rulebook: "Rulebook") -> None:
        self.paths = paths
        self.db = db
        self.clock = clock
        self.rulebook = rulebook
        # Set by the window when the person chose to keep sign-ins in memory only.
        self.is_session_only = False

    @cached_property
    def identity(self) -> Identity:
        return Identity(self.db)

    @cached_property
    def drafting(self) -> "Drafting":
        from medvoice.services.drafting import Drafting

        return Drafting(self.db, self.clock)

    @cached_property
    def topics(self) -> Topics:
        return Topics(self.db, self.clock)

    @cached_property
    def planning(self) -> "Planning":
        from medvoice.services.planning import Planning

        return Planning(self.db, self.clock, self.queueing)

    @cached_property
    def topic_progress(self) -> "TopicProgress":
        from medvoice.services.topic_progress import TopicProgress

        return TopicProgress(self.db, self.clock)

    @cached_property
    def clashes(self) -> "Clashes":
        """Keeps what it has read of posts."""
        from medvoice.services.clashes import Clashes

        generic = self.rulebook.ruleset.drugs.generic
        return Clashes(self.db, self.clock, lambda word: generic.get(word, word))

    @cached_property
    def pausing(self) -> "Pausing":
        from medvoice.services.pausing import Pausing

        return Pausing(self.db, self.clock)

    @cached_property
    def ideas(self) -> "Ideas":
        from medvoice.services.ideas import Ideas

        return Ideas(self.db, self.clock)

    @cached_property
    def importing(self) -> "Importing":
        from medvoice.services.importing import Importing

        return Importing(self.db, self.clock)

    @cached_property
    def evergreens(self) -> "Evergreens":
        from medvoice.services.evergreen import Evergreens

        return Evergreens(self.db, self.clock)

    @cached_property
    def prompts(self) -> "Prompts":
        from medvoice.services.prompts import Prompts

        return Prompts(self.db, self.clock)

    @cached_property
    def feeds(self) -> "Feeds":
        from medvoice.platforms.sources.feeds import FeedSource
        from medvoice.services.feeds import Feeds

        return Feeds(self.db, self.clock, FeedSource())

    @cached_property
    def calendars(self) -> "Calendars":
        from medvoice.services.calendars import Calendars

        return Calendars(self.db, self.clock, self.planning, self.congresses)

    @cached_property
    def calendar_publishing(self) -> "CalendarPublishing":
        from medvoice.platforms.sources.caldav import CalDav
        from medvoice.services.calendar_publishing import CalendarPublishing

        vault = LazyVault(self)
        return CalendarPublishing(self.db, self.clock, self.planning, vault, CalDav(), self.file_locks)

    @cached_property
    def plan_table(self) -> "PlanTable":
        from medvoice.services.plan_table import PlanTable

        return PlanTable(self.db, self.drafting, self.topics)

    @cached_property
    def congresses(self) -> "Congresses":
        from medvoice.services.congresses import Congresses

        return Congresses(self.db, self.clock)

    @cached_property
    def rechecking(self) -> "Rechecking":
        """Work lane only."""
        from medvoice.services.rechecking import Rechecking

        return Rechecking(self.db, self.clock, self.clearing)

    @cached_property
    def checking(self) -> "Checking":
        from medvoice.services.checking import Checking

        return Checking(self.rulebook, self.clock)

    @cached_property
    def clearing(self) -> "Clearing":
        from medvoice.services.clearing import Clearing

        return Clearing(self.db, self.checking, self.clock)

    @cached_property
    def queueing(self) -> "Queueing":
        from medvoice.services.queueing import Queueing

        return Queueing(self.db, self.clock, self.clearing, read_link)

    @cached_property
    def records(self) -> "Records":
        from medvoice.services.records import Records

        return Records(self.db)

    @cached_property
    def accounts(self) -> AccountStore:
        return AccountStore(self.db)

    @cached_property
    def vault(self) -> "Vault":
        """Opened on first use: the keyring may ask the person, so never on the UI thread."""
        from medvoice.infra.secrets import choose_vault

        return choose_vault(self.id, self.paths.salt, self.file_locks, is_session_only=self.is_session_only)

    @cached_property
    def settings(self) -> Settings:
        return load_settings(self.paths.settings)

    @cached_property
    def file_locks(self) -> "FileLocks":
        from medvoice.infra.locks import FileLocks

        return FileLocks(self.paths.locks)

    @cached_property
    def id(self) -> str:
        """Names this workspace's key in the keyring; made once."""
        settings = SettingStore(self.db)
        with transaction(self.db):
            known = settings.get(ID_KEY)
            if not known:
                known = new_id("w")
                settings.save(ID_KEY, known)
        return known

    @cached_property
    def connecting(self) -> "Connecting":
        from medvoice.platforms.oauth.flow import flows
        from medvoice.platforms.oauth.receiver import LoopbackReceiver
        from medvoice.services.connecting import Connecting

        return Connecting(self.db, LazyVault(self), self.clock, flows(), LoopbackReceiver, self.file_locks)

    def publishing(self, beat: Callable[[], None]) -> "Publishing":
        """The publisher for the agent; `beat` renews its lease."""
        from medvoice.infra.notify import SystemNotifier
        from medvoice.platforms.registry import publisher_for
        from medvoice.services.publishing import Publishing

        def publisher(network: str, route: Route) -> "Publisher":
            return publisher_for(
                network, route, clock=self.clock, linkedin_version=self.settings.linkedin_api_version
            )

        return Publishing(
            self.db,
            self.clock,
            self.clearing,
            publisher,
            self.sign_ins,
            SystemNotifier(is_on=self.settings.notifications),
            beat,
        )

    @cached_property
    def sign_ins(self) -> "SignIns":
        return self.connecting

    def back_up(self) -> None:
        """Make the daily backup when it is due. Raises StorageError, OSError."""
        backup_if_due(self.db.conn, self.paths.database, self.clock.now())

    def close(self) -> None:
        self.db.close()


class LazyVault:
    """The workspace's vault, opened when the first secret is needed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def seal(self, name: str, secret: bytes) -> bytes:
        return self.workspace.vault.seal(name, secret)

    def open(self, name: str, sealed: bytes) -> bytes:
        return self.workspace.vault.open(name, sealed)


def open_workspace(home: Path | None, rulebook: "Rulebook | None" = None) -> Workspace:
    """Open, and on first use create, the workspace at `home` (else MEDVOICE_HOME, else the OS's place).

    Raises StorageError (`workspace_damaged`, `newer_workspace`, …) or UserError
    (`clock_override_refused`, `clock_override_unreadable`).
    """
    paths = make_paths(home)
    clock: Clock = SystemClock()
    db = open_database(paths.database, clock=clock)
    override = os.environ.get(CLOCK_VARIABLE, "")
    if override:
        try:
            clock = practice_clock(override, AccountStore(db).list())
        except UserError:
            db.close()
            raise
    return Workspace(paths, db, clock, rulebook or load_rulebook(paths.home))


def practice_clock(override: str, accounts: tuple[Account, ...]) -> Clock:
    """The moved clock of a practice workspace: `+90`, `-30` (seconds) or an ISO instant with its zone.

    Honoured only where every account is on the practice network. Raises UserError.
    """
    if any(not account.is_practice for account in accounts):
        raise UserError("clock_override_refused")
    try:
        if override[0] in "+-":
            return ShiftedClock(timedelta(seconds=float(override)))
        return ShiftedClock(from_text(override) - datetime.now(UTC))
    except ValueError as problem:
        raise UserError("clock_override_unreadable", text=override) from problem


def load_rulebook(home: Path | str | None = None) -> "Rulebook":
    """Read the packs and lexicons that come with MedVoice. Where the workspace folder exists, what was
    compiled is kept below it and read again while nothing changed (about 25 ms instead of 200): call it after
    the window shows."""
    from medvoice.infra.kept_file import KeptRules
    from medvoice.services.checking import Rulebook

    folder = find_home(home)
    own, refused = own_packs_in_force(folder)
    sources = rule_sources() | own
    if not folder.is_dir():
        return Rulebook.from_sources(sources)
    book = Rulebook.from_kept(sources, KeptRules(Paths(folder).cache / "rules.bin"))
    return book.with_problems(refused)


def own_packs_in_force(home: Path) -> tuple[dict[str, str], tuple[PackError, ...]]:
    """The texts of a company's packs, the last good one in the place of one that cannot be read; and what is
    wrong with that one."""
    own, good = own_pack_sources(home), last_good_sources(home)
    if own == good:  # the usual case: nothing was changed behind our back
        return own, ()
    from medvoice.services.last_good import in_force

    found = in_force(own, good)
    for name in found.fresh:
        with suppress(OSError):  # a folder that cannot be written keeps the good one it has
            copy = Paths(home).packs / LAST_GOOD / name.rpartition("/")[2]
            write_atomic(copy, found.sources[name].encode())
    return found.sources, found.problems


def own_pack_sources(home: Path) -> dict[str, str]:
    """The texts of the packs a company gave (`medvoice pack add`), by the names the checker reads them under.
    What is no UTF-8 is read with its faults marked, so that the reader names the place."""
    return _pack_texts(Paths(home).packs)


def last_good_sources(home: Path) -> dict[str, str]:
    """The same as they were when `medvoice pack add` took them."""
    return _pack_texts(Paths(home).packs / LAST_GOOD)


def _pack_texts(folder: Path) -> dict[str, str]:
    return {
        f"{path.stem}/{path.name}": path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.glob("*.toml"))
    }


def write_own_pack(home: Path | str | None, name: str, content: bytes) -> Path:
    """Keep a company's good pack below the workspace, and a copy that stays in force should it be spoiled.
    Raises StorageError `home_unusable`."""
    path = make_paths(home).packs / name
    try:
        write_atomic(path.parent / LAST_GOOD / name, content)
        write_atomic(path, content)
    except OSError as problem:
        raise StorageError("home_unusable", path=str(path.parent), reason=problem.strerror or "") from problem
    return path


def rule_sources() -> dict[str, str]:
    """The texts of all packs and lexicons by their name below `packs/`, or `lexicon/…`."""
    sources: dict[str, str] = {}
    packs = resource_path("packs")
    for path in sorted(packs.rglob("*.toml")):
        sources[path.relative_to(packs).as_posix()] = path.read_text(encoding="utf-8")
    lexicon = resource_path("lexicon")
    for path in sorted(lexicon.glob("*.txt")):
        sources[f"lexicon/{path.name}"] = path.read_text(encoding="utf-8")
    return sources


def read_link(network: str, pasted: str) -> tuple[str, str]:
    """The (remote id, address) of a pasted post link. Raises UserError `link_not_a_post`."""
    from medvoice.platforms.by_hand.publisher import read_link as read

    return read(network, pasted)
