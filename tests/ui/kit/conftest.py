"""The kit on its own: a theme of the real tokens, no services."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from medvoice.ui.theme import Mode, Theme

RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme.from_resources(RESOURCES, mode=Mode.LIGHT)
    theme.apply_to(qapp)
    yield theme
    theme.changed.disconnect()
    qapp.setStyleSheet("")
