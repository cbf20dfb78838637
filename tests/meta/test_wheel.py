"""The wheel carries every resource where `resource_path` looks, the command, the licence, no other thing."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from medvoice.infra.resources import resource_path

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_what_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, prefix in (("medvoice", "medvoice/"), ("resources", "medvoice/_resources/")):
        wanted = {
            prefix + path.relative_to(ROOT / folder).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert len(wanted) > 50
        assert sorted(wanted - names) == []
    info = [name for name in names if name.endswith(("/entry_points.txt", "/licenses/LICENSE"))]
    assert len(info) == 2
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"medvoice"}


def test_resources_are_found_in_a_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    package = tmp_path / "medvoice"
    tokens = resource_path("themes", "tokens.json", package=package)
    assert tokens == package / "_resources" / "themes" / "tokens.json"
    assert tokens.read_bytes() == (ROOT / "resources" / "themes" / "tokens.json").read_bytes()


def test_resources_are_found_in_a_checkout() -> None:
    assert resource_path("packs") == ROOT / "resources" / "packs"


def test_an_incomplete_installation_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="resources of MedVoice are missing"):
        resource_path("packs", package=tmp_path / "medvoice")
