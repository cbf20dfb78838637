"""What the shell is told: 0 fine, 1 findings block, 2 usage."""

import sys
from pathlib import Path

import pytest

from medvoice.cli.main import main

CLAIM = "Exampletinib is completely safe and cures every patient.\n"
CALM = "Three questions I ask before I trust a registry. Which one would you add?\n"


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (CLAIM, ["--employer", "Example Pharma", "--product", "Exampletinib"], 1),
        (CALM, [], 0),
        (CALM, ["--channel", "carrier-pigeon"], 2),
    ],
)
def test_check(
    text: str, arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = tmp_path / "post.txt"
    post.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["medvoice", "check", str(post), "--region", "us", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
