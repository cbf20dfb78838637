"""`account connect` by the command alone: signed in, denied, answered with a foreign state, signed out."""

import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tomli_w

from medvoice.platforms.sandbox.visitor import decide

from .conftest import free_ports

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def ready(journey):
    """Two free callback ports in the settings, registered with both networks."""
    ports = free_ports(2)
    journey.home.mkdir(mode=0o700)
    (journey.home / "settings.toml").write_text(tomli_w.dumps({"callback_ports": list(ports)}))
    for port in ports:
        journey.sandbox.register_redirect("linkedin", f"http://localhost:{port}/callback")
        journey.sandbox.register_redirect("x", f"http://127.0.0.1:{port}/callback")
    return journey


@contextmanager
def connecting(journey, network: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, waiting, and the address it says to open."""
    command = [sys.executable, "-m", "medvoice", "account", "connect", network, "--no-browser", "--json"]
    with subprocess.Popen(
        [*command, "--base-url", journey.sandbox.base_url, "--timeout", "40"],
        env=journey.env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        if not said:
            pytest.fail(f"no address: {process.communicate(timeout=20)}")
        opened = json.loads(said)
        assert opened["event"] == "open"
        try:
            yield process, opened["url"]
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_signed_in_listed_and_signed_out(ready, network):
    with connecting(ready, network) as (process, url):
        assert url.startswith(ready.sandbox.base_url)
        page = decide(url)
        code, out, err = ended(process)
    assert (code, err) == (0, "")
    assert "MedVoice" in page
    said = json.loads(out)
    assert (said["event"], said["account"]["name"]) == ("connected", "Jordan Sample")
    (listed,) = ready.json("account", "list", "--json")
    assert listed == said["account"]
    assert (listed["state"], listed["practice"], listed["network"]) == ("connected", True, network)
    tokens = [token for token in ready.sandbox.world.tokens.values() if not token.is_revoked]
    assert len(tokens) == 1
    secret = tokens[0].value
    assert secret not in out + url
    ready.medvoice("account", "disconnect", listed["id"])
    assert all(each["state"] == "disconnected" for each in ready.json("account", "list", "--json"))
    if network == "x":
        assert tokens[0].is_revoked, "X is told"


def test_denied_is_said_and_nothing_is_kept(ready):
    with connecting(ready, "linkedin") as (process, url):
        decide(url, "deny")
        code, _, err = ended(process)
    assert code == 2
    assert err == "The sign-in was declined in the browser. Nothing was connected.\n"
    assert ready.json("account", "list", "--json") == []
    assert not ready.sandbox.world.tokens


def test_a_foreign_state_is_not_taken_and_the_own_one_still_counts(ready):
    with connecting(ready, "x") as (process, url):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        target = f"{query['redirect_uri'][0]}?code=stolen&state=not-the-one"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(target, timeout=10)
        assert 400 <= refused.value.code < 500
        refused.value.close()
        assert process.poll() is None, "it waits for its own answer"
        decide(url)
        code, _, err = ended(process)
    assert (code, err) == (0, "")
    assert len(ready.json("account", "list", "--json")) == 1


def test_only_loopback_may_stand_in_for_a_network(ready):
    done = ready.medvoice(
        "account", "connect", "x", "--base-url", "http://192.0.2.1:80", "--no-browser", check=False
    )
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert ready.json("account", "list", "--json") == []
