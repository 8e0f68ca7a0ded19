"""Adds a source to the registry: ``scripts/new source`` calls it inside the environment."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import click
import typer

from explainer.addresses import find_same
from explainer.fact_store import Facts
from explainer.facts import load_facts, validate
from explainer.imports import FORMATS, ImportProblem, Item, read_items
from explainer.pages import load_pages
from explainer.problems import Problem, ProblemsError
from explainer.records import KIND_LABELS, Kind, Source, SourceType
from explainer.source_files import HEAD, insert_record, propose_file, propose_id, slug
from explainer.yaml_reader import YamlDocument

FOLDER = Path("docs/data/sources")

_TYPES = get_args(SourceType)
_QUESTIONS = {
    "title": "Title on the document, or a description in [square brackets]",
    "container-title": "Newspaper, agency, journal or site it appeared in (Enter: none)",
    "publisher": "Publisher, of a report, treaty or UN document (Enter: none)",
    "type": "Type",
    "author": "Authors as “Family, Given; …”, an agency by its name (Enter: none named)",
    "issued": "Date it bears: YYYY-MM-DD, YYYY-MM or YYYY (Enter: none)",
    "accessed": "Day you read it",
    "language": "Language of the document",
    "number": "UN symbol or report number (Enter: none)",
    "kind": "What it is evidence of",
    "shows": "What it establishes, in one or two sentences of your own",
}
_NEEDED = ("URL", "title", "accessed", "language", "kind", "shows")
_OPTIONS = {"container-title": "in", "URL": "url", "DOI": "doi"}
_NOTES = ("kind", "shows")


class Refused(Exception):
    """A source that is not added, and why; with the status to end with."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Editor:
    """How the fields are found out: given by options, asked for, or taken as proposed."""

    root: Path
    ask: bool
    file: str
    id: str


def add(
    url: Annotated[str, typer.Option(help="Address of the document.")] = "",
    title: Annotated[str, typer.Option(help="Title; a description stands in square brackets.")] = "",
    in_: Annotated[str, typer.Option("--in", help="Newspaper, agency, journal or site it appeared in.")] = "",
    publisher: Annotated[str, typer.Option(help="Publisher, of a report, treaty or UN document.")] = "",
    type_: Annotated[
        str, typer.Option("--type", help="CSL type, for example report; without it, webpage.")
    ] = "",
    author: Annotated[str, typer.Option(help="“Family, Given; …”, an agency by its name.")] = "",
    issued: Annotated[str, typer.Option(help="Date it bears, as far as it is known.")] = "",
    accessed: Annotated[str, typer.Option(help="Day you read it; without it, today.")] = "",
    language: Annotated[str, typer.Option(help="BCP 47, for example ko.")] = "",
    number: Annotated[str, typer.Option(help="UN symbol or report number.")] = "",
    doi: Annotated[str, typer.Option(help="DOI.")] = "",
    archive: Annotated[str, typer.Option(help="Address of an archived copy.")] = "",
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(Kind)}.")] = "",
    shows: Annotated[str, typer.Option(help=_QUESTIONS["shows"])] = "",
    id_: Annotated[str, typer.Option("--id", help="publisher-year-slug; without it, one is proposed.")] = "",
    file: Annotated[str, typer.Option(help="File below docs/data/sources, for example russia.")] = "",
    import_: Annotated[
        Path | None, typer.Option("--import", help="BibTeX, RIS or CSL-JSON, for example from Zotero.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", help=f"Of that file: {', '.join(FORMATS)}; without it, told by its text."),
    ] = "",
    ask: Annotated[
        bool | None,
        typer.Option("--ask/--no-ask", help="Ask for what is missing; without it, on a terminal."),
    ] = None,
) -> None:
    """Add a document that you have read to the registry, and print the citation to paste."""
    given: Item = {
        "URL": url,
        "title": title,
        "container-title": in_,
        "publisher": publisher,
        "type": type_,
        "author": names(author),
        "issued": issued,
        "accessed": accessed,
        "language": language,
        "number": number,
        "DOI": doi,
        "archive": archive,
        "kind": kind,
        "shows": shows,
    }
    given = {key: value for key, value in given.items() if value}
    editor = Editor(Path.cwd(), sys.stdin.isatty() if ask is None else ask, file, id_)
    try:
        status = _add_all(editor, given, import_, format_)
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(refused.status) from refused
    except ProblemsError as error:
        typer.echo(f"The registry has to be mended first:\n{error}", err=True)
        raise typer.Exit(2) from error
    if status:
        raise typer.Exit(status)


def names(text: str) -> list[dict[str, str]]:
    """``Family, Given; Agency`` as CSL names."""
    found = []
    for part in text.split(";"):
        family, comma, given = (word.strip() for word in part.partition(","))
        if comma and given:
            found.append({"family": family, "given": given})
        elif family:
            found.append({"literal": family})
    return found


def _add_all(editor: Editor, given: Item, import_: Path | None, format_: str) -> int:
    if not (editor.root / FOLDER).is_dir():
        raise Refused(f"{editor.root}: there is no {FOLDER} here; run scripts/new from the project", 2)
    if import_ is None:
        _add_one(editor, given)
        return 0
    if format_ and format_ not in FORMATS:
        raise Refused(f"--format {format_}: known are {', '.join(FORMATS)}", 2)
    try:
        items = read_items(import_.read_text(encoding="utf-8-sig"), format_)
    except OSError as error:
        raise Refused(f"{import_}: cannot be read: {error.strerror}", 2) from error
    except (ImportProblem, UnicodeDecodeError) as error:
        raise Refused(f"{import_}: {error}", 2) from error
    if len(items) > 1 and (editor.id or "URL" in given):
        raise Refused(
            f"{import_} holds {len(items)} records: --id and --url would be the same for all of them", 2
        )
    status = 0
    for number, item in enumerate(items, 1):
        if editor.ask:
            typer.echo(
                f"\n{number} of {len(items)}: {item.get('title') or item.get('URL') or 'without title'}"
            )
        try:
            _add_one(editor, item | given)
        except Refused as refused:  # the others may be right
            typer.echo(f"{import_}, record {number}: {refused}", err=True)
            status = max(status, refused.status)
    return status


def _add_one(editor: Editor, given: Item) -> None:
    facts, problems = load_facts(editor.root)
    faults = [problem for problem in problems if problem.path.startswith(FOLDER.as_posix())]
    if faults:
        raise ProblemsError(faults)
    item = dict(given)
    if editor.ask and not item.get("URL"):
        item["URL"] = _ask("Address", check=lambda text: _fault("URL", text))
    _refuse_same(facts, item)
    if editor.ask:
        item = _ask_for_the_rest(item)
    item.setdefault("accessed", date.today().isoformat())
    item.setdefault("type", "webpage")
    missing = [f"--{_OPTIONS.get(key, key)}" for key in _NEEDED if not item.get(key)]
    if not item.get("container-title") and not item.get("publisher"):
        missing.append("--in or --publisher")
    if missing:
        raise Refused(f"missing: {', '.join(missing)}", 2)
    record = {key: value for key, value in item.items() if key not in _NOTES}
    record["custom"] = {key: " ".join(item[key].split()) for key in _NOTES}
    _refuse_same(facts, item)
    # first without its id, which is made from the other fields
    _, faults = validate(Source, record | {"id": "x-nd-x"}, YamlDocument(record, {}), (), "the new source")
    if faults:
        raise Refused("\n".join(_words(fault) for fault in faults))
    record["id"] = _id(editor, record, facts)
    file = _file(editor, record, facts)
    _write(editor.root / FOLDER / f"{file}.yml", record)
    typer.echo(f"Added to {FOLDER.as_posix()}/{file}.yml. Cite it as\n\n  [@{record['id']}]\n")


def _refuse_same(facts: Facts, item: Mapping[str, Any]) -> None:
    same = find_same(facts.sources.values(), item.get("URL", ""), item.get("DOI", ""), item.get("number", ""))
    if same:
        source, by = same
        place = facts.origin(source)
        raise Refused(
            f"the registry has this document already, by the same {by}:\n"
            f"  {source.id}  {source.title} ({place.path}:{place.place('id')[0]})\n"
            f"  cite it as [@{source.id}]"
        )


def _ask_for_the_rest(item: Item) -> Item:
    defaults = {"type": "article-newspaper", "accessed": date.today().isoformat(), "language": "en"}
    asked = dict(item)
    for key, question in _QUESTIONS.items():
        if key in asked and key not in ("type", "accessed"):
            continue
        if key == "publisher" and asked.get("container-title"):
            continue
        optional = key in ("container-title", "publisher", "author", "issued", "number")
        if key == "kind":
            for kind, (label, meaning) in KIND_LABELS.items():
                typer.echo(f"  {kind.value:12} {label}: {meaning}")
        answer = _ask(
            question,
            default=asked.get(key) or defaults.get(key, "" if optional else None),
            check=lambda text, key=key: _fault(key, text) if text else "",  # type: ignore[misc]
        )
        if answer:
            asked[key] = names(answer) if key == "author" else answer
    return asked


def _ask(question: str, *, check: Callable[[str], str], default: str | None = None) -> str:
    """Ask until the answer is one that can be used."""

    def read(text: str) -> str:
        if fault := check(text.strip()):
            raise click.UsageError(fault)
        return text.strip()

    try:
        return str(click.prompt(question, default=default, value_proc=read, show_default=bool(default)))
    except click.Abort as abort:
        raise Refused(f"\nno answer to “{question}”: nothing was added", 2) from abort


def _fault(key: str, value: str) -> str:
    """What is wrong with the value of one field, in words; nothing where it is right."""
    sample: dict[str, Any] = {
        "id": "x-nd-x",
        "type": "webpage",
        "title": "x",
        "accessed": "2000-01-01",
        "URL": "https://x.test/",
        "language": "en",
        "custom": {"kind": "press", "shows": "x" * 20},
    }
    if key in _NOTES:
        sample["custom"][key] = value
    else:
        sample[key] = names(value) if key == "author" else value
    _, faults = validate(Source, sample, YamlDocument(sample, {}), (), "")
    if key == "URL" and faults:
        return f"“{value}” is not an address: it begins with https:// or http:// and has no spaces"
    if key == "type" and faults:
        return f"{_words(faults[0])}; all: {', '.join(_TYPES)}"
    return "; ".join(_words(fault) for fault in faults)


def _words(fault: Problem) -> str:
    message = fault.message.partition(": ")[2] if fault.message.startswith("x-nd-x: ") else fault.message
    return f"{message} ({fault.hint})" if fault.hint else message


def _id(editor: Editor, record: Item, facts: Facts) -> str:
    proposed = editor.id or propose_id(record, facts.sources.values())

    def taken(text: str) -> str:
        if text in facts.sources:
            return f"the id {text} stands for another document: {facts.sources[text].title}"
        return _fault("id", text)

    if editor.ask and not editor.id:
        hint = "" if proposed else " (publisher-year-slug, in Latin letters)"
        return _ask(f"Id{hint}", default=proposed or None, check=taken)
    if not proposed:
        raise Refused("an id cannot be made from publisher and title: give --id publisher-year-slug", 2)
    if fault := taken(proposed):
        raise Refused(fault)
    return proposed


def _file(editor: Editor, record: Item, facts: Facts) -> str:
    pages, _ = load_pages(editor.root)
    words = {
        country.id: [country.name, *_aliases(pages[f"countries/{country.id}.md"].front_matter.data)]
        for country in facts.countries.values()
        if f"countries/{country.id}.md" in pages
    }
    proposed = editor.file.removesuffix(".yml") or propose_file(record, words)
    known = sorted(path.stem for path in (editor.root / FOLDER).glob("*.yml"))

    def fault(text: str) -> str:
        return "" if text and text == slug(text) else "a name in small letters, for example russia"

    if editor.ask and not editor.file:
        proposed = _ask(f"File ({', '.join(known)})", default=proposed, check=fault)
    if problem := fault(proposed):
        raise Refused(f"--file {proposed}: {problem}", 2)
    return proposed


def _aliases(front_matter: Any) -> list[str]:
    aliases = front_matter.get("aliases") if isinstance(front_matter, dict) else None
    return [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []


def _write(path: Path, record: Item) -> None:
    """Put the record into its file; the file is whole at every moment."""
    text = path.read_bytes().decode("utf-8") if path.exists() else HEAD.format(name=path.stem.capitalize())
    try:
        text = insert_record(text, record, path.name)
    except ValueError as error:
        raise Refused(str(error)) from error
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8"))
    Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o644)
    Path(temporary).replace(path)


if __name__ == "__main__":
    typer.run(add)
