"""Log files without secrets: one rotating file per program, and one filter that every line passes.

The filter works on the finished line, tracebacks included, so that nothing can slip by it in an argument,
an exception or a foreign logger.
"""

import logging
import logging.handlers
import os
import re
import threading
from pathlib import Path

MAX_BYTES = 1_000_000
KEPT_FILES = 3
# Libraries that write headers, bodies or addresses at DEBUG.
_LOUD = ("oauthlib", "requests_oauthlib", "urllib3", "keyring")
_GONE = "[removed]"
_NAMED = re.compile(
    r"""(?i)(["']?\b(?:access_token|refresh_token|id_token|client_secret|code_verifier|passphrase|password"""
    r"""|secret|token)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s&"',;)}\]]+)"""
)
# In a callback's query; short values are words of ours, such as a state of a delivery.
_CALLBACK = re.compile(
    r"""(?i)(["']?\b(?:code|state|code_challenge)["']?\s*[=:]\s*["']?)[^\s&"',;)}\]]{16,}"""
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)(\s+|%20)[A-Za-z0-9._~+/=%-]{6,}")
# JWTs, and any run of 32 and more letters and digits that has both: our own ids are shorter, hashes of
# content are not needed in logs.
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
_LONG = re.compile(r"[A-Za-z0-9_-]{32,}")


def _unless_word(hit: re.Match[str]) -> str:
    run = hit.group(0)
    is_mixed = any(char.isdigit() for char in run) and any(char.isalpha() for char in run)
    return _GONE if is_mixed else run


class Redactor:
    """Takes secrets out of text: what looks like one, and what was told to it. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()

    def learn(self, *secrets: str) -> None:
        """Secrets of this run that are to be removed by their exact text (8 characters or more)."""
        with self._lock:
            self._known.update(secret for secret in secrets if len(secret) >= 8)

    def clean(self, text: str) -> str:
        """`text` without secrets."""
        with self._lock:
            known = sorted(self._known, key=len, reverse=True)
        for secret in known:
            text = text.replace(secret, _GONE)
        text = _BEARER.sub(rf"\1 {_GONE}", text)
        text = _JWT.sub(_GONE, text)
        text = _NAMED.sub(rf"\1{_GONE}", text)
        text = _CALLBACK.sub(rf"\1{_GONE}", text)
        return _LONG.sub(_unless_word, text)


class RedactingFormatter(logging.Formatter):
    """A formatter whose every line went through the redactor."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
        self.redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self.redactor.clean(super().format(record))


def set_up_logs(folder: Path, program: str, redactor: Redactor, level: int = logging.INFO) -> Path:
    """Send all logging of this process to `folder/program.log` (1 MB, three older ones kept, owner only),
    through `redactor`. Handlers that were there before are given the same formatter.

    Returns the file. Raises OSError when the folder cannot be written; the caller decides whether to go on
    without a log.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{program}.log"
    handler = _PrivateFile(
        path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", errors="replace"
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for one in root.handlers:
        one.setFormatter(RedactingFormatter(redactor))
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    return path


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner may read, from the first byte on."""

    def _open(self):  # type: ignore[no-untyped-def]
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(handle, "a", encoding=self.encoding, errors=self.errors)
