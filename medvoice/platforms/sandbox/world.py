"""Who and what exists in the practice network: members, client apps, tokens, settings, the clock."""

from __future__ import annotations

import base64
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from medvoice.platforms.sandbox.faults import FaultScript
from medvoice.platforms.sandbox.ledger import Ledger

LINKEDIN_SCOPES = frozenset({"openid", "profile", "email", "w_member_social"})
X_SCOPES = frozenset({"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"})
X_EPOCH_MS = 1_288_834_974_657  # X numbers its posts by milliseconds since this instant, shifted left 22


@dataclass(frozen=True, slots=True)
class Member:
    """A person on a practice network. `member_id` is LinkedIn's `sub` or X's numeric id as text."""

    network: str
    member_id: str
    name: str
    handle: str
    email: str

    @property
    def given_name(self) -> str:
        return self.name.split()[0]

    @property
    def family_name(self) -> str:
        return self.name.split()[-1]


@dataclass(slots=True)
class ClientApp:
    """A registered app. `secret` None means a public client; `redirect_uris` match exactly."""

    network: str
    client_id: str
    name: str
    secret: str | None
    redirect_uris: set[str]
    scopes: frozenset[str]


@dataclass(slots=True)
class Code:
    """An authorization code, good for one exchange."""

    app: ClientApp
    member: Member
    redirect_uri: str
    scopes: frozenset[str]
    challenge: str | None
    expires_at_s: float
    is_used: bool = False


@dataclass(slots=True)
class Token:
    """An access token; `refresh` is the refresh token given with it, if any."""

    value: str
    app: ClientApp
    member: Member
    scopes: frozenset[str]
    created_at_s: float
    expires_at_s: float
    refresh: str | None = None
    is_revoked: bool = False
    is_refresh_spent: bool = False


@dataclass(slots=True)
class Settings:
    """Switches for what the real networks do in more than one way.

    `strict_little`: "truncate" (what LinkedIn does) or "reject". `comments_on_v2`: whether comments by
    /v2/socialActions work. `x_naming`: "2.167" (post.fields) or "2.166" (tweet.fields).
    `timeline_lag_s`: how long a new X post stays out of timelines and lookups.
    """

    strict_little: str = "truncate"
    comments_on_v2: bool = False
    x_naming: str = "2.167"
    timeline_lag_s: float = 0.0
    linkedin_calls_per_day: int = 150
    x_posts_per_window: int = 100


SETTING_CHOICES = {"strict_little": ("truncate", "reject"), "x_naming": ("2.167", "2.166")}

MEMBERS = (
    Member("linkedin", "practice7Qx1", "Jordan Sample", "jordan-sample", "jordan.sample@example.org"),
    Member("linkedin", "practice9Zk4", "Robin Example", "robin-example", "robin.example@example.org"),
    Member("x", "1799000000000000001", "Jordan Sample", "jordansample", "jordan.sample@example.org"),
    Member("x", "1799000000000000003", "Robin Example", "robinexample", "robin.example@example.org"),
)


def practice_apps() -> dict[tuple[str, str], ClientApp]:
    """The client apps that exist from the start, with their callback addresses."""
    linkedin = ClientApp(
        "linkedin",
        "practice-linkedin",
        "MedVoice",
        "practice-linkedin-secret",
        {f"http://localhost:{port}/callback" for port in (8765, 8766)},
        LINKEDIN_SCOPES,
    )
    x = ClientApp(
        "x",
        "practice-x",
        "MedVoice",
        None,
        {f"http://127.0.0.1:{port}/callback" for port in (8765, 8766)},
        X_SCOPES,
    )
    return {(app.network, app.client_id): app for app in (linkedin, x)}


@dataclass(slots=True)
class XWindow:
    """A rate window of one user on one route."""

    started_at_s: float
    used: int = 0


@dataclass(slots=True)
class Image:
    """A LinkedIn image slot. `content` is None until the upload arrived."""

    owner: str
    upload_path: str
    expires_at_s: float
    content: bytes | None = None


@dataclass(slots=True)
class Seen:
    """One line of the request log: enough to count calls, nothing secret."""

    route: str
    path: str
    status: int | None
    fault: str | None
    at_s: float
    has_authorization: bool

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class World:
    """All state of one practice network. Handlers hold `lock` while they act."""

    clock: Callable[[], float] = time.time
    seed: int | None = None
    ledger_file: Path | None = None
    offset_s: float = 0.0
    base_url: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    settings: Settings = field(default_factory=Settings)
    faults: FaultScript = field(default_factory=FaultScript)
    apps: dict[tuple[str, str], ClientApp] = field(default_factory=practice_apps)
    ledger: Ledger = field(init=False)
    planted: Ledger = field(init=False)
    random: random.Random = field(init=False)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    linkedin_bodies: dict[str, str] = field(default_factory=dict)
    linkedin_calls: dict[tuple[str, int], int] = field(default_factory=dict)
    x_windows: dict[tuple[str, str], XWindow] = field(default_factory=dict)
    x_credit_mills: int = 100_000
    log: list[Seen] = field(default_factory=list)
    _last_number: int = 0

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.now_s, self.ledger_file)
        self.planted = Ledger(self.now_s)
        # With a seed the run repeats itself; without one it draws from the system.
        self.random = random.SystemRandom() if self.seed is None else random.Random(self.seed)  # noqa: S311
        self.plant()

    def plant(self) -> None:
        """One post of the other X member, beside the ledger: something foreign to read and reply to."""
        robin = self.members("x")[1]
        self.planted.clear()
        self.planted.add(
            network="x",
            author=robin.member_id,
            remote_id=self.next_number(),
            text="Good morning from the practice network.",
            request_body=b"",
            headers={},
        )

    def reset(self) -> None:
        """Back to the start, but tokens, registered callbacks, settings and the clock stay."""
        with self.lock:
            for store in (self.images, self.linkedin_bodies, self.linkedin_calls, self.x_windows, self.log):
                store.clear()
            self.faults.clear()
            self.ledger.clear()
            self.x_credit_mills = 100_000
            self.plant()

    def now_s(self) -> float:
        """Epoch seconds of the practice clock."""
        return self.clock() + self.offset_s

    def members(self, network: str) -> list[Member]:
        """The people of one network, the usual one first."""
        return [member for member in MEMBERS if member.network == network]

    def next_number(self) -> str:
        """A new 19-digit post number, above 2**53, growing with the clock and never repeating."""
        with self.lock:
            by_time = (int(self.now_s() * 1000) - X_EPOCH_MS) << 22
            self._last_number = max(self._last_number + 1, by_time)
            return str(self._last_number)

    def secret(self, bytes_of_it: int) -> str:
        """Random URL-safe text from that many bytes."""
        raw = bytes(self.random.getrandbits(8) for _ in range(bytes_of_it))
        return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")

    def register_redirect(self, network: str, uri: str) -> None:
        """Allow one more callback address for the practice app of `network`.

        Raises ValueError for an address that the network would not take: loopback http only, no
        fragment, and X does not take the name `localhost`.
        """
        parts = urlsplit(uri)
        hosts = ("127.0.0.1", "localhost", "::1") if network == "linkedin" else ("127.0.0.1", "::1")
        if network not in ("linkedin", "x"):
            raise ValueError("network must be linkedin or x")
        if parts.scheme != "http" or parts.hostname not in hosts or "#" in uri or not parts.port:
            raise ValueError(f"{network} takes http on {', '.join(hosts)} with a port and no fragment")
        with self.lock:
            self.apps[network, f"practice-{network}"].redirect_uris.add(uri)

    def revoke_tokens(self, network: str | None) -> int:
        """Revoke every access and refresh token of `network` (None: of both). How many there were."""
        with self.lock:
            hit = [t for t in self.tokens.values() if network in (None, t.app.network) and not t.is_revoked]
            for token in hit:
                token.is_revoked = token.is_refresh_spent = True
            return len(hit)
