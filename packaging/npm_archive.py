"""Fetch one exact npm package with `npm pack` and unpack it, refusing any archive but the known one."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NpmArchive:
    """A package at a version, with the base64 SHA-512 of its archive as npm's integrity field gives it."""

    name: str
    version: str
    sha512: str


def unpack(archive: NpmArchive, into: Path) -> Path:
    """Download `archive` into the folder `into` and return the unpacked package folder.

    Raises SystemExit with one sentence when npm is absent or fails, or when the bytes are not the known ones.
    """
    command = ["npm", "pack", f"{archive.name}@{archive.version}", "--silent"]
    try:
        done = subprocess.run(command, cwd=into, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise SystemExit("npm is needed to fetch this package and was not found.") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"npm could not fetch {archive.name} {archive.version}:\n{error.stderr}") from None
    tarball = into / done.stdout.split()[-1]
    found = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != archive.sha512:
        raise SystemExit(f"{tarball.name} is not the known archive: its SHA-512 is {found}.")
    target = into / tarball.stem
    with tarfile.open(tarball) as opened:
        opened.extractall(target, filter="data")
    return target / "package"
