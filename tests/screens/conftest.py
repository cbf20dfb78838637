"""The real window on the sample workspace; pictures go to the test's own folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ..qt_messages import pytest_runtest_teardown as pytest_runtest_teardown
from .stand import Stand, open_stand, write_sample


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, written once; tests get a copy."""
    home = tmp_path_factory.mktemp("sample") / "workspace"
    write_sample(home)
    return home


@pytest.fixture
def stand(qapp: QApplication, sample_home: Path, tmp_path: Path) -> Iterator[Stand]:
    home = tmp_path / "workspace"
    shutil.copytree(sample_home, home)
    made = open_stand(home)
    yield made
    made.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: MEDVOICE_PICTURES, else the test's folder."""
    chosen = os.environ.get("MEDVOICE_PICTURES", "")
    folder = Path(chosen) if chosen else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
