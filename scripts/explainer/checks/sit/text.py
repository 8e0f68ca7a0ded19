"""SIT: Markdown and templates left over in the text of a page."""

import html
from collections import defaultdict
from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import in_text, line_and_column, shown
from explainer.checks.sit.survey import text_of
from explainer.checks.site import HtmlPage

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule(
    "SIT022",
    "markup-left",
    ERROR,
    "a citation, footnote, directive or template mark printed as text",
    """[@id], [^x], “::: name”, {#id}, {: .class } or {{ in the text of a built page, outside of code and formulas,
    is Markdown or a template that the build did not understand; so is {{ in a title, a description or an alternative
    text. A mark between quotes is shown on purpose.""",
    Scope.SITE,
)
def markup_left(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    where: dict[tuple[str, str], list[HtmlPage]] = defaultdict(list)
    for page in site.pages.values():
        for leftover in page.leftovers:
            where[(leftover.sort, leftover.text)].append(page)
    names = {
        "citation": "citation",
        "footnote": "footnote",
        "template": "template mark",
        "directive": "directive",
        "attributes": "list of attributes",
    }
    for (sort, text), pages in where.items():
        count = f" (on {len(pages)} pages)" if len(pages) > 1 else ""
        message = f"the {names[sort]} “{text[:60]}” is printed as text{count}"
        hint = "mend it, or put it between backticks if it is meant as code"
        src = project.page_of_url.get(pages[0].url)
        found = in_text(project, src, text.split("\n")[0]) if src else None
        if found:
            yield Defect(*found, message, hint, len(text), subject=text)
            continue
        raw = text_of(site, pages[0].path)
        at = max(0, raw.find(html.escape(text.split("\n")[0], quote=False)))
        yield Defect(
            shown(site, pages[0].path),
            *line_and_column(raw, at),
            message,
            hint,
            len(text),
            subject=text,
        )
