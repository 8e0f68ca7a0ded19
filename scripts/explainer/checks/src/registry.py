"""SRC: which records there are, whether they fit the schema, and what each type of document needs."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import cited_in
from explainer.checks.src.place import at, sources

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_FOLDER = "docs/data/sources/"


def _loaded(project: Project, code: str) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.path.startswith(_FOLDER) and problem.code == code:
            yield Defect.of(problem)


@rule(
    "SRC001",
    "unused-source",
    WARNING,
    "a source that nothing cites",
    """No page and no record cites it. Cite it, or remove it: the list of sources says that every document in it was used.""",
)
def unused_source(project: Project) -> Iterator[Defect]:
    if not project.could_be_read:
        return  # what cannot be read may cite it
    used = {
        item.id
        for words in project.words.values()
        for cluster in words.clusters
        for item in cluster.citations
    }
    used |= cited_in(project)
    # A citation that is misspelt, or does not close, is told as such: the source that was meant is in use.
    for words in project.words.values():
        if words.citation_problems:
            used.update(re.findall(r"@([A-Za-z0-9][\w-]*)", words.readable))
    for id_ in used - project.source_ids:
        used = used | {id_.lower(), *get_close_matches(id_, project.source_ids, n=1, cutoff=0.8)}
    for source in sources(project):
        if source.id not in used:
            yield at(project, source, ("id",), "nothing cites this source", "cite it, or remove it")


@rule(
    "SRC002",
    "duplicate-source-id",
    ERROR,
    "two sources with one id",
    """Citations could mean either of the two; the second is not used.""",
)
def duplicate_source_id(project: Project) -> Iterator[Defect]:
    return _loaded(project, "twice")


@rule(
    "SRC003",
    "missing-field",
    ERROR,
    "a source without a field that every source has",
    """id, type, title, accessed, URL, language, and under custom kind and shows.""",
)
def missing_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, "missing")


@rule(
    "SRC004",
    "unknown-field",
    ERROR,
    "a source with a field that CSL does not know",
    """The names are those of CSL-YAML, as Zotero and pandoc write it. Upper and lower case matter: URL, DOI, ISBN.""",
)
def unknown_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, "unknown-field")


@rule(
    "SRC005",
    "malformed-field",
    ERROR,
    "a field of a source that has the wrong form",
    """A date that is not in the calendar or not YYYY, YYYY-MM or YYYY-MM-DD, an address without https://, a type or kind
    that does not exist, an id with capital letters, a “shows” of a few letters.""",
)
def malformed_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, "value")


_IN_SOMETHING = {
    "article-journal": "the journal",
    "article-magazine": "the magazine",
    "article-newspaper": "the newspaper, agency or broadcaster",
    "chapter": "the book",
    "entry-dictionary": "the dictionary",
    "entry-encyclopedia": "the encyclopedia",
    "paper-conference": "the proceedings",
    "review": "the journal",
    "review-book": "the journal",
}
_PUBLISHED = {
    "bill": "the parliament",
    "book": "the publishing house",
    "dataset": "who keeps it",
    "hearing": "the parliament or committee",
    "legal_case": "the court",
    "legislation": "the state or body that enacted it",
    "map": "who published it",
    "pamphlet": "who published it",
    "patent": "the office",
    "regulation": "the state or body that issued it",
    "report": "who published it",
    "standard": "the body that set it",
    "thesis": "the university",
    "treaty": "whose copy of the text was read",
}
_DATED = {
    "bill": "when it was introduced",
    "legal_case": "when it was decided",
    "legislation": "when it was adopted",
    "treaty": "when it was signed",
}
_NAMES = {"container_title": "container-title", "publisher": "publisher", "issued": "issued"}


@rule(
    "SRC029",
    "field-of-type",
    ERROR,
    "a source without a field that documents of its type have",
    """An article, a chapter or an entry appeared in something: container-title. A report, a book, a law, a treaty, a
    judgment or a dataset has somebody who published it: publisher. A law, a treaty or a judgment bears a date: issued.
    If the document shows none of it, its type is probably another one: document or webpage.""",
)
def field_of_type(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if not source.published_by.strip():
            continue  # SRC007
        for field, types in (
            ("container_title", _IN_SOMETHING),
            ("publisher", _PUBLISHED),
            ("issued", _DATED),
        ):
            if source.type in types and not getattr(source, field):
                name = _NAMES[field]
                yield at(
                    project,
                    source,
                    ("type",),
                    f"of the type {source.type} has no “{name}”",
                    f"add {name}: {types[source.type]}",
                )
