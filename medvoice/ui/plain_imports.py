"""Brings PySide in without what a running program does not use of it; imported for that, before PySide.

Its first import reads a dozen modules of its own, compiled from source text each time, that describe the
signatures of Qt's functions to `help`, to makers of type stubs and to the words of a TypeError: a quarter of
the start of an empty window. Here they come when one of them is first asked for. That leans on the inside of
PySide, so it is done for the versions it was tested with and for no other.

And with that import PySide has every later import statement pass through Python code of its own, and
reads the source text of each new module for `__feature__` (snake_case, true_property). Nothing here uses
those, and the hook costs a start as much as a tenth of a first paint. Where PySide has no such hook nothing
changes.
"""

import builtins
import importlib
import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

TESTED_VERSIONS = frozenset({"6.11.3"})
PACKAGE = "shibokensupport"
LATER = {
    f"{PACKAGE}.signature": ("mapping", "errorhandler", "layout", "parser"),
    f"{PACKAGE}.signature.lib": ("enum_sig", "pyi_generator", "tool"),
}
_plain_import = builtins.__import__
_lock = RLock()


class Later(ModuleType):
    """A module that runs its text when something of it is first asked for; any thread.

    It stays the same object with the same dictionary: Shiboken's C code keeps hold of both.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)
        if name.endswith(".mapping"):
            # Taken out of the dictionary by the C code; running the text replaces it.
            self.__dict__["update_mapping"] = lambda: self._run(name).update_mapping()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        with _lock:
            is_running = self.__dict__.get("is_running", False)
            if type(self) is Later and not is_running:
                self._run(self.__name__)
            return object.__getattribute__(self, name)

    def _run(self, name: str) -> Any:
        own = self.__dict__
        with _lock:
            own["is_running"] = True
            own.pop("update_mapping", None)
            published, loader = self.__spec__, sys.modules[PACKAGE].__loader__
            assert loader is not None
            self.__spec__ = loader.find_spec(name, None)  # pyright: ignore[reportAttributeAccessIssue]
            loader.exec_module(self)  # pyright: ignore[reportAttributeAccessIssue]
            self.__spec__ = published
            del own["is_running"]
            self.__class__ = ModuleType  # pyright: ignore[reportAttributeAccessIssue]
        return self


def _import(name: str, *rest: Any, **named: Any) -> ModuleType:
    """As `__import__`, with stand-ins for the modules of `LATER`."""
    # Where somebody laid PySide's modules out as files (SBK_EMBED) they are read from there as ever.
    if name not in LATER or not hasattr(sys.modules[PACKAGE].__loader__, "find_spec"):
        return _plain_import(name, *rest, **named)
    wanted = named.get("fromlist", rest[2] if len(rest) > 2 else ())
    for each in wanted or ():
        full = f"{name}.{each}"
        if each in LATER[name] and full not in sys.modules:
            package = importlib.import_module(name)
            sys.modules[full] = Later(full)
            setattr(package, each, sys.modules[full])
    return _plain_import(name, *rest, **named)


def pyside_version() -> str:
    """The version of the PySide that would be imported, "" where it does not say; read without importing."""
    spec = PathFinder.find_spec("shiboken6")
    if spec is None or spec.origin is None:
        return ""
    try:
        words = Path(spec.origin).with_name("_config.py").read_text("utf-8")
    except OSError:
        return ""
    return words.partition('\nversion = "')[2].partition('"')[0]


def import_pyside() -> None:
    """The first import of PySide, if there was none yet; then the import statement is Python's own again."""
    is_first = "shiboken6" not in sys.modules
    if is_first and pyside_version() in TESTED_VERSIONS:
        builtins.__import__ = _import
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.__import__ = (
            _plain_import if is_first else getattr(builtins, "__orig_import__", builtins.__import__)
        )


import_pyside()
