"""SRC: the address of a source."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from explainer.addresses import tracks, without_tracking
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.place import at, sources

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_PLACEHOLDER_HOSTS = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|localhost|test|invalid|local)$|^\d+\.\d+\.\d+\.\d+$"
)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


MIRRORS = {
    "msn.com": "reposts agencies and newspapers",
    "yahoo.com": "reposts agencies and newspapers",
    "aol.com": "reposts agencies and newspapers",
    "newsbreak.com": "reposts newspapers",
    "dnyuz.com": "reposts newspapers",
    "headtopics.com": "reposts newspapers",
    "bignewsnetwork.com": "reposts agencies",
    "newsnow.co.uk": "lists what others publish",
    "news.google.com": "lists what others publish",
    "flipboard.com": "lists what others publish",
    "scribd.com": "shows copies that anybody may upload",
    "coursehero.com": "shows copies that anybody may upload",
    "studocu.com": "shows copies that anybody may upload",
    "quora.com": "anybody may write there",
    "reddit.com": "anybody may write there",
    "answers.com": "anybody may write there",
    "fandom.com": "anybody may write there",
    "wikiwand.com": "is a copy of Wikipedia",
    "alchetron.com": "is a copy of Wikipedia",
    "everybodywiki.com": "is a copy of deleted articles",
    "web.archive.org": "is an archived copy: give the original as URL and the copy as archive",
    "archive.ph": "is an archived copy: give the original as URL and the copy as archive",
    "archive.today": "is an archived copy: give the original as URL and the copy as archive",
    "archive.is": "is an archived copy: give the original as URL and the copy as archive",
    "webcache.googleusercontent.com": "is a search engine’s copy",
    "translate.goog": "is a machine translation: give the original",
    "translate.google.com": "is a machine translation: give the original",
    "newspapers.com": "shows scans of newspapers: give the newspaper, and this as archive",
    "archive.md": "is an archived copy: give the original as URL and the copy as archive",
    "archive.li": "is an archived copy: give the original as URL and the copy as archive",
    "archive.vn": "is an archived copy: give the original as URL and the copy as archive",
    "archive.fo": "is an archived copy: give the original as URL and the copy as archive",
    "ghostarchive.org": "is an archived copy: give the original as URL and the copy as archive",
    "perma.cc": "is an archived copy: give the original as URL and the copy as archive",
    "goo.gl": "only sends readers on",
    "ow.ly": "only sends readers on",
    "buff.ly": "only sends readers on",
    "lnkd.in": "only sends readers on",
    "is.gd": "only sends readers on",
    "cdn.ampproject.org": "is a copy for phones: give the original",
    "everand.com": "shows copies that anybody may upload",
    "slideshare.net": "shows copies that anybody may upload",
    "dbpedia.org": "is drawn from Wikipedia",
    "infogalactic.com": "is a copy of Wikipedia",
    "wikipedia.org": "anybody may write there: cite what it cites",
    "bit.ly": "only sends readers on",
    "t.co": "only sends readers on",
    "tinyurl.com": "only sends readers on",
}
"""Hosts that do not publish what they show, and what they do instead."""


@rule(
    "SRC017",
    "mirror",
    ERROR,
    "a mirror, an aggregator or a copy in place of the publisher",
    """Such a site does not answer for what it shows, and may change it. Find the document at its publisher, or another
    source.""",
)
def mirror(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        host = _host(source.URL)
        for name, what in MIRRORS.items():
            if host == name or host.endswith(f".{name}"):
                yield at(
                    project,
                    source,
                    ("URL",),
                    f"{host} {what.partition(':')[0]}",
                    what.partition(": ")[2] or "cite the publisher of the document",
                )
                break


@rule(
    "SRC027",
    "impossible-host",
    ERROR,
    "an address that cannot be a document’s",
    """A placeholder (example.com), a number in place of a host, or an address of a private network.""",
)
def impossible_host(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        host = _host(source.URL)
        if "." not in host or _PLACEHOLDER_HOSTS.search(host):
            yield at(
                project,
                source,
                ("URL",),
                f"“{source.URL}” is not the address of a document",
                "open the document, and copy its address",
            )


@rule(
    "SRC028",
    "tracking-in-source",
    WARNING,
    "a source whose address has tracking parameters",
    """utm_…, fbclid and the like are not part of the address of a document.""",
)
def tracking_in_source(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if found := [name for name, _ in parse_qsl(urlsplit(source.URL).query) if tracks(name)]:
            yield at(
                project,
                source,
                ("URL",),
                f"the address has tracking parameters: {', '.join(found)}",
                f"write {without_tracking(source.URL)}",
            )
