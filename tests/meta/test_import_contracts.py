"""The rooms: the import contracts hold, and each catches what it is for when it is planted in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A line to add to a file, and the contract that has to break.
PLANTS = {
    "domain reaches up": ("medvoice/domain/draft.py", "import medvoice.store.draft", "Rooms"),
    "siblings": ("medvoice/infra/paths.py", "import medvoice.platforms.http", "Rooms"),
    "an unknown room": ("medvoice/attic.py", "", "Rooms"),
    "Qt in a service": ("medvoice/services/topics.py", "import PySide6.QtCore", "Qt"),
    "Qt in a command": ("medvoice/cli/topic.py", "import PySide6.QtCore", "Only ui and app import Qt"),
    "Qt reached by the agent": ("medvoice/agent.py", "import medvoice.ui.theme.theme", "Qt stays out"),
    "SQLite in a service": ("medvoice/services/topics.py", "import sqlite3", "Only store opens SQLite"),
    "HTTP in infra": ("medvoice/infra/notify.py", "import requests", "Only platforms speaks HTTP"),
    "the adapter knows the practice network": (
        "medvoice/platforms/x/publisher.py",
        "import medvoice.platforms.sandbox.world",
        "do not know each other",
    ),
    "the practice network knows the client side": (
        "medvoice/platforms/sandbox/world.py",
        "import medvoice.platforms.http",
        "shares no code",
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its settings, away from the checkout."""
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "medvoice", folder / "medvoice", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over the copy, with only the copy on the path."""
    start = "import sys; from importlinter.cli import lint_imports_command as go; go()"
    return subprocess.run(
        [sys.executable, "-c", start, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_import_is_caught(copy: Path, plant: str) -> None:
    name, line, contract = PLANTS[plant]
    path = copy / name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        done = lint(copy)
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [text for text in done.stdout.splitlines() if text.endswith("BROKEN")] or [done.stdout]
    assert any(contract in text for text in broken), done.stdout
