"""`medvoice` and `python -m medvoice`: the window at once, every other command through the command line."""

import gc
import sys
from pathlib import Path

# With these alone the window opens, and the command line need not be read for it: a tenth of a start.
WINDOW_OPTIONS = ("--home", "--exit-when", "--shots")
MOMENTS = ("painted", "ready", "shown")


def window_options(args: list[str]) -> dict[str, str] | None:
    """The options when `args` ask for the window and nothing else; None for all that needs a closer look
    (commands, other options, mistakes)."""
    found: dict[str, str] = {}
    rest = list(args)
    while rest:
        name, is_joined, value = rest.pop(0).partition("=")
        if not is_joined and rest:
            value = rest.pop(0)
        if name not in WINDOW_OPTIONS or not value or value.startswith("-"):
            return None
        found[name] = value
    is_known = found.get("--exit-when", "ready") in MOMENTS
    is_file = any(Path(found[name]).is_file() for name in ("--home", "--shots") if name in found)
    return found if is_known and not is_file else None


def open_window(options: dict[str, str]) -> int:
    """Open the window; returns the exit code. Raises what `app.main` raises."""
    # Nothing of what a start makes is garbage, and looking for it costs a tenth of it; the window looks again
    # once one can write.
    gc.disable()
    from medvoice import app

    home, shots = options.get("--home"), options.get("--shots")
    return app.main(Path(home) if home else None, options.get("--exit-when"), Path(shots) if shots else None)


def main() -> None:
    """The console script."""
    options = window_options(sys.argv[1:])
    if options is None:
        from medvoice.cli.main import main as command_line

        command_line()
        return
    try:
        sys.exit(open_window(options))
    except Exception as problem:  # noqa: BLE001 - the command line has the words and the exit code for it
        from medvoice.cli.main import leave

        leave(problem)


if __name__ == "__main__":
    main()
