"""An independent client writes, fixes, ticks, schedules and takes back a post by AT-SPI, as a reader can.

The window runs on a virtual screen with a session bus and a registry of its own; the client is a process of
the system's Python that knows nothing of Qt or of MedVoice's code.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.domain.profile import Profile

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
TEXT = "I read the methods before the results. We are proud of the results in older adults."
FIXED = "I read the methods before the results."
APT = "apt install xvfb dbus at-spi2-core gir1.2-atspi-2.0 python3-gi"


def what_is_absent() -> str:
    """What this test needs and the machine lacks, "" for nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is of Linux"
    absent = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    if not any(Path(each).exists() for each in LAUNCHERS):
        absent.append("at-spi-bus-launcher")
    try:
        probe = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
        if subprocess.run(probe, capture_output=True, timeout=20).returncode:
            absent.append("Atspi for the system's Python")
    except OSError:
        absent.append(SYSTEM_PYTHON)
    return f"absent: {', '.join(absent)} ({APT})" if absent else ""


ABSENT = what_is_absent()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(ABSENT), reason=ABSENT or "nothing is absent")]


def read_line(descriptor: int) -> str:
    """A line from a pipe; returns when the other end has written it."""
    with os.fdopen(descriptor) as pipe:
        return pipe.readline().strip()


class Desktop:
    """A virtual screen, a session bus and the accessibility bus; ends what it started."""

    def __init__(self, folder: Path) -> None:
        self.stack = ExitStack()
        self.env = os.environ | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        self.folder = folder
        screen = ["Xvfb", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-displayfd"]
        self.env["DISPLAY"] = f":{self.start_and_read(screen)}"
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.start_and_read(bus, glue="=")
        launcher = next(each for each in LAUNCHERS if Path(each).exists())
        self.start([launcher, "--launch-immediately"])

    def start(self, command: list[str], **more) -> subprocess.Popen:
        log = self.stack.enter_context((self.folder / f"{Path(command[0]).name}.log").open("ab"))
        more = {"stdout": log, "stderr": log, "env": self.env, "cwd": ROOT} | more
        process = subprocess.Popen(command, **more)
        self.stack.callback(self.end, process)
        return process

    def start_and_read(self, command: list[str], glue: str = "") -> str:
        """Start a server that writes its address to a descriptor; the address."""
        ours, theirs = os.pipe()
        words = [*command[:-1], f"{command[-1]}={theirs}"] if glue else [*command, str(theirs)]
        self.start(words, pass_fds=[theirs])
        os.close(theirs)
        return read_line(ours)

    @staticmethod
    def end(process: subprocess.Popen) -> None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    made = Desktop(tmp_path)
    yield made
    made.stack.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "workspace"
    workspace = open_workspace(place, load_rulebook())
    workspace.identity.save(
        Profile(name="Jordan Sample", disclosure="I work in medical affairs; views are my own.", zone="UTC")
    )
    workspace.close()
    return place


def states(home: Path) -> tuple[list[str], list[str]]:
    """The texts of the drafts, the states of the deliveries."""
    workspace = open_workspace(home, load_rulebook())
    texts = [workspace.drafting.get(row.id).text for row in workspace.drafting.list()]
    found = texts, [str(each.state) for each in workspace.queueing.outbox.list()]
    workspace.close()
    return found


@pytest.mark.timeout(180)
def test_a_post_is_written_fixed_ticked_scheduled_and_taken_back(desktop: Desktop, home: Path, capsys):
    desktop.start([sys.executable, "-m", "medvoice", "--home", str(home)])
    client = desktop.start(
        [SYSTEM_PYTHON, str(Path(__file__).with_name("assistive_client.py")), TEXT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    steps: list[dict[str, str]] = []
    with client.stdin as answers, client.stdout as lines:
        for line in lines:
            steps.append(json.loads(line))
            if steps[-1]["step"] == "scheduled":
                assert states(home) == ([FIXED], ["planned"])
                answers.write("go on\n")
                answers.flush()
    done = [step["step"] for step in steps]
    assert client.wait(10) == 0, f"{steps} {(desktop.folder / 'python3.log').read_text()}"
    assert done[:1] == ["written"]
    assert done[-4:] == ["ticked", "ready", "scheduled", "taken back"]
    assert steps[done.index("all fixed")]["text"].strip() == FIXED
    assert states(home) == ([FIXED], ["cancelled"])
    with capsys.disabled():
        print(f"\n  AT-SPI: {len(done)} steps: {', '.join(dict.fromkeys(done))}", end="")
