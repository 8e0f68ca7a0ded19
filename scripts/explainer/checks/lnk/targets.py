"""LNK: links within the site."""

from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import fixed, with_outcome
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.targets import Outcome

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule(
    "LNK001",
    "missing-page",
    ERROR,
    "a link leads to a page that does not exist",
    """A link to another page is written as the path of its .md file, relative to the file it stands in:
    [China](../countries/china.md). No such file exists below docs/.""",
)
def missing_page(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.NO_PAGE)


@rule(
    "LNK002",
    "missing-anchor",
    ERROR,
    "a link leads to an anchor that its page does not have",
    """The part after # has to be the id of a heading or of another element of the page, as written out in {#id}, as
    derived from a heading without one, or as printed by a directive.""",
)
def missing_anchor(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.NO_ANCHOR)


@rule(
    "LNK003",
    "wrong-case",
    ERROR,
    "a link differs from its file in upper and lower case",
    """It works on a computer that does not tell the two apart, and breaks on the server. --fix corrects it.""",
)
def wrong_case(project: Project) -> Iterator[Defect]:
    return fixed(project, Outcome.WRONG_CASE)


@rule(
    "LNK004",
    "built-address",
    ERROR,
    "a link to .html or to the address of the built page instead of the .md file",
    """MkDocs checks and rewrites links to .md files only. A link to the built address breaks when the page moves and
    is not checked. --fix replaces it by the file where that is certain.""",
)
def built_address(project: Project) -> Iterator[Defect]:
    return fixed(project, Outcome.BUILT_ADDRESS)


@rule(
    "LNK005",
    "absolute-path",
    ERROR,
    "a link that begins with a slash",
    """/countries/china/ leads to the top of the host: wrong where the site is published in a folder, as on GitHub
    Pages. Write the path relative to the file; --fix does where the file is known.""",
)
def absolute_path(project: Project) -> Iterator[Defect]:
    return fixed(project, Outcome.ABSOLUTE)


@rule(
    "LNK006",
    "outside-docs",
    ERROR,
    "a link climbs out of docs/",
    """Only what is below docs/ is published, so a link to ../README.md leads nowhere for readers.""",
)
def outside_docs(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.OUTSIDE)


@rule(
    "LNK007",
    "empty-link",
    ERROR,
    "a link without an address, or to # alone",
    """A link that leads nowhere is usually a place where an address was to be filled in later.""",
)
def empty_link(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.EMPTY)


@rule(
    "LNK008",
    "missing-file",
    ERROR,
    "an image or a file that does not exist",
    """The path is relative to the file it is written in, and the image or file has to be below docs/.""",
)
def missing_file(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.NO_FILE)


@rule(
    "LNK019",
    "own-address",
    ERROR,
    "an address of this site written out in full",
    """The site does not know its host: the address of the build decides. A full address is not checked by MkDocs and
    leads away from copies and previews. Link to the .md file; --fix does. Where the page or the anchor does not exist,
    missing-page and missing-anchor say so.""",
)
def own_address(project: Project) -> Iterator[Defect]:
    return fixed(project, Outcome.OWN_ADDRESS)
