"""Marks: what stages find in a text. All are frozen; spans are half-open, in code points of the canonical text."""

import datetime as dt
from typing import Literal, NamedTuple

import msgspec

from depesche.record.vocabulary import (
    ActorKind,
    ClauseKind,
    EventType,
    FigureKind,
    Mode,
    Mood,
    NameKind,
    PartLabel,
    Status,
    Tense,
    TimexType,
    Voice,
)


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


class Token(Mark, frozen=True, kw_only=True, gc=False):
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


class Argument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class PlaceGuess(Mark, frozen=True, kw_only=True):
    """Words that may stand for the place of an act though they are no mention of a listed place: a name that no table holds, a country that acts.

    The record shows one only where an event takes place there; it is a `PlaceMention` then.
    """

    place: Place
    confidence: float = 0.3


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
