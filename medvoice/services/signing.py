"""What connecting needs from outside: one network's OAuth flow, a loopback receiver, locks, a browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from medvoice.domain.account import Tokens


@dataclass(frozen=True, slots=True)
class Client:
    """The app that a person registered with a network. `secret` is "" for a public client; `base_url` ""
    on the real network. `repr` shows no secret."""

    id: str
    secret: str = ""
    base_url: str = ""

    def __repr__(self) -> str:
        return f"Client({self.id!r}, …, {self.base_url!r})"


@dataclass(frozen=True, slots=True)
class Started:
    """A sign-in under way. `url` is for the browser; `verifier` is the PKCE secret, "" without PKCE."""

    network: str
    url: str
    redirect_uri: str
    state: str
    verifier: str

    def __repr__(self) -> str:
        return f"Started({self.network!r}, …)"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token call gave. `server_at` is the network's own time (UTC) if it said so."""

    tokens: Tokens
    server_at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """Who is signed in: LinkedIn's `sub` or X's user id; `handle` is "" where there is none."""

    member_id: str
    name: str
    handle: str


class OAuthFlow(Protocol):
    """One network's OAuth, without state. Every call but `start` and `redirect_uri` blocks on the network.

    Raised by them: RemoteError `sign_in_no_answer` (nothing usable came back; may be tried again),
    AccountError `client_not_accepted`, `code_not_accepted`, `redirect_not_accepted`, `refresh_spent`,
    `sign_in_refused`, `identity_refused`.
    """

    network: str
    scopes: tuple[str, ...]
    needs_secret: bool
    can_refresh: bool

    def redirect_uri(self, port: int) -> str:
        """The callback address to register for that port."""
        ...

    def start(self, client: Client, redirect_uri: str, state: str) -> Started:
        """The authorization address with everything in it. Pure but for fresh randomness."""
        ...

    def exchange(self, started: Started, client: Client, code: str, now: datetime) -> Grant:
        """Trade the code for tokens; expiry is counted from `now`."""
        ...

    def refresh(self, client: Client, tokens: Tokens, now: datetime) -> Grant:
        """A new pair for an old one; the old refresh token is spent by it."""
        ...

    def who(self, client: Client, tokens: Tokens) -> Member:
        """Whose tokens these are."""
        ...

    def revoke(self, client: Client, tokens: Tokens) -> bool:
        """Ask the network to end the tokens; whether it said yes. Never raises for what it answers."""
        ...


class Receiver(Protocol):
    """Waits on loopback for the browser to come back."""

    port: int

    def wait(self, timeout_s: float) -> str:
        """The code. Blocks. Raises UserError `sign_in_declined`, AccountError `sign_in_refused`,
        `scope_refused`, `sign_in_timed_out` or, when only answers with a foreign state came,
        `sign_in_wrong_state`. `close` from another thread ends it with UserError `sign_in_cancelled`."""
        ...

    def close(self) -> None:
        """Stop listening. May be called twice and from any thread."""
        ...


# (network, ports to try in turn, state) → a receiver that listens already.
# Raises UserError `ports_in_use`.
Listen = Callable[[str, tuple[int, ...], str], Receiver]
# A name → a lock across threads and processes, held inside `with`. Raises AccountError `keys_busy` when
# another process holds it too long.
Locks = Callable[[str], AbstractContextManager[None]]
# An address → whether a browser was started for it.
OpenBrowser = Callable[[str], bool]
