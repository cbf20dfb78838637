"""A signed-in member of the practice LinkedIn, and parts to publish."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from medvoice.domain.account import Account, Tokens
from medvoice.domain.outbox import Delivery, Part, PartState
from medvoice.platforms.http import Http, Timeouts
from medvoice.platforms.linkedin.publisher import LinkedInPublisher
from medvoice.platforms.oauth.flow import LinkedInFlow
from medvoice.platforms.sandbox import Sandbox
from medvoice.services.signing import Client

QUICK = Http(Timeouts(connect_s=2, read_s=0.5, answer_s=2))


@dataclass(slots=True)
class Member:
    """Someone signed in to the practice LinkedIn through the real flow."""

    account: Account
    tokens: Tokens
    publisher: LinkedInPublisher


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seed=7) as running:
        yield running


@pytest.fixture
def member(sandbox: Sandbox) -> Member:
    flow, client = LinkedInFlow(), Client("practice-linkedin", "practice-linkedin-secret", sandbox.base_url)
    started = flow.start(client, flow.redirect_uri(8765), "s" * 43)
    answer = Http().call("GET", started.url + "&practice_decision=allow")
    code = parse_qs(urlsplit(answer.header("location")).query)["code"][0]
    tokens = flow.exchange(started, client, code, datetime.now(UTC)).tokens
    who = flow.who(client, tokens)
    account = Account(
        id="a_test",
        network="linkedin",
        route="oauth",
        display_name=who.name,
        handle=who.handle,
        member_id=who.member_id,
        client_id=client.id,
        base_url=sandbox.base_url,
        scopes=tokens.scopes,
        state="connected",
        state_reason="",
        expires_at=None,
        connected_at=datetime.now(UTC),
    )
    return Member(account, tokens, LinkedInPublisher(QUICK))


@pytest.fixture
def make_part() -> Callable[..., tuple[Delivery, Part]]:
    def make(text: str, position: int = 0) -> tuple[Delivery, Part]:
        part = Part(
            id=f"p_{position}",
            delivery_id="y_test",
            position=position,
            text=text,
            state=PartState.DUE,
            reason="",
            attempts=0,
            body_sha256="",
            retry_at=None,
            first_sent_at=None,
            published_at=None,
            remote_id="",
            remote_url="",
            fence=1,
        )
        now = datetime.now(UTC)
        delivery = Delivery(
            id="y_test",
            draft_id="d_test",
            draft_revision=1,
            title="",
            channel="linkedin",
            account_id="a_test",
            route="oauth",
            clearance_id="c_test",
            clearance_hash="",
            due_at=now,
            wall="",
            zone="UTC",
            is_paused=False,
            is_late_allowed=False,
            created_at=now,
            parts=(part,),
        )
        return delivery, part

    return make
