"""The stage that dates an undated report from its own text, and doubts a date that the text speaks against."""

import datetime as dt
from collections.abc import Iterable

from depesche.details.dating.clues import (
    Clue,
    ExistenceClue,
    HappeningClue,
    OfficeClue,
    PersonClue,
    YearClue,
    clues,
)
from depesche.details.dating.weighing import FIRST, LAST, Interval, at, shortest, weigh, weight
from depesche.details.times import edtf as edtf_values
from depesche.record import ActorMention, Article, Mark, Publication, Span, TimeMention

_MASS = 0.85
_WIDEST = 3 * 366
"""Days from which on an interval says too little to be worth stating."""
_DOUBT = -6.0
_WHOLE_MONTHS = 45
"""Days from which on an interval is rounded outwards to whole months."""
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
        found = clues(article)
        if not found:
            return
        stated, _ = edtf_values.interval(article.meta.published.edtf)
        weights = weigh(found)
        interval = shortest(weights, mass=_MASS)
        telling = _telling(found, interval=interval)
        if not telling:
            return
        span = telling[0].span
        if stated is None:
            if (interval.last - interval.first).days <= _WIDEST:
                yield _inferred(interval, telling=telling, span=span)
        elif (doubt := _doubt(found, stated=stated, odds=at(weights, stated))) is not None:
            edtf = _spelled(interval) if (interval.last - interval.first).days <= _WIDEST else None
            yield Publication(
                span=span,
                why="the text speaks against the stated date",
                edtf=edtf,
                reasons=_reasons(telling),
                contradicts=doubt,
            )


def _inferred(interval: Interval, *, telling: list[Clue], span: Span) -> Publication:
    return Publication(
        span=span,
        why="inferred from offices held and the dates the text mentions",
        edtf=_spelled(interval),
        reasons=_reasons(telling),
    )


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
    if isinstance(clue, OfficeClue):
        verb = "was no longer in office after" if clue.former else "held that office"
        return f"{clue.title} {clue.name} {verb} {_terms(clue.terms)}"
    if isinstance(clue, PersonClue):
        return f"{clue.name} was in office {_terms(clue.terms)}"
    if isinstance(clue, ExistenceClue):
        return f"{clue.name} exists since {clue.first.isoformat()}"
    if isinstance(clue, YearClue):
        return f"the latest {'date' if clue.month else 'year'} it names is {clue.text!r}"
    if isinstance(clue, HappeningClue):
        return f"{clue.name} was on {clue.day.isoformat()}"
    told = {"past": "lies behind", "future": "is still to come", "unknown": "is near"}[clue.direction]
    return f"{clue.text!r} {told}"


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
