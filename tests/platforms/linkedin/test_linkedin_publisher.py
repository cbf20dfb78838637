"""LinkedInPublisher against the practice network: a table of server behaviour and the outcome it gives."""

import json
from datetime import UTC, date, datetime

import pytest

from medvoice.domain.errors import UserError
from medvoice.domain.outcome import (
    CannotTell,
    Duplicate,
    NotSent,
    Published,
    Refused,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.platforms.http import Answer
from medvoice.platforms.linkedin.publisher import read_answer
from medvoice.platforms.linkedin.versions import DEFAULT_VERSION, SUNSETS, ends_soon, sunset_of
from medvoice.platforms.sandbox import Fault

POST = "POST /rest/posts"


def _send(member, make_part, text="Real-world evidence (RWE), told plainly."):
    delivery, part = make_part(text)
    prepared = member.publisher.prepare(member.account, delivery, part, "")
    return member.publisher.send(member.account, member.tokens, prepared)


@pytest.mark.parametrize(
    "text",
    [
        "Plain words",
        "Every reserved one: | { } @ [ ] ( ) < > # \\ * _ ~ and #RWE #evidence_based",
        "Ünïcode “quoted” 👩🏽‍🔬\n\nline & line 100 % – https://example.org/a_b~c?d=(e)#f",
        "\\( already \\\\ escaped \\)",
    ],
)
def test_readers_see_the_words_as_cleared(sandbox, member, make_part, text):
    delivery, part = make_part(text)
    prepared = member.publisher.prepare(member.account, delivery, part, "")
    outcome = member.publisher.send(member.account, member.tokens, prepared)
    (entry,) = sandbox.ledger
    assert outcome == Published(entry.remote_id, f"{sandbox.base_url}/feed/update/{entry.remote_id}/")
    assert entry.text == text
    assert entry.request_body == prepared.body
    assert json.loads(prepared.body)["author"] == f"urn:li:person:{member.account.member_id}"
    assert prepared == member.publisher.prepare(member.account, delivery, part, "")


MAY_HAVE_ACTED = [
    (Fault("drop_before"), 0),
    (Fault("drop_after"), 1),
    (Fault("delay_after", delay_s=1.5), 1),
    (Fault("status_before", status=500), 0),
    (Fault("status_after", status=503), 1),
    (Fault("status_after", status=504), 1),
    (Fault("status_before", status=408), 0),
    (Fault("garble"), 1),
    (Fault("redirect", status=307), 0),
    (Fault("redirect", status=303), 0),
]


@pytest.mark.parametrize(("fault", "made"), MAY_HAVE_ACTED, ids=lambda value: getattr(value, "kind", value))
def test_what_may_have_acted_is_unconfirmed(sandbox, member, make_part, fault, made):
    sandbox.script(POST, fault)
    delivery, part = make_part("A post of unknown fate")
    prepared = member.publisher.prepare(member.account, delivery, part, "")
    assert isinstance(member.publisher.send(member.account, member.tokens, prepared), Unconfirmed)
    assert len(sandbox.ledger) == made
    assert [seen.route for seen in sandbox.requests].count(POST) == 1, "sent once only"
    assert not any("trap" in seen.path for seen in sandbox.requests)
    # Asking: the same bytes again name the post if it is there, and make it if it is not.
    asked = member.publisher.send(member.account, member.tokens, prepared)
    (entry,) = sandbox.ledger
    url = f"{sandbox.base_url}/feed/update/{entry.remote_id}/"
    if made:
        assert isinstance(asked, Duplicate)
        assert (asked.remote_id, asked.url) == (entry.remote_id, url)
    else:
        assert asked == Published(entry.remote_id, url)


def test_a_good_status_keeps_the_id_when_the_body_breaks_off(sandbox, member, make_part):
    sandbox.script(POST, Fault("truncate"))
    assert _send(member, make_part) == Published(
        sandbox.ledger[0].remote_id, f"{sandbox.base_url}/feed/update/{sandbox.ledger[0].remote_id}/"
    )


def test_published_without_an_id(sandbox, member, make_part):
    sandbox.script(POST, Fault("no_id"))
    assert _send(member, make_part) == Published("", "")
    assert len(sandbox.ledger) == 1


def test_looking_is_not_possible(member, make_part):
    seen = member.publisher.look(member.account, member.tokens, make_part("x")[1], "", datetime.now(UTC))
    assert seen == CannotTell("linkedin_has_no_reading", "")


def test_limits_and_sign_in(sandbox, member, make_part):
    sandbox.script(POST, Fault("rate_limit"))
    limited = _send(member, make_part)
    assert isinstance(limited, NotSent)
    assert (limited.code, limited.retry_at) == ("rate_limited", None)
    too_long = _send(member, make_part, "x" * 3001)
    assert isinstance(too_long, Refused)
    assert too_long.code == "too_long"
    sandbox.revoke_tokens("linkedin")
    assert isinstance(_send(member, make_part), SignInNeeded)
    assert sandbox.ledger == []


@pytest.mark.parametrize("version", ["202512", "202501"])
def test_a_version_that_ended_stops_all_sending(sandbox, member, make_part, version):
    member.publisher.api_version = version
    outcome = _send(member, make_part)
    assert isinstance(outcome, Stopped)
    assert outcome.code == "api_version_ended"


def test_nothing_leaves_when_nobody_listens(sandbox, member, make_part):
    sandbox.stop()
    assert _send(member, make_part) == NotSent("refused", "ConnectionRefusedError")


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n", "text_empty"), ("half \udc00", "text_unreadable"), ("a\0b", "text_unreadable")],
)
def test_text_that_cannot_be_sent(member, make_part, text, code):
    delivery, part = make_part(text)
    with pytest.raises(UserError) as caught:
        member.publisher.prepare(member.account, delivery, part, "")
    assert caught.value.code == code


def test_no_threads(member, make_part):
    delivery, part = make_part("x")
    with pytest.raises(UserError):
        member.publisher.prepare(member.account, delivery, part, "urn:li:share:1")


SHARE, UGC = "urn:li:share:7000000000000000001", "urn:li:ugcPost:7000000000000000002"


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"code": "VERSION_MISSING", "message": "v"}, Refused, "not_accepted"),
        (400, {"message": "Requested version 20250901 is not active"}, Stopped, "api_version_ended"),
        (400, {"code": "INVALID_VALUE_BLANK_FIELD"}, Refused, "text_empty"),
        (400, {"serviceErrorCode": 65601, "message": "revoked"}, SignInNeeded, "token_refused"),
        (401, {"code": "EXPIRED_ACCESS_TOKEN"}, SignInNeeded, "token_refused"),
        (403, {"code": "ACCESS_DENIED", "serviceErrorCode": 100, "message": "Not enough permissions"},
         Stopped, "permission_missing"),
        (404, {"code": "NOT_FOUND"}, Refused, "not_accepted"),
        (409, {"code": "CONFLICT", "message": "write conflict. Retry"}, NotSent, "conflict"),
        (422, {"code": "UNPROCESSABLE_ENTITY"}, Refused, "not_accepted"),
        (426, {}, Stopped, "api_version_ended"),
        (429, b"", NotSent, "rate_limited"),
        (500, b"<html>", Unconfirmed, "server_trouble"),
        (503, {}, Unconfirmed, "server_trouble"),
    ],
)  # fmt: skip
def test_every_refusal(status, body, kind, code):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    outcome = read_answer(Answer(status, {}, raw), "", "token")
    assert isinstance(outcome, kind)
    assert outcome.code == code


@pytest.mark.parametrize(
    ("message", "urn"),
    [
        (f"Content is a duplicate of {SHARE}", SHARE),
        (
            "Content is a duplicate of urn:li:ugcPost:7000000000000000002.",
            "urn:li:ugcPost:7000000000000000002",
        ),
        ("Content is a duplicate of urn:li:person:abc", ""),
        ("Duplicate post is detected", ""),
    ],
)
def test_only_a_named_post_is_proof(message, urn):
    raw = json.dumps({"status": 422, "message": message}).encode()
    outcome = read_answer(Answer(422, {}, raw), "", "token")
    assert isinstance(outcome, Duplicate)
    assert outcome.remote_id == urn
    assert outcome.url == (f"https://www.linkedin.com/feed/update/{urn}/" if urn else "")


def test_header_spellings_and_strange_success():
    assert read_answer(Answer(201, {"x-linkedin-id": SHARE}), "", "") == Published(
        SHARE, f"https://www.linkedin.com/feed/update/{SHARE}/"
    )
    assert isinstance(read_answer(Answer(200, {}), "", ""), Unconfirmed)
    assert isinstance(read_answer(Answer(201, {}, b"", is_whole=False), "", ""), Unconfirmed)
    assert isinstance(read_answer(Answer(302, {"location": "x"}), "", ""), Unconfirmed)


def test_versions():
    assert sunset_of(DEFAULT_VERSION) == date(2027, 9, 15)
    assert not any(version.endswith("12") for version in SUNSETS)
    assert ends_soon("202601", date(2026, 11, 15)) is None
    assert ends_soon("202601", date(2026, 11, 24)) == date(2027, 1, 15)
    assert ends_soon("202510", date(2026, 11, 24)) == date(2026, 10, 15)
    assert ends_soon("209901", date(2026, 11, 24)) is None
