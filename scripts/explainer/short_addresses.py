"""Short addresses that last: ``/c/cn/`` sends readers on to the page of the country with this ISO code. Pure."""

from collections.abc import Iterable
from html import escape

from explainer.records import Country

FOLDER = "c"


def short_path(country: Country) -> str:
    """The short address of a country, below the site: ``c/cn/``."""
    return f"{FOLDER}/{country.iso.lower()}/"


def page_path(country: Country) -> str:
    """The address of its page, below the site: ``countries/china/``."""
    return f"countries/{country.id}/"


def short_addresses(countries: Iterable[Country], address: str) -> dict[str, str]:
    """The HTML of each short address, by its path below the site. ``address`` is that of the site, or empty.

    A page that sends on at once works on every host of static files; one that cannot follow it has the link.
    """
    return {f"{short_path(country)}index.html": _stub(country, address) for country in countries}


def _stub(country: Country, address: str) -> str:
    target = f"../../{page_path(country)}"
    name = escape(country.name)
    canonical = f'<link rel="canonical" href="{escape(address)}{page_path(country)}">\n' if address else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n{canonical}</head>\n'
        f'<body><p>This short address leads to <a href="{target}">the page about {name}</a>.</p></body>\n</html>\n'
    )
