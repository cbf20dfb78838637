"""What leaves the checker: SARIF as its schema wants it, and the same bytes in every process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.sarif import to_sarif
from medvoice.domain.finding import Document, Product

from .conftest import compile_shipped
from .small_packs import AS_OF

ROOT = Path(__file__).parents[3]
TEXTS = (
    "Zentorva is completely safe.\nIt cures psoriasis. #NoSideEffects #Zentorva",
    "👩‍🔬 My patient, a 47-year-old woman from Basel, had a rash after K e y t r u d a.\n\n\u202eefas\u202c",
    "Los pacientes son expertos. Die Folien sind online, danke. 患者は専門家です。",
    "I like trains. Views are my own.",
    "",
)
# The properties that SARIF 2.1.0 allows for each object (additionalProperties is false there).
ALLOWED = {
    "log": {"$schema", "version", "runs", "inlineExternalProperties", "properties"},
    "run": {"tool", "results", "columnKind", "properties", "artifacts", "invocations", "taxonomies"},
    "component": {"name", "version", "semanticVersion", "rules", "informationUri", "properties"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help", "helpUri", "properties",
             "defaultConfiguration", "relationships", "messageStrings"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "fingerprints",
               "fixes", "suppressions", "kind", "rank", "properties"},
    "region": {"startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength", "snippet"},
}  # fmt: skip


def only(kind: str, one: dict[str, Any], *required: str) -> None:
    assert not set(one) - ALLOWED[kind], (kind, set(one) - ALLOWED[kind])
    assert set(required) <= set(one)


@pytest.mark.parametrize("text", TEXTS)
def test_sarif_holds_what_its_schema_allows(text: str) -> None:
    document = Document(text, products=(Product("Zentorva"),))
    log: Any = json.loads(json.dumps(to_sarif(document, check(document, compile_shipped(), AS_OF))))
    only("log", log, "version", "runs")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    only("run", run, "tool")
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    for component in (driver, *run["tool"]["extensions"]):
        only("component", component, "name")
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        only("rule", rule, "id")
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert "helpUri" not in rule or urlparse(rule["helpUri"]).scheme == "https"
    for result in run["results"]:
        only("result", result, "message")
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert set(place) <= {"artifactLocation", "region", "contextRegion", "address", "properties"}
            region = place["region"]
            only("region", region)
            assert (
                min(region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) >= 1
            )
            assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
            assert 0 <= region["charOffset"] <= region["charOffset"] + region["charLength"] <= len(text)


SAME = """
import json, sys
from pathlib import Path
from datetime import date
from medvoice.compliance.engine import check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.report import to_dict
from medvoice.compliance.ruleset import compile_ruleset
from medvoice.domain.channel.measure import measure
from medvoice.domain.finding import Document
root = Path(sys.argv[1])
files = [*root.glob("resources/packs/*/*.toml"), *root.glob("resources/lexicon/*.txt")]
sources = {f"{one.parent.name}/{one.name}": one.read_text(encoding="utf-8") for one in files}
ruleset = compile_ruleset(load_packs(sources).packs)
for text in json.loads(sys.stdin.read()):
    document = Document(text)
    result = check(document, ruleset, date(2026, 11, 24))
    print(json.dumps(to_dict(1, document, result, measure(text, "linkedin"))))
"""


def test_the_same_text_gives_the_same_bytes_in_every_process() -> None:
    examples = [one.text for rule in compile_shipped().rules for one in rule.spec.examples if one.hit][::9]
    texts = json.dumps([*TEXTS, *examples])
    answers = {
        subprocess.run(
            [sys.executable, "-c", SAME, str(ROOT)],
            input=texts, capture_output=True, text=True, check=True, cwd=ROOT, timeout=50,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "77")
    }  # fmt: skip
    assert len(answers) == 1
    assert len(next(iter(answers)).splitlines()) == len(TEXTS) + len(examples)
