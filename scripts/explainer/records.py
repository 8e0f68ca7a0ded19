"""The typed records of docs/data. The JSON Schemas in docs/data/schema are generated from them."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from explainer.citations import ID, parse_reference
from explainer.date_fields import DayField, PartialDateField, PeriodField
from explainer.quantities import UNIT_FORM, QuantityField

Slug = Annotated[str, StringConstraints(pattern=rf"^{ID.pattern}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Headline = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=110)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Span = Annotated[str, StringConstraints(pattern=r"^[1-9]\d* (day|week|month|year)s?$")]


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

    family: str = Field("", description="Family name of a person")
    given: str = Field("", description="Given name of a person")
    literal: str = Field("", description="Name of an organisation, or of a person whose name has no parts")


class SourceStatus(StrEnum):
    """What became of a document after it was published."""

    DEAD = "dead"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


Count = Annotated[
    int,
    Field(ge=1),
    # The site reads every scalar of YAML as text, editors read numbers.
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "pattern": "^[1-9][0-9]*$"}),
]


class Extent(Record):
    """How far the numbered parts of a document go, as the document itself shows: “art. 24” of 23 is a slip."""

    articles: Count | None = Field(None, description="Number of its last article")
    paragraphs: Count | None = Field(None, description="Number of its last paragraph")
    sections: Count | None = Field(None, description="Number of its last section")
    chapters: Count | None = Field(None, description="Number of its last chapter")


class SourceNotes(Record):
    """What this site adds to a CSL item."""

    kind: Kind = Field(description="What the document is evidence of")
    shows: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20)] = Field(
        description="One or two sentences in our own words: what this document establishes"
    )
    extent: Extent | None = Field(
        None,
        description="The number of its last article, paragraph, section or chapter, where locators name them",
    )
    status: SourceStatus | None = Field(
        None,
        description="dead: its address no longer shows it; corrected or retracted: its publisher changed it or "
        "took it back",
    )
    status_date: DayField | None = Field(None, description="The day on which the status was found out")


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
    title_short: str | None = Field(None, alias="title-short", description="A shorter title in common use")
    author: list[Name] = Field(default_factory=list, description="Only where the document names one")
    editor: list[Name] = Field(default_factory=list, description="Only where the document names one")
    publisher: str | None = Field(None, description="Who published it (reports, treaties, UN documents)")
    publisher_place: str | None = Field(None, alias="publisher-place", description="Where the publisher is")
    container_title: str | None = Field(
        None, alias="container-title", description="The newspaper, agency, journal or site it appeared in"
    )
    collection_title: str | None = Field(
        None, alias="collection-title", description="The series the document is part of"
    )
    issued: PartialDateField | None = Field(
        None, description="The date the document bears; left out when it bears none"
    )
    accessed: DayField = Field(description="The day somebody read it for this site")
    URL: Url = Field(description="The address at which it was read")
    archive: Url | None = Field(None, description="Address of an archived copy, where known")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        description="Language of the document, BCP 47"
    )
    number: str | None = Field(None, description="UN document symbol or report number")
    DOI: str | None = Field(None, description="Digital object identifier, without the address before it")
    ISBN: str | None = Field(None, description="International standard book number")
    ISSN: str | None = Field(None, description="International standard serial number")
    volume: str | None = Field(None, description="Volume of a journal or book")
    issue: str | None = Field(None, description="Issue of a journal or magazine")
    page: str | None = Field(None, description="The pages it stands on: 38–52")
    number_of_pages: Count | None = Field(None, alias="number-of-pages", description="How many pages it has")
    genre: str | None = Field(
        None, description="What sort of document it calls itself: press release, working paper"
    )
    edition: str | None = Field(None, description="Edition, as the document names it")
    section: str | None = Field(None, description="The section of the newspaper or report")
    note: str | None = Field(None, description="What else a reader of the reference has to know")
    custom: SourceNotes = Field(description="What this site adds to the CSL item")

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

    text: Text = Field(description="The statement, in our own words")


class DatedStatement(Statement):
    """A statement about an event on a date."""

    date: PartialDateField | None = Field(None, description="The date of the event, as far as it is known")


class Summary(Statement):
    """One line for the overview, with the date of what is newest in it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)] = Field(
        description="The line, in our own words"
    )
    as_of: PartialDateField = Field(description="Date of what is newest in the line")


class Answer(StrEnum):
    """The answer to one of the five tests."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    LAPSED = "lapsed"


class Test(Sourced):
    """One of the five tests, answered for one country."""

    __test__ = False  # pytest would collect it by its name

    answer: Answer = Field(description="yes, partly, no, or lapsed")
    date: PartialDateField = Field(description="Date of the newest evidence for the answer")
    reason: Text = Field(description="Why the answer is what it is")


class Tests(Record):
    """The five tests, the same for every country (docs/about/method.md)."""

    __test__ = False

    treaty: Test = Field(description="Is a mutual-defence clause in force?")
    military: Test = Field(description="Troops, arms or training within five years?")
    economic: Test = Field(description="A lifeline of trade, energy, aid or labour?")
    diplomatic: Test = Field(description="Votes, vetoes or speaks for it at the UN?")
    political: Test = Field(description="Leader-level visits within three years, and embassies both ways?")


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
    name: (name.capitalize(), field.description or "") for name, field in Tests.model_fields.items()
}
"""For each of the five tests, its label and its question."""


class CountryInShort(Record):
    """A country and its verdict."""

    id: Slug = Field(description="The slug of the page: docs/countries/<id>.md")
    iso: CountryCode = Field(description="ISO 3166-1 alpha-2")
    name: Text = Field(description="The name in common use")
    official_name: Text = Field(description="The name the state uses itself, in English")
    tier: Tier = Field(description="What follows from the five tests by the rule for all countries")
    verdict: Statement = Field(description="The answer in one or two sentences")
    summary: Summary = Field(description="One line for the overview")


class Country(CountryInShort):
    """What the at-a-glance card of a country page and the overview say."""

    since: Statement = Field(description="Since when there have been diplomatic relations")
    treaty: Statement = Field(description="The treaty that matters most, or that none was found")
    embassies: Statement = Field(description="Who keeps an embassy where")
    trade_share: Statement = Field(description="Share of North Korea's recorded trade: year and whose figure")
    last_visit: DatedStatement = Field(description="The last leader-level visit, either way")
    tests: Tests = Field(description="The answers to the five tests")


class PastTests(Record):
    """What is established of the five tests for a time that has passed; a test that is left out is not established."""

    treaty: Test | None = Field(None, description="Was a mutual-defence clause in force?")
    military: Test | None = Field(None, description="Troops, arms or training within the five years before?")
    economic: Test | None = Field(None, description="A lifeline of trade, energy, aid or labour?")
    diplomatic: Test | None = Field(None, description="Votes, vetoes or speeches for it at the UN?")
    political: Test | None = Field(
        None, description="Leader-level visits within three years, and embassies both ways?"
    )


class VerdictPeriod(Record):
    """A span of time in which a country’s answers to the five tests stood."""

    id: Slug = Field(description="The country and the year in which it began")
    country: Slug = Field(description="The slug of a country page")
    begins: PartialDateField = Field(description="When these answers began to hold")
    ends: PartialDateField | None = Field(
        None, description="When the next answers began; left out for the period that has not ended"
    )
    change: Statement = Field(description="What began it, or what is not established of it")
    tests: PastTests | None = Field(
        None,
        description="Left out for a period that has not ended: the answers in countries.yml. "
        "Left out for one that has: no answer is established.",
    )


class Verdict(StrEnum):
    """What the sources make of a claim."""

    SUPPORTED = "supported"
    OUTDATED = "outdated"
    MISLEADING = "misleading"
    CONTRADICTED = "contradicted"
    UNPROVEN = "unproven"


class Claim(Sourced):
    """A claim found elsewhere, paraphrased and checked."""

    id: Slug = Field(description="The anchor of the claim; never changes once published")
    country: Slug = Field(description="The slug of a country page, or “general”")
    claim: Text = Field(description="The claim, paraphrased")
    where: Text = Field(description="The kind of page that repeats it; never a link")
    verdict: Verdict = Field(description="What the sources make of the claim")
    finding: Text = Field(description="What the sources say, in our own words")
    checked: DayField = Field(description="The day the claim was checked")


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

    id: Slug = Field(description="The date and a few words; the anchor of the event, which never changes")
    date: PartialDateField = Field(description="When it happened, as far as it is known")
    countries: list[Slug] = Field(description="The slugs of the country pages it concerns, or “general”")
    kind: EventKind = Field(description="What sort of event it is")
    title: Headline = Field(description="What happened, in one line")
    text: Text = Field(description="What happened, and who says so")


class ChangeKind(StrEnum):
    """What sort of change it is."""

    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"


CHANGE_LABELS = {
    ChangeKind.NEW: "New",
    ChangeKind.UPDATE: "Update",
    ChangeKind.CORRECTION: "Correction",
}


PagePath = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md$")]


class Change(Sourced):
    """Something that changed on this site, and why: an entry of the log and of the feeds."""

    id: Slug = Field(description="The date and a few words; part of the anchor, so it never changes")
    date: DayField = Field(description="The day on which it changed")
    kind: ChangeKind = Field(
        description="new (there was nothing before), update (the world or a source moved on) or correction "
        "(what stood here was wrong)"
    )
    title: Headline = Field(description="What changed, in one line")
    text: Text = Field(description="What changed: of a correction, what stood here before as well")
    reason: Text = Field(description="Why it changed")
    pages: list[PagePath] = Field(description="The pages that changed, by their paths below docs/")
    countries: list[Slug] = Field(default_factory=list, description="The slugs of the countries it concerns")
    verdicts: dict[Slug, Tier] = Field(
        default_factory=dict,
        description="The tier of each country from then on, where it was first given or changed: “china: treaty-ally”",
    )
    sources: list[str] = Field(
        default_factory=list,
        description="The documents that led to the change: “id”, or “id, locator”; none where no document did",
    )


class FrontMatter(Record):
    """What the front matter of every page says."""

    title: Text = Field(description="The name of the page in the navigation, in results and in citations")
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=160)] = (
        Field(description="One sentence for search results and shared links")
    )
    aliases: list[Text] = Field(default_factory=list, description="Other names readers use")


class CountryPageFrontMatter(FrontMatter):
    """The front matter of docs/countries/<slug>.md."""

    country: CountryCode = Field(description="ISO 3166-1 alpha-2")
    reviewed: DayField = Field(
        description="The day on which every sentence was last read against its sources"
    )
    review_in: Span = Field(description="When it is due to be read again: “6 months”")


class PageFrontMatter(FrontMatter):
    """The front matter of every other page."""

    reviewed: DayField | None = Field(
        None, description="The day on which every sentence was last read against its sources"
    )
    review_in: Span | None = Field(None, description="When it is due to be read again: “6 months”")
    hide: list[Literal["navigation", "toc", "footer", "path", "tags"]] = Field(
        default_factory=list, description="Parts of the layout that this page goes without"
    )


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

    who: Text = Field(description="Who says so")


class Treaty(Record):
    """A treaty of North Korea with a mutual-assistance or consultation clause."""

    id: Slug = Field(description="The anchor of the treaty; never changes once published")
    title: Text = Field(description="The title of the treaty in English")
    countries: list[Slug] = Field(description="The slugs of the country pages it concerns")
    parties: list[Text] = Field(description="The parties other than North Korea, as they were called")
    status: TreatyStatus = Field(description="Whether it binds its parties")
    clause: TreatyClause = Field(
        description="The strongest duty in it when a party is attacked or threatened"
    )
    signed: DatedStatement = Field(description="When and where it was signed")
    in_force: DatedStatement = Field(description="When it entered into force")
    ended: DatedStatement = Field(description="How it ended, or as of when it is in force")
    article: Statement = Field(description="What the operative article says, in our own words")
    quotations: list[Quotation] = Field(default_factory=list, description="Short, and exact")
    positions: list[Position] = Field(description="What each side, and others, say of it")
    trigger: Statement = Field(description="What would bring the clause into play")
    ending: Statement = Field(description="How the treaty can end, by its own words")


class Term(Statement):
    """A word or an abbreviation that is explained once, in the glossary."""

    id: Slug = Field(description="The anchor in the glossary; never changes once published")
    term: Text = Field(description="As the glossary heads it")
    aliases: list[Text] = Field(
        default_factory=list,
        description="Other forms and abbreviations that mean the same; one in capitals is found as written",
    )
    stands_for: Text | None = Field(None, description="What an abbreviation stands for, written out")
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=320)] = Field(
        description="The explanation, in plain English and our own words"
    )
    page: Text | None = Field(
        None,
        description="Where this site says more: a path below docs/, with an anchor: about/method.md#tests",
    )

    @property
    def names(self) -> list[str]:
        """Every form under which a page may use it."""
        return [self.term, *self.aliases]


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
    kind: ColumnKind = Field(description="What the cells hold")
    unit: Text | None = Field(None, description="The unit of the numbers, where they have one")
    description: Text = Field(description="What the column says")
    optional: Literal["yes", "no"] = Field("no", description="Whether cells may be empty")
    shown: Literal["yes", "no"] = Field("yes", description="Whether the table on the site has this column")


class Pivot(Record):
    """How a long table is printed as a wide one."""

    rows: ColumnName = Field(description="The column whose values head the rows")
    columns: ColumnName = Field(description="The column whose values head the columns")
    cells: ColumnName = Field(description="The column whose values fill the cells")


class Series(Record):
    """A table of figures in a CSV file, every row with its source."""

    id: Slug = Field(description="The name of the series in directives and anchors")
    file: Annotated[str, StringConstraints(pattern=r"^(series/)?[a-z0-9-]+\.csv$")] = Field(
        description="Path below docs/data/"
    )
    title: Text = Field(description="What the table shows")
    unit: Text = Field(description="The units of its figures")
    definition: Statement = Field(description="What is counted, and how")
    caveats: list[Statement] = Field(
        default_factory=list, description="What a reader of the figures has to know"
    )
    columns: list[Column] = Field(description="Each column of the file, in its order")
    pivot: Pivot | None = Field(default=None, description="How the table is printed where it is long")


class Bound(StrEnum):
    """How the source limits a number."""

    ABOUT = "about"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    UP_TO = "up to"
    ALMOST = "almost"
    LESS_THAN = "less than"


class SeriesCell(Record):
    """A cell of a series: the figure stands there, and is not written again."""

    series: Slug = Field(description="Id of the series")
    row: dict[ColumnName, str] = Field(
        description="The cells that tell the row from all others: {year: 2024}"
    )
    column: ColumnName = Field(description="The column the number is in")


def _cell_says_the_rest(schema: dict[str, Any]) -> None:
    """In the schema that editors type against: with a cell, what the series says is not asked for."""
    from_series = {"unit", "as_of", "who", "sources"}
    always = [name for name in schema["required"] if name not in from_series]
    schema["required"] = always
    schema["anyOf"] = [{"required": ["cell"]}, {"required": sorted(from_series)}]


class Figure(Sourced):
    """A number that somebody counted, measured or estimated, as of a date."""

    model_config = ConfigDict(json_schema_extra=_cell_says_the_rest)

    id: Slug = Field(description="Author, year and what: the name by which [=id] prints it; never changes")
    cell: SeriesCell | None = Field(
        None,
        description="Where the number stands in a series; value, date, author and sources come from there",
    )
    bound: Bound | None = Field(None, description="What the source puts before the number, if anything")
    value: QuantityField | None = Field(None, description="The number: 15000, 98.3 or 2.735 billion")
    low: QuantityField | None = Field(None, description="The lower end, where it is a range")
    high: QuantityField | None = Field(None, description="The upper end")
    unit: Text = Field(description="The words behind the number: per cent, US dollars, tonnes, troops")
    measures: Text = Field(description="What the number is a number of")
    as_of: PeriodField = Field(description="The date, or the period, that the number is about")
    who: Text = Field(description="Whose figure it is, as the page prints it; a short form in round brackets")
    also: list[Text] = Field(
        default_factory=list, description="Other words by which a sentence names the author of the figure"
    )
    countries: list[Slug] = Field(description="The slugs of the country pages it is about, or “general”")
    note: Text | None = Field(None, description="What else has to be known of it")

    @model_validator(mode="after")
    def _one_number(self) -> "Figure":
        if (self.value is None) == (self.low is None or self.high is None) or (
            self.value is not None and (self.low or self.high)
        ):
            raise PydanticCustomError("figure", "has no number: write either “value”, or “low” and “high”")
        if self.low and self.high and self.low.number >= self.high.number:
            raise PydanticCustomError(
                "figure", f"the low end, {self.low.words()}, is not below the high end, {self.high.words()}"
            )
        if not re.match(UNIT_FORM, self.unit):
            raise PydanticCustomError(
                "figure",
                f"“{self.unit}” is not a unit: write words that follow a number, such as “US dollars”",
            )
        return self
