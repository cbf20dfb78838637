"""What may not be in a tracked file: places of one machine, addresses of package registries."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = [f"/{top}/" for top in ("work", "root", "home/[a-z]", "Users/[a-z]")]
REGISTRIES = [
    r"\.".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
SETTINGS = ["index" + "-url *=", "extra" + "-index", "registry *" + "="]
MACHINE_PATH = re.compile(r"(?<![\w.~/}-])(?:" + "|".join(MACHINE_PATHS) + ")")
REGISTRY = re.compile("|".join(REGISTRIES + SETTINGS))


def tracked_texts() -> dict[str, str]:
    """The tracked UTF-8 files by their name. Skips the test outside a git checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: no list of tracked files")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    texts = {}
    for name in done.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file() or path.suffix in (".svg", ".ttf", ".png"):
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    assert "pyproject.toml" in texts
    return texts


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_patterns_see_what_they_are_for() -> None:
    assert MACHINE_PATH.search("open('" + "/wo" + "rk/main/x')")
    assert MACHINE_PATH.search("cd " + "/ro" + "ot/thing")
    assert not MACHINE_PATH.search("https://example.com/wo" + "rk/main")
    assert REGISTRY.search("https://" + "pypi" + ".org/simple")


def test_no_path_of_one_machine() -> None:
    assert places(MACHINE_PATH) == []


def test_no_address_of_a_registry() -> None:
    assert places(REGISTRY) == []


def test_the_lock_is_hashed_and_names_no_index() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z0-9]", line)]
    assert len(pins) > 30
    assert [lines[at] for at in pins if "==" not in lines[at] or "--hash=sha256:" not in lines[at + 1]] == []
    assert [line for line in lines if "://" in line] == []
    assert not (ROOT / "uv.lock").exists() or "uv.lock" not in tracked_texts()


def test_qt_is_locked_below_the_version_that_kills_the_process() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"^pyside6-essentials==6\.11\.3 ", lock, re.MULTILINE)
