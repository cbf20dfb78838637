"""Known secrets are sent through every logger there is, and the files are searched for them."""

import importlib
import logging
import sys
import time

import pytest

from medvoice.infra.logs import Redactor, set_up_logs

TOKEN = "AQXdSP_W41_UPs5ioT_t8HESyODB4FqbkJ8LrV_5mff4gPODzOYR"
SECRETS = (
    TOKEN,
    "hunter2-hunter2",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJl",
    "short-pw1",
    "auth-code-1234567890",
)


@pytest.fixture
def redactor(tmp_path):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    formatters = [handler.formatter for handler in before]
    redactor = Redactor()
    set_up_logs(tmp_path, "agent", redactor, logging.DEBUG)
    yield redactor
    for handler in list(root.handlers):
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    for handler, formatter in zip(before, formatters, strict=True):
        handler.setFormatter(formatter)
    root.setLevel(level)


def _loggers() -> list[logging.Logger]:
    """The root and every logger of ours and of the libraries that see secrets."""
    for module in ("keyring.backend", "medvoice.platforms.oauth.flow", "medvoice.infra.secrets"):
        importlib.import_module(module)
    return [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]


@pytest.mark.usefixtures("caplog")  # it logs errors on purpose
def test_no_secret_reaches_the_file(tmp_path, redactor):
    redactor.learn("hunter2-hunter2", "short-pw1")
    loggers = _loggers()
    assert {"requests_oauthlib", "oauthlib", "urllib3", "keyring"} <= {logger.name for logger in loggers}
    for logger in loggers:
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logger.log(level, "Authorization: Bearer %s", TOKEN)
            logger.log(level, "headers were %s", {"Authorization": f"Bearer {TOKEN}", "Cookie": "c"})
            logger.log(
                level, "body was %s", f"grant_type=x&client_secret=hunter2-hunter2&code={SECRETS[4]}&x=1"
            )
            logger.log(level, "token %r", {"access_token": TOKEN, "id_token": SECRETS[2], "expires_in": 1})
            logger.log(level, "bare %s and %s", TOKEN, SECRETS[3])
            logger.log(level, "GET /callback?code=auth-code-1234567890&state=%s", TOKEN[:20])
        try:
            raise ValueError(f"refused Bearer {TOKEN} with passphrase=hunter2-hunter2")
        except ValueError:
            logger.exception("call went wrong")
        logger.warning("stack %s", SECRETS[2], stack_info=True)
    logging.shutdown([lambda handler=handler: handler for handler in logging.getLogger().handlers])
    text = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert text.count("[removed]") > 50
    for secret in SECRETS:
        assert secret not in text
    assert "refused Bearer [removed]" in text


def test_what_a_reader_needs_stays(redactor):
    for line in (
        "part p_k3v9p2m7qxw4 state=published attempt 2",
        "urn:li:share:7300000000000000001 https://x.com/jordansample/status/1799000000000000001",
        "error code: 403 in 1.2 s; traceback in medvoice/services/publishing.py line 120",
        "averylongwordwithoutanydigitswhichisnosecretatall",
    ):
        assert redactor.clean(line) == line


def test_hostile_lines_are_quick(redactor):
    started_s = time.perf_counter()
    for text in (
        "a" * 500_000,
        "token=" * 80_000,
        "eyJ" * 150_000,
        "bearer " * 70_000,
        '"secret": ' * 50_000,
    ):
        redactor.clean(text)
    assert time.perf_counter() - started_s < 5


def test_file_is_private_and_turns_over(tmp_path, redactor):
    log = logging.getLogger("medvoice.test")
    for _ in range(1100):
        log.info("x " * 600)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[:2] == ["agent.log", "agent.log.1"]
    if sys.platform != "win32":
        assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
