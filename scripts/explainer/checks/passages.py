"""Which sentence each citation belongs to."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from explainer.checks.statements import Sentence, Unit, sentences, units
from explainer.checks.words import Words
from explainer.citations import Cluster


@lru_cache(maxsize=512)
def read_units(words: Words) -> list[tuple[Unit, list[Sentence]]]:
    """The units of a page with their sentences, read once for all rules."""
    return [(unit, sentences(unit)) for unit in units(words)]


def cited_sentences(words: Words) -> Iterator[tuple[Cluster, str]]:
    """Each cluster with the sentence that it stands in or right behind; nothing for one in a heading."""
    found = [sentence for _, inside in read_units(words) for sentence in inside]
    starts = [sentence.start for sentence in found]
    for cluster in words.clusters:
        index = bisect_right(starts, cluster.start) - 1
        text = found[index].text if index >= 0 else ""
        between = words.readable[starts[index] + len(text) : cluster.start] if index >= 0 else ""
        yield cluster, "" if "\n\n" in between else text
