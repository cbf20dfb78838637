"""Which command lines open the window at once, and which go through the command line."""

from pathlib import Path

import pytest

from medvoice.__main__ import window_options


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ([], {}),
        (["--home", "work"], {"--home": "work"}),
        (["--home=work", "--exit-when", "ready"], {"--home": "work", "--exit-when": "ready"}),
        (["--exit-when=painted"], {"--exit-when": "painted"}),
        (["--shots", "pictures"], {"--shots": "pictures"}),
    ],
)
def test_the_window_alone(args: list[str], found: dict[str, str]) -> None:
    assert window_options(args) == found


@pytest.mark.parametrize(
    "args",
    [
        ["--version"],
        ["--help"],
        ["check"],
        ["--home", "work", "queue", "list"],
        ["--home"],
        ["--home="],
        ["--home", "--exit-when", "ready"],
        ["--exit-when", "someday"],
        ["--window"],
        [""],
    ],
)
def test_all_else_is_read_by_the_command_line(args: list[str]) -> None:
    assert window_options(args) is None


def test_a_file_is_no_workspace_and_the_command_line_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert window_options(["--home", str(file)]) is None
