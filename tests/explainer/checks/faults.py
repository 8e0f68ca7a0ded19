"""Tables of faults: what breaks a rule, the one rule that speaks, the place it names and the hint it gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.explainer.checks.projects import Changes, Test, check_words, for_each, told

CH, IX, FQ = "docs/countries/china.md", "docs/index.md", "docs/faq.md"
SRC, CL, EV = "docs/data/sources/all.yml", "docs/data/claims.yml", "docs/data/events.yml"
CO, FG, HI = "docs/data/countries.yml", "docs/data/figures.yml", "docs/data/history.yml"
MK = "mkdocs.yml"


class Fault(NamedTuple):
    """A fault: ``at`` is what stands at the line and column of the finding, ``hint`` is part of the hint."""

    rule: str
    changes: Changes
    at: str
    hint: str


def add(text: str, path: str = CH) -> Changes:
    """The words of a page with a further paragraph."""
    marks = {CH: "Little is known.\n\n## What is disputed", IX: "[China](", FQ: "## Sources"}
    mark = marks[path]
    return {path: [(mark, f"{text}\n\n{mark}")]}


def src(*changes: tuple[str, str]) -> Changes:
    """Changes to the registry."""
    return {SRC: list(changes)}


def source(fields: str, custom: str = "", kind: str = "wire", **changes: str) -> Changes:
    """A further source, cited once, with these fields changed and these lines added."""
    known = {
        "id": "ap-2025-trade",
        "type": "article-newspaper",
        "title": "Trade across the Yalu",
        "container-title": "AP News",
        "issued": "2025-01-19",
        "accessed": "2026-10-01",
        "URL": "https://apnews.com/trade",
        "language": "en",
    } | {key.replace("_", "-"): value for key, value in changes.items()}
    lines = [f"{key}: {value}" for key, value in known.items() if value] + fields.splitlines()
    notes = [
        f"kind: {kind}",
        "shows: Says how goods came across the river in that year.",
        *custom.splitlines(),
    ]
    text = "- " + "\n  ".join(lines) + "\n  custom:\n    " + "\n    ".join(notes) + "\n"
    return add(f"Trade went on [@{known['id']}].") | {"docs/data/sources/more.yml": text}


def assert_told(fault: Fault, folder: Path) -> None:
    """Exactly this rule speaks, once, at the place, with the hint."""
    found = check_words(folder, fault.changes)
    assert [item.rule for item in found] == [fault.rule], told(found)
    finding = found[0]
    line = (folder / finding.path).read_text("utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith(fault.at), (
        f"{told(found)} points at {line[finding.column - 1 :]!r}"
    )
    assert fault.hint in finding.hint, f"{told(found)} hints {finding.hint!r}"
    assert finding.message


def assert_silent(changes: Changes, folder: Path) -> None:
    """No rule speaks."""
    found = check_words(folder, changes)
    assert not found, told(found)


def trials(broken: Mapping[str, Fault], clean: Mapping[str, Changes]) -> tuple[Test, Test]:
    """The two tests of a file of cases: every fault is told with its hint, and nothing is said of what is none."""
    return for_each(broken, assert_told), for_each(clean, assert_silent)
