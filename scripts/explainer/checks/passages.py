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


def cited_passages(words: Words) -> Iterator[tuple[Cluster, Sentence, Unit]]:
    """Each cluster with the sentence that it stands in or right behind, and its unit; not those in headings and HTML."""
    found = [(sentence, unit) for unit, inside in read_units(words) for sentence in inside]
    starts = [sentence.start for sentence, _ in found]
    for cluster in words.clusters:
        index = bisect_right(starts, cluster.start) - 1
        if index < 0:
            continue
        sentence, unit = found[index]
        if cluster.start <= unit.start + len(unit.text):
            yield cluster, sentence, unit


def cited_sentences(words: Words) -> Iterator[tuple[Cluster, str]]:
    """Each cluster with the text of its sentence; with nothing where it stands in none."""
    text_of = {cluster.start: sentence.text for cluster, sentence, _ in cited_passages(words)}
    for cluster in words.clusters:
        yield cluster, text_of.get(cluster.start, "")
