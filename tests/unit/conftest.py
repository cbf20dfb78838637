"""Unit tests run without Qt: importing it, or the window, in one of them is a mistake, and says so."""

import importlib.abc
import sys
from collections.abc import Iterator

import pytest

BLOCKED = ("PySide6", "shiboken6", "medvoice.ui", "medvoice.app")


def is_of_qt(name: str) -> bool:
    """Whether this module is Qt, or imports Qt."""
    return name.startswith(tuple(f"{blocked}." for blocked in BLOCKED)) or name in BLOCKED


class QtBlocker(importlib.abc.MetaPathFinder):
    """Refuses to find Qt and the window. In first place, so that it is asked before those who would."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if is_of_qt(fullname):
            raise ImportError(f"{fullname}: unit tests run without Qt (tests/unit/conftest.py).")


@pytest.fixture(autouse=True)
def no_qt() -> Iterator[None]:
    """Block new imports. Modules that other tests of this process use stay: Qt cannot be loaded twice.
    tests/meta reads the import lines of this folder, so nothing passes for having been loaded before."""
    blocker = QtBlocker()
    sys.meta_path.insert(0, blocker)
    yield
    sys.meta_path.remove(blocker)
