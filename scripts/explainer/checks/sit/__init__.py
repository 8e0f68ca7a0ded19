"""SIT: the built site, this project's or any other. Findings point at the words where the place is found there.

``survey`` gathers what following every address shows, each fault once; ``places`` says where it stands; the other
modules are the rules: ``links``, ``assets``, ``redirects``, ``indexes`` (sitemap, search, feeds, navigation),
``pages`` (what a page says of itself), ``ids`` and ``text``.
"""

from explainer.checks.sit import assets, ids, indexes, links, pages, redirects, text

__all__ = ["assets", "ids", "indexes", "links", "pages", "redirects", "text"]
