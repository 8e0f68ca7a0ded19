"""The typed records of docs/data. The JSON Schemas in docs/data/schema are generated from them."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from explainer.citations import ID, parse_reference
from explainer.dates import DayField, PartialDateField

Slug = Annotated[str, StringConstraints(pattern=rf"^{ID.pattern}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Record(BaseModel):
    """Strict: a field that is not known is an error, and a record never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Kind(StrEnum):
    """What a document is evidence of."""

    PRIMARY = "primary"
    OFFICIAL = "official"
    STATE_MEDIA = "state-media"
    WIRE = "wire"
    PRESS = "press"
    RESEARCH = "research"
    REFERENCE = "reference"


KIND_LABELS = {
    Kind.PRIMARY: ("Primary document", "a treaty, resolution, record or dataset itself"),
    Kind.OFFICIAL: ("Official statement", "what a government or institution says"),
    Kind.STATE_MEDIA: ("State media", "evidence of what the state says"),
    Kind.WIRE: ("News agency", "reporting by an agency"),
    Kind.PRESS: ("Press", "reporting by a newspaper or broadcaster"),
    Kind.RESEARCH: ("Research", "analysis by a research institute or scholar"),
    Kind.REFERENCE: ("Reference work", "an encyclopedia or handbook"),
}


class Name(Record):
    """A person (``family``, ``given``) or an organisation (``literal``), as in CSL."""

    family: str = ""
    given: str = ""
    literal: str = ""


class SourceNotes(Record):
    """What this site adds to a CSL item."""

    kind: Kind = Field(description="What the document is evidence of")
    shows: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20)] = Field(
        description="One or two sentences in our own words: what this document establishes"
    )


SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
"""The types of CSL 1.0.2 (https://docs.citationstyles.org, appendix III)."""


class Source(Record):
    """A document that was read: a CSL-YAML item (the format of Zotero and pandoc)."""

    id: Slug = Field(description="publisher-year-slug; never changes once published")
    type: SourceType = Field(description="CSL type")
    title: Text = Field(description="The title on the document, or a description in [square brackets]")
    title_short: str | None = Field(None, alias="title-short")
    author: list[Name] = Field(default_factory=list, description="Only where the document names one")
    editor: list[Name] = Field(default_factory=list)
    publisher: str | None = Field(None, description="Who published it (reports, treaties, UN documents)")
    publisher_place: str | None = Field(None, alias="publisher-place")
    container_title: str | None = Field(
        None, alias="container-title", description="The newspaper, agency, journal or site it appeared in"
    )
    collection_title: str | None = Field(None, alias="collection-title")
    issued: PartialDateField | None = Field(
        None, description="The date the document bears; left out when it bears none"
    )
    accessed: DayField = Field(description="The day somebody read it for this site")
    URL: Url
    archive: Url | None = Field(None, description="Address of an archived copy, where known")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        description="Language of the document, BCP 47"
    )
    number: str | None = Field(None, description="UN document symbol or report number")
    DOI: str | None = None
    ISBN: str | None = None
    ISSN: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    genre: str | None = None
    edition: str | None = None
    section: str | None = None
    note: str | None = None
    custom: SourceNotes

    @property
    def kind(self) -> Kind:
        """What the document is evidence of."""
        return self.custom.kind

    @property
    def published_by(self) -> str:
        """The publisher, or the newspaper or site it appeared in."""
        return self.publisher or self.container_title or ""


def _check_reference(text: str) -> str:
    id_, _ = parse_reference(text)
    if not ID.fullmatch(id_):
        raise ValueError(f"“{text}” is not the id of a source: write “id” or “id, locator”")
    return text


class Sourced(Record):
    """Something that rests on documents."""

    sources: list[str] = Field(description="Ids of sources, each alone or with a locator: “id, art. 2”")

    @field_validator("sources")
    @classmethod
    def _references(cls, value: list[str]) -> list[str]:
        return [_check_reference(item) for item in value]


class Statement(Sourced):
    """A sentence and the documents it rests on."""

    text: Text


class DatedStatement(Statement):
    """A statement about an event on a date."""

    date: PartialDateField | None = None


class Summary(Statement):
    """One line for the overview, with the date of what is newest in it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    as_of: PartialDateField


class Answer(StrEnum):
    """The answer to one of the five tests."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    LAPSED = "lapsed"


class Test(Sourced):
    """One of the five tests, answered for one country."""

    __test__ = False  # pytest would collect it by its name

    answer: Answer
    date: PartialDateField = Field(description="Date of the newest evidence for the answer")
    reason: Text


class Tests(Record):
    """The five tests, the same for every country (docs/about/method.md)."""

    __test__ = False

    treaty: Test
    military: Test
    economic: Test
    diplomatic: Test
    political: Test


class Tier(StrEnum):
    """The verdict that follows from the five tests."""

    TREATY_ALLY = "treaty-ally"
    STRATEGIC_PARTNER = "strategic-partner"
    FRIENDLY_STATE = "friendly-state"
    FORMER_ALLY = "former-ally"
    NOT_AN_ALLY = "not-an-ally"


TIER_LABELS = {
    Tier.TREATY_ALLY: "Treaty ally",
    Tier.STRATEGIC_PARTNER: "Strategic partner",
    Tier.FRIENDLY_STATE: "Friendly state",
    Tier.FORMER_ALLY: "Former or lapsed ally",
    Tier.NOT_AN_ALLY: "Not an ally",
}

TEST_LABELS = {
    "treaty": ("Treaty", "Is a mutual-defence clause in force?"),
    "military": ("Military", "Troops, arms or training within five years?"),
    "economic": ("Economic", "A lifeline of trade, energy, aid or labour?"),
    "diplomatic": ("Diplomatic", "Votes, vetoes or speaks for it at the UN?"),
    "political": ("Political", "Leader-level visits within three years, and embassies both ways?"),
}


class Country(Record):
    """What the at-a-glance card of a country page and the overview say."""

    id: Slug = Field(description="The slug of the page: docs/countries/<id>.md")
    iso: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = Field(description="ISO 3166-1 alpha-2")
    name: Text
    official_name: Text
    tier: Tier
    verdict: Statement
    summary: Summary
    since: Statement = Field(description="Since when there have been diplomatic relations")
    treaty: Statement
    embassies: Statement
    trade_share: Statement = Field(description="Share of North Korea's recorded trade: year and whose figure")
    last_visit: DatedStatement = Field(description="The last leader-level visit, either way")
    tests: Tests


class Verdict(StrEnum):
    """What the sources make of a claim."""

    SUPPORTED = "supported"
    OUTDATED = "outdated"
    MISLEADING = "misleading"
    CONTRADICTED = "contradicted"
    UNPROVEN = "unproven"


class Claim(Sourced):
    """A claim found elsewhere, paraphrased and checked."""

    id: Slug
    country: Slug = Field(description="The slug of a country page, or “general”")
    claim: Text
    where: Text = Field(description="The kind of page that repeats it; never a link")
    verdict: Verdict
    finding: Text
    checked: DayField


class EventKind(StrEnum):
    """What sort of event it is."""

    TREATY = "treaty"
    VISIT = "visit"
    MILITARY = "military"
    TRADE = "trade"
    SANCTIONS = "sanctions"
    VOTE = "vote"
    DIPLOMACY = "diplomacy"
    AID = "aid"
    INCIDENT = "incident"


class Event(Sourced):
    """Something that happened on a date."""

    id: Slug
    date: PartialDateField
    countries: list[Slug]
    kind: EventKind
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=110)]
    text: Text


class CountryPageFrontMatter(Record):
    """The front matter of docs/countries/<slug>.md."""

    title: Text
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=160)]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    reviewed: DayField
    review_in: Annotated[str, StringConstraints(pattern=r"^[1-9]\d* (day|week|month|year)s?$")]
    aliases: list[Text] = Field(default_factory=list)


class PageFrontMatter(Record):
    """The front matter of every other page."""

    title: Text
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=160)]
    reviewed: DayField | None = None
    review_in: Annotated[str, StringConstraints(pattern=r"^[1-9]\d* (day|week|month|year)s?$")] | None = None
    aliases: list[Text] = Field(default_factory=list)
    hide: list[Literal["navigation", "toc", "footer", "path", "tags"]] = Field(default_factory=list)


def review_due(reviewed: date, review_in: str) -> date:
    """The day on which a page is due to be read again; months count 30 days, years 365."""
    match = re.match(r"(\d+) (day|week|month|year)", review_in)
    if not match:
        raise ValueError(f"“{review_in}” is not a span of time: write for example “6 months”")
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match.group(2)]
    return reviewed + timedelta(days=int(match.group(1)) * days)


class TreatyStatus(StrEnum):
    """Whether a treaty binds its parties."""

    IN_FORCE = "in-force"
    ENDED = "ended"
    UNKNOWN = "not-known"


class TreatyClause(StrEnum):
    """The strongest duty in a treaty when a party is attacked or threatened."""

    DEFENCE = "defence"
    CONSULTATION = "consultation"


class Quotation(Statement):
    """Exact words of a document that was read."""

    article: Text = Field(description="Where the words stand: “article 2”, “preamble”")


class Position(Statement):
    """What somebody says of a treaty."""

    who: Text


class Treaty(Record):
    """A treaty of North Korea with a mutual-assistance or consultation clause."""

    id: Slug
    title: Text
    countries: list[Slug] = Field(description="The slugs of the country pages it concerns")
    parties: list[Text] = Field(description="The parties other than North Korea, as they were called")
    status: TreatyStatus
    clause: TreatyClause
    signed: DatedStatement
    in_force: DatedStatement
    ended: DatedStatement = Field(description="How it ended, or as of when it is in force")
    article: Statement = Field(description="What the operative article says, in our own words")
    quotations: list[Quotation] = Field(default_factory=list, description="Short, and exact")
    positions: list[Position]
    trigger: Statement = Field(description="What would bring the clause into play")
    ending: Statement = Field(description="How the treaty can end, by its own words")


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    YEAR = "year"
    DATE = "date"
    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"
    SOURCE = "source"


ColumnName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$")]


class Column(Record):
    """One column of a CSV file."""

    name: ColumnName = Field(description="As in the first line of the file")
    label: Text = Field(description="As the site heads it")
    kind: ColumnKind
    unit: Text | None = None
    description: Text
    optional: Literal["yes", "no"] = Field("no", description="Whether cells may be empty")
    shown: Literal["yes", "no"] = Field("yes", description="Whether the table on the site has this column")


class Pivot(Record):
    """How a long table is printed as a wide one."""

    rows: ColumnName
    columns: ColumnName
    cells: ColumnName


class Series(Record):
    """A table of figures in a CSV file, every row with its source."""

    id: Slug
    file: Annotated[str, StringConstraints(pattern=r"^(series/)?[a-z0-9-]+\.csv$")] = Field(
        description="Path below docs/data/"
    )
    title: Text
    unit: Text
    definition: Statement = Field(description="What is counted, and how")
    caveats: list[Statement] = Field(default_factory=list)
    columns: list[Column]
    pivot: Pivot | None = None
