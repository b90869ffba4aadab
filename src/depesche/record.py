"""The types that cross folder borders: pages, articles and the marks that stages put on them.

Meaning of every field: the codebook (`docs/codebook.md`). All spans are half-open, in code points of `Article.text`.
Everything here is frozen: a stage returns marks, it never changes an article.
"""

import datetime as dt
import hashlib
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import msgspec

from depesche.errors import SpanError

if TYPE_CHECKING:
    from depesche.document import Record

PartLabel = Literal[
    "headline", "kicker", "standfirst", "byline", "date", "caption", "subheading", "body", "teaser", "comment", "chrome"
]
REPORT_LABELS: frozenset[PartLabel] = frozenset({"headline", "kicker", "standfirst", "caption", "subheading", "body"})
"""The parts whose sentences are evidence for this report's record (codebook section 1)."""

KnownBy = Literal["given", "metadata", "url", "text", "inferred", "unknown"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
ActorKind = Literal[
    "person", "state", "government", "military", "police", "rebel", "opposition", "party", "judiciary", "legislature",
    "igo", "ngo", "population", "media", "business", "other",
]  # fmt: skip
Mode = Literal["direct", "indirect", "mixed", "reported"]
Status = Literal["happened", "ongoing", "planned", "proposed", "threatened", "possible", "not_happened"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "BREACH",
]  # fmt: skip
FigureKind = Literal["killed", "injured", "missing", "displaced", "detained", "abducted", "released", "in_need"]
NameKind = Literal["person", "place", "organisation", "other"]
Voice = Literal["active", "passive"]
Tense = Literal["present", "past", "perfect", "pluperfect", "future", "none"]
Mood = Literal["indicative", "konjunktiv1", "konjunktiv2", "imperative", "none"]
ClauseKind = Literal["main", "complement", "relative", "adverbial", "infinitive", "participle", "nominal"]


class Span(NamedTuple):
    """`[start, end)` in code points of the canonical text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Something found in a text.

    Attributes:
        span: the characters it rests on.
        why: the rule, lexicon entry or model that found it, for a reviewer.
        made_by: stage and version ("times@3"); stamped by the pipeline.
    """

    span: Span
    why: str
    made_by: str = ""


class Part(Mark, frozen=True, kw_only=True):
    """A labelled block of the page (codebook section 1).

    Attributes:
        at: where it stood in the page: a CSS path, or `line N`.
        credit: of a caption, the span of its credit.
        stub: of a teaser, the number of the stub it belongs to (one stub = one other report).
        url: of a teaser, where it leads.
    """

    label: PartLabel
    at: str | None = None
    credit: Span | None = None
    stub: int | None = None
    url: str | None = None


class Dateline(Mark, frozen=True, kw_only=True):
    """Places and agencies before the first sentence: "Vientiane/Genf (dpa) - "; the span includes the dash."""

    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


class Sentence(Mark, frozen=True, kw_only=True):
    """A sentence; never runs across parts."""

    part: PartLabel


class Token(Mark, frozen=True, kw_only=True):
    """A word with what the language layer knows of it, in Universal Dependencies terms.

    Attributes:
        lemma: dictionary form; a separable verb has its particle ("ablehnen").
        upos: universal part of speech.
        feats: morphological features, "Case=Nom|Number=Sing", sorted; empty where unknown.
        head: index of its head within its sentence's tokens, -1 for the root.
        deprel: universal relation to the head.
    """

    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str


class Name(Mark, frozen=True, kw_only=True):
    """A proper name that the name tagger found, not yet resolved; `confidence` in 0..1."""

    kind: NameKind
    confidence: float


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that depends on a predicate.

    Attributes:
        span: the whole phrase, without its preposition.
        head: its head word (all heads of a coordination lie inside `span`).
        preposition: lower-case preposition (contractions resolved: "zum" → "zu"), or None.
        case: Nom, Gen, Dat, Acc, or None where unknown.
    """

    span: Span
    head: Span
    preposition: str | None = None
    case: str | None = None


class Clause(Mark, frozen=True, kw_only=True):
    """One predicate (a verb, or a noun that names an event) with what depends on it: the stable view of grammar.

    `span` is the clause's extent. Whatever parser stands behind it, the stages above read only this.

    Attributes:
        predicate: the full verb (or event noun); a separated particle stands in `particle`.
        lemma: with particle ("ablehnen"); of a noun its singular.
        modals: lemmas of modal verbs over it ("wollen", "sollen", "must").
        marker: lower-case subordinator that opens it ("dass", "wenn", "if"), or None.
        parent: predicate span of the clause that embeds it; `parent_lemma` its lemma.
    """

    predicate: Span
    lemma: str
    kind: ClauseKind
    particle: Span | None = None
    voice: Voice = "active"
    tense: Tense = "none"
    mood: Mood = "none"
    modals: tuple[str, ...] = ()
    negated: bool = False
    subject: Argument | None = None
    objects: tuple[Argument, ...] = ()
    obliques: tuple[Argument, ...] = ()
    marker: str | None = None
    parent: Span | None = None
    parent_lemma: str | None = None


class TimeMention(Mark, frozen=True, kw_only=True):
    """A time expression with its relative meaning, before an anchor is known.

    Attributes:
        timex: TIMEX3 type.
        value: TIMEX3 value; X for what is unknown ("XXXX-WXX-2" for "am Dienstag"), or an absolute value.
        meaning: the rule's own compact form of what is to be computed, read only by `details/times`.
        direction: what the grammar around it says: past, future, or unknown.
    """

    timex: TimexType
    value: str
    meaning: str
    direction: Literal["past", "future", "unknown"] = "unknown"
    approximate: bool = False


class TimeExpression(Mark, frozen=True, kw_only=True):
    """A time expression, resolved as far as it honestly can be (codebook section 2).

    Attributes:
        edtf: EDTF (ISO 8601-2) value, None where unresolved and for durations and sets.
        earliest: first day it can mean, None where unbounded or unknown; `latest` likewise.
    """

    timex: TimexType
    value: str
    edtf: str | None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    approximate: bool = False


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts or is acted upon (codebook section 3); `country` is ISO 3166-1 alpha-3."""

    id: str
    name: str
    kind: ActorKind
    name_de: str | None = None
    country: str | None = None
    known: bool = False


class ActorMention(Mark, frozen=True, kw_only=True):
    """Words that stand for an actor: a name, a role, a metonym, a pronoun."""

    actor: Actor
    form: Literal["name", "role", "metonym", "adjective", "group", "pronoun"] = "name"
    confidence: float = 1.0


class OfficeHeld(Mark, frozen=True, kw_only=True):
    """The office that an actor of this report held on its date; the span is the mention it was looked up for."""

    actor: str
    office: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place with coordinates in degrees (WGS 84)."""

    id: str
    name: str
    name_de: str | None
    country: str | None
    lat: float
    lon: float


class PlaceMention(Mark, frozen=True, kw_only=True):
    """Words that stand for a place as a place."""

    place: Place
    confidence: float = 1.0


class Publication(Mark, frozen=True, kw_only=True):
    """The publication date as the dating stage infers it where the page states none: an EDTF interval, never passed off as known.

    `contradicts` says why the page's own date cannot be right, where the text speaks against it.
    """

    edtf: str | None
    reasons: tuple[str, ...] = ()
    contradicts: str | None = None


class Statement(Mark, frozen=True, kw_only=True):
    """Who said what (codebook section 4); `span` covers all its pieces. Actors are ids."""

    speaker: str | None
    speaker_span: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: Mode
    said_at: str | None = None
    to: tuple[str, ...] = ()
    hedged: bool = False
    confidence: float = 1.0


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The characters that the values of an event or figure rest on."""

    agents: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    place: Span | None = None
    when: Span | None = None
    status: Span | None = None
    source: Span | None = None


class Figure(Mark, frozen=True, kw_only=True):
    """A count of people (codebook section 6); bounds inclusive, None where open."""

    id: str
    what: FigureKind
    low: int | None
    high: int | None
    approximate: bool = False
    who: str | None = None
    place: str | None = None
    when: str | None = None
    source: str | None = None
    status: Status = "happened"
    part_of: str | None = None
    evidence: Evidence = Evidence()


class Event(Mark, frozen=True, kw_only=True):
    """Who did what to whom (codebook section 5); `span` is the trigger, actors and place are ids."""

    id: str
    type: EventType
    mode: str | None
    sentence: Span
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    status: Status = "happened"
    source: str | None = None
    confidence: float = 1.0
    same_as: str | None = None
    evidence: Evidence = Evidence()


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """When the report came out, and how that is known (codebook section 1)."""

    edtf: str | None = None
    known_by: KnownBy = "unknown"
    why: str = "no date found"


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself.

    Attributes:
        id: the caller's id, where a row gave one.
        origin: where it was read from: path, URL, or path#row.
        not_article: why this page is no report (a section front, a 404), or None.
    """

    origin: str
    id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    source: str | None = None
    section: str | None = None
    language: str = "und"
    bylines: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: Published = Published()
    updated: str | None = None
    not_article: str | None = None
    paywalled: bool = False
    live: bool = False


M = TypeVar("M", bound=Mark)


class Article(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One report: its canonical text, what the page says of itself, and the marks on it.

    Raises:
        SpanError: the text is not NFC or holds a lone surrogate.
    """

    text: str
    meta: Meta
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise SpanError("the text is not in Unicode NFC; fold it with depesche.blocks before making an Article")
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            raise SpanError(f"the text holds a lone surrogate at {error.start}; decode the input anew") from error

    @property
    def language(self) -> str:
        """ISO 639-1 code, or "und"."""
        return self.meta.language

    @cached_property
    def id(self) -> str:
        """The caller's id, else a hash of canonical text and URL."""
        return self.meta.id or digest(self.text, self.meta.url or "")

    @cached_property
    def _by_kind(self) -> dict[type[Mark], tuple[Mark, ...]]:
        lists: dict[type[Mark], list[Mark]] = {}
        for mark in self.marks:
            lists.setdefault(type(mark), []).append(mark)
        return {kind: tuple(sorted(found, key=_by_span)) for kind, found in lists.items()}

    @cached_property
    def _starts(self) -> dict[type[Mark], list[int]]:
        return {kind: [m.span.start for m in marks] for kind, marks in self._by_kind.items()}

    def of(self, kind: type[M]) -> tuple[M, ...]:
        """All marks of one kind, in reading order."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]  # the key is the kind of its values

    def within(self, kind: type[M], span: Span) -> tuple[M, ...]:
        """The marks of one kind that lie wholly inside the span, in reading order."""
        marks = self.of(kind)
        if not marks:
            return ()
        starts = self._starts[kind]
        found = marks[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        return tuple(m for m in found if m.span.end <= span.end)

    def quote(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]

    def with_marks(self, marks: tuple[Mark, ...]) -> "Article":
        """The same article with more marks."""
        return Article(text=self.text, meta=self.meta, marks=self.marks + marks)

    @cached_property
    def record(self) -> "Record":
        """The record document of this article (`docs/record.md`)."""
        from depesche.document import record_of  # noqa: PLC0415 (the document is a view built on these types)

        return record_of(self)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes of a page as they came, made only in `acquire/`.

    Attributes:
        media_type: text/html or text/plain.
        charset: what the transport said, if anything.
        published: EDTF date given by the caller, if any; `language` likewise.
    """

    origin: str
    content: bytes
    media_type: str
    url: str | None = None
    charset: str | None = None
    published: str | None = None
    language: str | None = None
    fetched: dt.datetime | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of texts (`docs/record.md`, input rows); the caller's cutting into fields is trusted."""

    origin: str
    body: str
    headline: str | None = None
    id: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None


def digest(*parts: str) -> str:
    """A stable 16-digit id from text: the same content has the same id in every run."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def mark_id(article: Article, kind: str, span: Span, *more: str) -> str:
    """The stable id of an event or figure: same article, kind and place give the same id."""
    return digest(article.id, kind, str(span.start), str(span.end), *more)


def _by_span(mark: Mark) -> tuple[int, int]:
    return mark.span
