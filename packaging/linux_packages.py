"""What Qt, its fonts and the tests need from a Linux system, and how to get it on Debian and Ubuntu.

The package lists were proved in a bare Debian 12: see docs/contributing.md. Standard library only.
"""

import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Shared library -> the Debian package that brings it. Qt itself, without a screen:
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
}
# Qt's window on an X11 screen, in addition. Qt names only the first of them when another one is missing.
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Part of a font file's name -> package. Our own fonts are shipped; these are for other scripts and emoji.
FONTS = {
    "notosans-": "fonts-noto-core",
    "notocoloremoji": "fonts-noto-color-emoji",
    "cjk|wqy": "fonts-wqy-microhei",
}
TEST_PROGRAMS = {"dbus-run-session": "dbus", "gnome-keyring-daemon": "gnome-keyring"}
# For the test that uses the window as a screen reader does; without them it is skipped, with a reason.
READER_FILES = {
    "/usr/bin/Xvfb": "xvfb",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def ensure(wants_screen, wants_test_programs):
    """Find what is missing and install it as root on Debian and Ubuntu; else say the one command and stop.

    Does nothing outside Linux. Raises SystemExit with the sentence to print.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(wants_screen, wants_test_programs)
    if wants_test_programs and shutil.which("apt-get") and os.geteuid() == 0:
        missing.update({name: package for name, package in READER_FILES.items() if not glob.glob(name)})
        if any(name in missing for name in READER_FILES):
            missing.update(
                {name: package for name, package in SCREEN_LIBRARIES.items() if not can_load(name)}
            )
    if not missing:
        return
    if shutil.which("apt-get") is None:
        stop_without_apt(missing)
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing.values()]
    install = list(dict.fromkeys(install))
    if os.geteuid() != 0:
        raise SystemExit(
            "This system lacks what the window, its fonts or the tests need. Run this, then try again:\n\n"
            "    sudo sh -c 'apt-get update && " + " ".join(install) + "'\n"
        )
    print("Installing system packages: " + " ".join(install[4:]), flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update", "-qq"], [*install[:2], "-qq", *install[2:]]):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            raise SystemExit(done.stdout + "\nThis command did not succeed: " + " ".join(command))
    still_missing = missing_packages(wants_screen, wants_test_programs)
    if still_missing:
        raise SystemExit("Still absent after the installation: " + ", ".join(still_missing))


def stop_without_apt(missing):
    """Outside Debian and Ubuntu: name the files; only fonts may be absent without stopping."""
    text = ", ".join(name for name in missing if name not in FONTS)
    if not text:
        print("Note: fonts for all scripts or emoji are absent (Noto Sans, Noto Color Emoji, a CJK font).")
        return
    raise SystemExit(
        "This system lacks what the window or the tests need: " + text + ".\n"
        "Install the packages of your system that hold these files, then try again.\n"
        "On Debian and Ubuntu they are: " + " ".join(missing.values())
    )


def missing_packages(wants_screen, wants_test_programs):
    """The absent files mapped to Debian packages, in a stable order."""
    missing = {}
    if importlib.util.find_spec("ensurepip") is None:
        missing["Python's venv module"] = "python{}.{}-venv".format(*sys.version_info[:2])
    libraries = dict(QT_LIBRARIES, **(SCREEN_LIBRARIES if wants_screen else {}))
    missing.update({name: package for name, package in libraries.items() if not can_load(name)})
    missing.update(missing_fonts())
    if wants_test_programs:
        missing.update(
            {name: package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None}
        )
    return missing


def can_load(library):
    """Whether the dynamic loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_fonts():
    """The entries of FONTS of which no font file is installed."""
    names = []
    for folder in FONT_FOLDERS:
        for _path, _folders, files in os.walk(Path(folder).expanduser()):
            names.extend(name.lower() for name in files)
    return {
        wanted: package
        for wanted, package in FONTS.items()
        if not any(part in name for name in names for part in wanted.split("|"))
    }
