#!/usr/bin/env python3
"""Set MedVoice up on a fresh machine and run it, with nothing but Python 3.11 or newer.

    python3 packaging/dev.py setup              make .venv with everything locked
    python3 packaging/dev.py demo [FILE] ...    the main job on the practice network (--window opens the app)
    python3 packaging/dev.py app ...            open the window
    python3 packaging/dev.py test ...           run the tests; what follows goes to pytest
    python3 packaging/dev.py check              lint, format, types and import contracts
    python3 packaging/dev.py lock [--upgrade]   write requirements.lock from pyproject.toml

Every command sets up first, which takes seconds once nothing changed. On Linux the system libraries and fonts
are looked for: as root on Debian and Ubuntu they are installed, otherwise the one command to run is printed.
`--skip-system` before the command leaves the system alone.
"""

import ast
import hashlib
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

import linux_packages

OLDEST, TOO_NEW = (3, 11), (3, 15)
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "medvoice-setup.txt"
IS_WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if IS_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if IS_WINDOWS else "python")
OLDEST_GLIBC = (2, 34)  # PySide6's Linux wheels


def main(arguments):
    """Run one command and return its exit code."""
    refuse_unfit_python()
    skips_system = arguments[:1] == ["--skip-system"]
    arguments = arguments[1:] if skips_system else arguments
    commands = {"setup": None, "demo": demo, "app": app, "test": test, "check": check, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__.strip())
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    name, rest = arguments[0], arguments[1:]
    if not skips_system:
        wants_screen = name in ("setup", "app") or "--window" in rest
        linux_packages.ensure(wants_screen, wants_test_programs=name == "test")
    set_up()
    command = commands[name]
    if command is None:
        print(f"Ready. Next: {Path(sys.executable).name} packaging/dev.py demo")
        return 0
    return command(rest)


def refuse_unfit_python():
    """Stop with one sentence when this Python or this C library cannot run the locked packages."""
    version = "{}.{}".format(*sys.version_info[:2])
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        fit = "{}.{} to {}.{}".format(*OLDEST, TOO_NEW[0], TOO_NEW[1] - 1)
        raise SystemExit(f"MedVoice runs on Python {fit}; this is {version} ({sys.executable}).")
    if sys.platform.startswith("linux"):
        library, number = platform.libc_ver()
        if library != "glibc" or tuple(int(part) for part in number.split(".")[:2]) < OLDEST_GLIBC:
            raise SystemExit("MedVoice needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04 or later).")


def set_up():
    """Bring .venv to the state that requirements.lock and pyproject.toml ask for."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    if not LOCK.is_file():
        raise SystemExit(f"{LOCK.name} is missing beside pyproject.toml: this copy of MedVoice is not whole.")
    make_venv()
    environment = uv_environment()
    install_uv()
    say("Installing the locked packages (about 100 MB the first time)")
    uv_install = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    run(
        [*uv_install, "--require-hashes", "-r", str(LOCK)],
        "The packages could not be installed.",
        environment,
    )
    run(
        [*uv_install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "MedVoice itself could not be installed into .venv.",
        environment,
    )
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint():
    """What an installation depends on: lock, project settings, Python, and where the checkout lies."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return f"{digest.hexdigest()} {platform.python_version()} {platform.machine()} {ROOT}\n"


def make_venv():
    """Create .venv, or make it anew when its Python is another one, is gone, or has no pip."""
    version = "{}.{}".format(*sys.version_info[:2])
    probe = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    if PYTHON.exists():
        found = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip() == version:
            return
        if Path(sys.prefix).resolve() == VENV.resolve():
            raise SystemExit("Run this with a Python outside .venv: .venv has to be made anew.")
        say(".venv belongs to another Python: making it anew")
        shutil.rmtree(VENV)
    say(f"Creating .venv with Python {version}")
    run([sys.executable, "-m", "venv", str(VENV)], "Python could not create .venv.")


def install_uv():
    """Install the locked uv into .venv with pip, its hashes checked."""
    pinned = re.search(r"^uv==.*(?:\n +--hash=.*)*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if pinned is None:
        raise SystemExit(f"{LOCK.name} does not name uv.")
    with tempfile.TemporaryDirectory() as folder:
        requirement = Path(folder) / "uv.txt"
        requirement.write_text(pinned.group().rstrip(" \\\n") + "\n", encoding="utf-8")
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run(
            [*pip, "--require-hashes", "-r", str(requirement)],
            "pip could not fetch uv. Is this machine connected, or is pip told which index to use?",
        )


def uv_environment():
    """The environment for uv: bytecode compiled (imports are 2 to 3 times faster), pip's index if one is set.

    uv does not read pip's settings, so a machine with its own package index would be left without one.
    """
    environment = dict(os.environ, UV_COMPILE_BYTECODE="1")
    environment.pop("VIRTUAL_ENV", None)
    if not can_keep_cache(environment):
        environment["UV_CACHE_DIR"] = str(VENV / "uv-cache")
    settings = pip_settings()
    if "index_url" in settings and not environment.get("UV_INDEX_URL"):
        environment.setdefault("UV_DEFAULT_INDEX", settings["index_url"])
    if "cert" in settings:
        environment.setdefault("SSL_CERT_FILE", settings["cert"])
    if has_system_certificates():
        environment.setdefault("UV_SYSTEM_CERTS", "1")
    return environment


def can_keep_cache(environment):
    """Whether uv may write where it keeps its downloads; without a home of one's own it may not."""
    if IS_WINDOWS or "UV_CACHE_DIR" in environment:
        return True
    home = environment.get("XDG_CACHE_HOME") or environment.get("HOME")
    if not home:
        return False
    folder = Path(home) / "uv" if environment.get("XDG_CACHE_HOME") else Path(home) / ".cache" / "uv"
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(str(folder), os.W_OK)


def has_system_certificates():
    """Whether this system keeps certificates (a company's network may need them); else uv brings some."""
    places = ssl.get_default_verify_paths()
    folder = Path(places.capath or places.openssl_capath)
    return not sys.platform.startswith("linux") or bool(places.cafile) or any(folder.glob("*"))


def pip_settings():
    """What pip is told on this machine, names with underscores; its variables win over its files."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True)
    settings = {}
    for line in listed.stdout.splitlines():
        section, _, rest = line.partition(".")
        name, _, value = rest.partition("=")
        name = name.replace("-", "_")
        if value and (section == ":env:" or name not in settings):
            settings[name] = str(ast.literal_eval(value))
    return settings


def demo(rest):
    """`medvoice demo`, without a screen unless --window is among the arguments."""
    if "--window" not in rest:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return hand_over([str(BIN / "medvoice"), "demo", *rest])


def app(rest):
    """`medvoice`: the window."""
    return hand_over([str(BIN / "medvoice"), *rest])


def test(rest):
    """pytest over three processes (window tests wait a good deal), without a screen; the benchmarks only when
    they are named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.chdir(ROOT)
    options = [] if any(part.startswith(("-n", "--numprocesses")) for part in rest) else ["-n", "3"]
    if not any("benchmarks" in part for part in rest):
        options.append("--ignore=tests/benchmarks")
    return hand_over([str(PYTHON), "-m", "pytest", *options, *rest])


def check(rest):
    """Lint, format, types and import contracts: all run; exit code 1 says that one found something."""
    if rest:
        raise SystemExit("check takes no arguments.")
    os.chdir(ROOT)
    steps = {
        "ruff check": [str(BIN / "ruff"), "check", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
        "basedpyright": [str(BIN / "basedpyright")],
        "import contracts": [str(BIN / "lint-imports"), "--no-cache", "--no-logo"],
    }
    found = []
    for name, command in steps.items():
        say(name)
        if subprocess.run(command).returncode:
            found.append(name)
    print("Needs work: " + ", ".join(found) if found else "All checks passed.")
    return 1 if found else 0


def lock(rest):
    """Write requirements.lock: every platform, every hash, no address of an index."""
    options = "--quiet --universal --generate-hashes --python-version 3.11 --group dev".split()
    named = ["--custom-compile-command", "python3 packaging/dev.py lock"]
    os.chdir(ROOT)
    command = [str(PYTHON), "-m", "uv", "pip", "compile", *options, *named, *rest, "pyproject.toml"]
    run([*command, "-o", LOCK.name], "The lock could not be made.", uv_environment())
    text = LOCK.read_text(encoding="utf-8")
    if "://" in text:
        raise SystemExit(f"{LOCK.name} holds an address; it must not.")
    print(f"{LOCK.name}: {text.count('==')} packages")
    return 0


def hand_over(command):
    """Become the command where the system can (signals then reach it), else run it and pass its code on."""
    sys.stdout.flush()
    if not IS_WINDOWS:
        os.execv(command[0], command)
    return subprocess.run(command).returncode


def run(command, sentence, environment=None):
    """Run a step of the set-up; when it does not succeed, stop with its own words and the sentence."""
    try:
        code = subprocess.run(command, env=environment).returncode
    except OSError as error:
        raise SystemExit(f"{sentence} ({error})") from None
    if code:
        raise SystemExit(f"{sentence} The lines above say why; exit code {code}.")


def say(text):
    """A heading that shows before the output of what it announces."""
    print(f"== {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as problem:  # a full disk, a folder that may not be written, a file that went away
        sys.exit(f"The set-up stopped: {problem}")
