"""What the build prints in place of directives and citations: the ids and the problems that rules ask for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from explainer.checks.project import Project
from explainer.fact_store import Facts
from explainer.problems import Problem
from explainer.rendering import Rendering, Site, Usage
from explainer.views import VIEWS


@dataclass(frozen=True)
class Printed:
    """What a rendering of a page shows: the ids it prints, and what is wrong with its directives and citations."""

    ids: frozenset[str]
    problems: tuple[Problem, ...]
    explained: frozenset[str] = frozenset()
    """The terms of the glossary that it explains."""


@lru_cache(maxsize=2)
def printed_pages(project: Project) -> dict[str, Printed]:
    """What the build prints in place of directives and citations, by page."""
    needed = {src: words for src, words in project.words.items() if words.directives or words.clusters}
    if not needed:
        return {}
    # Made without facts, so that no reference is formatted: ids do not depend on that (and it takes a second).
    site = Site.create(Facts(project.root), {}, VIEWS, project.root)
    site.facts, site.pages = project.facts, dict(project.pages)
    site.references = dict.fromkeys(project.facts.sources, "")
    site.draws = False
    site.usage = Usage({id_: [] for id_ in project.facts.sources})
    found = {}
    for src, words in needed.items():
        rendering = Rendering(site, words.page)
        try:
            text = rendering.run()
        except Exception:  # a template or a view that fails stops the build, which says why
            built = project.site.page_at(project.config.page_url(src)) if project.site else None
            ids = built.ids if built else frozenset()
            found[src] = Printed(ids, tuple(rendering.problems), frozenset(rendering.explained))
            continue
        ids = frozenset(re.findall(r'\sid="([^"]+)"', text))
        found[src] = Printed(ids, tuple(rendering.problems), frozenset(rendering.explained))
    return found


def ids_of(project: Project, src: str) -> frozenset[str]:
    """Every id that the page at ``src`` has: from its words and from what its directives print."""
    printed = printed_pages(project).get(src)
    return project.words[src].ids | (printed.ids if printed else frozenset())
