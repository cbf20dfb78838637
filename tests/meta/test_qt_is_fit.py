"""PySide6 6.12.0 on Python 3.10 and 3.11 drops a reference to None in every void call: the process dies."""

import sys

from PySide6.QtCore import QPoint

CALLS = 20_000
ALLOWED_DRIFT = 50  # what the interpreter itself moves meanwhile


def test_qt_calls_do_not_eat_references_to_none() -> None:
    point = QPoint()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        point.setX(number)
    assert abs(sys.getrefcount(None) - before) <= ALLOWED_DRIFT
