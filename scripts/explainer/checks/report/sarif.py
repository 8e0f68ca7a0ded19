"""SARIF 2.1.0, the form that code hosts read."""

import json
from typing import Any
from urllib.parse import quote

from explainer.checks.runner import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(report: Report) -> str:
    """One run; every rule that ran is described in it. What is suppressed is listed as such."""
    rules = [
        {
            "id": rule.id,
            "name": "".join(part.capitalize() for part in rule.name.split("-")),
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.explanation},
            "defaultConfiguration": {"level": rule.severity.value},
        }
        for rule in report.rules
    ]
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    results: list[dict[str, Any]] = []
    for suppressed, findings in ((False, report.findings), (True, report.suppressed)):
        for item in findings:
            text = f"{item.message}\nhint: {item.hint}" if item.hint else item.message
            region = {
                "startLine": item.line,
                "startColumn": item.column,
                "endColumn": item.column + item.defect.width,
            }
            result: dict[str, Any] = {
                "ruleId": item.rule,
                "level": item.severity.value,
                "message": {"text": text},
                "locations": [
                    {"physicalLocation": {"artifactLocation": {"uri": quote(item.path)}, "region": region}}
                ],
            }
            if item.rule in index:
                result["ruleIndex"] = index[item.rule]
            if suppressed:
                result["suppressions"] = [{"kind": "inSource"}]
            results.append(result)
    driver = {"name": "check.py", "rules": rules}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)
