"""SRC: the registry of sources, docs/data/sources/. One module for each thing that can be wrong with a record."""

from explainer.checks import order
from explainer.checks.src import addresses, dates, identity, numbers, publishers, registry, titles, upkeep

__all__ = ["addresses", "dates", "identity", "numbers", "order", "publishers", "registry", "titles", "upkeep"]
