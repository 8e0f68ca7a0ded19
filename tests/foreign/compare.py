"""Compares this checker with lychee, link by link, on a built site that is not this project's.

Reads the site with the checker's own reader and lychee's report (``--format json -v -v``, so that the links that are
fine are in it as well), and prints the links on which the two disagree, grouped by cause. See README.md beside this file.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from explainer.checks.site import BuiltSite, load_site
from explainer.checks.site.css import css_addresses

Place = tuple[str, str, str]
"""A link: the file it stands in, the path it leads to (below the site, without slash or index.html), its anchor."""

OK, DEAD, ELSEWHERE = "ok", "dead", "elsewhere"


@dataclass(frozen=True)
class Verdict:
    """What a tool says of a link: ``state`` is OK, DEAD or ELSEWHERE (not looked at); ``note`` says more."""

    state: str
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """A link of which the two say different things, and why."""

    cause: str
    place: Place
    ours: str
    theirs: str


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison. Returns 0; 2 where an input cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="folder of the built site")
    parser.add_argument("report", type=Path, help="lychee's report in JSON")
    parser.add_argument("--site-url", default="", help="the address at which the site is published")
    parser.add_argument("--show", type=int, default=5, help="how many links to print for each cause")
    options = parser.parse_args(arguments)
    try:
        report = json.loads(options.report.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"compare.py: {options.report}: {error}", file=sys.stderr)
        return 2
    site = load_site(options.site.resolve(), "", options.site_url)
    ours, theirs = our_verdicts(site), lychee_verdicts(report, options.site.resolve(), site.place.base)
    _print(site, ours, theirs, list(differences(site, ours, theirs)), options.show)
    return 0


def our_verdicts(site: BuiltSite) -> dict[Place, Verdict]:
    """Every link of the site that leads to a place below it, with what the checker says of it."""
    found: dict[Place, Verdict] = {}
    for name, raw, base in _our_links(site):
        target = site.resolve(name, raw, base)
        if target.external:
            continue
        place = (name, _plain(target.path), unquote(target.fragment or ""))
        if target.outside:
            found[place] = Verdict(ELSEWHERE, raw)
            continue
        file = site.file_at(target.path)
        page = site.pages.get(file or "")
        if file is None or (
            page and not page.error and target.fragment and not site.has_fragment(page, target.fragment)
        ):
            found[place] = Verdict(DEAD, raw)
        else:
            found[place] = Verdict(OK, raw)
    return found


def _our_links(site: BuiltSite) -> Iterator[tuple[str, str, str]]:
    """File, address as written, and the page’s <base>."""
    for page in site.pages.values():
        for reference in site.references(page.path):
            if reference.raw.strip():
                yield page.path, reference.raw, page.base
        for address in (page.canonical, page.refresh):
            if address:
                yield page.path, address, page.base
    for name in site.files:
        if name.endswith(".css"):
            text = (site.directory / name).read_text(encoding="utf-8", errors="replace")
            yield from ((name, address, "") for address in css_addresses(text))


def lychee_verdicts(report: dict[str, Any], folder: Path, base: str) -> dict[Place, Verdict]:
    """Every link to a file that lychee looked at. Of two reports on one link, the dead one stays.

    ``base`` is the path of the site on its host: so many folders above ``folder``, the host begins.
    """
    host = folder.parents[base.count("/") - 2] if base != "/" else folder
    found: dict[Place, Verdict] = {}
    for part, state in (("success_map", OK), ("error_map", DEAD)):
        for file, links in report.get(part, {}).items():
            name = _below(Path(file), folder, host)
            for link in links:
                status = link.get("status", {})
                note = str(status.get("details") or status.get("text") or "")
                place, verdict = _their_place(name, str(link["url"]), folder, host), Verdict(state, note)
                found[place] = verdict
    return found


def _their_place(name: str, url: str, folder: Path, host: Path) -> Place:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return (name, url, "")
    path = Path(unquote(parts.path))
    return (name, _plain(_below(path, folder, host)), unquote(parts.fragment))


def _below(path: Path, folder: Path, host: Path) -> str:
    """The path below the site; with / before it where it is on its host only; else as an address."""
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    if path.is_relative_to(host):
        return f"/{path.relative_to(host).as_posix()}".removesuffix(".")
    return path.as_uri()


def _plain(path: str) -> str:
    """One spelling of the same page: without index.html, slash at the end and “.”."""
    if path.startswith("/"):
        return f"/{path.removesuffix('index.html').strip('/')}"
    path = path.removesuffix("index.html").rstrip("/")
    return "" if path == "." else path


def differences(
    site: BuiltSite, ours: dict[Place, Verdict], theirs: dict[Place, Verdict]
) -> Iterator[Difference]:
    """The links of which exactly one of the two says that they are dead."""
    nothing = Verdict("not seen")
    for place in sorted(ours.keys() | theirs.keys()):
        our, their = ours.get(place, nothing), theirs.get(place, nothing)
        if their.state == DEAD and our.state != DEAD:
            cause = "only lychee: " + _why_only_lychee(site, place, our, their)
        elif our.state == DEAD and their.state != DEAD:
            cause = f"only ours: lychee says “{their.state}”"
        else:
            continue
        yield Difference(
            cause, place, f"{our.state} {our.note}".strip(), f"{their.state} {their.note}".strip()
        )


def _why_only_lychee(site: BuiltSite, place: Place, our: Verdict, their: Verdict) -> str:
    name, path, fragment = place
    if not name.endswith((".html", ".htm", ".css")):
        return f"stands in a file that browsers do not show as a page (.{name.rpartition('.')[2]})"
    if our.state == ELSEWHERE:
        return "leads out of the folder of the site, to another on the same host"
    if "Cannot parse" in their.note:
        return "an address in the text that is no link and cannot be parsed"
    if ":~:" in fragment:
        return "a text fragment"
    if our.state == OK and fragment[:1] in ("/", "!"):
        return "an address that a script reads, not an anchor (#/…)"
    if our.state == OK:
        return f"ours says that it is fine ({their.note[:40]})"
    if _only_in(site, name, path):
        return "stands in <template>, which no browser shows or follows"
    return "no link in the page (text, code, comment or script)"


def _only_in(site: BuiltSite, name: str, path: str) -> bool:
    """Whether an address that ends like the path stands in a template element of the page."""
    text = (site.directory / name).read_text(encoding="utf-8", errors="replace")
    written = re.compile(rf"[\"'=/]{re.escape(path.rpartition('/')[2])}[\"'#?\s>]")
    return any(written.search(part.partition("</template>")[0]) for part in text.split("<template")[1:])


def _print(
    site: BuiltSite,
    ours: dict[Place, Verdict],
    theirs: dict[Place, Verdict],
    found: Iterable[Difference],
    show: int,
) -> None:
    dead_both = [
        place
        for place, verdict in ours.items()
        if verdict.state == DEAD and theirs.get(place, Verdict("")).state == DEAD
    ]
    print(f"pages                     {len(site.pages):>8}")
    print(f"links that ours follows   {len(ours):>8}")
    print(f"links that lychee follows {len(theirs):>8}")
    print(f"links that both follow    {len(ours.keys() & theirs.keys()):>8}")
    print(f"dead for both             {len(dead_both):>8}")
    groups: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        groups[difference.cause].append(difference)
    for cause, members in sorted(groups.items(), key=lambda item: -len(item[1])):
        print(f"\n{cause}: {len(members)}")
        for member in members[:: max(1, len(members) // show)][:show]:
            name, path, fragment = member.place
            print(f"  {name} → {path}{'#' + fragment if fragment else ''}")
            print(f"      ours: {member.ours[:150]}; lychee: {member.theirs[:100]}")


if __name__ == "__main__":
    sys.exit(main())
