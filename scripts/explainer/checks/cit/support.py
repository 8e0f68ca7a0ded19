"""CIT: what citations rest on."""

import re
from collections import Counter
from collections.abc import Iterator

from explainer.checks.cit.place import at, citations_of, states_facts
from explainer.checks.finding import Defect, Severity
from explainer.checks.passages import cited_passages
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.citations import Cluster
from explainer.records import Kind

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule(
    "CIT017",
    "one-publisher",
    WARNING,
    "a page that rests on one publisher",
    """More than half of at least ten citations on a country page are of documents by one publisher, or all of at least four
    on any page but those of the United Nations’ own records. Contested matters need two independent sources.""",
)
def one_publisher(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        if not states_facts(src):
            continue
        cited = [source for item in citations_of(words) if (source := project.facts.sources.get(item.id))]
        publishers = Counter(source.published_by for source in cited)
        total = len(cited)
        if not total:
            continue
        name, count = publishers.most_common(1)[0]
        alone = total >= 4 and count == total and not all(source.kind is Kind.PRIMARY for source in cited)
        if alone or (src.startswith("countries/") and total >= 10 and count * 2 > total):
            yield at(
                words,
                words.page.body_start,
                f"{count} of {total} citations are of documents by {name}",
                "add independent sources",
            )


_CONTESTED = re.compile(
    r"\b(?:killed|wounded|injured|casualt(?:y|ies)|died|deaths?|(?:were|was|the|found) dead|losses|massacre\w*|atrocit\w+|tortur\w+"
    r"|executed|violat\w+|illegal\w*|unlawful\w*|breach(?:ed|es)?|aggress\w+|provo(?:ked|cation\w*)|attack(?:ed|s)?|invaded|invasion"
    r"|shelled|captured|destroyed|liberated|shot down|war crimes?|genocid\w+|terroris\w+|spied|espionage|hacked|stole[n]?"
    r"|smuggl\w+|disputed|contested|sabotag\w+)\b",
    re.I,
)
_ATTRIBUTED = re.compile(
    r"\b(?i:according to|sa(?:y|ys|id)|reports?|reported(?:ly)?|wrote|writes?|told|tells|quot(?:es?|ed|ing)|cit(?:es?|ed|ing)|announce[ds]?"
    r"|stat(?:e[ds]|es that)|claim(?:s|ed)?|alleg(?:es?|ed)|den(?:y|ies|ied)|accuse[ds]?|call(?:s|ed)|describe[ds]?|confirm(?:s|ed)"
    r"|acknowledge[ds]?|admit(?:s|ted)|blame[ds]?|condemn(?:s|ed)|warn(?:s|ed)|thank(?:s|ed)|count(?:s|ed)|put(?:s)? (?:it|the|them|its)|gave|gives"
    r"|named|showed|shows|published|praised|honou?red|state media|in (?:TASS|KCNA|Xinhua|SANA|IRNA)|as carried by|in the words of|word(?:ing|s) of)\b"
    r"|\b(?:TASS|KCNA|Xinhua|Sputnik|RIA Novosti|SANA|IRNA|Press TV|Prensa Latina|Granma|Rodong Sinmun|Global Times|VNA|Pyongyang Times)\b"
)


@rule(
    "CIT021",
    "state-media-alone",
    WARNING,
    "a contested statement on state media alone, without saying so",
    """A sentence on casualties, attacks, violations or a dispute rests on state media only, and does not say who says so.
    State media are evidence of what the state says: name the outlet in the sentence (“KCNA said …”), or add an independent
    source.""",
)
def state_media_alone(project: Project) -> Iterator[Defect]:
    kinds = {source.id: source.kind for source in project.facts.sources.values()}
    for words in project.words.values():
        if not states_facts(words.page.src):
            continue
        by_sentence: dict[int, list[Cluster]] = {}
        texts: dict[int, tuple[str, str]] = {}
        for cluster, sentence, unit in cited_passages(words):
            by_sentence.setdefault(sentence.start, []).append(cluster)
            texts[sentence.start] = (
                (unit.text, unit.text + unit.head) if unit.sort == "row" else (sentence.text, sentence.text)
            )
        for start, clusters in by_sentence.items():
            text, around = texts[start]
            cited = [kinds.get(item.id) for cluster in clusters for item in cluster.citations]
            if set(cited) != {Kind.STATE_MEDIA}:
                continue
            if (word := _CONTESTED.search(text)) and not _ATTRIBUTED.search(around):
                yield at(
                    words,
                    clusters[0].start,
                    f"“{word.group()}” rests on state media alone",
                    "name who says so in the sentence, or cite an independent source too",
                    clusters[0].end - clusters[0].start,
                )
