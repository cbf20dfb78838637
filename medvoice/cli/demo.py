"""`medvoice demo`: the main job from first word to published post, on the practice network."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from medvoice.bootstrap import CLOCK_VARIABLE, load_rulebook, open_workspace
from medvoice.cli.draft import read_file
from medvoice.cli.story import Story
from medvoice.domain.clock import SystemClock
from medvoice.infra.resources import resource_path
from medvoice.platforms.sandbox import Sandbox
from medvoice.services.sample import SampleWriter

SAMPLE_URL = "http://127.0.0.1:8799"
MOVED_S = 150


@click.command()
@click.argument("file", required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="For pictures.")
@click.option("--workspace", "folder", type=click.Path(path_type=Path, file_okay=False), default=None)
@click.option("--window", is_flag=True, help="Open the window on the sample workspace.")
@click.option("--no-pictures", is_flag=True)
@click.pass_context
def demo(
    ctx: click.Context,
    file: str | None,
    out: Path | None,
    folder: Path | None,
    window: bool,
    no_pictures: bool,
) -> None:
    """Check, fix, clear, schedule and publish one post (yours, if you name a FILE) on the practice network.

    --workspace DIR only writes the sample workspace; --window also opens it.
    """
    if folder is not None and not window:
        click.echo(write_sample(folder))
        return
    target = out or Path(tempfile.mkdtemp(prefix="medvoice-demo-"))
    target.mkdir(parents=True, exist_ok=True)
    if window:
        home = folder or target / "sample-workspace"
        if not (home / "medvoice.sqlite3").exists():
            click.echo(write_sample(home))
        with Sandbox(port=8799):
            ctx.exit(subprocess.call([sys.executable, "-m", "medvoice", "--home", str(home)]))
    text = read_file(file) if file else template("sample_post.txt")
    is_done = run_story(text, target)
    if not no_pictures:
        take_pictures(target)
    click.echo(f"\nEverything of this demo is in {target}")
    ctx.exit(0 if is_done else 1)


def template(name: str) -> str:
    """The text of a shipped template."""
    return resource_path("templates", name).read_text(encoding="utf-8")


def write_sample(home: Path) -> str:
    """Write the sample workspace into an empty folder; returns a sentence about it."""
    if (home / "medvoice.sqlite3").exists():
        raise click.ClickException(f"{home} holds a workspace already; choose an empty folder.")
    opened = open_workspace(home)
    try:
        now = SystemClock().now().replace(second=0, microsecond=0)
        writer = SampleWriter(opened.db, opened.rulebook, now, SAMPLE_URL)
        written = writer.write(template("sample_workspace.toml"), template("sample_post.txt"))
    finally:
        opened.close()
    return (
        f"Sample workspace in {home}: {written.topics} topics, {written.drafts} drafts, "
        f"{written.deliveries} deliveries. Open it: medvoice --home {home}"
    )


def run_story(text: str, target: Path) -> bool:
    """The main job with its transcript on standard output; False when the text could not be cleared."""
    home = target / "demo-workspace"
    passphrase = target / "demo-passphrase.txt"
    passphrase.write_text(secrets.token_urlsafe(24) + "\n", encoding="utf-8")
    passphrase.chmod(0o600)
    os.environ["MEDVOICE_PASSPHRASE_FILE"] = str(passphrase)
    with Sandbox() as sandbox:
        click.echo(f"The practice network is on {sandbox.base_url}. Nothing leaves this computer.")
        opened = open_workspace(home, load_rulebook())
        try:
            story = Story(opened, sandbox, click.echo)
            story.introduce()
            story.connect("linkedin")
            story.connect("x")
            draft = story.write(text)
            story.show_findings(draft.id)
            if not story.make_clearable(draft.id):
                return False
            story.schedule(draft.id)
        finally:
            opened.close()
        publish(home)
        opened = open_workspace(home, load_rulebook())
        try:
            Story(opened, sandbox, click.echo).show_end(draft.id)
        finally:
            opened.close()
    return True


def publish(home: Path) -> None:
    """Run the real agent once, on a clock moved past the planned minute."""
    click.echo(f"\nThe clock is moved {MOVED_S} seconds; the agent looks at the queue once.")
    env = os.environ | {CLOCK_VARIABLE: f"+{MOVED_S}"}
    done = subprocess.run(
        [sys.executable, "-m", "medvoice", "--home", str(home), "agent", "--once", "--json"],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    for line in done.stdout.splitlines():
        event = json.loads(line)
        if event.get("event") == "part":
            click.echo(f"  part {event['part']}: {event['state']}  {event['url'] or event['reason']}")
    if done.returncode:
        raise click.ClickException(f"The agent stopped: {done.stderr.strip()}")


def take_pictures(target: Path) -> None:
    """Pictures of the real window on the sample workspace, in light and dark, large and small."""
    home = target / "sample-workspace"
    if not (home / "medvoice.sqlite3").exists():
        write_sample(home)
    shots = target / "pictures"
    shots.mkdir(exist_ok=True)
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "medvoice", "--home", str(home), "--shots", str(shots)],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    if done.returncode:
        raise click.ClickException(f"The pictures could not be taken: {done.stderr.strip()[-400:]}")
    click.echo("\nPictures of the window:")
    for picture in sorted(shots.glob("*.png")):
        click.echo(f"  {picture}")
