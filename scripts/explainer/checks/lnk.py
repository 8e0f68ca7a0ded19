"""LNK: links in the words."""

import re
from collections import Counter
from collections.abc import Iterator

from explainer.checks.finding import Defect, Replace, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.targets import Outcome, Resolved, resolved_links
from explainer.checks.words import Words
from explainer.problems import ProblemsError, did_you_mean, read_text

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|ico)$", re.I)
_READ_FOR_IMAGES = (".md", ".html", ".yml", ".yaml", ".css", ".js", ".json", ".csv", ".xml", ".webmanifest")
_FULL = re.compile(r"(?<![\\!\]])!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[([^\[\]\n]*)\]")
_SHORT = re.compile(r"(?<![\\\]])\[([^\[\]]+)\](?![\[(:])")
_VAGUE = {
    "here",
    "click here",
    "this",
    "link",
    "this link",
    "read more",
    "more",
    "this page",
    "see here",
    "page",
}
_TRACKING = re.compile(
    r"[?&](utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|ref_src)=", re.I
)
_PLACEHOLDER = re.compile(
    r"(?:^|[/.])example\.(?:com|org|net|edu)(?:[/:?#]|$)|\b(?:TODO|CHANGEME|FIXME|TBD|XXX+|PLACEHOLDER)\b"
)


def _links(project: Project, *outcomes: Outcome) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome in outcomes:
            yield _defect(resolved, resolved.message, resolved.hint)


def _defect(resolved: Resolved, message: str, hint: str, fix: Replace | None = None) -> Defect:
    link = resolved.link
    line, column = resolved.words.lines.place(link.destination_start)
    return Defect(
        resolved.words.page.path,
        line,
        column,
        message,
        hint,
        max(1, len(link.destination)),
        fix,
        cause=f"link {resolved.site_path}" if resolved.site_path else "",
    )


def _fixed(project: Project, outcome: Outcome) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome is outcome:
            link, fix = resolved.link, None
            if resolved.better:
                fix = Replace(
                    resolved.words.page.path, link.destination_start, link.destination, resolved.better
                )
            yield _defect(resolved, resolved.message, resolved.hint, fix)


def _at(words: Words, start: int, message: str, hint: str, width: int = 1, cause: str = "") -> Defect:
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, cause=cause)


@rule(
    "LNK001",
    "missing-page",
    ERROR,
    "a link leads to a page that does not exist",
    """A link to another page is written as the path of its .md file, relative to the file it stands in:
    [China](../countries/china.md). No such file exists below docs/.""",
)
def missing_page(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.NO_PAGE)


@rule(
    "LNK002",
    "missing-anchor",
    ERROR,
    "a link leads to an anchor that its page does not have",
    """The part after # has to be the id of a heading or of another element of the page, as written out in {#id}, as
    derived from a heading without one, or as printed by a directive.""",
)
def missing_anchor(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.NO_ANCHOR)


@rule(
    "LNK003",
    "wrong-case",
    ERROR,
    "a link differs from its file in upper and lower case",
    """It works on a computer that does not tell the two apart, and breaks on the server. --fix corrects it.""",
)
def wrong_case(project: Project) -> Iterator[Defect]:
    return _fixed(project, Outcome.WRONG_CASE)


@rule(
    "LNK004",
    "built-address",
    ERROR,
    "a link to .html or to the address of the built page instead of the .md file",
    """MkDocs checks and rewrites links to .md files only. A link to the built address breaks when the page moves and
    is not checked. --fix replaces it by the file where that is certain.""",
)
def built_address(project: Project) -> Iterator[Defect]:
    return _fixed(project, Outcome.BUILT_ADDRESS)


@rule(
    "LNK005",
    "absolute-path",
    ERROR,
    "a link that begins with a slash",
    """/countries/china/ leads to the top of the host: wrong where the site is published in a folder, as on GitHub
    Pages. Write the path relative to the file; --fix does where the file is known.""",
)
def absolute_path(project: Project) -> Iterator[Defect]:
    return _fixed(project, Outcome.ABSOLUTE)


@rule(
    "LNK006",
    "outside-docs",
    ERROR,
    "a link climbs out of docs/",
    """Only what is below docs/ is published, so a link to ../README.md leads nowhere for readers.""",
)
def outside_docs(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.OUTSIDE)


@rule(
    "LNK007",
    "empty-link",
    ERROR,
    "a link without an address, or to # alone",
    """A link that leads nowhere is usually a place where an address was to be filled in later.""",
)
def empty_link(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.EMPTY)


@rule(
    "LNK008",
    "missing-file",
    ERROR,
    "an image or a file that does not exist",
    """The path is relative to the file it is written in, and the image or file has to be below docs/.""",
)
def missing_file(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.NO_FILE)


def _references(words: Words) -> Iterator[tuple[str, int, bool]]:
    """Labels used by reference links: the label, its offset, and whether a definition is certainly meant."""
    text = words.without_citations
    taken = []
    for match in _FULL.finditer(text):
        if match[1].startswith(("@", "^")) or match[2].startswith(("@", "^")):
            continue
        taken.append((match.start(), match.end()))
        yield match[2] or match[1], match.start(2) if match[2] else match.start(), True
    for match in _SHORT.finditer(text):
        if match[1].startswith(("@", "^")) or any(start <= match.start() < end for start, end in taken):
            continue
        yield match[1], match.start(), False


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _definitions(words: Words) -> list[tuple[str, int]]:
    """Label and offset of each ``[label]: address``."""
    text = words.readable
    found = re.finditer(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*\S+", text, re.M)
    return [(match[1], match.start(1)) for match in found if not match[1].startswith("@")]


@rule(
    "LNK009",
    "undefined-reference",
    ERROR,
    "[text][label] with a label that is not defined on the page",
    """A reference link needs a line “[label]: address” on the same page; without one, the brackets are printed.
    MkDocs does not notice.""",
)
def undefined_reference(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        known = {_label(label): label for label, _ in _definitions(words)}
        for label, start, certain in _references(words):
            if certain and _label(label) not in known:
                yield _at(
                    words,
                    start,
                    f"no line defines the label “{label}”",
                    did_you_mean(label, list(known.values())) or f"add a line “[{label}]: address”",
                    len(label),
                )


@rule(
    "LNK010",
    "unused-definition",
    WARNING,
    "[label]: address that no link uses",
    """A definition that no link uses is left over, or the label of a link is misspelt.""",
)
def unused_definition(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        used = {_label(label) for label, _, _ in _references(words)}
        for label, start in _definitions(words):
            if _label(label) not in used:
                yield _at(
                    words,
                    start,
                    f"no link uses the label “{label}”",
                    "use it, or remove the line",
                    len(label),
                )


@rule(
    "LNK011",
    "duplicate-definition",
    ERROR,
    "[label]: defined twice on a page",
    """Markdown takes one of the two and says nothing.""",
)
def duplicate_definition(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        first: dict[str, int] = {}
        for label, start in _definitions(words):
            line = words.lines.place(start)[0]
            if _label(label) in first:
                yield _at(
                    words,
                    start,
                    f"the label “{label}” is defined twice: first on line {first[_label(label)]}",
                    "remove one of the two, or rename it",
                    len(label),
                )
            first.setdefault(_label(label), line)


@rule(
    "LNK012",
    "unsafe-scheme",
    ERROR,
    "a link with javascript:, data:, file: or a drive letter",
    """It does not lead to a place that readers can reach, and the site’s security policy blocks scripts in links.""",
)
def unsafe_scheme(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.UNSAFE)


@rule(
    "LNK013",
    "local-address",
    ERROR,
    "a link to localhost or to a private network",
    """The address works on the machine of the person who wrote it, and for nobody else.""",
)
def local_address(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.LOCAL)


@rule(
    "LNK014",
    "missing-scheme",
    ERROR,
    "an address of another site without https://",
    """Without a scheme, www.un.org is taken for a file in this folder.""",
)
def missing_scheme(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.NO_SCHEME)


@rule(
    "LNK015",
    "malformed-address",
    ERROR,
    "an address that no browser can read",
    """A misspelt scheme, a missing or impossible host or port, a % without two digits, a mailto: without an address.""",
)
def malformed_address(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.MALFORMED)


@rule(
    "LNK016",
    "invisible-character",
    ERROR,
    "an address with a character that nobody sees",
    """Zero-width spaces, soft hyphens and direction marks come along when an address is copied, and break it.""",
)
def invisible_character(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.INVISIBLE)


@rule(
    "LNK017",
    "placeholder-address",
    ERROR,
    "a link to a placeholder such as example.com or TODO",
    """example.com, TODO, CHANGEME and the like stand for an address that was to be filled in later.""",
)
def placeholder_address(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome in (
            Outcome.EXTERNAL,
            Outcome.NO_PAGE,
            Outcome.OTHER_SCHEME,
        ) and _PLACEHOLDER.search(resolved.link.destination):
            yield _defect(
                resolved, f"“{resolved.link.destination}” is a placeholder", "write the real address"
            )


@rule(
    "LNK018",
    "tracking-parameter",
    WARNING,
    "a link with parameters that track readers",
    """utm_…, fbclid and the like tell the other site where the reader came from and are not part of the address.""",
)
def tracking_parameter(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if match := _TRACKING.search(resolved.link.destination):
            yield _defect(resolved, f"“{match[1]}” in this address tracks readers", "remove the parameter")


@rule(
    "LNK019",
    "own-address",
    ERROR,
    "an address of this site written out in full",
    """The site does not know its host: the address of the build decides. A full address is not checked by MkDocs and
    leads away from copies and previews. Link to the .md file.""",
)
def own_address(project: Project) -> Iterator[Defect]:
    return _links(project, Outcome.OWN_ADDRESS)


@rule(
    "LNK020",
    "empty-link-text",
    ERROR,
    "a link without words",
    """A link needs words that say where it leads: nobody sees an empty one, and a screen reader spells its address.""",
)
def empty_link_text(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        link = resolved.link
        if not link.image and not link.text.strip() and link.destination_start > link.start:
            yield _at(resolved.words, link.start, "this link has no words", "write what it leads to", 2)


@rule(
    "LNK021",
    "vague-link-text",
    WARNING,
    "a link whose words say nothing, such as “here”",
    """People who jump from link to link hear the words of the link only. “here” or “read more” tells them nothing.""",
)
def vague_link_text(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        link = resolved.link
        if link.image or resolved.words.page.text[link.start] != "[" or _is_definition(resolved):
            continue
        if " ".join(link.text.split()).strip(" .…→»").casefold() in _VAGUE:
            yield _at(
                resolved.words,
                link.start,
                f"“{link.text}” does not say where the link leads",
                "name the page or document",
                len(link.text) + 2,
            )


def _is_definition(resolved: Resolved) -> bool:
    link = resolved.link
    return resolved.words.page.text.startswith("]:", link.start + 1 + len(link.text)) or bool(
        re.match(r"[ ]{0,3}\[[^\]\n]+\]:", resolved.words.page.text[link.start :])
    )


@rule(
    "LNK022",
    "missing-alt-text",
    ERROR,
    "an image without a description",
    """![…](…) needs words for those who do not see the image.""",
)
def missing_alt_text(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.link.image and not resolved.link.text.strip():
            yield _at(
                resolved.words,
                resolved.link.start,
                "this image has no description",
                "write what it shows: ![A map of …](…)",
                cause="alt",
            )


@rule(
    "LNK023",
    "uncited-source",
    WARNING,
    "a link to a document of the registry instead of a citation of it",
    """The document is in docs/data/sources/. A citation [@id] prints its publisher, date and kind and lists it under
    the sources; a bare link does not.""",
)
def uncited_source(project: Project) -> Iterator[Defect]:
    known = {source.URL.rstrip("/"): source.id for source in project.facts.sources.values()}
    for resolved in resolved_links(project):
        id_ = known.get(resolved.link.destination.rstrip("/"))
        if id_ and resolved.outcome is Outcome.EXTERNAL:
            yield _defect(resolved, f"this document is the source {id_}", f"write [@{id_}]")


@rule(
    "LNK024",
    "duplicate-id",
    ERROR,
    "an id written out twice on a page",
    """A browser goes to the first of the two; the other cannot be linked to.""",
)
def duplicate_id(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        first: dict[str, int] = {}
        for item in words.written_ids:
            line = words.lines.place(item.start)[0]
            if item.id in first:
                yield _at(
                    words,
                    item.start,
                    f"the id “{item.id}” is written twice: first on line {first[item.id]}",
                    "give one of the two another id",
                    len(item.id),
                    cause=f"id {item.id}",
                )
            first.setdefault(item.id, line)


@rule(
    "LNK025",
    "unused-image",
    WARNING,
    "an image below docs/ that nothing uses",
    """It is published and never shown. Words, templates, style sheets, data and mkdocs.yml were searched for its
    name.""",
)
def unused_image(project: Project) -> Iterator[Defect]:
    images = [name for name in sorted(project.files) if _IMAGE.search(name)]
    if not images:
        return
    texts = [project.config.text]
    for folder in ("docs", "overrides"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in _READ_FOR_IMAGES and path.is_file():
                try:
                    texts.append(read_text(path, path.name))
                except ProblemsError:
                    continue
    everything = "\n".join(texts)
    for name in images:
        if name.rpartition("/")[2] not in everything:
            yield Defect(f"docs/{name}", 1, 1, "nothing uses this image", "use it, or remove it")


@rule(
    "LNK026",
    "plain-http",
    WARNING,
    "a link to http: in the words",
    """Most sites answer to https:, which nobody between can read or change. Documents that exist at an http: address
    only belong into the registry of sources, where this is not asked.""",
)
def plain_http(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome is Outcome.EXTERNAL and resolved.link.destination.lower().startswith("http:"):
            yield _defect(
                resolved, "this address is not encrypted", "write https: where the site answers to it"
            )


@rule(
    "LNK027",
    "text-fragment",
    WARNING,
    "a text fragment that no browser reads",
    """A link to words on a page ends in “#:~:text=start,end”, with commas, hyphens and ampersands in the words written
    %2C, %2D and %26.""",
)
def text_fragment(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        _, mark, directive = resolved.link.destination.partition(":~:")
        if mark and not all(
            re.fullmatch(r"text=(?:[^,&-]+-,)?[^,&-]+(?:,[^,&-]+)?(?:,-[^,&-]+)?", part)
            for part in directive.split("&")
        ):
            yield _defect(
                resolved, "this text fragment cannot be read", "write #:~:text=words%20on%20the%20page"
            )


@rule(
    "LNK028",
    "not-in-navigation",
    ERROR,
    "a page that the navigation in mkdocs.yml leaves out",
    """Readers find pages through the navigation; a page that it leaves out is found by chance only. Pages under
    “exclude_docs” do not count.""",
)
def not_in_navigation(project: Project) -> Iterator[Defect]:
    if not project.config.nav:
        return
    named = Counter(entry.target.partition("#")[0] for entry in project.config.nav)
    for src, words in project.words.items():
        if src not in named and src not in project.config.excluded:
            yield Defect(
                words.page.path,
                1,
                1,
                "the navigation leaves this page out",
                "add it to “nav” in mkdocs.yml",
                cause="navigation",
            )
