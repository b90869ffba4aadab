"""What a text says about the day on which it was written: offices held, people in the news, years, months and weekdays."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from depesche.details.actors.lexicon import actor_words
from depesche.details.times.meaning import Meaning, read
from depesche.knowledge.actors import Office, known_actors
from depesche.knowledge.spelling import fold
from depesche.record import REPORT_LABELS, ActorMention, Article, Part, Span, TimeMention

Term = tuple[dt.date, dt.date]
_WORD = re.compile(r"[^\W_]+")
_BEFORE = 60
"""Characters before a name within which its title stands: "US-Außenminister John Kerry"."""
_TITLE_GAP = 3
"""Words that may stand between a title and the name: "Sondergesandter für Syrien, Michael Ratney"."""


class OfficeClue(msgspec.Struct, frozen=True, kw_only=True):
    """A person under the title of a dated office; `former` where the text says "früherer", "Ex-"."""

    span: Span
    name: str
    title: str
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
    """The latest year that the text names outright; `precise` where a day or month stands with it."""

    span: Span
    text: str
    year: int
    month: int | None = None
    day: int | None = None
    ahead: bool = False


class SeasonalClue(msgspec.Struct, frozen=True, kw_only=True):
    """A month, or day and month, without a year, told as past or to come; `weekday` (ISO) where one stands with it."""

    span: Span
    text: str
    month: int
    day: int | None
    direction: Literal["past", "future", "unknown"]
    weekday: int | None = None


Clue = OfficeClue | PersonClue | ExistenceClue | YearClue | SeasonalClue


def clues(article: Article) -> list[Clue]:
    """All clues of an article's own parts."""
    return [*_actor_clues(article), *_time_clues(article)]


def _actor_clues(article: Article) -> Iterator[Clue]:
    base = known_actors()
    seen: set[tuple[str, bool]] = set()
    for mention in article.of(ActorMention):
        actor = mention.actor
        if not actor.known or mention.form != "name":
            continue
        if actor.kind == "person":
            terms = base.terms.get(actor.id, [])
            if not terms:
                continue
            title = _title(article, mention.span, terms=terms)
            if title is None:
                if (actor.id, False) not in seen:
                    seen.add((actor.id, False))
                    yield PersonClue(span=mention.span, name=actor.name, terms=_spans(terms))
            elif (actor.id, True) not in seen:
                seen.add((actor.id, True))
                span, former, fitting = title
                yield OfficeClue(
                    span=Span(span.start, mention.span.end), name=actor.name, title=article.quote(span),
                    terms=_spans(fitting), former=former,
                )  # fmt: skip
        elif actor.id in base.life and (actor.id, False) not in seen:
            seen.add((actor.id, False))
            first = base.life[actor.id][0]
            if first > dt.date(1980, 1, 1):
                yield ExistenceClue(span=mention.span, name=actor.name, first=first)


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
    for last in range(len(pieces) - 1, max(-1, len(pieces) - 2 - _TITLE_GAP), -1):
        for first in range(max(0, last - 4), last + 1):
            head = words.heads.get(" ".join(p[2] for p in pieces[first : last + 1]))
            if head is None or head.role is None:
                continue
            fitting = [t for t in terms if t.role == head.role.role]
            if not fitting:
                continue
            former = any(words.is_part(p[2], "former") for p in pieces[max(0, first - 3) : first])
            return Span(pieces[first][0], pieces[last][1]), former, fitting
    return None


def _time_clues(article: Article) -> Iterator[Clue]:
    outside = [p.span for p in article.of(Part) if p.label not in REPORT_LABELS]
    years: list[YearClue] = []
    for mention in article.of(TimeMention):
        if any(o.overlaps(mention.span) for o in outside):
            continue
        meaning = read(mention.meaning)
        if meaning.bc or meaning.dur or meaning.every:
            continue
        if meaning.y is not None and len(meaning.y) == 4:  # noqa: PLR2004 (digits of a year)
            years.append(_year_clue(article, mention, meaning=meaning))
        elif meaning.m is not None and meaning.y is None and meaning.yn is None and meaning.base == "published":
            yield SeasonalClue(
                span=mention.span, text=article.quote(mention.span), month=meaning.m, day=meaning.d,
                direction=mention.direction, weekday=meaning.wd,
            )  # fmt: skip
    yield from _latest(years)


def _year_clue(article: Article, mention: TimeMention, *, meaning: Meaning) -> YearClue:
    ahead = meaning.bound in ("until", "before") or mention.direction == "future"
    return YearClue(
        span=mention.span, text=article.quote(mention.span), year=int(meaning.y or 0), month=meaning.m, day=meaning.d, ahead=ahead
    )


def _latest(years: list[YearClue]) -> Iterator[YearClue]:
    """The latest year named, and the latest one named with its month."""
    if years:
        latest = max(years, key=lambda c: c.year)
        yield latest
        dated = [c for c in years if c.month is not None and c is not latest]
        if dated:
            yield max(dated, key=lambda c: (c.year, c.month or 0))
