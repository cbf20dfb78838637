"""What the services need from outside, and only where there are several of a kind or the outside world."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from medvoice.domain.account import Account, Tokens
from medvoice.domain.outbox import Delivery, Part
from medvoice.domain.outcome import Outcome, Sighting


@dataclass(frozen=True, slots=True)
class Prepared:
    """One request, made before anything is sent, so that its hash is committed first.

    `body` are the exact bytes. `context` is the adapter's own and holds no secret.
    """

    body: bytes
    context: dict[str, str] = field(default_factory=dict[str, str])


class Publisher(Protocol):
    """One network's way to publish text. Implementations keep no state between calls.

    All calls may block on the network and run in the agent, never on the UI thread.
    """

    network: str

    def prepare(self, account: Account, delivery: Delivery, part: Part, reply_to: str) -> Prepared:
        """The exact request for this part. `reply_to` is the remote id of the part before, "" for the
        first. Pure: no network. Raises UserError when the text cannot be sent at all."""
        ...

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        """Send once, follow no redirect, never try again by itself, and classify what came of it."""
        ...

    def time_of(self, account: Account) -> datetime | None:
        """What time the network says it is, UTC to the second; None when it cannot be had."""
        ...

    def look(self, account: Account, tokens: Tokens, part: Part, reply_to: str, since: datetime) -> Sighting:
        """Look whether the part is live (own posts since `since`, same text, same parent)."""
        ...


class SignIns(Protocol):
    """Gives fresh tokens for an account; refreshes them single-flight and stores the new pair first."""

    def tokens(self, account: Account) -> Tokens:
        """Tokens good for at least five more minutes. Raises AccountError (`sign_in_needed`,
        `keys_locked`, `no_keyring`) or RemoteError when the refresh got no answer."""
        ...

    def forget(self, account: Account, reason: str) -> None:
        """Mark that the network refused the sign-in, so that it is asked for again."""
        ...


class Vault(Protocol):
    """Seals small secrets with a key that only the OS keyring or the person's passphrase holds."""

    def seal(self, name: str, secret: bytes) -> bytes:
        """Sealed bytes bound to `name`. Raises AccountError `no_keyring` or `keys_locked`."""
        ...

    def open(self, name: str, sealed: bytes) -> bytes:
        """The inverse. Raises AccountError `keys_locked`, `no_keyring` or `seal_broken`."""
        ...


class Notifier(Protocol):
    """Tells the person something through the OS. Never raises; may be called on any thread."""

    def tell(self, title: str, body: str) -> None: ...


class GlobalKey(Protocol):
    """One key combination that works in every program. All calls belong to the UI thread."""

    def fileno(self) -> int:
        """A socket that can be read when the key may have been pressed."""
        ...

    def grab(self, keys: str) -> str:
        """Ask for a combination in Qt's portable words ("Ctrl+Alt+Space") and let go of the one before.
        Returns "", else `taken` by another program or `unknown` to this keyboard."""
        ...

    def presses(self) -> int:
        """How often it was pressed since the last call. Raises an exception of the library's when the
        connection is gone."""
        ...

    def bring(self, window_id: int) -> None:
        """Tell the desktop that the person asked for this window of ours by the key."""
        ...

    def close(self) -> None:
        """Let go of the key and of the connection."""
        ...
