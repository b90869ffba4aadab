"""The stage that dates an undated report from its own text, and doubts a date that the text speaks against."""

import datetime as dt
from collections.abc import Iterable

from depesche.details.dating.clues import (
    Clue,
    ExistenceClue,
    HappeningClue,
    NamedClue,
    OfficeClue,
    PersonClue,
    SeasonalClue,
    YearClue,
    clues,
)
from depesche.details.dating.weighing import FIRST, LAST, Interval, Weights, at, least, shortest, weigh, weight
from depesche.details.times import edtf as edtf_values
from depesche.details.times.anchoring import Anchor
from depesche.details.times.doubt import agreed
from depesche.details.times.meaning import read
from depesche.record import ActorMention, Article, Mark, Publication, TimeMention

_SURE, _LIKELY = 0.92, 0.85
"""Shares of the distribution that the interval holds: the larger one, unless the last few days of it cost too much width."""
_COSTLY = 1.6
_WIDEST = 800
"""Days from which on an interval says too little to be worth stating."""
_DOUBT = -6.0
_WHOLE_MONTHS = 45
"""Days from which on an interval is rounded outwards to whole months."""
_INFERRED = "inferred from offices held and the dates the text mentions"
_REASONS = 6


class Dating:
    """Infers when a report came out where the page states no date (codebook section 1: `known_by: inferred`).

    A date that the page does state is checked: where the text makes it all but impossible, `contradicts` says why.
    """

    name = "dating"
    version = 1
    needs: frozenset[type[Mark]] = frozenset({TimeMention, ActorMention})
    gives: frozenset[type[Mark]] = frozenset({Publication})

    def __call__(self, article: Article) -> Iterable[Publication]:
        """At most one mark: the inferred interval, or the doubt about the stated date."""
        stated, last = edtf_values.interval(article.meta.published.edtf)
        if stated is not None and stated == last and (moved := _moved(article, stated=stated)) is not None:
            yield moved
            return
        found = clues(article)
        if not found:
            return
        if stated is not None and least(found, stated) > _DOUBT:
            return
        weights = weigh(found)
        doubt = None if stated is None else _doubt(found, stated=stated, odds=at(weights, stated))
        if stated is not None and doubt is None:
            return
        interval = _interval(weights)
        telling = _telling(found, interval=interval)
        edtf = _spelled(interval) if _width(interval) <= _WIDEST else None
        if telling and (edtf is not None or doubt is not None):
            why = _INFERRED if doubt is None else "the text speaks against the stated date"
            yield Publication(span=telling[0].span, why=why, edtf=edtf, reasons=_reasons(telling), contradicts=doubt)


def _moved(article: Article, *, stated: dt.date) -> Publication | None:
    """The doubt that the dates of the text cast on the stated one by themselves, with the time of another year that they allow."""
    reads = [(mention, read(mention.meaning)) for mention in article.of(TimeMention)]
    anchor, doubt = agreed(Anchor(stated, stated), reads)
    if doubt is None:
        return None
    edtf = edtf_values.spell(anchor.first, anchor.last)
    why = "the text speaks against the stated date"
    contradicts = f"{stated.isoformat()} does not go with the text: {doubt}"
    return Publication(span=reads[0][0].span, why=why, edtf=edtf, reasons=(doubt,), contradicts=contradicts)


def _interval(weights: Weights) -> Interval:
    sure, likely = shortest(weights, mass=_SURE), shortest(weights, mass=_LIKELY)
    # Where the same months of another year hold a few percent, they would double the interval.
    return likely if _width(sure) > _COSTLY * _width(likely) else sure


def _width(interval: Interval) -> int:
    return (interval.last - interval.first).days + 1


def _spelled(interval: Interval) -> str:
    first, last = interval.first, interval.last
    if (last - first).days < _WHOLE_MONTHS:
        return edtf_values.spell(first, last) or ""
    start, end = f"{first.year:04}-{first.month:02}", f"{last.year:04}-{last.month:02}"
    return start if start == end else f"{start}/{end}"


def _telling(found: list[Clue], *, interval: Interval) -> list[Clue]:
    """The clues that set the interval apart from other days, strongest first."""
    first, last = interval.first.toordinal() - FIRST.toordinal(), interval.last.toordinal() - FIRST.toordinal() + 1
    gains = []
    for clue in found:
        weights = weight(clue)
        gains.append((float(weights[first:last].mean() - weights.mean()), clue))
    gains.sort(key=lambda pair: -pair[0])
    return [clue for gain, clue in gains if gain > 0.2]  # noqa: PLR2004 (a clue that says next to nothing is no reason)


def _reasons(telling: list[Clue]) -> tuple[str, ...]:
    return tuple(_reason(clue) for clue in telling[:_REASONS])


def _reason(clue: Clue) -> str:
    match clue:
        case OfficeClue():
            verb = "was no longer in office after" if clue.former else "held that office"
            said = f"{clue.title} {clue.name} {verb} {_terms(clue.terms)}"
        case PersonClue():
            said = f"{clue.name} was in office {_terms(clue.terms)}"
        case ExistenceClue():
            said = f"{clue.name} exists since {clue.first.isoformat()}"
        case YearClue():
            said = f"the latest {'date' if clue.month else 'year'} it names is {clue.text!r}"
        case HappeningClue():
            said = f"{clue.name} was on {clue.day.isoformat()}"
        case NamedClue():
            said = f"{clue.name} {'is there since' if clue.lasting else 'was on'} {clue.day.isoformat()}"
        case SeasonalClue():
            told = {"past": "lies behind", "future": "is still to come", "unknown": "is near"}[clue.direction]
            said = f"{clue.text!r} {told}"
    return said


def _terms(terms: tuple[tuple[dt.date, dt.date], ...]) -> str:
    return ", ".join(
        f"{a.isoformat() if a > dt.date.min else '..'}/{b.isoformat() if b < dt.date.max else '..'}"
        for a, b in terms[:3]
    )


def _doubt(found: list[Clue], *, stated: dt.date, odds: float) -> str | None:
    """Why the stated date cannot be right, or None where it can."""
    if odds > _DOUBT or not FIRST <= stated <= LAST:
        return None
    against = min(found, key=lambda clue: at(weight(clue), stated))
    return f"{stated.isoformat()} does not go with the text: {_reason(against)}"
