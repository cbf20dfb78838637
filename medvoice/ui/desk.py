"""What the window needs of a workspace, named without importing any of it."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Named only: the window must not wait for the checker or the database to be imported.
    from medvoice.domain.clock import Clock
    from medvoice.services.calendar_publishing import CalendarPublishing
    from medvoice.services.checking import Checking
    from medvoice.services.clashes import Clashes
    from medvoice.services.clearing import Clearing
    from medvoice.services.congresses import Congresses
    from medvoice.services.connecting import Connecting
    from medvoice.services.drafting import Drafting
    from medvoice.services.evergreen import Evergreens
    from medvoice.services.feeds import Feeds
    from medvoice.services.ideas import Ideas
    from medvoice.services.identity import Identity
    from medvoice.services.pausing import Pausing
    from medvoice.services.planning import Planning
    from medvoice.services.prompts import Prompts
    from medvoice.services.queueing import Queueing
    from medvoice.services.rechecking import Rechecking
    from medvoice.services.records import Records
    from medvoice.services.topic_progress import TopicProgress
    from medvoice.services.topics import Topics
    from medvoice.store.account import AccountStore
    from medvoice.store.connection import Workspace as Connection


class Desk(Protocol):
    """The services over one connection, as bootstrap's Workspace has them. Belongs to one thread."""

    db: "Connection"
    clock: "Clock"
    is_session_only: bool

    @property
    def identity(self) -> "Identity": ...
    @property
    def drafting(self) -> "Drafting": ...
    @property
    def topics(self) -> "Topics": ...
    @property
    def planning(self) -> "Planning": ...
    @property
    def congresses(self) -> "Congresses": ...
    @property
    def topic_progress(self) -> "TopicProgress": ...
    @property
    def ideas(self) -> "Ideas": ...
    @property
    def prompts(self) -> "Prompts": ...
    @property
    def evergreens(self) -> "Evergreens": ...
    @property
    def feeds(self) -> "Feeds": ...
    @property
    def calendar_publishing(self) -> "CalendarPublishing": ...
    @property
    def pausing(self) -> "Pausing": ...
    @property
    def clashes(self) -> "Clashes": ...
    @property
    def checking(self) -> "Checking": ...
    @property
    def clearing(self) -> "Clearing": ...
    @property
    def queueing(self) -> "Queueing": ...
    @property
    def rechecking(self) -> "Rechecking": ...
    @property
    def records(self) -> "Records": ...
    @property
    def accounts(self) -> "AccountStore": ...
    @property
    def connecting(self) -> "Connecting": ...
    def close(self) -> None: ...
