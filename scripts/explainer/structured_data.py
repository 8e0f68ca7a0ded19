"""What a page is, for programs: JSON-LD in the words of https://schema.org. Pure.

The maintainers are an ``Organization`` (its ``correctionsPolicy`` and ``publishingPrinciples`` are pages of this site);
no person is named, and of a checked claim no author: its ``ClaimReview`` says what was claimed and what was found.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.pages import Page, page_url
from explainer.records import Claim, Source
from explainer.views import VERDICT_LABELS
from explainer.website import LICENSE, WebsiteFacts

Node: TypeAlias = dict[str, Any]

_TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "review": "Review",
    "software": "SoftwareApplication",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}
"""Every other type of CSL is a ``CreativeWork``."""

_DOWNLOADS = (
    ("sources.json", "application/vnd.citationstyles.csl+json"),
    ("sources.bib", "application/x-bibtex"),
    ("sources.ris", "application/x-research-info-systems"),
    ("countries.json", "application/json"),
    ("claims.json", "application/json"),
    ("events.json", "application/json"),
    ("treaties.json", "application/json"),
    ("figures.json", "application/json"),
    ("series.json", "application/json"),
    ("datapackage.json", "application/json"),
)

# What stands in an answer and is no part of its words: notes, the sign that links to a heading, controls.
_NOT_WORDS = "sup.cite, .headerlink, button, script, style, template, [popover], [hidden]"


@dataclass(frozen=True)
class BuiltPage:
    """A page as it was built: its words, its HTML, its documents in order of first use, its card where it has one."""

    page: Page
    html: str
    cited: Sequence[Source]
    image: str = ""


def graph(
    site: WebsiteFacts, built: BuiltPage, claims: Iterable[Claim], downloads: Iterable[str] = ()
) -> Node:
    """Everything said about one page; ``downloads`` are the files that were published below data/."""
    page, data = built.page, built.page.front_matter.data
    front_matter = data if isinstance(data, dict) else {}
    address = site.address + page_url(page.src)
    nodes: list[Node] = [_organization(site), _website(site)]
    reviews = _claim_reviews(site, address, built.html, claims) if page.src == "claims.md" else []
    entries = _questions(address, built.html) if page.src == "faq.md" else []
    dataset = site.address + "sources/#dataset"
    work: Node = {
        "@type": _page_type(page.src, bool(entries)),
        "@id": f"{address}#page",
        "url": address,
        "name": page.title,
        "headline": page.title,
        "description": front_matter.get("description", ""),
        "inLanguage": site.language,
        "dateModified": front_matter.get("reviewed", ""),
        "image": built.image,
        "author": {"@id": _maintainers(site)},
        "publisher": {"@id": _maintainers(site)},
        "isPartOf": {"@id": _website_id(site)},
        "license": LICENSE,
        "mainEntity": entries or ({"@id": dataset} if page.src == "sources.md" else []),
        "hasPart": [{"@id": review["@id"]} for review in reviews],
        "isBasedOn": {"@id": dataset} if built.cited and "sources.md" in site.pages else {},
        "citation": [_citation(site, source) for source in built.cited],
    }
    nodes += [_without_empty(work), *reviews]
    if page.src == "sources.md":
        nodes.append(_dataset(site, dataset, set(downloads)))
    if page.src != "index.md":
        nodes.append(_breadcrumbs(site, page, address))
    return {"@context": "https://schema.org", "@graph": nodes}


def script(value: Node) -> str:
    """The element that holds it: no text in it can end it, or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def insert(html: str, element: str) -> str:
    """Put an element at the end of a page's head; a page without a head is left as it is."""
    before, mark, after = html.partition("</head>")
    return f"{before}{element}{mark}{after}" if mark else html


def _page_type(src: str, questions: bool) -> str:
    if questions:
        return "FAQPage"
    if src == "sources.md":
        return "CollectionPage"
    return "AboutPage" if src.startswith("about/") else "Article"


def _maintainers(site: WebsiteFacts) -> str:
    return f"{site.address}#maintainers"


def _website_id(site: WebsiteFacts) -> str:
    return f"{site.address}#website"


def _organization(site: WebsiteFacts) -> Node:
    policies = {"correctionsPolicy": "about/corrections.md", "publishingPrinciples": "about/method.md"}
    return {
        "@type": "Organization",
        "@id": _maintainers(site),
        "name": f"The maintainers of “{site.name}”",
        "url": site.address,
        **{name: site.address + page_url(src) for name, src in policies.items() if src in site.pages},
    }


def _website(site: WebsiteFacts) -> Node:
    return _without_empty(
        {
            "@type": "WebSite",
            "@id": _website_id(site),
            "name": site.name,
            "description": site.description,
            "url": site.address,
            "inLanguage": site.language,
            "publisher": {"@id": _maintainers(site)},
            "license": LICENSE,
        }
    )


def _citation(site: WebsiteFacts, source: Source) -> Node:
    """A document by its name in the registry, where the page of sources describes it; without that page, in short.

    The pages with the most documents cite more than a hundred: written out, they made the largest page 7 kB longer to
    load (compressed). What they are stands on the page in words, and in sources.json beside it.
    """
    if "sources.md" in site.pages:
        return {"@id": f"{site.address}sources/#{source.id}"}
    return _without_empty(
        {
            "@type": _TYPES.get(source.type, "CreativeWork"),
            "name": source.title,
            "url": source.URL,
            "datePublished": str(source.issued) if source.issued else "",
            "archivedAt": source.archive or "",
        }
    )


def _questions(address: str, html: str) -> list[Node]:
    """Every question of the page with its answer: what stands between its heading and the next."""
    tree = LexborHTMLParser(html)
    article = tree.css_first("article")
    if article is None:
        return []
    for part in article.css(_NOT_WORDS):
        part.decompose()
    found: list[Node] = []
    for heading in article.css("h3[id]"):
        paragraphs = []
        node: LexborNode | None = heading.next
        while node is not None and node.tag not in ("h1", "h2", "h3"):
            if node.is_element_node and (words := _words(node.text(separator=""))):
                paragraphs.append(words)
            node = node.next
        question, anchor = _words(heading.text(separator="")), f"{address}#{heading.attributes['id']}"
        if question and paragraphs:
            answer = {"@type": "Answer", "text": "\n".join(paragraphs), "url": anchor}
            found.append(
                {
                    "@type": "Question",
                    "@id": anchor,
                    "name": question,
                    "url": anchor,
                    "acceptedAnswer": answer,
                }
            )
    return found


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _claim_reviews(site: WebsiteFacts, address: str, html: str, claims: Iterable[Claim]) -> list[Node]:
    """A review of each claim that the page shows."""
    shown = set(re.findall(r'\bid="([^"]+)"', html))
    return [
        {
            "@type": "ClaimReview",
            "@id": f"{address}#{claim.id}",
            "url": f"{address}#{claim.id}",
            "claimReviewed": claim.claim,
            "datePublished": claim.checked.isoformat(),
            "author": {"@id": _maintainers(site)},
            "reviewBody": claim.finding,
            "reviewRating": {"@type": "Rating", "alternateName": VERDICT_LABELS[claim.verdict]},
            "itemReviewed": {
                "@type": "Claim",
                "text": claim.claim,
                "description": f"Found in: {claim.where}",
            },
        }
        for claim in claims
        if claim.id in shown
    ]


def _breadcrumbs(site: WebsiteFacts, page: Page, address: str) -> Node:
    """From the first page to this one, over the page of its folder where there is one."""
    steps = [(site.name, site.address)]
    folder = page.src.rpartition("/")[0]
    if folder and page.src != (index := f"{folder}/index.md") and index in site.pages:
        steps.append((folder.capitalize(), site.address + page_url(index)))
    steps.append((page.title, address))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": {"@type": "WebPage", "@id": item, "url": item},
            }
            for position, (name, item) in enumerate(steps, 1)
        ],
    }


def _dataset(site: WebsiteFacts, id_: str, downloads: set[str]) -> Node:
    return {
        "@type": "Dataset",
        "@id": id_,
        "name": f"Sources and facts of “{site.name}”",
        "description": (
            "Every document that the site cites, with what it shows and the day it was read, and the facts that rest "
            "on them: verdicts, checked claims and dated events."
        ),
        "url": site.address + "sources/",
        "license": LICENSE,
        "isAccessibleForFree": True,
        "inLanguage": site.language,
        "creator": {"@id": _maintainers(site)},
        "publisher": {"@id": _maintainers(site)},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": format_,
                "contentUrl": f"{site.address}data/{name}",
            }
            for name, format_ in _DOWNLOADS
            if name in downloads
        ],
    }


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", [], {})}
