"""CIT: citations in the words. One module for each thing that can be wrong with them."""

from explainer.checks.cit import footnotes, locators, marks, notes, statements, support

__all__ = ["footnotes", "locators", "marks", "notes", "statements", "support"]
