"""JUnit XML: a suite for each family, a case for each rule, a failure for each finding."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from explainer.checks.rule import FAMILIES, Rule
from explainer.checks.runner import Report

# XML 1.0 has no way to write these.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report) -> str:
    """Rules that ran and found nothing are cases that passed."""
    root = Element("testsuites", name="check")
    for family, title in FAMILIES.items():
        rules = [rule for rule in report.rules if rule.family == family]
        found = [item for item in report.findings if item.rule.startswith(family)]
        if not rules and not found:
            continue
        suite = SubElement(root, "testsuite", name=f"{family}: {title}")
        cases = 0
        for rule in rules:
            own = [item for item in found if item.rule == rule.id]
            cases += len(own) or 1
            if not own:
                _case(suite, rule)
            for item in own:
                case = _case(suite, rule)
                case.set("file", _clean(item.path))
                case.set("line", str(item.line))
                message = _clean(f"{item.path}:{item.line}:{item.column} {item.message}")
                failure = SubElement(case, "failure", type=item.severity.value, message=message)
                failure.text = _clean(item.hint)
        suite.set("tests", str(cases))
        suite.set("failures", str(len(found)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _case(suite: Element, rule: Rule) -> Element:
    return SubElement(suite, "testcase", classname=rule.family, name=f"{rule.id} {rule.name}")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
