"""A result as SARIF 2.1.0, for tools that read it."""

import hashlib
from collections.abc import Iterable, Sequence

from medvoice.compliance.report import notes, show, summary
from medvoice.domain.finding import CheckResult, Document, Finding, Level

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.BLOCK: "error", Level.WARN: "warning", Level.ADVISE: "note"}


def to_sarif(
    document: Document,
    result: CheckResult,
    beside: Iterable[tuple[str, str, Sequence[Finding]]] = (),
) -> dict[str, object]:
    """One run over the text (`post.txt`) and those beside it, each (name, text, findings). Offsets are code
    points (columnKind); the fingerprint is over rule and quote."""
    texts = [("post.txt", document.text, result.findings), *beside]
    rules: dict[str, Finding] = {}
    for _, _, findings in texts:
        for one in findings:
            rules.setdefault(one.rule, one)
    order = {rule: index for index, rule in enumerate(rules)}
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "MedVoice",
                        "rules": [_rule(one) for one in rules.values()],
                    },
                    "extensions": [
                        {
                            "name": f"pack {pack.id}",
                            "version": pack.version,
                            "properties": {"sha256": pack.sha256},
                        }
                        for pack in result.packs
                    ],
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(one, name, text, order[one.rule])
                    for name, text, findings in texts
                    for one in findings
                ],
                "properties": {"notes": list(notes(result)), "summary": summary(result)},
            }
        ],
    }


def _rule(one: Finding) -> dict[str, object]:
    url = next((source.url for source in one.basis if source.url), "")
    rule: dict[str, object] = {
        "id": one.rule,
        "shortDescription": {"text": one.message},
        "fullDescription": {"text": one.why},
        "help": {"text": one.advice},
        "properties": {"category": one.category, "version": one.version, "pack": one.pack},
    }
    if url:
        rule["helpUri"] = url
    return rule


def _result(one: Finding, name: str, text: str, index: int) -> dict[str, object]:
    line = text.count("\n", 0, one.start) + 1
    column = one.start - (text.rfind("\n", 0, one.start) + 1) + 1
    end_line = text.count("\n", 0, one.end) + 1
    end_column = one.end - (text.rfind("\n", 0, one.end) + 1) + 1
    quote = show(one.quote)
    digest = hashlib.sha256(f"{one.rule}\0{quote}".encode()).hexdigest()
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": one.start,
        "charLength": one.end - one.start,
        "snippet": {"text": quote},
    }
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.level],
        "message": {"text": f"{one.message} {one.advice}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": name}, "region": region}}],
        "partialFingerprints": {"ruleAndQuote/v1": digest},
        "properties": {
            "severity": str(one.level),
            "regions": list(one.regions),
            "confidence": one.confidence,
        },
    }
