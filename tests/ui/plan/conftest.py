"""A theme for widgets that stand alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from medvoice.ui.theme import Mode, Theme

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.from_resources(RESOURCES, mode=Mode.LIGHT)
    made.apply_to(qapp)
    yield made
    qapp.setStyleSheet("")
