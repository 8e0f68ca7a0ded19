"""LNK: addresses of other sites."""

import re
from collections.abc import Iterator
from functools import lru_cache

from explainer.addresses import normal_address, tracks, without_tracking
from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import defect, with_outcome
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.targets import Outcome, Resolved, resolved_links

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule(
    "LNK012",
    "unsafe-scheme",
    ERROR,
    "a link with javascript:, data:, file: or a drive letter",
    """It does not lead to a place that readers can reach, and the site’s security policy blocks scripts in links.""",
)
def unsafe_scheme(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.UNSAFE)


@rule(
    "LNK013",
    "local-address",
    ERROR,
    "a link to localhost or to a private network",
    """The address works on the machine of the person who wrote it, and for nobody else.""",
)
def local_address(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome is Outcome.LOCAL and not resolved.bare:
            yield defect(resolved, resolved.message, resolved.hint)


@rule(
    "LNK014",
    "missing-scheme",
    ERROR,
    "an address of another site without https://",
    """Without a scheme, www.un.org is taken for a file in this folder.""",
)
def missing_scheme(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.NO_SCHEME)


@rule(
    "LNK015",
    "malformed-address",
    ERROR,
    "an address that no browser can read",
    """A scheme that is misspelt or not known, a host or port that cannot be, a % without two hexadecimal digits, a
    backslash, quotation marks, a name or password before the host, a mailto: without a mail address, a tel: without a
    number.""",
)
def malformed_address(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.MALFORMED)


@rule(
    "LNK016",
    "invisible-character",
    ERROR,
    "an address with a space or a character that nobody sees",
    """A space in an address is written %20; behind one, a title stands in quotation marks. Zero-width spaces, soft hyphens and direction marks come along when an address is copied, and break it.""",
)
def invisible_character(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.INVISIBLE)


@rule(
    "LNK017",
    "placeholder-address",
    ERROR,
    "a link to a placeholder such as example.com or TODO",
    """example.com, TODO, CHANGEME, your-site, <url> and the like stand for an address that was to be filled in later. Also
    where the address stands in the text and is no link.""",
)
def placeholder_address(project: Project) -> Iterator[Defect]:
    return with_outcome(project, Outcome.PLACEHOLDER)


@rule(
    "LNK018",
    "tracking-parameter",
    WARNING,
    "a link with parameters that track readers",
    """utm_…, fbclid and the like tell the other site where the reader came from and are not part of the address.""",
)
def tracking_parameter(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.outcome is Outcome.EXTERNAL and (found := _tracking(resolved.link.address)):
            yield defect(
                resolved,
                f"“{found}” in this address tracks readers",
                f"write {without_tracking(resolved.link.address)}",
            )


def _tracking(address: str) -> str:
    """The first parameter in an address that tracks readers, or nothing."""
    names = re.findall(r"[?&#]([^=&#?]+)=", address) if "=" in address else []
    return next((name for name in names if tracks(name)), "")


@rule(
    "LNK023",
    "uncited-source",
    WARNING,
    "a link to a document of the registry instead of a citation of it",
    """The document is in docs/data/sources/. A citation [@id] prints its publisher, date and kind and lists it under
    the sources; a bare link does not. A link in a paragraph that also cites the document is left alone.""",
)
def uncited_source(project: Project) -> Iterator[Defect]:
    known = _known_sources(project)
    for resolved in resolved_links(project):
        if resolved.outcome is not Outcome.EXTERNAL:
            continue
        id_ = known.get(normal_address(resolved.link.address))
        if id_ and not resolved.bare and id_ not in _cited_around(resolved):
            yield defect(resolved, f"this document is the source {id_}", f"write [@{id_}]")


@lru_cache(maxsize=2)
def _known_sources(project: Project) -> dict[str, str]:
    """The id of the source at each address and archived copy."""
    known: dict[str, str] = {}
    for source in project.facts.sources.values():
        for url in (source.URL, source.archive):
            if url:
                known.setdefault(normal_address(url), source.id)
    return known


def _cited_around(resolved: Resolved) -> set[str]:
    """The sources that the paragraph of a link cites."""
    text, start = resolved.words.readable, resolved.link.start
    first = text.rfind("\n\n", 0, start) + 1
    last = text.find("\n\n", start)
    return {
        item.id
        for cluster in resolved.words.clusters
        if first <= cluster.start and (last < 0 or cluster.start < last)
        for item in cluster.citations
    }


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
        address = resolved.link.address
        if (
            resolved.outcome is Outcome.EXTERNAL
            and not resolved.bare
            and address.lower().startswith("http:")
            and not _tracking(address)
            and normal_address(address) not in _known_sources(project)
        ):
            yield defect(
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
        if resolved.outcome in (Outcome.MALFORMED, Outcome.INVISIBLE):
            continue
        fragment = resolved.link.address.partition("#")[2]
        _, mark, directive = fragment.partition(":~:")
        if mark and all(_TEXT_DIRECTIVE.fullmatch(part) for part in directive.split("&")):
            continue
        if mark or _NEARLY_TEXT.match(fragment):
            said = directive.rpartition("=")[2] if mark else fragment.rpartition("text=")[2]
            yield defect(
                resolved,
                "this text fragment cannot be read",
                f"write #:~:text={said if re.fullmatch(r'[^,&-]+', said) else 'words%20on%20the%20page'}",
            )


_NEARLY_TEXT = re.compile(r"[:~;-]{1,3}text=", re.I)
_TEXT_DIRECTIVE = re.compile(r"text=(?:[^,&-]+-,)?[^,&-]+(?:,[^,&-]+)?(?:,-[^,&-]+)?")


@rule(
    "LNK037",
    "bare-address",
    WARNING,
    "an address in the running text, which is no link",
    """Markdown makes no link of an address alone: it is printed as text. Write [words](address), or <address> to show it.
    Addresses of documents belong into the registry.""",
)
def bare_address(project: Project) -> Iterator[Defect]:
    if project.config.extensions and "pymdownx.magiclink" in project.config.extensions:
        return
    for resolved in resolved_links(project):
        address = resolved.link.address
        if resolved.bare and resolved.outcome is Outcome.EXTERNAL and not _tracking(address):
            yield defect(
                resolved, "this address is printed as text, and is no link", f"write [words]({address})"
            )
