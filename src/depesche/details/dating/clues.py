"""What a text says about the day on which it was written: offices held, people in the news, years, months and weekdays."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from depesche.details.actors.lexicon import actor_words
from depesche.details.dating.happenings import Happening, happenings_in, named
from depesche.details.times.direction import Sentences
from depesche.details.times.meaning import Meaning, read
from depesche.knowledge.actors import Office, first_day, known_actors
from depesche.knowledge.spelling import fold
from depesche.record import REPORT_LABELS, ActorMention, Article, Part, PlaceMention, Span, TimeMention

Term = tuple[dt.date, dt.date]
_WORD = re.compile(r"[^\W_]+")
_BEFORE = 60
"""Characters before a name within which its title stands: "US-Außenminister John Kerry"."""
_DEPUTY = frozenset({"vice", "vize", "deputy", "assistant", "under", "acting"})
_LOOSE_ROLES = frozenset(
    {"leader", "commander", "ambassador", "spokesperson", "deputy_foreign_minister", "central_figure"}
)
"""Roles that nobody takes or leaves on a day: a "Rädelsführer" stays one in the reports on his trial."""
_LEAD = 150
"""Characters of the text that its first sentence takes up: a full date in there is mostly that of the report."""
_TITLE_GAP = 3
"""Words that may stand between a title and the name: "Sondergesandter für Syrien, Michael Ratney"."""


_LASTING = frozenset({"technology", "body", "mission", "currency"})
"""Kinds of `knowledge/happenings.tsv` that begin and stay."""
_EXPECTED = frozenset({"summit", "referendum", "election", "talks", "body", "accord"})
_LONG_AGO = dt.date(1980, 1, 1)
"""Whatever is older than this says nothing about a report of today."""


class OfficeClue(msgspec.Struct, frozen=True, kw_only=True):
    """A person under the title of a dated office.

    Attributes:
        office: role and country or body, so that two holders of one office are known as such.
        former: the text says "früherer", "Ex-", or names a later holder too ("President Bush" beside "President Obama").
    """

    span: Span
    name: str
    title: str
    office: str
    terms: tuple[Term, ...]
    former: bool = False


class PersonClue(msgspec.Struct, frozen=True, kw_only=True):
    """A known person without a title: in the news mostly while in office."""

    span: Span
    name: str
    terms: tuple[Term, ...]


class ExistenceClue(msgspec.Struct, frozen=True, kw_only=True):
    """A group or state that did not always exist."""

    span: Span
    name: str
    first: dt.date


class YearClue(msgspec.Struct, frozen=True, kw_only=True):
    """The latest year that the text names outright; `leads` where it stands in the first sentence, `weekday` where one stands with it."""

    span: Span
    text: str
    year: int
    month: int | None = None
    day: int | None = None
    ahead: bool = False
    leads: bool = False
    weekday: bool = False


class SeasonalClue(msgspec.Struct, frozen=True, kw_only=True):
    """A month, or day and month, without a year, told as past or to come.

    `weekday` (ISO) is set where one stands with it, `turned` for "last March".
    """

    span: Span
    text: str
    month: int
    day: int | None
    direction: Literal["past", "future", "unknown"]
    weekday: int | None = None
    turned: bool = False


class HappeningClue(msgspec.Struct, frozen=True, kw_only=True):
    """A well-known happening told with its month but without its year: "Im Februar … eine Waffenruhe" (Syria, 2016)."""

    span: Span
    name: str
    day: dt.date


class NamedClue(msgspec.Struct, frozen=True, kw_only=True):
    """A happening or novelty named outright: "Hurrikan Katrina", "Twitter".

    Attributes:
        lasting: it is there ever after, so that its name only bounds.
        expected: of a kind that is spoken of before it comes, such as a summit.
    """

    span: Span
    name: str
    day: dt.date
    lasting: bool = False
    expected: bool = False


Clue = NamedClue | HappeningClue | OfficeClue | PersonClue | ExistenceClue | YearClue | SeasonalClue


def clues(article: Article) -> list[Clue]:
    """All clues of an article's own parts."""
    timed = list(_time_clues(article))
    told = [*_happening_clues(article, timed), *_named_clues(article, timed)]
    return [*_actor_clues(article), *timed, *told]


def _named_clues(article: Article, timed: list[Clue]) -> Iterator[NamedClue]:
    outside = _outside(article)
    # "seit dem Völkermord von 1994": the year has been heard as a witness already, so its name only bounds.
    years = {clue.year for clue in timed if isinstance(clue, YearClue)}
    for row, span in named(article.text):
        if not any(o.overlaps(span) for o in outside):
            day = first_day(row.date)
            lasting = row.kind in _LASTING or day.year in years
            expected = row.kind in _EXPECTED
            yield NamedClue(span=span, name=row.name, day=day, lasting=lasting, expected=expected)


def _outside(article: Article) -> list[Span]:
    return [p.span for p in article.of(Part) if p.label not in REPORT_LABELS]


def _actor_clues(article: Article) -> Iterator[Clue]:
    base = known_actors()
    offices: dict[str, OfficeClue] = {}
    persons: dict[str, PersonClue] = {}
    groups: dict[str, ExistenceClue] = {}
    for mention in article.of(ActorMention):
        actor = mention.actor
        if not actor.known or mention.form != "name":
            continue
        if actor.kind != "person":
            first = base.life.get(actor.id, (dt.date.min, dt.date.max))[0]
            if first > _LONG_AGO:
                groups.setdefault(actor.id, ExistenceClue(span=mention.span, name=actor.name, first=first))
            continue
        terms = base.terms.get(actor.id, [])
        if not terms or actor.id in offices:
            continue
        title = _title(article, mention.span, terms=terms)
        if title is None:
            persons.setdefault(actor.id, PersonClue(span=mention.span, name=actor.name, terms=_spans(terms)))
        else:
            span, former, fitting = title
            offices[actor.id] = OfficeClue(
                span=Span(span.start, mention.span.end), name=actor.name, title=article.quote(span),
                office=f"{fitting[0].role} {fitting[0].body or fitting[0].country}", terms=_spans(fitting), former=former,
            )  # fmt: skip
    yield from _succeeded(list(offices.values()))
    yield from (clue for person, clue in persons.items() if person not in offices)
    yield from groups.values()


def _succeeded(found: list[OfficeClue]) -> Iterator[OfficeClue]:
    latest: dict[str, dt.date] = {}
    for clue in found:
        if not clue.former:
            latest[clue.office] = max(latest.get(clue.office, dt.date.min), *(t[0] for t in clue.terms))
    for clue in found:
        later = latest.get(clue.office, dt.date.min) > max(t[0] for t in clue.terms)
        yield msgspec.structs.replace(clue, former=clue.former or later)


def _spans(terms: list[Office]) -> tuple[Term, ...]:
    return tuple((t.first, t.last) for t in terms)


def _title(article: Article, span: Span, *, terms: list[Office]) -> tuple[Span, bool, list[Office]] | None:
    """The title right before a name, whether it is a former one, and the terms that it names."""
    words = actor_words(article.language)
    start = max(0, span.start - _BEFORE)
    window = article.text[start : span.start]
    window = window[window.rfind("\n") + 1 :]
    offset = span.start - len(window)
    pieces = [(m.start() + offset, m.end() + offset, fold(m[0])) for m in _WORD.finditer(window)]
    closing = _closing(article.language)
    for last in range(len(pieces) - 1, max(-1, len(pieces) - 2 - _TITLE_GAP), -1):
        if pieces[last][2] not in closing:
            continue
        for first in range(max(0, last - 3), last + 1):
            head = words.heads.get(" ".join(p[2] for p in pieces[first : last + 1]))
            if head is None or head.role is None:
                continue
            fitting = [t for t in terms if t.role == head.role.role and t.role not in _LOOSE_ROLES]
            # "Vice President Biden": the longest title counts, not the "President" in it.
            if not fitting or (first > 0 and pieces[first - 1][2] in _DEPUTY):
                return None
            former = any(words.is_part(p[2], "former") for p in pieces[max(0, first - 3) : first])
            return Span(pieces[first][0], pieces[last][1]), former, fitting
    return None


@cache
def _closing(language: str) -> frozenset[str]:
    """The folded words in which titles end."""
    return frozenset(key.rpartition(" ")[2] for key, head in actor_words(language).heads.items() if head.role)


def _time_clues(article: Article) -> Iterator[Clue]:
    outside = _outside(article)
    years: list[YearClue] = []
    for mention in article.of(TimeMention):
        if any(o.overlaps(mention.span) for o in outside):
            continue
        meaning = read(mention.meaning)
        if meaning.bc or meaning.dur or meaning.every:
            continue
        if meaning.y is not None and len(meaning.y) == 4:  # noqa: PLR2004 (digits of a year)
            if not _misdated(meaning):
                years.append(_year_clue(article, mention, meaning=meaning))
                continue
            # "Samstag, den 7. Januar 2005" was a Friday: at the turn of a year the old one slips in.
            meaning = msgspec.structs.replace(meaning, y=None)
        if meaning.m is not None and meaning.y is None and meaning.yn is None and meaning.base == "published":
            yield SeasonalClue(
                span=mention.span, text=article.quote(mention.span), month=meaning.m, day=meaning.d,
                direction=mention.direction, weekday=meaning.wd, turned=meaning.which is not None,
            )  # fmt: skip
    yield from _latest(years)


def _misdated(meaning: Meaning) -> bool:
    """Whether a full date contradicts the weekday beside it."""
    if meaning.wd is None or meaning.d is None or meaning.m is None:
        return False
    try:
        return dt.date(int(meaning.y or 0), meaning.m, meaning.d).isoweekday() != meaning.wd
    except ValueError:
        return False


def _happening_clues(article: Article, timed: list[Clue]) -> Iterator[Clue]:
    countries = {m.actor.country for m in article.of(ActorMention)} | {
        m.place.country for m in article.of(PlaceMention)
    }
    sentences = Sentences(article.text, language=article.language)
    named: set[str] = set()
    for clue in timed:
        if not isinstance(clue, SeasonalClue) or clue.direction == "future" or clue.turned:
            continue
        then = [known for known in happenings_in(article.language, clue.month) if _fits(clue, known, countries)]
        if not then:
            continue
        start, end = sentences.around(clue.span.start)
        said = {fold(m[0]) for m in _WORD.finditer(article.text[start:end])}
        for known in then:
            if known.name not in named and said & known.words:
                named.add(known.name)
                yield HappeningClue(span=clue.span, name=known.name, day=first_day(known.date))


def _fits(clue: SeasonalClue, known: Happening, countries: set[str | None]) -> bool:
    """Whether a happening was in a country that the text speaks of, and on the day of the month that it tells, if any."""
    whole_month = clue.day is None or len(known.date) == len("2016-02")
    return known.country in countries and (whole_month or first_day(known.date).day == clue.day)


def _year_clue(article: Article, mention: TimeMention, *, meaning: Meaning) -> YearClue:
    # Told outright as to come ("soll im März 2010 beginnen"), or as an end that has not come: "bis 2010".
    ahead = mention.direction == "future" or meaning.bound in ("until", "before")
    return YearClue(
        span=mention.span,
        text=article.quote(mention.span),
        year=int(meaning.y or 0),
        month=meaning.m,
        day=meaning.d,
        ahead=ahead,
        leads=mention.span.start < _LEAD,
        weekday=meaning.wd is not None and meaning.d is not None,
    )


def _latest(years: list[YearClue]) -> Iterator[YearClue]:
    """The latest year named alone, the latest with its month, the latest with its day."""
    kinds = (
        [c for c in years if c.month is None],
        [c for c in years if c.month is not None and c.day is None],
        [c for c in years if c.day is not None],
    )
    for found in kinds:
        if found:
            yield max(found, key=lambda c: (c.weekday, c.leads, c.year, c.month or 0, c.day or 0))
