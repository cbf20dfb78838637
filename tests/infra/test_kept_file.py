"""A file that only saves time is believed only when it is surely our own."""

import os
import sys
from pathlib import Path

import pytest

from medvoice.infra.kept_file import read_kept, stamp_of, write_kept

KEY, OTHER = "a" * 64, "b" * 64
BODY = bytes(range(256)) * 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "cache" / "rules.bin"
    assert write_kept(found, KEY, BODY)
    return found


def test_comes_back_for_its_key_only(path: Path) -> None:
    assert read_kept(path, KEY) == BODY
    assert read_kept(path, OTHER) is None


@pytest.mark.parametrize("at", [0, 70, 140, -1])
def test_one_changed_byte_is_noticed(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert read_kept(path, KEY) is None


def test_half_a_file_is_none(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])
    assert read_kept(path, KEY) is None
    path.write_bytes(b"")
    assert read_kept(path, KEY) is None


def test_absent_file_and_closed_folder(tmp_path: Path) -> None:
    assert read_kept(tmp_path / "nothing", KEY) is None
    (tmp_path / "file").write_bytes(b"")
    assert write_kept(tmp_path / "file" / "below", KEY, BODY) is False


@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder guards it there")
def test_what_others_may_write_is_not_believed(path: Path, tmp_path: Path) -> None:
    path.chmod(0o666)
    assert read_kept(path, KEY) is None
    path.chmod(0o600)
    link = tmp_path / "link"
    link.symlink_to(path)
    assert read_kept(link, KEY) is None
    assert read_kept(path, KEY) == BODY
    assert os.stat(path).st_mode & 0o077 == 0


def test_stamp_follows_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = type(sys)("sample_package")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "sample_package", package)
    (tmp_path / "one.py").write_text("a = 1\n")
    first = stamp_of("sample_package")
    assert first == stamp_of("sample_package") != ""
    (tmp_path / "one.py").write_text("a = 12\n")
    assert stamp_of("sample_package") != first
