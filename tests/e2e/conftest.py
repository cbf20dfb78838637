"""A practice network, and a workspace with both accounts signed in through the real OAuth flow."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from medvoice.bootstrap import Workspace, load_rulebook, open_workspace
from medvoice.domain.clock import utc_to_wall
from medvoice.domain.outbox import Delivery
from medvoice.platforms.sandbox import Sandbox
from medvoice.platforms.sandbox.visitor import decide
from medvoice.services.checking import Rulebook

ROOT = Path(__file__).parents[2]


def free_ports(count: int) -> tuple[int, ...]:
    """Ports nobody listens on, on any loopback address."""
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            found.append(probe.getsockname()[1])
    return tuple(found)


@dataclass
class Journey:
    """Real parts, one workspace."""

    home: Path
    sandbox: Sandbox
    rulebook: Rulebook
    env: dict[str, str]
    opened: list[Workspace] = field(default_factory=list)

    def open(self) -> Workspace:
        """The workspace, over a connection of this thread."""
        workspace = open_workspace(self.home, self.rulebook)
        self.opened.append(workspace)
        return workspace

    def connect(self, network: str) -> None:
        """Sign in through the loopback receiver, as a person would with a browser."""
        workspace = self.open()
        ports = free_ports(2)
        host = "localhost" if network == "linkedin" else "127.0.0.1"
        for port in ports:
            self.sandbox.register_redirect(network, f"http://{host}:{port}/callback")
        secret = "practice-linkedin-secret" if network == "linkedin" else ""
        pending = workspace.connecting.begin(
            network, f"practice-{network}", secret, self.sandbox.base_url, ports=ports
        )
        visitor = threading.Thread(target=decide, args=(pending.url,))
        visitor.start()
        workspace.connecting.wait(pending, 20)
        visitor.join()

    def plan(self, workspace: Workspace, text: str, channel: str) -> Delivery:
        """Write, clear and plan a post for this minute."""
        draft = workspace.drafting.create(text=text, channels=(channel,))
        return self.plan_draft(workspace, draft.id)[0]

    def plan_draft(self, workspace: Workspace, draft_id: str) -> tuple[Delivery, ...]:
        left = workspace.clearing.standing(draft_id).left
        ticks = tuple(item.code for item in left if item.kind == "tick")
        assert len(ticks) == len(left), [item for item in left if item.kind != "tick"]
        wall = utc_to_wall(workspace.clock.now(), "UTC")
        return workspace.queueing.schedule(draft_id, wall, "UTC", "Jordan Sample", ticks=ticks)

    def medvoice(
        self, *args: str, text: str = "", check: bool = True, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """The command itself, in a process of its own; `env` is added to its environment."""
        done = subprocess.run(
            [sys.executable, "-m", "medvoice", *args],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.env | env,
            cwd=ROOT,
            timeout=90,
        )
        if check:
            assert done.returncode == 0, (args, done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *args: str, text: str = "") -> Any:
        return json.loads(self.medvoice(*args, text=text).stdout)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture
def journey(tmp_path: Path, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery\n")
    passphrase.chmod(0o600)
    home = tmp_path / "workspace"
    monkeypatch.setenv("MEDVOICE_PASSPHRASE_FILE", str(passphrase))
    monkeypatch.setenv("MEDVOICE_HOME", str(home))
    with Sandbox() as sandbox:
        made = Journey(home, sandbox, rulebook, dict(os.environ))
        yield made
        for workspace in made.opened:
            workspace.close()


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """A virtual screen without a desktop; its environment."""
    read, write = os.pipe()
    command = ["Xvfb", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-displayfd", str(write)]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        taken = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
        env = {name: value for name, value in os.environ.items() if name not in taken}
        yield env | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        server.terminate()
