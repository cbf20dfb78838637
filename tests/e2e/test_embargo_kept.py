"""A post under embargo, by the command line and the publisher as processes of their own: it cannot be planned
before the instant, and a computer whose clock was set ahead does not send it either."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.clock import utc_to_wall

from .test_journey import calm_draft, signed_in

__all__ = ["signed_in"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def part_steps(journey, seconds: int) -> list[dict[str, str]]:
    done = journey.medvoice("agent", "--once", "--json", MEDVOICE_CLOCK=f"+{seconds}")
    return [step for step in map(json.loads, done.stdout.splitlines()) if step["event"] == "part"]


def test_nothing_goes_out_before_the_instant(signed_in) -> None:
    journey = signed_in
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    ends_at = now + timedelta(hours=2)
    wall, early = (utc_to_wall(at, "Asia/Tokyo") for at in (ends_at, ends_at - timedelta(minutes=1)))
    days = ("--from", utc_to_wall(now, "Asia/Tokyo")[:10], "--to", utc_to_wall(ends_at, "Asia/Tokyo")[:10])
    event = journey.json("event", "add", "Sample Congress", "--zone", "Asia/Tokyo", *days, "--json")
    session = journey.json("event", "session", event["id"], "Registry studies", "--at", wall, "--json")
    shown = ("--kind", "session", "--session", session["id"])
    abstract = journey.json("event", "abstract", event["id"], "A registry of 400", *shown, "--json")
    draft_id, ticks = calm_draft(journey, "x")
    journey.medvoice("embargo", "tie", draft_id, abstract["abstract"])

    told = journey.medvoice("schedule", draft_id, "--at", early, "--zone", "Asia/Tokyo", *ticks, check=False)
    assert told.returncode == 2
    assert f"under embargo until {wall} Asia/Tokyo" in told.stderr
    assert journey.json("queue", "list", "--json") == []
    planned = journey.json("schedule", draft_id, "--at", wall, "--zone", "Asia/Tokyo", *ticks, "--json")
    assert [each["state"] for each in planned] == ["planned"]
    moved = journey.medvoice(
        "queue", "move", planned[0]["id"], "--at", early, "--zone", "Asia/Tokyo", check=False
    )
    assert moved.returncode == 2

    # Two hours early by the network's clock, on time by this computer's.
    ahead = int((ends_at - datetime.now(UTC)).total_seconds()) + 60
    (step,) = part_steps(journey, ahead)
    assert (step["state"], step["reason"]) == ("waiting", "clock_ahead")
    assert journey.sandbox.ledger == []
    journey.sandbox.advance(ahead)
    (step,) = part_steps(journey, ahead + 2 * 3600 + 60)
    assert step["state"] == "missed", "two hours late by this computer's clock: the person is asked"
    journey.medvoice("queue", "now", planned[0]["id"], MEDVOICE_CLOCK=f"+{ahead}")
    (step,) = part_steps(journey, ahead + 60)
    assert step["state"] == "published"
    assert len(journey.sandbox.ledger) == 1
