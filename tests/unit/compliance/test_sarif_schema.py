"""SARIF against the schema that OASIS publishes, where it lies on this computer.

The schema is theirs and does not stand in this repository: MEDVOICE_SARIF_SCHEMA names the file (it is
sarif-schema-2.1.0.json of oasis-tcs/sarif-spec), or it lies with the shared data. What reads schemas below
knows the keywords that this one uses, and refuses any other, so that it cannot pass over one.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.sarif import to_sarif
from medvoice.compliance.trial import document_of
from medvoice.domain.finding import Document

from .conftest import compile_shipped
from .small_packs import AS_OF

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "sarif-schema-2.1.0.json"
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
SAID = {
    "$schema", "id", "title", "description", "default", "definitions", "format", "$ref", "type", "enum",
    "pattern", "minimum", "maximum", "minItems", "maxItems", "uniqueItems", "items", "required",
    "properties", "additionalProperties", "oneOf", "anyOf", "not", "dependencies", "minLength",
    "minProperties",
}  # fmt: skip


def wrong(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """What of `value` the schema does not allow, each with its place."""
    assert set(schema) <= SAID, set(schema) - SAID
    if "$ref" in schema:
        return wrong(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, place)
    found = plain_wrong(value, schema, place)
    if isinstance(value, dict):
        found += [f"{place}: no {key}" for key in schema.get("required", ()) if key not in value]
        known, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        for key, item in value.items():
            if key in known:
                found += wrong(item, known[key], root, f"{place}.{key}")
            elif more is False:
                found.append(f"{place}: {key} is not known")
            elif isinstance(more, dict):
                found += wrong(item, more, root, f"{place}.{key}")
    if isinstance(value, list):
        for at, item in enumerate(value):
            found += wrong(item, schema.get("items", {}), root, f"{place}[{at}]")
    for word, least in (("oneOf", 1), ("anyOf", 1)):
        if word in schema:
            fits = sum(not wrong(value, one, root, place) for one in schema[word])
            found += [] if fits >= least and (word == "anyOf" or fits == 1) else [f"{place}: {word}"]
    if "not" in schema and not wrong(value, schema["not"], root, place):
        found.append(f"{place}: not")
    return found


def plain_wrong(value: Any, schema: dict[str, Any], place: str) -> list[str]:
    names = schema.get("type", list(TYPES))
    kinds = [names] if isinstance(names, str) else names
    if not any(
        isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))
        for kind in kinds
    ):
        return [f"{place}: is no {kinds}"]
    rules = (
        ("enum", lambda limit: value in limit),
        ("minimum", lambda limit: value >= limit),
        ("maximum", lambda limit: value <= limit),
        ("minItems", lambda limit: len(value) >= limit),
        ("maxItems", lambda limit: len(value) <= limit),
        ("minLength", lambda limit: len(value) >= limit),
        ("minProperties", lambda limit: len(value) >= limit),
        ("pattern", lambda limit: re.search(limit, value) is not None),
        ("uniqueItems", lambda limit: not limit or len({json.dumps(one) for one in value}) == len(value)),
    )
    return [
        f"{place}: {word} {schema[word]}" for word, fits in rules if word in schema and not fits(schema[word])
    ]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    path = Path(os.environ.get("MEDVOICE_SARIF_SCHEMA", SHARED))
    if not path.is_file():
        pytest.skip(f"shared data absent: {path.name}")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_example_gives_a_log_the_schema_allows(schema: dict[str, Any]) -> None:
    ruleset = compile_shipped()
    documents = [document_of(example) for rule in ruleset.rules for example in rule.spec.examples[:1]]
    for document in (*documents, Document(""), Document("Zentorva is\r\ncompletely safe 👩‍🔬.")):
        result = check(document, ruleset, AS_OF)
        log = to_sarif(document, result, [("question.txt", document.text, result.findings)])
        assert wrong(json.loads(json.dumps(log)), schema, schema) == []


def test_the_reader_of_schemas_sees_what_is_wrong(schema: dict[str, Any]) -> None:
    document = Document("Zentorva is completely safe.")
    log: Any = to_sarif(document, check(document, compile_shipped(), AS_OF))
    log["runs"][0]["results"][0]["colour"] = "red"
    log["runs"][0]["results"][0]["level"] = "bad"
    log["runs"][0]["columnKind"] = 3
    del log["runs"][0]["tool"]["driver"]["name"]
    found = " ".join(wrong(log, schema, schema))
    assert all(word in found for word in ("colour is not known", "level: enum", "columnKind", "no name"))
