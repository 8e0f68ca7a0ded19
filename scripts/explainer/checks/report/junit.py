"""JUnit XML: a suite for each family, a case for each rule, a failure for each finding."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from explainer.checks.finding import Finding
from explainer.checks.lines import SourceLines
from explainer.checks.rule import FAMILIES, Rule
from explainer.checks.runner import Report

# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report, lines: SourceLines) -> str:
    """Rules that ran and found nothing are cases that passed."""
    root = Element("testsuites", name="check")
    for family, title in FAMILIES.items():
        rules = {rule.id: rule for rule in report.ran if rule.family == family}
        found = [item for item in report.findings if item.rule.startswith(family)]
        if not rules and not found:
            continue
        suite = SubElement(root, "testsuite", name=f"{family}: {title}")
        for id_, rule in rules.items():
            own = [item for item in found if item.rule == id_]
            if not own:
                _case(suite, f"{id_} {rule.name}", family)
            for item in own:
                _failure(suite, item, rule)
        for item in found:
            if item.rule not in rules:
                _failure(suite, item, None)
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(found)))
        suite.set("errors", "0")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _failure(suite: Element, item: Finding, rule: Rule | None) -> None:
    place = f"{item.path}:{item.line}:{item.column}"
    case = _case(suite, f"{item.rule} {rule.name} {place}" if rule else f"{item.rule} {place}", item.rule[:3])
    failure = SubElement(case, "failure", type=item.severity.value, message=_clean(f"{place} {item.message}"))
    failure.text = _clean(
        f"{place} {item.rule} {item.message}" + (f"\nhint: {item.hint}" if item.hint else "")
    )


def _case(suite: Element, name: str, family: str) -> Element:
    return SubElement(suite, "testcase", classname=family, name=_clean(name))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
