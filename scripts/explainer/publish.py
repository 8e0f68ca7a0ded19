"""After the build: writes what a page build cannot, from the facts, the words and the pages that were built."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from explainer import (
    api,
    feeds,
    history,
    open_data,
    security_policy,
    structured_data,
    unused_styles,
)
from explainer.cards import card, card_name, draw
from explainer.charts import write_charts, write_picture
from explainer.exports import FORMATS
from explainer.fact_store import Facts
from explainer.facts import DATA_FILES, load_facts
from explainer.pages import Page, load_pages, page_url
from explainer.problems import ProblemsError, read_text
from explainer.records import Record, Source
from explainer.result_cache import ResultCache
from explainer.series import table_csv
from explainer.short_addresses import short_addresses
from explainer.structured_data import BuiltPage
from explainer.tier_map import SOURCES_LINE, tier_map
from explainer.website import WebsiteFacts
from explainer.yaml_reader import parse_yaml

_CANONICAL = re.compile(r'<link\b[^>]*\brel="?canonical\b[^>]*>', re.I)
_HREF = re.compile(r'\bhref="([^"]*)"|\bhref=([^\s">]+)')
_CITATION = re.compile(r'href="#source-([a-z0-9-]+)"')

_CARDS = "assets/cards"
_STYLES = "assets/stylesheets"
_SCRIPTS = "assets/javascripts"
_HASHED = re.compile(r"^([\w-]+\.)[0-9a-f]{8}(\.min\.css)$")


def publish(root: Path, site: Path) -> None:
    """Read the project at ``root`` and complete its built ``site``. Raises ``ProblemsError`` where the data do not fit."""
    facts, problems = load_facts(root)
    pages, page_problems = load_pages(root)
    if problems or page_problems:
        raise ProblemsError([*problems, *page_problems])
    complete(root, site, facts, pages, ResultCache.of(root))


def complete(root: Path, site: Path, facts: Facts, pages: dict[str, Page], cache: ResultCache) -> None:
    """Complete the built ``site`` of the project at ``root``. Raises ``ProblemsError`` where the words do not fit."""
    built = list(_built_pages(pages, site))
    website = _website(root, built)
    sources_of = {page.src: cited(html, facts.sources) for page, html in built}
    written: _Written = {
        format_.ending: {id_: format_.one(source) for id_, source in facts.sources.items()}
        for format_ in FORMATS
    }
    _write_sources(list(facts.sources.values()), site / "data", written)
    _write_data(facts, website, site, cache)
    for page, _ in built:
        _write_sources(sources_of[page.src], site / page_url(page.src), written)
    _draw_cards(facts, website, [page for page, _ in built], site, cache)
    for path, stub in short_addresses(facts.countries.values(), website.address).items():
        _write(site / path, stub)
    if website.address:
        _describe(facts, website, built, sources_of, site)
        _write_feeds(facts, website, pages, site)
        for path, answer in api.answers(facts, pages, website).items():
            _write(site / path, answer.model_dump_json(by_alias=True, indent=1) + "\n")
    _finish_pages(site)
    # A host that runs Jekyll over published files (GitHub Pages) is told not to.
    (site / ".nojekyll").write_text("", encoding="utf-8")


def _finish_pages(site: Path) -> None:
    """What needs every page as it will be served: smaller stylesheets, and the policy of what may run."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    renamed = _prune_styles(site, pages.values())
    for path, html in pages.items():
        for old, new in renamed.items():
            html = html.replace(old, new)
        pages[path] = html
        _write(path, security_policy.protect(html))
    _write(site / security_policy.HEADERS_FILE, security_policy.headers(pages.values()))


def _prune_styles(site: Path, pages: Iterable[str]) -> dict[str, str]:
    """Take out of the stylesheets what nothing uses. Returns the new names of those that had their hash in the name."""
    sheets = {path.name: path for path in sorted((site / _STYLES).glob("*.css"))}
    scripts = (path.read_text(encoding="utf-8") for path in sorted((site / _SCRIPTS).glob("*.js")))
    used = unused_styles.names(pages, scripts)
    texts = {name: path.read_text(encoding="utf-8") for name, path in sheets.items()}
    renamed = {}
    for name, css in unused_styles.prune(texts, used).items():
        hash_ = hashlib.sha256(css.encode("utf-8")).hexdigest()[:8]
        new = _HASHED.sub(rf"\g<1>{hash_}\g<2>", name)
        sheets[name].unlink()
        _write(site / _STYLES / new, css)
        if new != name:
            renamed[f"{_STYLES}/{name}"] = f"{_STYLES}/{new}"
    return renamed


def cited(html: str, sources: dict[str, Source]) -> list[Source]:
    """The documents that a built page cites, in order of first use."""
    ids = dict.fromkeys(_CITATION.findall(html))
    return [sources[id_] for id_ in ids if id_ in sources]


def canonical_address(html: str) -> str:
    """The address that a page gives as its own, or nothing."""
    link = _CANONICAL.search(html)
    href = _HREF.search(link[0]) if link else None
    return unescape(href[1] or href[2] or "") if href else ""


def _built_pages(pages: dict[str, Page], site: Path) -> Iterator[tuple[Page, str]]:
    for page in pages.values():
        path = site / page_url(page.src) / "index.html"
        if path.is_file():
            yield page, path.read_text(encoding="utf-8")


def _write_data(facts: Facts, website: WebsiteFacts, site: Path, cache: ResultCache) -> None:
    """Complete data/: the same facts as JSON, tables, charts, and the Data Package that describes the files."""
    data = site / "data"
    data.mkdir(parents=True, exist_ok=True)
    for name in DATA_FILES:
        stem = name.removesuffix(".yml")
        records: Mapping[str, Record] = getattr(facts, stem)
        values = [record.model_dump(mode="json", by_alias=True) for record in records.values()]
        _write(data / f"{stem}.json", json.dumps(values, ensure_ascii=False, indent=1) + "\n")
    tables = dict(facts.tables)
    for verdicts in history.tables(facts):
        _write(data / verdicts.series.file, table_csv(verdicts))
        tables[verdicts.series.id] = verdicts
    for table in tables.values():
        _write(data / open_data.as_json(table.series.file), open_data.rows_json(table))
    if facts.countries:
        _write(data / open_data.VERDICTS, open_data.verdicts_csv(facts.countries.values(), website.address))
    publishers = {id_: source.published_by for id_, source in facts.sources.items()}
    write_charts(tables, publishers, data / "charts", cache)
    if facts.countries:
        write_picture(tier_map(facts.countries.values()), SOURCES_LINE, data / "charts", cache)
    registry = [path.name for path in (data / "sources").glob("*.yml")]
    files = [file for file in open_data.data_files(facts, registry) if (data / file.path).is_file()]
    text = open_data.package(website, files, facts.sources, lambda path: (data / path).read_bytes())
    _write(data / open_data.PACKAGE, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


_Written = Mapping[str, Mapping[str, str]]
"""Each document as it is written in each format of references, by the ending of the format and by its id."""


def _write_sources(sources: list[Source], folder: Path, written: _Written) -> None:
    """Write sources.json, .bib and .ris; nothing where there are no sources."""
    if not sources:
        return
    for format_ in FORMATS:
        text = format_.file(written[format_.ending][source.id] for source in sources)
        _write(folder / f"sources.{format_.ending}", text)


def _website(root: Path, built: list[tuple[Page, str]]) -> WebsiteFacts:
    """What mkdocs.yml says of the site, at the address that its pages name."""
    settings = parse_yaml(read_text(root / "mkdocs.yml", "mkdocs.yml"), "mkdocs.yml").data
    address = ""
    for page, html in built:
        own, below = canonical_address(html), page_url(page.src)
        if own.endswith("/" + below):
            address = own.removesuffix(below)
            break
    theme = settings.get("theme")
    return WebsiteFacts(
        name=settings.get("site_name", ""),
        description=settings.get("site_description", ""),
        address=address,
        language=theme.get("language", "en") if isinstance(theme, dict) else "en",
        pages=frozenset(page.src for page, _ in built),
    )


def _draw_cards(
    facts: Facts, website: WebsiteFacts, pages: list[Page], site: Path, cache: ResultCache
) -> None:
    folder = site / _CARDS
    for page in pages:
        if name := card_name(page.src):
            folder.mkdir(parents=True, exist_ok=True)
            country = facts.countries.get(page.slug) if page.is_country else None
            (folder / f"{name}.png").write_bytes(draw(card(page, country, website.name), cache))


def _write_feeds(facts: Facts, website: WebsiteFacts, pages: dict[str, Page], site: Path) -> None:
    """Write what changed as Atom and as JSON Feed."""
    entries = feeds.entries(
        website,
        facts.changes.values(),
        {src: page.title for src, page in pages.items()},
        {country.id: country.name for country in facts.countries.values()},
        facts.sources,
    )
    for name, write in ((feeds.ATOM, feeds.to_atom), (feeds.JSON_FEED, feeds.to_json_feed)):
        _write(site / name, write(website, entries))


def _describe(
    facts: Facts,
    website: WebsiteFacts,
    built: list[tuple[Page, str]],
    sources_of: Mapping[str, list[Source]],
    site: Path,
) -> None:
    """Put structured data into the head of each page."""
    downloads = sorted(path.name for path in (site / "data").iterdir() if path.is_file())
    for page, html in built:
        image = f"{_CARDS}/{card_name(page.src) or 'site'}.png"
        described = structured_data.graph(
            website,
            BuiltPage(
                page,
                html,
                sources_of[page.src],
                website.address + image if (site / image).is_file() else "",
            ),
            facts.claims.values(),
            downloads,
        )
        path = site / page_url(page.src) / "index.html"
        text = structured_data.insert(html, structured_data.script(described))
        path.write_text(text, encoding="utf-8")
