"""The `medvoice` command: parse, call a service, print. Without a command it opens the window.

Exit codes: 0 fine, 1 findings block, 2 usage or user error, 3 account, 4 remote, 5 storage, 6 pack, 70 bug.
"""

import importlib
import io
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from medvoice import __version__
from medvoice.cli import words
from medvoice.domain.errors import MedVoiceError

# command -> (module, attribute): imported when used, so that a start pays for one command only.
COMMANDS = {
    "account": ("medvoice.cli.account", "account"),
    "agent": ("medvoice.cli.agent", "agent"),
    "calendar": ("medvoice.cli.calendar", "calendar"),
    "check": ("medvoice.cli.check", "check"),
    "clear": ("medvoice.cli.clear", "clear"),
    "demo": ("medvoice.cli.demo", "demo"),
    "draft": ("medvoice.cli.draft", "draft"),
    "embargo": ("medvoice.cli.embargo", "embargo"),
    "evergreen": ("medvoice.cli.evergreen", "evergreen"),
    "event": ("medvoice.cli.event", "event"),
    "feed": ("medvoice.cli.feed", "feed"),
    "idea": ("medvoice.cli.idea", "idea"),
    "measure": ("medvoice.cli.measure", "measure"),
    "pack": ("medvoice.cli.pack", "pack"),
    "plan": ("medvoice.cli.plan", "plan"),
    "prompt": ("medvoice.cli.prompt", "prompt"),
    "profile": ("medvoice.cli.profile", "profile"),
    "queue": ("medvoice.cli.queue", "queue"),
    "record": ("medvoice.cli.record", "record"),
    "rule": ("medvoice.cli.rule", "rule"),
    "sandbox": ("medvoice.cli.sandbox", "sandbox"),
    "schedule": ("medvoice.cli.schedule", "schedule"),
    "slot": ("medvoice.cli.slot", "slot"),
    "comments": ("medvoice.cli.comments", "comments"),
    "topic": ("medvoice.cli.topic", "topic"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        return getattr(importlib.import_module(module), attribute)


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="medvoice")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="The workspace folder; else MEDVOICE_HOME, else the system's place for your data.",
)
@click.option(
    "--exit-when",
    type=click.Choice(["painted", "ready", "shown"]),
    default=None,
    help="Close the window after its first painted frame, when it is ready to type, or when that is painted"
    " (for measuring).",
)
@click.option("--shots", type=click.Path(file_okay=False, path_type=Path), default=None, hidden=True)
@click.pass_context
def cli(ctx: click.Context, home: Path | None, exit_when: str | None, shots: Path | None) -> None:
    """Write, check, clear, schedule and publish your own posts."""
    ctx.obj = home
    if ctx.invoked_subcommand is None:
        from medvoice import app

        ctx.exit(app.main(home, exit_when, shots))


def main() -> None:
    """The command line. Turns foreseen problems into one sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        # A command that ends with `ctx.exit(1)` comes back here as the number, not as an exception.
        sys.exit(cli(standalone_mode=False) or 0)
    except Exception as problem:  # noqa: BLE001 - the last catch
        leave(problem)


def leave(problem: Exception) -> NoReturn:
    """Say what ended the command, and end with the exit code for it."""
    if isinstance(problem, click.exceptions.Abort):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    if isinstance(problem, click.ClickException):
        problem.show()
        sys.exit(2)
    if isinstance(problem, MedVoiceError):
        click.echo(words.words_of(problem), err=True)
        sys.exit(problem.exit_code)
    if isinstance(problem, BrokenPipeError):
        sys.exit(141)
    # A mistake of ours ends with its own exit code.
    traceback.print_exception(problem)
    click.echo(words.UNFORESEEN, err=True)
    sys.exit(70)


if __name__ == "__main__":
    main()
