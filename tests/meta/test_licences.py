"""Every library that MedVoice runs on has a licence that lets it be used and passed on with MedVoice."""

import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-2.0-or-later",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Public Domain",
    "Unlicense",
    "Zlib",
}
# What packages say in words or in trove classifiers instead of an SPDX name.
SAID = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.0-or-later",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}


def runtime_distributions() -> list[Distribution]:
    """MedVoice's dependencies and theirs, as installed here, without extras."""
    wanted = [Requirement(text) for text in project_dependencies()]
    seen: dict[str, Distribution] = {}
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            seen[name] = distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is needed and not installed.")
        wanted += [Requirement(text) for text in seen[name].requires or []]
    return [seen[name] for name in sorted(seen)]


def project_dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"]


def licence_of(found: Distribution) -> str:
    """What a distribution says of its licence, as an SPDX expression: its expression, its classifiers (all of
    them hold), or its short licence field."""
    said = found.metadata.get("License-Expression")
    if said is None:
        classifiers = found.metadata.get_all("Classifier") or []
        names = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::")]
        short = found.metadata.get("License") or ""
        said = short if " OR " in short else " AND ".join(SAID.get(each.lower(), each) for each in names)
        said = said or SAID.get(short.lower(), short)
    return said


def is_allowed(expression: str) -> bool:
    """Whether each part joined by AND offers, among its alternatives joined by OR, one of ALLOWED."""
    clauses = expression.replace("(", "").replace(")", "").split(" AND ")
    return all({each.strip() for each in clause.split(" OR ")} & ALLOWED for clause in clauses)


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("MIT AND (Apache-2.0 OR GPL-3.0-only)", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("", False),
    ],
)
def test_how_an_expression_is_read(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


def test_every_library_may_be_used() -> None:
    found = runtime_distributions()
    assert len(found) > 10
    refused = {each.name: licence_of(each) for each in found if not is_allowed(licence_of(each))}
    assert refused == {}


def test_ours_and_those_of_fonts_and_icons_are_beside_them() -> None:
    for name, words in {
        "LICENSE": "Apache License",
        "resources/fonts/OFL-Inter.txt": "SIL OPEN FONT LICENSE",
        "resources/fonts/OFL-Newsreader.txt": "SIL OPEN FONT LICENSE",
        "resources/icons/LICENSE-lucide.txt": "ISC License",
    }.items():
        assert words.lower() in (ROOT / name).read_text(encoding="utf-8").lower(), name
