"""The one module that reads YAML.

Every scalar is read as text (YAML's own rules turn ``no`` into false and ``2024-06`` into a string but
``2024-06-19`` into a date); the typed record decides what the text means. Positions are kept, so that a
problem found later can name its line.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from explainer.problems import Problem, ProblemsError

KeyPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]

# The parser written in C, where PyYAML was built with it, is about ten times faster.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_LEAD = re.compile(r"^[ \-?:]+", re.M)
_DEEPEST = 100
"""Levels of nesting that are read; no data of this project comes near."""

_MOST_REPEATED = 100_000
"""Values that aliases may repeat: nine lines of nine aliases each stand for more values than any memory holds."""


@dataclass(frozen=True)
class YamlDocument:
    """Parsed YAML: ``data`` made of dicts, lists and strings, and the place of every key and item."""

    data: Any
    places: dict[KeyPath, Place]

    def place(self, path: KeyPath) -> Place:
        """Line and column (from 1) of the node at ``path``, or of its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def parse_yaml(text: str, shown: str, first_line: int = 1) -> YamlDocument:
    """Parse one YAML document.

    ``shown`` names the file in messages; ``first_line`` is the line of the file on which the text begins.
    Raises ``ProblemsError`` for text that is not YAML, for a key written twice, and for aliases that loop, nest too
    deeply or stand for more than ``_MOST_REPEATED`` values.
    """
    shift = first_line - 1
    try:
        if _may_be_deep(text) and _is_deep(text):
            raise RecursionError
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError(
            [
                Problem(
                    shown,
                    line + shift,
                    column,
                    f"not valid YAML: {error.problem or error.context}",
                    "check the indentation, and quote text that contains “: ” or begins with a special sign",
                )
            ]
        ) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1 + shift, len(before) - before.rfind("\n")
        sign = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
        raise ProblemsError(
            [Problem(shown, line, column, f"{sign} cannot stand in YAML", "remove the sign; it is invisible")]
        ) from error
    except yaml.YAMLError as error:
        raise ProblemsError(
            [Problem(shown, first_line, 1, f"not valid YAML: {error}", "look for what was changed last")]
        ) from error
    except RecursionError as error:
        raise ProblemsError(
            [
                Problem(
                    shown,
                    first_line,
                    1,
                    "not usable YAML: nested too deeply",
                    "write it flat, as the others are",
                )
            ]
        ) from error

    places: dict[KeyPath, Place] = {}
    problems: list[Problem] = []

    seen: set[int] = set()
    repeated = 0

    def construct(node: Any, path: KeyPath, parents: tuple[int, ...], written: Place) -> Any:
        # ``written`` is where the innermost value stands that is not repeated by an alias.
        nonlocal repeated
        place = (node.start_mark.line + 1 + shift, node.start_mark.column + 1)
        if id(node) in seen:
            repeated += 1
            if repeated > _MOST_REPEATED:
                message = f"not usable YAML: aliases repeat more than {_MOST_REPEATED:,} values"
                raise ProblemsError([Problem(shown, *written, message, "write the values out")])
            if len(path) > _DEEPEST:
                message = "not usable YAML: aliases nest too deeply"
                raise ProblemsError([Problem(shown, *written, message, "write the values out")])
        else:
            seen.add(id(node))
            written = place
        places.setdefault(path, place)
        if id(node) in parents:
            problems.append(Problem(shown, *place, "an alias contains itself", "write the value out"))
            return ""
        parents = (*parents, id(node))
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                key_place = (key_node.start_mark.line + 1 + shift, key_node.start_mark.column + 1)
                if key in result:
                    problems.append(
                        Problem(shown, *key_place, f"the key “{key}” stands twice", "remove one of the two")
                    )
                places[(*path, key)] = key_place
                result[key] = construct(value_node, (*path, key), parents, written)
            return result
        if isinstance(node, yaml.SequenceNode):
            return [
                construct(item, (*path, index), parents, written) for index, item in enumerate(node.value)
            ]
        return node.value

    data = construct(node, (), (), (1, 1)) if node is not None else None
    if problems:
        raise ProblemsError(problems)
    return YamlDocument(data, places)


def _may_be_deep(text: str) -> bool:
    """Whether there are enough brackets, or enough signs at the start of a line, to nest too deeply."""
    if text.count("[") + text.count("{") > _DEEPEST:
        return True
    return any(match.end() - match.start() > _DEEPEST for match in _LEAD.finditer(text))


def _is_deep(text: str) -> bool:
    """Whether the text nests deeper than is read. The parser in C would end the program (measured: 100,000)."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False
