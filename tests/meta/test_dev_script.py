"""packaging/dev.py, as far as it goes without making an environment: any Python reads it and is answered."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [ROOT / "packaging" / "dev.py", ROOT / "packaging" / "linux_packages.py"]
OLDEST_READER = (3, 7)


def load(path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_old_python_can_read_it(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST_READER)
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"linux_packages"} & imported


@pytest.mark.parametrize("version", [(3, 8, 1), (3, 10, 9), (3, 15, 0)])
def test_an_unfit_python_is_told_so(version, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = load(SCRIPTS[0], monkeypatch)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"Python 3\.11 to 3\.14; this is {}\.{}".format(*version[:2])):
        dev.main(["test"])


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["unknown"], 2), (["--help"], 0)])
def test_usage(arguments: list[str], code: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPTS[0]), *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == code
    for command in ("setup", "demo", "app", "test", "check", "lock"):
        assert re.search(rf"packaging/dev\.py {command}\b", done.stdout)


def answers(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pytest command that `dev.py test` becomes."""
    dev = load(SCRIPTS[0], monkeypatch)
    seen: list[list[str]] = []
    monkeypatch.setattr(dev, "hand_over", lambda command, *_: seen.append(command) or 0)
    monkeypatch.setattr("os.chdir", lambda _folder: None)
    assert dev.test(arguments) == 0
    return seen[0][3:]


def test_arguments_reach_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers([], monkeypatch) == ["-n", "3", "--ignore=tests/benchmarks"]
    assert answers(["-n0", "tests/unit", "-k", "emoji"], monkeypatch)[-4:] == [
        "-n0",
        "tests/unit",
        "-k",
        "emoji",
    ]
    assert "--ignore=tests/benchmarks" not in answers(["tests/benchmarks"], monkeypatch)


def test_only_one_command_is_asked_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    linux = load(SCRIPTS[1], monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(linux, "can_load", lambda name: name not in ("libEGL.so.1", "libxcb-cursor.so.0"))
    monkeypatch.setattr(linux, "missing_fonts", dict)
    monkeypatch.setattr(linux.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(linux.importlib.util, "find_spec", lambda _name: object())
    with pytest.raises(SystemExit) as stopped:
        linux.ensure(True, wants_test_programs=False)
    lines = [line for line in str(stopped.value).splitlines() if "apt-get" in line]
    assert len(lines) == 1
    assert lines[0].strip().endswith("libegl1 libxcb-cursor0'")
