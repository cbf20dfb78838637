"""Settings of a workspace that are no one's content: a small TOML file, read whole and written whole.

The file is replaced in one step, so that a power cut leaves the old one or the new one.
"""

import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from medvoice.domain.errors import StorageError, UserError


@dataclass(frozen=True, slots=True)
class Settings:
    """`linkedin_api_version` "" means the default of this release. `callback_ports` are tried in turn and
    must be registered with the networks. `theme` is system, light or dark."""

    linkedin_api_version: str = ""
    callback_ports: tuple[int, ...] = (8765, 8766)
    keyring_wait_s: float = 8.0
    theme: str = "system"
    notifications: bool = True


def load_settings(path: Path) -> Settings:
    """The settings in `path`; the defaults when there is no such file. Names it does not know are left
    alone for other versions. Raises UserError `settings_unreadable` (params path, line or key)."""
    if not path.exists():
        return Settings()
    import tomllib  # with the writer below, a fiftieth of a start: paid only where there is a file

    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise StorageError("settings_unreadable", path=str(path)) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UserError("settings_unreadable", path=str(path), words=str(problem)) from problem
    values: dict[str, Any] = {}
    for one in fields(Settings):
        if one.name in raw:
            values[one.name] = _fit(one.name, raw[one.name], path)
    return Settings(**values)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, keeping names in the file that this version does not know. Raises StorageError
    `settings_unwritable`."""
    import tomllib

    import tomli_w

    try:
        other = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        other = {}
    value = other | {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(settings).items()}
    try:
        write_atomic(path, tomli_w.dumps(value).encode("utf-8"))
    except OSError as problem:
        raise StorageError("settings_unwritable", path=str(path)) from problem


def write_atomic(path: Path, content: bytes) -> None:
    """Replace the file at `path` in one step, readable by its owner only. Raises OSError."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fit(name: str, value: Any, path: Path) -> Any:
    """A value of the right type. Raises UserError `settings_unreadable` with the key."""
    problem = UserError("settings_unreadable", path=str(path), key=name)
    if name == "callback_ports":
        is_list = isinstance(value, list) and bool(value)
        if not is_list or not all(type(port) is int and 1024 <= port <= 65535 for port in value):
            raise problem
        return tuple(value)
    wanted = type(getattr(Settings(), name))
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        raise problem
    return value
