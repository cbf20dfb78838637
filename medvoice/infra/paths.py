"""Where a workspace lives. Every file of a person's is below one folder that only they can read."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from medvoice.domain.errors import StorageError

HOME_VARIABLE = "MEDVOICE_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places in one workspace folder. Nothing is created by asking for them."""

    home: Path

    @property
    def database(self) -> Path:
        return self.home / "medvoice.sqlite3"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    @property
    def locks(self) -> Path:
        return self.home / "locks"

    @property
    def cache(self) -> Path:
        """What only saves time; may be deleted whenever the program is not running."""
        return self.home / "cache"

    @property
    def packs(self) -> Path:
        """Rule packs that a company gave."""
        return self.home / "packs"

    @property
    def settings(self) -> Path:
        return self.home / "settings.toml"

    @property
    def salt(self) -> Path:
        """What the passphrase vault needs besides the passphrase; no secret."""
        return self.home / "vault.json"


def find_home(chosen: Path | str | None = None) -> Path:
    """The workspace folder: the one given by `--home`, else MEDVOICE_HOME, else the usual place of this
    system. Absolute, not created."""
    given = str(chosen) if chosen else os.environ.get(HOME_VARIABLE, "")
    if given:
        return Path(given).expanduser().absolute()
    import platformdirs  # a start on a named workspace does not pay for it

    return Path(platformdirs.user_data_dir("MedVoice", appauthor=False))


def make_paths(chosen: Path | str | None = None) -> Paths:
    """The workspace's places, with the folders created and closed to others (0700; on Windows the profile
    folder is private already). Raises StorageError `home_unusable` (params path, reason)."""
    paths = Paths(find_home(chosen))
    try:
        for folder in (paths.home, paths.logs, paths.backups, paths.locks):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if sys.platform != "win32":
                folder.chmod(0o700)
    except OSError as problem:
        raise StorageError("home_unusable", path=str(paths.home), reason=problem.strerror or "") from problem
    return paths
