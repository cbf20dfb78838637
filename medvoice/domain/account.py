"""A person's account on a network, and how posts reach it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from medvoice.domain.ids import new_id

Route = Literal["oauth", "by_hand"]
AccountState = Literal["connected", "sign_in", "disconnected"]


@dataclass(frozen=True, slots=True)
class Account:
    """`member_id` is pinned when the account is connected: the LinkedIn `sub` or the X user id.

    `base_url` is "" on the real network and a loopback address on the practice network. `expires_at` is
    when the sign-in ends for good (no refresh possible after it), None when unknown or by hand.
    No secret is ever a field of this value.
    """

    id: str
    network: str
    route: Route
    display_name: str
    handle: str
    member_id: str
    client_id: str
    base_url: str
    scopes: tuple[str, ...]
    state: AccountState
    state_reason: str
    expires_at: datetime | None
    connected_at: datetime

    @property
    def is_practice(self) -> bool:
        return bool(self.base_url)

    @property
    def costs_credits(self) -> bool:
        """Whether the network charges for each post: X does, outside of practice and not by hand."""
        return self.network == "x" and self.route == "oauth" and not self.is_practice


def signed_in(accounts: Iterable[Account], network: str, *, is_linkedin_by_hand: bool) -> Account | None:
    """The signed-in account that posts to a network would take, None where they go by hand or nowhere. The
    practice network is never by hand."""
    usable = [
        each
        for each in accounts
        if each.network == network
        and each.route == "oauth"
        and each.state != "disconnected"
        and (each.is_practice or network != "linkedin" or not is_linkedin_by_hand)
    ]
    return usable[-1] if usable else None


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sign-in's secrets, in memory only. `repr` shows nothing of them."""

    access: str
    refresh: str
    access_expires_at: datetime | None
    scopes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Tokens(…)"


def account_by_hand(network: str, display_name: str, at: datetime) -> Account:
    """A fresh account for posting by hand on a network; `at` is UTC. Nothing is signed in."""
    return Account(
        id=new_id("a"),
        network=network,
        route="by_hand",
        display_name=display_name,
        handle="",
        member_id="",
        client_id="",
        base_url="",
        scopes=(),
        state="connected",
        state_reason="",
        expires_at=None,
        connected_at=at,
    )
