"""SARIF 2.1.0 (OASIS), the form that code hosts read."""

import json
import os
from collections import Counter
from typing import Any
from urllib.parse import quote

from explainer.checks.baseline import fingerprint
from explainer.checks.finding import Finding, Replace
from explainer.checks.lines import SourceLines
from explainer.checks.rule import Rule
from explainer.checks.runner import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report, lines: SourceLines) -> str:
    """One run; every rule that ran is described in it. What is accepted is listed as such, with the reason."""
    index = {rule.id: number for number, rule in enumerate(report.ran)}
    seen: Counter[str] = Counter()
    results: list[dict[str, Any]] = []

    def add(finding: Finding, **more: Any) -> None:
        result = _result(finding)
        if finding.rule in index:
            result["ruleIndex"] = index[finding.rule]
        digest = fingerprint(finding, lines).digest
        seen[digest] += 1
        # The name under which GitHub looks for it; the number tells equal problems of one file apart.
        result["partialFingerprints"] = {"primaryLocationLineHash": f"{digest}:{seen[digest]}"}
        results.append(result | more)

    for finding in report.findings:
        add(finding, **({} if report.known is None else {"baselineState": "new"}))
    for finding in report.known or ():
        add(finding, baselineState="unchanged")
    for item in report.accepted:
        kind = "inSource" if item.in_source else "external"
        add(
            item.finding,
            suppressions=[{"kind": kind, "status": "accepted", "justification": _text(item.reason)}],
        )
    driver = {"name": "check.py", "version": "1.0.0", "rules": [_rule(rule) for rule in report.ran]}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rule(rule: Rule) -> dict[str, Any]:
    accept = f"To accept a finding: check: ignore {rule.id} reason until YYYY-MM-DD"
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": _sentence(rule.summary)},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"{rule.explanation}\n\n{accept}", "markdown": f"{rule.explanation}\n\n`{accept}`"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    text = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    location = _location(finding.path)
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endColumn": finding.column + finding.defect.width,
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {"text": _text(text)},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
    }
    fix = finding.defect.fix
    if isinstance(fix, Replace) and "\n" not in fix.old:
        line, column = (fix.line, fix.column) if fix.line else (finding.line, finding.column)
        deleted = {"startLine": line, "startColumn": column, "endColumn": column + len(fix.old)}
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": fix.new}}
        change = {"artifactLocation": _location(fix.path), "replacements": [replacement]}
        result["fixes"] = [
            {"description": {"text": _text(finding.hint or "mend")}, "artifactChanges": [change]}
        ]
    return result


def _location(path: str) -> dict[str, str]:
    """Relative to the folder that was checked. Bytes of a name that are not UTF-8 are percent-encoded as well."""
    return {"uri": quote(os.fsencode(path))}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _text(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")
