"""`medvoice measure`: lengths and entities as the networks count them."""

import json
import sys

import click

from medvoice.domain.channel.measure import measure as measure_text
from medvoice.domain.errors import UserError


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help='Read {"id","text"} lines from standard input.')
@click.option("--channel", type=click.Choice(["linkedin", "x"]), required=True)
def measure(jsonl: bool, channel: str) -> None:
    """Measure each line's text; one answer line each, in order."""
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        click.echo(json.dumps(answer(line, channel), ensure_ascii=True))
        sys.stdout.flush()


def answer(line: bytes, channel: str) -> dict[str, object]:
    """The answer to one line; a bad line is answered with its problem, in its place."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return {"error": f"not JSON: {problem}"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return (
            {"id": asked.get("id"), "error": "no text"} if isinstance(asked, dict) else {"error": "no object"}
        )
    try:
        found = measure_text(asked["text"], asked.get("channel") or channel)
    except UserError as problem:
        return {"id": asked.get("id"), "error": str(problem)}
    return {
        "id": asked.get("id"),
        "used": found.used,
        "limit": found.limit,
        "valid": found.valid,
        "urls": [[s.start, s.end] for s in found.urls],
        "hashtags": [[s.start, s.end] for s in found.hashtags],
        "mentions": [[s.start, s.end] for s in found.mentions],
        "parts": [{"text": p.text, "start": p.start, "end": p.end, "length": p.length} for p in found.parts],
    }
