"""Qt's warnings while a test is taken down: they make it fail, as those before do (`qt_log_level_fail`).

pytest-qt listens until the end of the test itself; windows are closed and deleted after that.
"""

import re
from collections.abc import Generator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

HARMLESS = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Listen during the teardown. Import it into a conftest to have it for the tests there."""
    said: list[str] = []
    ignored = list(item.config.getini("qt_log_ignore"))
    for mark in item.iter_markers("qt_log_ignore"):
        ignored += mark.args

    def keep(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        if kind not in HARMLESS and not any(re.search(each, words) for each in ignored):
            said.append(words)

    before = qInstallMessageHandler(keep)
    try:
        result = yield
    finally:
        qInstallMessageHandler(before)
    if said:
        pytest.fail("Qt said, while the test was taken down:\n" + "\n".join(said))
    return result
