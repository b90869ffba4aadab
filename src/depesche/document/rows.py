"""The rows of the record document, field by field in the order in which they are written."""

import datetime as dt

import msgspec

from depesche.record import (
    ActorKind,
    EventType,
    Evidence,
    FigureKind,
    KnownBy,
    Mode,
    PartLabel,
    Span,
    Status,
    TimexType,
)

SCHEMA = 1


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every row of the document."""


class PublishedRow(Row, frozen=True, kw_only=True):
    """When the report came out; `evidence` is the span an inferred date rests on, `contradicts` what speaks against a stated one."""

    edtf: str | None
    known_by: KnownBy
    why: str
    evidence: Span | None = None
    contradicts: str | None = None


class PartRow(Row, frozen=True, kw_only=True):
    """A labelled block; `at` says where it stood in the page."""

    label: PartLabel
    span: Span
    at: str | None
    credit_span: Span | None
    made_by: str
    why: str


class TeaserRow(Row, frozen=True, kw_only=True):
    """A stub of another report on the same page; never evidence for this one."""

    headline: str
    text: str
    spans: tuple[Span, ...]
    url: str | None


class ArticleRow(Row, frozen=True, kw_only=True):
    """The report itself: fields, canonical text, parts."""

    id: str
    origin: str
    url: str | None
    canonical_url: str | None
    source: str | None
    section: str | None
    language: str
    headline: str | None
    kicker: str | None
    standfirst: str | None
    bylines: tuple[str, ...]
    agencies: tuple[str, ...]
    dateline: tuple[str, ...]
    dateline_span: Span | None
    published: PublishedRow
    updated: str | None
    not_article: str | None
    paywalled: bool
    live: bool
    text: str
    parts: tuple[PartRow, ...]
    teasers: tuple[TeaserRow, ...]
    sentences: tuple[Span, ...]


class Timex3(Row, frozen=True, kw_only=True):
    """Type and value in ISO TimeML terms."""

    type: TimexType
    value: str


class TimeRow(Row, frozen=True, kw_only=True):
    """A time expression; `edtf` null where it is unresolved, a duration or a set."""

    span: Span
    edtf: str | None
    earliest: dt.date | None
    latest: dt.date | None
    approximate: bool
    timex3: Timex3
    made_by: str
    why: str


class Ground(Row, frozen=True, kw_only=True):
    """Why the mention at the same position in `mentions` was taken for this actor or place."""

    form: str
    confidence: float
    made_by: str
    why: str


class ActorRow(Row, frozen=True, kw_only=True):
    """An actor with all its mentions; `office` as of the report's date."""

    id: str
    name: str
    name_de: str | None
    kind: ActorKind
    country: str | None
    office: str | None
    known: bool
    mentions: tuple[Span, ...]
    grounds: tuple[Ground, ...]
    made_by: str
    why: str


class PlaceRow(Row, frozen=True, kw_only=True):
    """A place with coordinates (WGS 84 degrees) and all its mentions."""

    id: str
    name: str
    name_de: str | None
    country: str | None
    lat: float
    lon: float
    mentions: tuple[Span, ...]
    grounds: tuple[Ground, ...]
    made_by: str
    why: str


class StatementRow(Row, frozen=True, kw_only=True):
    """Who said what."""

    speaker: str | None
    speaker_span: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: Mode
    said_at: str | None
    to: tuple[str, ...]
    hedged: bool
    confidence: float
    made_by: str
    why: str


class EventRow(Row, frozen=True, kw_only=True):
    """Who did what to whom."""

    id: str
    type: EventType
    mode: str | None
    trigger: Span
    sentence: Span
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    when: str | None
    status: Status
    source: str | None
    confidence: float
    same_as: str | None
    evidence: Evidence
    made_by: str
    why: str


class FigureRow(Row, frozen=True, kw_only=True):
    """How many people, with bounds."""

    id: str
    span: Span
    what: FigureKind
    low: int | None
    high: int | None
    approximate: bool
    who: str | None
    place: str | None
    when: str | None
    source: str | None
    status: Status
    part_of: str | None
    evidence: Evidence
    made_by: str
    why: str


class Record(Row, frozen=True, kw_only=True):
    """The record of one report."""

    schema: int = SCHEMA
    article: ArticleRow
    times: tuple[TimeRow, ...]
    actors: tuple[ActorRow, ...]
    places: tuple[PlaceRow, ...]
    statements: tuple[StatementRow, ...]
    events: tuple[EventRow, ...]
    figures: tuple[FigureRow, ...]

    def json(self) -> bytes:
        """The document as compact JSON in UTF-8."""
        return msgspec.json.encode(self)
