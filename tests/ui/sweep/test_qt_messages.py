"""A warning of Qt makes a test fail, whenever it comes."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[3]
CASES = {
    "during": ("    qWarning('odd')\n", "", "odd"),
    "after": ("", "    qWarning('odd')\n", "Qt said, while the test was taken down*odd"),
}


def run(pytester: pytest.Pytester, during: str, after: str) -> pytest.RunResult:
    hook = (ROOT / "tests" / "qt_messages.py").read_text("utf-8")
    pytester.makeconftest(hook)
    pytester.makepyfile(
        "import pytest\n"
        "from PySide6.QtCore import qWarning\n"
        "@pytest.fixture\n"
        "def stage(qapp):\n"
        "    yield\n"
        f"{after}"
        "def test_it(stage):\n"
        "    pass\n"
        f"{during}"
    )
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\n")
    return pytester.runpytest_subprocess("-p", "no:randomly")


def test_silence_is_fine(pytester: pytest.Pytester):
    assert run(pytester, "", "").ret == 0


@pytest.mark.parametrize("when", CASES)
def test_a_warning_is_a_failure(pytester: pytest.Pytester, when: str):
    during, after, said = CASES[when]
    done = run(pytester, during, after)
    assert done.ret == 1
    done.stdout.re_match_lines_random([f".*{said.split('*')[-1]}.*"])
