"""`python -m medvoice.platforms.sandbox` as a process of its own."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from medvoice.platforms.sandbox import Sandbox, serve

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "medvoice.platforms.sandbox"]


def test_it_runs_until_told_to_end(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    extra = ["--json", "--ledger", str(ledger), "--redirect", "x", "http://127.0.0.1:40555/callback"]
    with subprocess.Popen([*COMMAND, *extra], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            assert ready["linkedin"]["client_id"] == "practice-linkedin"
            assert ready["linkedin"]["client_secret"] == "practice-linkedin-secret"
            assert ready["x"]["client_id"] == "practice-x"
            assert "http://127.0.0.1:40555/callback" in ready["x"]["redirect_uris"]
            connection = http.client.HTTPConnection(ready["base_url"].removeprefix("http://"), timeout=10)
            connection.request("GET", "/_practice/ledger")
            assert json.loads(connection.getresponse().read()) == {"entries": []}
            connection.close()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()


def test_a_taken_port_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with Sandbox() as sandbox:
        port = int(sandbox.base_url.rsplit(":", 1)[1])
        assert serve(port=port) == 2
    said = capsys.readouterr()
    assert f"Port {port} cannot be used" in said.err
    assert said.out == ""
