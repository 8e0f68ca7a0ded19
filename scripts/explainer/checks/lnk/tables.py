"""LNK: tables whose cells get lost."""

import re
from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import at
from explainer.checks.project import Project
from explainer.checks.rule import rule

_RULE_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*")


def _cells(line: str) -> list[str]:
    """The cells of a row, by Python-Markdown’s rules: bars in code and behind a backslash are text."""
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return re.split(r"(?<!\\)\|", inner)


@rule(
    "LNK033",
    "table-cells",
    Severity.ERROR,
    "a row of a table with more or fewer cells than its head",
    """Cells beyond those of the head are dropped without a word; missing ones are left empty. Where the line of hyphens
    below the head has another number of cells than the head, there is no table at all and the bars are printed. A bar
    that belongs to the text is written \\|.""",
)
def table_cells(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        text = words.readable
        if "|" not in text:
            continue
        lines = text.split("\n")
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line) + 1)
        for index in range(1, len(lines)):
            under, head = lines[index], lines[index - 1]
            cells = _cells(under)
            if (
                "|" not in under
                or "-" not in under
                or "|" not in head
                or not all(map(_RULE_CELL.fullmatch, cells))
            ):
                continue
            if index > 1 and "|" in lines[index - 2]:
                continue  # a row of hyphens inside a table
            wanted = len(_cells(head))
            if len(cells) != wanted:
                yield at(
                    words,
                    offsets[index],
                    f"the head has {wanted} cells, and the line below it {len(cells)}: this is no table",
                    f"write {'| --- ' * wanted}|",
                    len(under),
                )
                continue
            for row in range(index + 1, len(lines)):
                if not lines[row].strip():
                    break
                # Code is blanked out of ``lines``; a row that is nothing but code has its bars in the raw text.
                count = len(_cells(lines[row]))
                if count != wanted:
                    lost = "the last are dropped" if count > wanted else "the last stay empty"
                    yield at(
                        words,
                        offsets[row] + len(lines[row]) - len(lines[row].lstrip()),
                        f"this row has {count} cells, and the head {wanted}: {lost}",
                        "a bar in the text is written \\|" if count > wanted else "add the missing cells",
                        len(lines[row].strip()),
                    )
