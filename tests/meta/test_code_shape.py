"""The shape of the code: short files, short functions, telling names, no colour outside the tokens."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("medvoice", "packaging", "tests")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
GENERATED = {"medvoice/domain/channel/tlds.py", "medvoice/compliance/confusables.py"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
COLOUR_CALLS = {"rgb", "rgba", "fromRgb", "fromRgbF"}
# A web page for a browser: the practice network shares nothing with the window, not even its colours.
PAINTS_ALONE = {"medvoice/platforms/sandbox/page.py"}
QT_FREE = ("PySide6", "pytestqt", "medvoice.ui", "medvoice.app")


def python_files(*folders: str) -> list[Path]:
    """All Python files below these folders of the repository, in a fixed order."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found, folders
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def own_files() -> list[Path]:
    return [path for path in python_files(*FOLDERS) if name_of(path) not in GENERATED]


def test_files_are_short() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in own_files()}
    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES} == {}


def is_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function only returns a table (words to translate have to stand in one)."""
    body = [each for each in node.body if not isinstance(each, ast.Expr)]
    return len(body) == 1 and isinstance(body[0], ast.Return) and isinstance(body[0].value, ast.Dict)


def test_functions_are_short() -> None:
    long = {}
    for path in own_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or node.lineno) - node.lineno + 1
                if count > MAX_FUNCTION_LINES and not is_table(node):
                    long[f"{name_of(path)}:{node.lineno} {node.name}"] = count
    assert long == {}


def test_names_say_something() -> None:
    empty = [name_of(path) for path in python_files(*FOLDERS) if path.stem in EMPTY_NAMES]
    empty += [name_of(path) for path in python_files(*FOLDERS) if path.parent.name in EMPTY_NAMES]
    assert empty == []


def test_packaging_is_no_package() -> None:
    """An `__init__.py` there would hide PyPI's `packaging` from everything that is started in the root."""
    assert list((ROOT / "packaging").rglob("__init__.py")) == []


def test_tests_have_names_of_their_own() -> None:
    """pytest's importlib mode and its reports tell files apart by name."""
    names = [path.name for path in python_files("tests") if path.name.startswith("test_")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def colours_in(tree: ast.Module) -> list[int]:
    """The lines that write a colour: a text with `#rrggbb`, a call of rgb(), QColor with numbers.

    Docstrings are prose and may name one.
    """
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            whole = COLOUR.fullmatch(node.value.strip())
            in_style = re.search(r":\s*" + COLOUR.pattern + r"\b", node.value)
            if whole or in_style:
                lines.append(node.lineno)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            numbers = [part for part in node.args if isinstance(part, ast.Constant)]
            if numbers and (name in COLOUR_CALLS or (name == "QColor" and len(numbers) >= 3)):
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "line",
    ['x = "#0B5F66"', 'qss = "QLabel { color: #fff }"', "QColor(1, 2, 3)", "QColor.fromRgb(1, 2, 3)"],
)
def test_a_colour_in_code_is_seen(line: str) -> None:
    assert colours_in(ast.parse(line)) == [1]


@pytest.mark.parametrize("line", ['tag = "#oncology"', "QColor(text)", 'page = "see #12 and #1234"'])
def test_what_is_no_colour_is_left_alone(line: str) -> None:
    assert colours_in(ast.parse(line)) == []


def test_colours_come_from_the_tokens() -> None:
    files = [path for path in python_files("medvoice") if name_of(path) not in PAINTS_ALONE]
    assert [f"{name_of(path)}:{line}" for path in files for line in colours_in(tree_of(path))] == []


def imports_of(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def test_unit_tests_import_no_qt() -> None:
    """With tests/unit/conftest.py, which blocks what has not been loaded yet."""
    found = [
        f"{name_of(path)}: {name}"
        for path in python_files("tests/unit")
        for name in imports_of(tree_of(path))
        if name in QT_FREE or name.startswith(tuple(f"{blocked}." for blocked in QT_FREE))
    ]
    assert found == []
