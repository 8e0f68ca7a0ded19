"""TXT: the words themselves.

``pages`` looks at what every page is made of, ``language`` at single words, ``reading`` at how easy they are to read,
``terms`` at what the glossary explains, ``review`` at when a page is due.
"""

from explainer.checks.txt import language, pages, reading, review, terms

__all__ = ["language", "pages", "reading", "review", "terms"]
