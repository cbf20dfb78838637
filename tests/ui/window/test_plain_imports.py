"""PySide comes in without its describing modules; what it says of a wrong call is the same, word for word."""

import subprocess
import sys

import pytest

WITH = "import medvoice.ui.plain_imports\n"
HEAD = """
import sys
from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QColor
"""
CALLS = """
class Own(QObject):
    pass
calls = (lambda: QRect("a"), lambda: QRect().setTop("a"), lambda: QTimer.singleShot("x"),
         lambda: QColor(1, "b"), lambda: QObject.connect(1), lambda: Own(nothing=1),
         lambda: QTimer(interval="x"))
for call in calls * 3:
    try:
        call()
    except Exception as problem:
        print(type(problem).__name__, problem)
print(QRect.__init__.__doc__)
import PySide6.support.signature.mapping as mapping
print(mapping.type_map["bool"], mapping is sys.modules["shibokensupport.signature.mapping"])
from shibokensupport.signature.lib import enum_sig, pyi_generator
print(enum_sig.HintingEnumerator.__name__, pyi_generator.generate_pyi.__name__)
import pydoc
print(pydoc.plain(pydoc.render_doc(QRect)))
"""
LATE = """
late = sorted(name for name in sys.modules if type(sys.modules[name]).__name__ == "Later")
print(late, "argparse" in sys.modules)
"""


def said(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_wrong_call_is_told_as_ever() -> None:
    plain = said(HEAD + CALLS)
    assert "Supported signatures" in plain
    assert said(WITH + HEAD + CALLS) == plain


def test_nothing_that_describes_is_read_before_it_is_asked_for() -> None:
    found = said(WITH + HEAD + LATE)
    assert "shibokensupport.signature.mapping" in found
    assert "shibokensupport.signature.parser" in found
    assert "False" in found


@pytest.mark.parametrize("version", ["", "7.0.0"])
def test_another_pyside_comes_in_as_ever(version: str) -> None:
    # The version is read from a file beside PySide, so it is the file that says another here.
    other = f"""
from pathlib import Path
read = Path.read_text
Path.read_text = lambda path, *rest, **named: (
    '\\nversion = "{version}"' if path.name == "_config.py" else read(path, *rest, **named))
"""
    assert said(other + WITH + HEAD + LATE) == "[] True\n"


def test_import_is_pythons_own_again() -> None:
    assert said(WITH + "import builtins; print(type(builtins.__import__).__name__)") == (
        "builtin_function_or_method\n"
    )
