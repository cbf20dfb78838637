"""The whole way by the command line alone: blocked, put right, cleared, planned, sent once, recorded.

Every command is a process of its own, as a person would run it.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from medvoice.domain.clock import utc_to_wall

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "compliance" / "dev_real.jsonl"
# A safety claim that a regulator wrote to a firm about; the sentence that stands for it is calm.
REAL_ID = "FDA-001"
CALM = "Which section of a paper do you read first, and why?"
PERSON = ("--name", "Jordan Sample", "--role", "medical affairs", "--employer", "Example Pharma")
REASON = "A question on reading; my profile says whose view it is."

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def real_text() -> str:
    """The one text this journey takes from the shared data. Skips where that is absent."""
    if not REAL.is_file():
        pytest.skip(f"shared data absent: {REAL.name}")
    for line in REAL.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] == REAL_ID:
            return row["text"]
    pytest.skip(f"shared data absent: no {REAL_ID} in {REAL.name}")


@pytest.fixture
def signed_in(journey):
    journey.medvoice("profile", "set", *PERSON, "--region", "US", "--region", "EU", "--region", "UK")
    for network in ("linkedin", "x"):
        journey.connect(network)
    return journey


def left_after(journey, draft_id: str) -> list[dict[str, Any]]:
    """What `clear` says is left; it ends with 1."""
    done = journey.medvoice("clear", draft_id, "--json", check=False)
    assert done.returncode == 1, (done.stdout, done.stderr)
    answer = json.loads(done.stdout)
    assert answer["cleared"] is False
    return answer["left"]


def ticks_for(journey, draft_id: str) -> list[str]:
    """Dismiss open warnings with a reason; returns `--tick CODE` for each box that is left."""
    for rule in sorted({each["code"] for each in left_after(journey, draft_id) if each["kind"] == "warning"}):
        journey.medvoice("draft", "dismiss", draft_id, rule, "--reason", REASON)
    left = left_after(journey, draft_id)
    assert {each["kind"] for each in left} == {"tick"}, left
    codes = sorted({each["code"] for each in left})
    return [part for code in codes for part in ("--tick", code)]


def calm_draft(journey, *channels: str) -> tuple[str, list[str]]:
    """A draft that only wants its boxes ticked, and the options that tick them."""
    options = [part for channel in channels for part in ("--channel", channel)]
    made = journey.json("draft", "add", "-", *options, "--disclaimer", "--json", text=CALM)
    journey.medvoice("draft", "edit", made["id"], "--disclaimer-first")
    return made["id"], ticks_for(journey, made["id"])


def plan(journey, draft_id: str, *more: str) -> list[dict[str, Any]]:
    """Plan it for the minute after next, in Berlin; `run_agent` comes by after that minute."""
    wall = utc_to_wall(datetime.now(UTC) + timedelta(minutes=2), "Europe/Berlin")
    return journey.json("schedule", draft_id, "--at", wall, "--zone", "Europe/Berlin", *more, "--json")


def run_agent(journey) -> list[dict[str, Any]]:
    """The publisher's one look three minutes from now; returns what it says of parts."""
    done = journey.medvoice("agent", "--once", "--json", MEDVOICE_CLOCK="+180")
    assert done.stderr == ""
    return [step for step in map(json.loads, done.stdout.splitlines()) if step["event"] == "part"]


def sent_text(entry) -> str:
    """The text as it went over the wire, with LinkedIn's escapes taken away."""
    body = json.loads(entry.request_body)
    if entry.network == "x":
        return body["text"]
    wire, text, at = body["commentary"], "", 0
    while at < len(wire):
        at += wire[at] == "\\"
        text += wire[at]
        at += 1
    return text


def test_a_real_text_is_blocked_then_put_right_and_sent_once(signed_in):
    journey, text = signed_in, real_text()
    made = journey.json("draft", "add", "-", "--channel", "linkedin", "--channel", "x", "--json", text=text)
    draft_id = made["id"]
    blocked = [each for each in left_after(journey, draft_id) if each["kind"] == "block"]
    assert {each["channel"] for each in blocked} == {"linkedin", "x"}
    told = journey.medvoice("clear", draft_id, check=False)
    assert told.returncode == 1
    assert blocked[0]["code"] in told.stderr
    start, end = blocked[0]["span"]
    assert text[start:end], "the block names the words it is about"

    edit = ("draft", "edit", draft_id, "--file", "-", "--disclaimer", "--disclaimer-first", "--json")
    texts = journey.json(*edit, text=CALM)["texts"]
    assert all(each.endswith(CALM) and each != CALM for each in texts.values()), texts
    cleared = journey.json("clear", draft_id, *ticks_for(journey, draft_id), "--json")
    assert {each["channel"] for each in cleared["clearances"]} == {"linkedin", "x"}
    planned = plan(journey, draft_id)
    assert {each["state"] for each in planned} == {"planned"}
    assert {each["clearance"] for each in planned} == {each["id"] for each in cleared["clearances"]}

    journey.medvoice("agent", "--once")
    assert journey.sandbox.ledger == [], "nothing goes out before its time"
    assert [step["state"] for step in run_agent(journey)].count("published") == 2
    assert run_agent(journey) == []
    ledger = journey.sandbox.ledger
    assert {entry.network: sent_text(entry) for entry in ledger} == texts
    assert {entry.network: entry.text for entry in ledger} == texts
    assert len(ledger) == 2

    queue = journey.json("queue", "list", "--json")
    assert {each["state"] for each in queue} == {"published"}
    urls = {part["url"] for each in queue for part in each["parts"]}
    assert all(url.startswith(journey.sandbox.base_url) for url in urls), urls
    kinds = [each["kind"] for each in journey.json("record", "list", "--draft", draft_id, "--json")]
    assert [kinds.count(kind) for kind in ("cleared", "scheduled", "sending", "published")] == [2, 2, 2, 2]
    assert journey.json("record", "verify", "--json") == {"whole": True, "first_broken": None}


def test_an_edit_after_planning_holds_the_delivery(signed_in):
    draft_id, ticks = calm_draft(signed_in, "x")
    delivery = plan(signed_in, draft_id, *ticks)[0]
    signed_in.medvoice("draft", "edit", draft_id, "--text", CALM + " Tell me why.")
    run_agent(signed_in)
    held = signed_in.json("queue", "show", delivery["id"], "--json")
    assert (held["state"], held["parts"][0]["reason"]) == ("held", "changed")
    assert signed_in.sandbox.ledger == []
    again = plan(signed_in, draft_id, *ticks_for(signed_in, draft_id))[0]
    run_agent(signed_in)
    assert [entry.text.endswith("Tell me why.") for entry in signed_in.sandbox.ledger] == [True]
    assert signed_in.json("queue", "show", again["id"], "--json")["state"] == "published"


def test_a_warning_is_set_aside_with_a_reason_and_recorded(signed_in):
    draft_id = signed_in.json("draft", "add", "-", "--channel", "x", "--json", text=CALM)["id"]
    warned = {each["code"] for each in left_after(signed_in, draft_id) if each["kind"] == "warning"}
    assert warned == {"GL-DISC-001"}
    short = signed_in.medvoice("draft", "dismiss", draft_id, "GL-DISC-001", "--reason", "no", check=False)
    assert short.returncode == 2
    ticks = ticks_for(signed_in, draft_id)
    assert signed_in.json("clear", draft_id, *ticks, "--json")["cleared"] is True
    kept = json.dumps(signed_in.json("record", "list", "--draft", draft_id, "--json"))
    assert REASON in kept


def test_two_agents_at_once_send_once(signed_in):
    draft_id, ticks = calm_draft(signed_in, "linkedin", "x")
    plan(signed_in, draft_id, *ticks)
    command = [sys.executable, "-m", "medvoice", "agent", "--once", "--json"]
    agents = [
        subprocess.Popen(
            command,
            env=signed_in.env | {"MEDVOICE_CLOCK": "+180"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [agent.communicate(timeout=90) for agent in agents]
    assert [agent.returncode for agent in agents] == [0, 0], said
    assert sorted(entry.network for entry in signed_in.sandbox.ledger) == ["linkedin", "x"]
    assert {each["state"] for each in signed_in.json("queue", "list", "--json")} == {"published"}


def test_no_token_is_readable_anywhere(signed_in):
    draft_id, ticks = calm_draft(signed_in, "linkedin", "x")
    plan(signed_in, draft_id, *ticks)
    sent = signed_in.medvoice("agent", "--once", "--json", MEDVOICE_CLOCK="+180")
    listed = signed_in.medvoice("account", "list", "--json")
    world = signed_in.sandbox.world
    secrets = {token.value for token in world.tokens.values()}
    secrets |= {token.refresh for token in world.tokens.values() if token.refresh}
    secrets |= {"practice-linkedin-secret"}
    assert len(signed_in.sandbox.ledger) == 2
    assert len(secrets) >= 4, "two access tokens, a refresh token, the client's secret"
    for said in (sent.stdout, sent.stderr, listed.stdout, listed.stderr):
        assert not [secret for secret in secrets if secret in said]
    files = [path for path in signed_in.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite3" for path in files)
    assert any(path.parent.name == "logs" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [path for secret in secrets if secret.encode() in content], path


def test_a_moved_clock_is_refused_beside_a_real_account(journey):
    journey.medvoice("account", "connect", "linkedin", "--by-hand", "--json")
    done = journey.medvoice("agent", "--once", check=False, MEDVOICE_CLOCK="+3600")
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "practice network" in done.stderr
    journey.medvoice("agent", "--once")
