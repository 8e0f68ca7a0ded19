"""LNK: links in the words. One module for each thing that can be wrong with them."""

from explainer.checks.lnk import addresses, ids, left, references, snippets, tables, targets, texts

__all__ = ["addresses", "ids", "left", "references", "snippets", "tables", "targets", "texts"]
