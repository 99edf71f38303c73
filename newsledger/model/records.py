"""The values that stages hand to each other: plain, frozen, without spaCy, polars or DuckDB in
them.

Offsets are code points, end exclusive. Unless said otherwise they point into the article's body,
and `body[start:end] == text` holds for every record that carries a text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from newsledger.model.enums import (
    ActorKind,
    AliasType,
    Certainty,
    Construction,
    CueClass,
    CueStance,
    CueType,
    DatePrecision,
    EntityLabel,
    Form,
    Gender,
    LocationKind,
    MentionType,
    PlaceLabel,
    Polarity,
    QuantityKind,
    QuantityScope,
    QuotationKind,
    SourceType,
    Tense,
    TimePrecision,
)


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


# --- ingest
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One file, feed entry or page as it arrived, before anything is read out of it."""

    document_id: str
    source_uri: str
    sha256: str
    byte_count: int
    media_type: str  # text/plain, text/html …
    text: str  # decoded, line ends normalised to \n, otherwise as it arrived
    encoding: str
    fetched_at: datetime  # UTC
    source_name: str | None = None  # row of seeds/sources.csv it came through
    hints: dict[str, object] = field(
        default_factory=dict
    )  # what the feed or record says: url, title, outlet, authors, published_at …


@dataclass(frozen=True, slots=True)
class Reject:
    """A document that could not be read. `reason` is one of `errors.REFUSAL_REASONS`."""

    document_id: str
    source_uri: str
    sha256: str | None
    byte_count: int | None
    reason: str
    detail: str
    fetched_at: datetime
    source_name: str | None = None


# --- clean
# --------------------------------------------------------------------------------------------------

_NO_SPACES = (
    "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and Chinese characters: each counts as a word
)
WORD_PATTERN = (
    rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+(?:['’.\-][^\W{_NO_SPACES}]+)*"  # for Python and polars
)
MAX_LINES = (
    20_000  # of a page; news pages have up to 700, and more than that would take longer than 5 s
)


class Line(NamedTuple):
    """One line of a page with its role and the rule or model that said so.

    `page_start`/`page_end` point into the page text; `start`/`end` into the body, `None` for a line
    outside of it. A tuple, since a page has hundreds of them.
    """

    line_no: int
    page_start: int
    page_end: int
    text: str
    role: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned page. Times are UTC; `utc_offset_minutes` is the publication's zone where the page
    tells it."""

    article_id: str
    document_id: str
    body: str  # paragraphs separated by one blank line, no boilerplate
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    outlet_name: str | None = None
    outlet_domain: str | None = None
    agency_name: str | None = None
    published_at: datetime | None = None
    published_precision: TimePrecision | None = None
    published_text: str | None = None  # as printed
    utc_offset_minutes: int | None = None
    modified_at: datetime | None = None
    dateline: str | None = None  # as printed: "BEIRUT (AP) —"
    dateline_place: str | None = None  # "BEIRUT"
    section: str | None = None
    language: str = "en"
    url: str | None = None
    correction: str | None = None  # text of a correction notice
    lines: tuple[Line, ...] = ()
    page_text: str | None = (
        None  # page as text where it is not the document itself (HTML); `lines` point here
    )
    origin: str = ""
    reasons: tuple[tuple[str, str], ...] = ()  # field, and where its value comes from


# --- nlp
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    sentence_no: int
    paragraph_no: int
    start: int
    end: int
    text: str
    is_quoted: bool  # wholly inside a quotation


@dataclass(frozen=True, slots=True)
class Quotation:
    """One utterance between quotation marks, its pieces joined across "X said".

    `pieces` include the marks; `is_closed` says that none is missing. `kind` is speech, scare,
    title or nickname; only speech can be a claim's content.
    """

    pieces: tuple[Span, ...]
    kind: QuotationKind
    is_closed: bool = True
    depth: int = 0  # 1 inside another quotation


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the text. `label` is PERSON, ORG, NORP, GPE, LOC or FAC; `rule` says what decided
    it, `score` how sure, 0 to 1."""

    start: int
    end: int
    text: str
    label: EntityLabel
    rule: str = "model"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor of this article. `mention_type` is name, role or pronoun."""

    start: int
    end: int
    text: str
    article_actor_id: str
    mention_type: MentionType
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class ActorAlias:
    alias: str
    alias_type: AliasType


@dataclass(frozen=True, slots=True)
class ActorRole:
    """A role as the article states it: "Syria's defense minister"."""

    start: int
    end: int
    text: str
    role: str  # "defense minister"
    organisation: str | None = None
    country_code: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as one article knows it. `article_actor_id` is unique inside the article and made
    from raw parts."""

    article_actor_id: str
    name: str
    kind: ActorKind
    kind_rule: str
    country_code: str | None = None
    party_role: str | None = (
        None  # government, opposition, ally, third_party …, from seeds/actors.csv or from the words
    )
    seed_id: str | None = None  # row of seeds/actors.csv
    gender: Gender | None = None
    aliases: tuple[ActorAlias, ...] = ()
    roles: tuple[ActorRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the gazetteer in use."""

    location_id: str
    name: str
    kind: LocationKind
    country_code: str | None
    admin1_name: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    precision: LocationKind  # what a map may draw


@dataclass(frozen=True, slots=True)
class LocationMention:
    """A span that names a place. `location_id` is `None` where no candidate was good enough."""

    start: int
    end: int
    text: str
    # GPE, LOC, FAC (a building, or a place inside the name of one or of an institution), NORP
    # (demonym)
    label: PlaceLabel
    location_id: str | None
    candidate_count: int
    rule: str
    score: float
    is_focus: bool = False
    is_metonym: bool = False
    is_demonym: bool = False
    direction: str | None = None  # north, near … of "north of Homs"
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date or time expression. Dates are the publication's local days, both ends inclusive."""

    start: int
    end: int
    text: str
    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    rule: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """One hop of a chain of attribution; hop 0 is the speaker, the last hop the outlet."""

    chain: int
    hop: int
    surface: str
    source_type: SourceType
    is_named: bool
    surface_start: int | None = (
        None  # None where the hop comes from the page (byline, credit), not from the body
    )
    surface_end: int | None = None
    article_actor_id: str | None = None
    ground_rules: str | None = None
    source_count: int | None = None  # "two officials"
    party_role: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    start: int
    end: int
    text: str
    kind: QuantityKind
    low: float | None
    high: float | None
    comparator: str  # exact, at_least, more_than, about, up_to, fewer_than, dozens …
    unit: str | None = None
    population: str | None = None  # "civilians", "fighters"
    scope: QuantityScope | None = None
    scope_start_date: date | None = None
    place: str | None = None
    is_unit_assumed: bool = False  # a bare "$"


@dataclass(frozen=True, slots=True)
class LostReading:
    """A reading of the same cue or the same words that lost against an attribution."""

    construction: Construction
    score: float
    content_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the attribution engine finds, before chain, time and figures are added.

    `source_spans` is empty where nobody is named. `construction` names the rule that fired.
    """

    content_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    form: Form
    cue_class: CueClass
    cue_stance: CueStance
    cue_lemma: str
    construction: Construction
    score: float = 1.0
    cue_type: CueType = CueType.SPEAKING
    is_negated: bool = False  # "did not say that"
    parent: int | None = None  # index of the attribution whose content this one is nested in
    losers: "tuple[LostReading, ...]" = ()  # for explain
    vote: str = ""  # of the second reader, in words; for explain


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as one article reports it."""

    claim_key: str
    attribution: Attribution
    sentence_no: int
    content_text: str  # normalised: pieces joined, marks and line breaks folded
    speaker_article_actor_id: str | None = None  # actor of hop 0 of chain 0
    sources: tuple[ClaimSource, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    hedges: tuple[str, ...] = ()
    tense: Tense = Tense.HAPPENED
    caveat: str | None = None  # "could not be independently verified"
    said_start_date: date | None = None
    said_end_date: date | None = None
    said_precision: DatePrecision | None = None
    about_start_date: date | None = None
    about_end_date: date | None = None
    about_precision: DatePrecision | None = None
    article_actor_ids: tuple[tuple[str, str], ...] = ()  # (article_actor_id, role)
    location_ids: tuple[tuple[str, str], ...] = ()  # (location_id, role)
    is_statement: bool = (
        False  # the outlet's own assertion of an event: source_type unattributed, low priority
    )
    attribution_no: int | None = (
        None  # index of `attribution` among those of the article, None for a statement
    )


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that is read out of one article's body."""

    article_id: str
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    actors: tuple[Actor, ...] = ()
    actor_mentions: tuple[ActorMention, ...] = ()
    locations: tuple[Location, ...] = ()
    location_mentions: tuple[LocationMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    claims: tuple[Claim, ...] = ()
