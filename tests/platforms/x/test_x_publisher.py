"""XPublisher against the practice network: a table of server behaviour and the outcome it must give."""

import dataclasses
import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.account import Tokens
from medvoice.domain.clock import FixedClock
from medvoice.domain.errors import UserError
from medvoice.domain.outcome import (
    Absent,
    CannotTell,
    Duplicate,
    Found,
    NotSent,
    Published,
    Refused,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.platforms.http import Answer
from medvoice.platforms.sandbox import Fault
from medvoice.platforms.x.problems import outcome_of, read_problem, retry_at
from medvoice.platforms.x.publisher import XPublisher

POST = "POST /2/tweets"
TIMELINE = "GET /2/users/{id}/tweets"


def _send(member, make_part, text="Real-world evidence, told plainly.", position=0, reply_to=""):
    delivery, part = make_part(text, position)
    prepared = member.publisher.prepare(member.account, delivery, part, reply_to)
    return member.publisher.send(member.account, member.tokens, prepared)


def test_post_is_made_with_the_prepared_bytes(sandbox, member, make_part):
    delivery, part = make_part("Ünïcode & <tags> 👩🏽‍🔬 “quoted”\nsecond line")
    prepared = member.publisher.prepare(member.account, delivery, part, "")
    outcome = member.publisher.send(member.account, member.tokens, prepared)
    (entry,) = sandbox.ledger
    assert outcome == Published(entry.remote_id, f"{sandbox.base_url}/jordansample/status/{entry.remote_id}")
    assert entry.request_body == prepared.body
    assert json.loads(prepared.body) == {"text": part.text}
    assert prepared == member.publisher.prepare(member.account, delivery, part, "")


def test_thread_answers_the_part_before(sandbox, member, make_part):
    first = _send(member, make_part, "One")
    second = _send(member, make_part, "Two", 1, first.remote_id)
    assert isinstance(second, Published)
    assert sandbox.ledger[1].reply_to == first.remote_id


@pytest.mark.parametrize("naming", ["2.166", "2.167"])
def test_both_namings_are_read(sandbox, member, make_part, naming):
    sandbox.settings.x_naming = naming
    since = datetime.now(UTC)
    first = _send(member, make_part, "Naming one")
    second = _send(member, make_part, "Naming two", 1, first.remote_id)
    _, part = make_part("Naming two", 1)
    seen = member.publisher.look(member.account, member.tokens, part, first.remote_id, since)
    assert seen == Found(second.remote_id, second.url)


MAY_HAVE_ACTED = [
    (Fault("drop_before"), 0),
    (Fault("drop_after"), 1),
    (Fault("delay_after", delay_s=1.5), 1),
    (Fault("status_before", status=500), 0),
    (Fault("status_after", status=503), 1),
    (Fault("status_after", status=504), 1),
    (Fault("status_before", status=408), 0),
    (Fault("truncate"), 1),
    (Fault("garble"), 1),
    (Fault("redirect", status=307), 0),
    (Fault("redirect", status=302), 0),
]


@pytest.mark.parametrize(("fault", "made"), MAY_HAVE_ACTED, ids=lambda value: getattr(value, "kind", value))
def test_what_may_have_acted_is_unconfirmed_and_looking_tells(sandbox, member, make_part, fault, made):
    since = datetime.now(UTC)
    sandbox.script(POST, fault)
    text = "A post of unknown fate: see https://example.com/a?b=1&c=2 & more <here>"
    assert isinstance(_send(member, make_part, text), Unconfirmed)
    assert len(sandbox.ledger) == made
    assert [seen.route for seen in sandbox.requests].count(POST) == 1, "sent once only"
    assert not any("trap" in seen.path for seen in sandbox.requests), "no redirect is followed"
    _, part = make_part(text)
    seen = member.publisher.look(member.account, member.tokens, part, "", since)
    if made:
        assert seen == Found(
            sandbox.ledger[0].remote_id,
            f"{sandbox.base_url}/jordansample/status/{sandbox.ledger[0].remote_id}",
        )
    else:
        assert seen == Absent()


def test_rate_limit_waits_until_the_window_opens(sandbox, member, make_part):
    sandbox.script(POST, Fault("rate_limit"))
    outcome = _send(member, make_part)
    assert isinstance(outcome, NotSent)
    assert outcome.code == "rate_limited"
    assert timedelta(0) < outcome.retry_at - datetime.now(UTC) <= timedelta(minutes=15, seconds=5)
    assert sandbox.ledger == []


def test_usage_cap_is_not_solved_by_waiting(sandbox, member, make_part):
    sandbox.script(POST, Fault("rate_limit", capped=True))
    outcome = _send(member, make_part)
    assert isinstance(outcome, Stopped)
    assert outcome.code == "usage_capped"


def test_credits_gone(sandbox, member, make_part):
    sandbox.set_credits(0)
    outcome = _send(member, make_part)
    assert isinstance(outcome, Stopped)
    assert outcome.code == "credits_gone"


def test_revoked_sign_in(sandbox, member, make_part):
    sandbox.revoke_tokens("x")
    assert isinstance(_send(member, make_part), SignInNeeded)


def test_duplicate_names_no_post(sandbox, member, make_part):
    assert isinstance(_send(member, make_part, "Same words"), Published)
    outcome = _send(member, make_part, "Same words")
    assert isinstance(outcome, Duplicate)
    assert (outcome.remote_id, outcome.url) == ("", "")
    assert len(sandbox.ledger) == 1


def test_too_long_and_foreign_replies_are_refused(sandbox, member, make_part):
    assert _send(member, make_part, "x" * 281).code == "too_long"
    foreign = sandbox.world.planted.entries()[0].remote_id
    outcome = _send(member, make_part, "Hello", 1, foreign)
    assert isinstance(outcome, Refused)
    assert outcome.code == "reply_not_allowed"
    assert sandbox.ledger == []


def test_nothing_leaves_when_nobody_listens(member, make_part, sandbox):
    sandbox.stop()
    outcome = _send(member, make_part)
    assert outcome == NotSent("refused", "ConnectionRefusedError")


def test_silent_server_is_unconfirmed(member, make_part):
    """A server that takes the connection and says nothing may have acted."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        member.account = dataclasses.replace(member.account, base_url=f"http://127.0.0.1:{port}")
        outcome = _send(member, make_part)
    assert isinstance(outcome, Unconfirmed)
    assert outcome.code == "timed_out"


@pytest.mark.parametrize(
    ("text", "code"),
    [("  \n", "text_empty"), ("half \ud83d", "text_unreadable"), ("a\0b", "text_unreadable")],
)
def test_text_that_cannot_be_sent(member, make_part, text, code):
    delivery, part = make_part(text)
    with pytest.raises(UserError) as caught:
        member.publisher.prepare(member.account, delivery, part, "")
    assert caught.value.code == code


def test_a_later_part_never_stands_alone(member, make_part):
    delivery, part = make_part("Two", 1)
    with pytest.raises(UserError) as caught:
        member.publisher.prepare(member.account, delivery, part, "")
    assert caught.value.code == "parent_unknown"


# Looking ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Bare example.com and https://www.example.org/path?x=1&y=2#frag.",
        "Ampersand & less < more > and literal &amp; too",
        "Decomposed é and emoji 👨‍👩‍👧‍👦 🏳️‍🌈",
        "Trailing address https://example.com/",
        "Lines\n\nand   spaces",
    ],
)
def test_look_finds_the_text_as_x_gives_it_back(sandbox, member, make_part, text):
    since = datetime.now(UTC)
    made = _send(member, make_part, text)
    _, part = make_part(text)
    seen = member.publisher.look(member.account, member.tokens, part, "", since)
    assert seen == Found(made.remote_id, made.url)


def test_look_wants_the_same_text_parent_and_time(sandbox, member, make_part):
    since = datetime.now(UTC)
    first = _send(member, make_part, "First of all")
    _send(member, make_part, "Second of all", 1, first.remote_id)
    look = member.publisher.look
    account, tokens = member.account, member.tokens
    assert look(account, tokens, make_part("First of al")[1], "", since) == Absent()
    assert look(account, tokens, make_part("First of all")[1], first.remote_id, since) == Absent()
    assert look(account, tokens, make_part("Second of all")[1], "", since) == Absent()
    late = since + timedelta(minutes=5)
    member.publisher.clock = FixedClock(datetime.now(UTC))
    assert look(account, tokens, make_part("First of all")[1], "", late) == Absent()


def test_look_allows_for_a_clock_that_is_ahead(sandbox, member, make_part):
    ahead = FixedClock(datetime.now(UTC) + timedelta(hours=3))
    member.publisher = XPublisher(member.publisher.http, ahead)
    made = _send(member, make_part, "Sent by a clock three hours ahead")
    _, part = make_part("Sent by a clock three hours ahead")
    seen = member.publisher.look(member.account, member.tokens, part, "", ahead.now())
    assert seen == Found(made.remote_id, made.url)


def test_look_turns_pages(sandbox, member, make_part):
    since = datetime.now(UTC)
    first = _send(member, make_part, "The oldest of many")
    for number in range(45):
        assert isinstance(_send(member, make_part, f"Number {number}"), Published)
    seen = member.publisher.look(member.account, member.tokens, make_part("The oldest of many")[1], "", since)
    assert seen == Found(first.remote_id, first.url)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("status_before", status=503), "http_503"),
        (Fault("rate_limit"), "http_429"),
        (Fault("drop_before"), "reset"),
        (Fault("revoked"), "http_401"),
        (Fault("truncate"), "http_200"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_look_never_calls_trouble_absence(sandbox, member, make_part, fault, code):
    sandbox.script(TIMELINE, fault)
    seen = member.publisher.look(
        member.account, member.tokens, make_part("Whatever")[1], "", datetime.now(UTC)
    )
    assert isinstance(seen, CannotTell)
    assert seen.code == code


# Error shapes -----------------------------------------------------------------------------------------

PROBLEMS, OLD_PROBLEMS = "https://api.x.com/2/problems/", "https://api.twitter.com/2/problems/"
CLOCK = FixedClock(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))


def _answer(status, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw)


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}, SignInNeeded, "token_refused"),
        (402, {"title": "CreditsDepleted", "type": PROBLEMS + "credits"}, Stopped, "credits_gone"),
        (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, Duplicate, None),
        (403, {"type": OLD_PROBLEMS + "oauth1-permissions"}, Stopped, "permission_missing"),
        (403, {"detail": "Reply to this conversation is not allowed"}, Refused, "reply_not_allowed"),
        (429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, NotSent, "rate_limited"),
        (429, {"type": OLD_PROBLEMS + "usage-capped", "period": "Monthly"}, Stopped, "usage_capped"),
        (400, {"code": 1, "message": "odd"}, Refused, "not_accepted"),
        (413, b"<html>", Refused, "not_accepted"),
        (415, b"", Refused, "not_accepted"),
        (500, b"\xff", Unconfirmed, "server_trouble"),
        (502, b"[]", Unconfirmed, "server_trouble"),
        (204, b"", Unconfirmed, "answer_unreadable"),
    ],
)
def test_every_error_shape(status, body, kind, code):
    outcome = outcome_of(_answer(status, body), CLOCK, "secret-token")
    assert isinstance(outcome, kind)
    if code is not None:
        assert outcome.code == code


def test_words_of_a_problem_hold_no_token():
    problem = read_problem(
        _answer(400, {"title": "No", "detail": "you sent tok-12345678 \n\x00 there"}), "tok-12345678"
    )
    assert problem.detail == "400 No you sent … there"


def test_reset_is_measured_on_their_clock():
    """Our clock is an hour behind X's: the wait is ten minutes all the same."""
    answer = _answer(
        429,
        {},
        date="Tue, 24 Nov 2026 13:00:00 GMT",
        x_rate_limit_reset=str(int(CLOCK.now().timestamp()) + 4200),
    )
    assert retry_at(answer, CLOCK) == CLOCK.now() + timedelta(minutes=10, seconds=1)
    assert retry_at(_answer(429, {}, x_rate_limit_reset="soon"), CLOCK) is None
    assert retry_at(_answer(429, {}, x_rate_limit_reset="99999999999"), CLOCK) is None


def test_no_send_without_loopback_or_tls(member, make_part):
    delivery, part = make_part("Hello")
    far = dataclasses.replace(member.account, base_url="http://example.com:80")
    with pytest.raises(UserError) as caught:
        member.publisher.send(far, Tokens("t", "", None), member.publisher.prepare(far, delivery, part, ""))
    assert caught.value.code == "base_url_not_loopback"
