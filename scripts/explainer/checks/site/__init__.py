"""A built static site, read once: this project's or any other.

``listing`` knows the files, ``resolve`` where an address leads, ``page`` what a page says of itself, ``follow`` what
its links lead to, ``cache`` what an earlier run found for the same bytes, and ``load`` puts them together.
"""

from explainer.checks.site.follow import Fault, Followed
from explainer.checks.site.leftovers import Leftover
from explainer.checks.site.listing import Listing
from explainer.checks.site.load import BuiltSite, load_site
from explainer.checks.site.page import HtmlPage, Reference, read_page
from explainer.checks.site.resolve import Place, Target

__all__ = [
    "BuiltSite",
    "Fault",
    "Followed",
    "HtmlPage",
    "Leftover",
    "Listing",
    "Place",
    "Reference",
    "Target",
    "load_site",
    "read_page",
]
