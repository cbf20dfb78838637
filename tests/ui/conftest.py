"""After each test of the window nothing of it is left for a later one to trip over."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QListView

from medvoice.ui.models import time_choice

from ..qt_messages import pytest_runtest_teardown as pytest_runtest_teardown

FIRST_LOCALE = QLocale()


@pytest.fixture
def british() -> None:
    """Dates are written as in Britain, until the stage is cleared."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The laptop is where the person is, whatever zone the machine of the tests has."""
    monkeypatch.setattr(time_choice, "laptop_zone", lambda: "")


@pytest.fixture(autouse=True)
def clear_the_stage() -> Iterator[None]:
    """Delete all top-level widgets and collect what Python still holds, at a moment when Qt does nothing:
    a widget collected while Qt walks over all of them ends the process. Dates are written as before."""
    yield
    QLocale.setDefault(FIRST_LOCALE)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QListView) and widget.parent() is None and not widget.objectName():
            continue  # the list of a completer goes with its completer: before it, Qt trips over it
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
