"""Lists that are kept in an order: the registry by id, the ledger by address. Both are mended by ``--fix``."""

from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.finding import Defect, Severity, SortLines, SortRecords
from explainer.checks.project import LEDGER, Project
from explainer.checks.rule import rule


@rule(
    "SRC060",
    "source-order",
    Severity.WARNING,
    "a source that is not in its place by id",
    """The records of a file in docs/data/sources/ stand in the order of their ids, so that everybody finds them, and two
    people who add one do not both add it at the end. --fix sorts them; comments right above a record go with it.""",
)
def source_order(project: Project) -> Iterator[Defect]:
    for path, document in project.facts.documents.items():
        if not path.startswith("docs/data/sources/") or not isinstance(document.data, list):
            continue
        latest = ""
        for index, item in enumerate(document.data):
            id_ = item.get("id") if isinstance(item, dict) else None
            if not isinstance(id_, str):
                continue
            if id_ < latest:
                yield Defect(
                    path,
                    *document.place((index, "id")),
                    f"{id_} stands below {latest}",
                    "move it up: --fix does",
                    width=2,
                    fix=SortRecords(path, "id"),
                )
            latest = max(latest, id_)


@rule(
    "PRM010",
    "ledger-order",
    Severity.WARNING,
    "a line of the ledger that is not in its place",
    """docs/data/permalinks.txt is sorted, so that a change of it shows what was published and nothing else. --fix sorts
    it.""",
)
def ledger_order(project: Project) -> Iterator[Defect]:
    for above, item in pairwise(project.ledger or ()):
        if item.address < above.address:
            yield Defect(
                LEDGER,
                item.line,
                1,
                f"{item.address} stands below {above.address}",
                "sort the lines: --fix does",
                len(item.address),
                SortLines(LEDGER),
            )
