"""Tiny projects and sites, made from a dict of files; each fault is a change to a clean one."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from explainer.checks.finding import Finding
from explainer.checks.load_project import load_project
from explainer.checks.project import Project
from explainer.checks.rule import select_rules
from explainer.checks.runner import Report, run
from explainer.checks.site import load_site

TODAY = date(2026, 11, 23)

Content = str | bytes | list[tuple[str, str]] | None
"""A whole file, changes to the clean one (old, new), or ``None``: no such file."""

Changes = dict[str, Content]
"""What is other than in the clean project or site, by path."""

CHINA = """\
---
title: China
description: Yes. China and North Korea have been treaty allies since 1961.
country: CN
reviewed: 2026-10-01
review_in: 6 months
aliases: [PRC]
---

# Is China an ally of North Korea?

::: verdict china

## At a glance {#at-a-glance}

::: at-a-glance china

## Treaty and commitments {#treaty}

China and North Korea signed a treaty on 11 July 1961 [@prc-1961-treaty, art. 2]. It is [explained](../about/method.md#tests).

## Military ties {#military}

No public figure was found.

### Training {#military-training}

None was reported.

## Trade {#trade}

| Year | Figure |
| --- | --- |
| 2024 | 2.2 billion dollars [@reuters-2025-trade] |

## United Nations {#diplomacy}

China vetoed a draft in May 2022, with Russia [@un-2022-sc14911].

## History {#history}

- Relations since 6 October 1949 [@reuters-2025-trade].

## Limits {#limits}

Little is known.

## What is disputed {#disputed}

Little is known.

## What would change this verdict {#what-would-change}

An end of the treaty in 2041.

## Claims {#claims}

::: claims china

## Questions {#questions}

::: questions china

## Sources {#sources}

::: references
"""

INDEX = """\
---
title: Allies
description: Two countries have a defence treaty with North Korea.
---

# Who are the allies?

[China](countries/china.md), [questions](faq.md#is-china-an-ally), [claims](claims.md), [sources](sources.md), [how](about/method.md).
"""

FAQ = """\
---
title: Questions
description: Questions that readers ask, each answered in the first sentence.
---

# Questions

## China {#about-china}

### Is China an ally now? {#is-china-an-ally}

Yes, since 1961. The treaty was signed in Beijing [@prc-1961-treaty]. More: [The treaty](countries/china.md#treaty).

## Sources {#sources}

::: references
"""


def _page(title: str, body: str) -> str:
    return f"---\ntitle: {title}\ndescription: What this page is about, in a sentence.\n---\n\n# {title}\n\n{body}\n"


SOURCES = """\
- id: prc-1961-treaty
  type: treaty
  title: Treaty of Friendship, Co-operation and Mutual Assistance
  publisher: People's Republic of China
  issued: 1961-07-11
  accessed: 2026-10-01
  URL: https://www.marxists.org/subject/china/documents/china_dprk.htm
  language: en
  custom:
    kind: primary
    shows: Article 2 obliges each side to help the other when it is attacked.

- id: reuters-2025-trade
  type: article-newspaper
  title: China's trade with North Korea in 2024
  container-title: Reuters
  issued: 2025-01-18
  accessed: 2026-10-01
  URL: https://www.reuters.com/world/trade-2024
  language: en
  custom:
    kind: wire
    shows: Chinese customs put two-way trade in 2024 at about 2.2 billion dollars.

- id: un-2022-sc14911
  type: report
  title: Security Council fails to adopt a resolution
  publisher: United Nations
  number: SC/14911
  issued: 2022-05-26
  accessed: 2026-10-01
  URL: https://press.un.org/en/2022/sc14911.doc.htm
  language: en
  custom:
    kind: primary
    shows: China and Russia vetoed a draft, and thirteen members were in favour.
"""

_STATEMENT = "    text: Words of our own.\n    sources:\n      - prc-1961-treaty\n"
_TEST = "      date: 2026-01\n      reason: Words of our own.\n      sources:\n        - reuters-2025-trade\n"

COUNTRIES = (
    "- id: china\n  iso: CN\n  name: China\n  official_name: People's Republic of China\n  tier: treaty-ally\n"
    + "".join(
        f"  {name}:\n{_STATEMENT}" for name in ("verdict", "since", "treaty", "embassies", "trade_share")
    )
    + f"  summary:\n{_STATEMENT}    as_of: 2026-01\n"
    + f"  last_visit:\n{_STATEMENT}    date: 2025-10\n"
    + "  tests:\n"
    + "".join(
        f"    {name}:\n      answer: {answer}\n{_TEST}"
        for name, answer in (
            ("treaty", "yes"),
            ("military", "no"),
            ("economic", "yes"),
            ("diplomatic", "yes"),
            ("political", "partly"),
        )
    )
)

CLAIMS = """\
- id: china-is-an-ally
  country: china
  claim: China is an ally of the hermit kingdom now.
  where: General article
  verdict: supported
  finding: The treaty of 1961 is in force.
  sources:
    - prc-1961-treaty, art. 2
  checked: 2026-10-01
"""

EVENTS = """\
- id: 1961-07-11-treaty
  date: 1961-07-11
  countries: [china]
  kind: treaty
  title: China and North Korea signed a treaty
  text: It was signed in Beijing.
  sources:
    - prc-1961-treaty

- id: 2022-05-26-veto
  date: 2022-05-26
  countries: [china]
  kind: vote
  title: China vetoed a draft on sanctions
  text: Thirteen members were in favour.
  sources:
    - un-2022-sc14911
"""

MKDOCS = """\
site_name: Allies
site_url: !ENV [NO_SUCH_VARIABLE, "https://allies.test.org/site/"]
nav:
  - Answer: index.md
  - Countries:
      - China: countries/china.md
  - faq.md
  - claims.md
  - sources.md
  - about/method.md
exclude_docs: |
  notes.md
theme:
  favicon: assets/logo.svg
"""

PROJECT: dict[str, Content] = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": INDEX,
    "docs/faq.md": FAQ,
    "docs/claims.md": _page("Claims", "::: claims-in-full china"),
    "docs/sources.md": _page("Sources", "::: bibliography"),
    "docs/about/method.md": _page("Method", "## The tests {#tests}\n\nFive of them."),
    "docs/countries/china.md": CHINA,
    "docs/assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "docs/data/sources/all.yml": SOURCES,
    "docs/data/countries.yml": COUNTRIES,
    "docs/data/claims.yml": CLAIMS,
    "docs/data/events.yml": EVENTS,
}


def html(title: str, body: str, head: str = "") -> str:
    """A whole page."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><title>{title}</title>\n'
        f'<meta name="description" content="About {title}.">\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


SITE: dict[str, Content] = {
    "index.html": html(
        "First",
        '<article><h1 id="first">First</h1>\n<a href="a/">A</a>\n<p>words</p></article>',
        '<link rel="canonical" href="https://allies.test.org/site/">\n<link rel="stylesheet" href="css/site.css">\n'
        '<link rel="icon" href="img/x.svg">\n<meta property="og:image" content="https://allies.test.org/site/img/x.svg">\n',
    ),
    "a/index.html": html(
        "A",
        '<article><h1 id="a">A</h1>\n<a href="../#first">first</a> <a href="#a">a</a>\n'
        '<img src="../img/x.svg" alt="x">\n<p>words</p></article>',
        '<link rel="canonical" href="https://allies.test.org/site/a/">\n',
    ),
    "404.html": html("Not found", '<a href="/site/">first</a>'),
    "css/site.css": "body { background: url(../img/x.svg) } /* url(no.png) */",
    "img/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "sitemap.xml": "<urlset><url><loc>https://allies.test.org/site/</loc></url>\n"
    "<url><loc>https://allies.test.org/site/a/</loc></url></urlset>",
    "search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/"}, {"location": "a/#a"}]}',
}


def write(folder: Path, files: dict[str, Content], changes: Changes) -> None:
    """Write the clean files with the changes."""
    for name, content in (files | changes).items():
        path = folder / name
        if content is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, list):
            text = files[name]
            assert isinstance(text, str)
            for old, new in content:
                assert old in text, f"{name} has no {old!r}"
                text = text.replace(old, new, 1)
            content = text
        if isinstance(content, str):
            content = content.encode("utf-8")
        path.write_bytes(content)


def project(folder: Path, changes: Changes | None = None, site: dict[str, Content] | None = None) -> Project:
    """The project with some changes; ``site`` is what its site/ holds."""
    write(folder, PROJECT, changes or {})
    built = None
    if site is not None:
        write(folder / "site", {}, site)
        built = load_site(folder / "site", "site", "https://allies.test.org/site/")
    return load_project(folder, TODAY, built)


def check(project_: Project, select: list[str] | None = None, ignore: list[str] | None = None) -> Report:
    """Run the rules."""
    return run(project_, select_rules(select or [], ignore or []))


def check_words(folder: Path, changes: Changes) -> list[Finding]:
    """What is found in the words and facts of a project with these changes."""
    return list(check(project(folder, changes)).findings)


def told(findings: list[Finding]) -> list[str]:
    """The findings as short lines, for messages of failed tests."""
    return [f"{item.path}:{item.line}:{item.column} {item.rule} {item.message}" for item in findings]


Case = TypeVar("Case")
Test = Callable[[str, Path], None]


def for_each(cases: Mapping[str, Case], holds: Callable[[Case, Path], None]) -> Test:
    """The test that this holds for each case, in an empty folder; pytest calls it by the name it is given."""

    @pytest.mark.parametrize("case", cases)
    def test(case: str, tmp_path: Path) -> None:
        holds(cases[case], tmp_path)

    return test
