"""How clues weigh on each day on which a report may have been written.

Each clue gives every day a likelihood; their product is a distribution over days, and the shortest run of days that holds most of
it is the inferred interval. The numbers are shares counted in dated reports (`bench/dating.py`), rounded towards caution.
"""

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.details.dating.clues import (
    Clue,
    ExistenceClue,
    HappeningClue,
    NamedClue,
    OfficeClue,
    PersonClue,
    SeasonalClue,
    Term,
    YearClue,
)

Days = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

FIRST, LAST = dt.date(1985, 1, 1), dt.date(2027, 12, 31)
_DAYS: Days = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
_YEAR_OF: Days = np.array([dt.date.fromordinal(int(d)).year for d in _DAYS])
_MONTH_OF: Days = np.array([d.year * 12 + d.month for d in map(dt.date.fromordinal, map(int, _DAYS))])
_DAY_OF_MONTH: Days = np.array([dt.date.fromordinal(int(d)).day for d in _DAYS])
_NEW_YEARS: Days = np.flatnonzero(np.diff(_YEAR_OF, prepend=0))
_DAYS_OF_YEAR: Days = np.arange(367)
"""Each number that `_DAY_OF_YEAR` can hold: what depends on nothing else is told once for each."""
_DAY_OF_YEAR: Days = np.array([dt.date.fromordinal(int(d)).timetuple().tm_yday for d in _DAYS])

_YEAR = 365.25
_LAG_YEARS = {
    -4: 0.012, -3: 0.012, -2: 0.012, -1: 0.05, 0: 0.09, 1: 0.16, 2: 0.08, 3: 0.08, 4: 0.07, 5: 0.04, 6: 0.03, 7: 0.03, 8: 0.04,
    9: 0.02,
}  # fmt: skip
"""Share of reports that came out so many years after the latest year they name alone; `_FLOOR` for other years."""
_LAG_YEARS_AHEAD = {-6: 0.05, -5: 0.1, -4: 0.1, -3: 0.12, -2: 0.15, -1: 0.2, 0: 0.1}
"""The same where the grammar puts that year ahead."""
_LAG_MONTH = (
    (-400, 0.0003),
    (-12, 0.003),
    (-1, 0.01),
    (0, 0.05),
    (1, 0.09),
    (2, 0.04),
    (5, 0.025),
    (14, 0.012),
    (26, 0.005),
    (62, 0.0006),
)
"""For a month with its year: share per month of lag, from each lag on; recent months go without their year."""
_LAG_DAY = (
    (-400, 0.0003),
    (-24, 0.003),
    (-7, 0.02),
    (0, 0.26),
    (1, 0.05),
    (2, 0.025),
    (8, 0.012),
    (14, 0.0015),
    (38, 0.0009),
    (122, 0.0007),
)
_LAG_LEAD = (
    (-400, 0.0002),
    (-12, 0.002),
    (-1, 0.03),
    (0, 0.66),
    (1, 0.08),
    (2, 0.008),
    (8, 0.004),
    (14, 0.001),
    (38, 0.0005),
)
_LAG_WEEKDAY = (
    (-400, 0.00005),
    (-12, 0.002),
    (-1, 0.03),
    (0, 0.8),
    (1, 0.1),
    (2, 0.006),
    (8, 0.001),
    (20, 0.0001),
)
"""The same for a full date, for one in the first sentence, and for one with its weekday, which nobody gives of days long past."""
_LAG_AHEAD = (
    (-400, 0.001),
    (-60, 0.004),
    (-36, 0.01),
    (-24, 0.02),
    (-12, 0.05),
    (-6, 0.08),
    (1, 0.01),
    (2, 0.003),
    (13, 0.001),
)
"""The same for a date with its year that the sentence outright puts ahead."""
_FLOOR = 0.009
_ALMOST, _NOT_YET = 0.15, 0.006
_JUST_OVER, _NO_LONGER = 0.15, 0.02
"""Titles outlive offices ("President Reagan") a little, and are given before them to who is elected or runs."""
_SHORTLY_BEFORE, _SHORTLY_AFTER = 365, 180
"""Days."""
_PERSON_BEFORE = ((0, 1.0), (0.5, 0.5), (2, 0.12))
_PERSON_AFTER = ((0, 1.0), (0.5, 0.5), (4, 0.3), (8, 0.1))
"""How often people without a title are named before and after their time in office, by years; 1 while in it."""
_MARGIN, _ELEVEN_MONTHS = 2, 330
"""Days: of time zones around a happening, and of how long it goes by its month alone."""
_OTHER_HAPPENING = 0.05
"""Share of texts in which the same words and month mean another year's happening."""
_UNHEARD = 0.02
_ECHO = ((0, 1.0), (1, 0.6), (4, 0.3), (8, 0.2), (12, 0.12))
"""How often a happening is still named after so many years."""
_SOFT = 0.5
"""People without a title are no independent witnesses; their weight is taken to this power."""
_CROWD: dict[type[Clue], float] = {
    OfficeClue: 0.0, PersonClue: 0.3, ExistenceClue: 0.0, YearClue: 0.8, SeasonalClue: 0.2, HappeningClue: 0.0,
    NamedClue: 0.5,
}  # fmt: skip
"""How much each further clue of a kind takes from the weight of all of them: what tells of one past tells of it in many words."""
_ROUNDING = 1e-6
"""More than sums of a few logarithms are off."""


class Interval(NamedTuple):
    """An inferred interval: first and last day, the share of the distribution inside, and for each clue how much it narrows."""

    first: dt.date
    last: dt.date
    mass: float


class Runs(NamedTuple):
    """What a clue says of days, told once for each run of days of which it says the same.

    Attributes:
        starts: index of the first day of each run, counted from `FIRST`; the first is 0.
        logs: the logarithm of the likelihood of its days.
    """

    starts: Days
    logs: Weights


def weigh(clues: list[Clue]) -> Weights:
    """The logarithm of the likelihood of each day from `FIRST` to `LAST`."""
    total = np.zeros(len(_DAYS))
    for clue, share in _shared(clues):
        total += weight(clue) / share if share != 1.0 else weight(clue)
    return total


def least(clues: list[Clue], day: dt.date) -> float:
    """What `at` of their weights is at least: how much each clue by itself would rather have another day; far cheaper."""
    if not FIRST <= day <= LAST:
        return 0.0
    index = day.toordinal() - FIRST.toordinal()
    return sum(_preferred(clue, index) / share for clue, share in _shared(clues)) - _ROUNDING


def _shared(clues: list[Clue]) -> Iterator[tuple[Clue, float]]:
    """Each clue, kind by kind, with what its weight is divided by."""
    for kind, each in _CROWD.items():
        found = [clue for clue in clues if isinstance(clue, kind)]
        for clue in found:
            yield clue, 1.0 + each * (len(found) - 1)


def _preferred(clue: Clue, index: int) -> float:
    """How much less one clue thinks of a day than of its likeliest one."""
    if isinstance(clue, SeasonalClue):
        weights = weight(clue)
        return float(weights[index] - weights.max())
    starts, logs = _runs(clue)
    return float(logs[starts.searchsorted(index, "right") - 1] - logs.max())


@lru_cache(maxsize=64)
def weight(clue: Clue) -> Weights:
    """The logarithm of what one clue says of each day; kept, since the reasons ask for it again, and so not to be written to."""
    if isinstance(clue, SeasonalClue):
        return _seasonal(clue)
    starts, logs = _runs(clue)
    return np.repeat(logs, np.diff(starts, append=len(_DAYS)))


def _runs(clue: Clue) -> Runs:
    match clue:
        case OfficeClue():
            return _office(clue.terms, former=clue.former)
        case PersonClue():
            return _person(clue.terms)
        case ExistenceClue():
            return _existence(clue.first)
        case YearClue():
            return _year(clue)
        case HappeningClue():
            return _happening(clue.day)
        case NamedClue():
            return _named(clue.day, expected=clue.expected, lasting=clue.lasting)
        case SeasonalClue():
            raise AssertionError("what a season says turns with the year")


def _starts(borders: Iterable[float]) -> Days:
    """Where runs can begin: the first day of all, and on either side of each border, given as a day's ordinal number."""
    first, count = FIRST.toordinal(), len(_DAYS)
    near = {math.floor(border) - first + step for border in borders for step in (0, 1)}
    return np.array(sorted({0, *(index for index in near if 0 < index < count)}))


def shortest(log_weights: Weights, *, mass: float) -> Interval:
    """The shortest run of days that holds at least `mass` of the distribution."""
    weights = np.exp(log_weights - log_weights.max())
    share = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    ends = np.searchsorted(share, share + mass)
    starts = np.arange(len(share))
    fits = ends < len(share)
    widths = np.where(fits, ends - starts, len(share))
    best = int(np.argmin(widths))
    last = int(ends[best]) - 1
    return Interval(_date(best), _date(last), float(share[int(ends[best])] - share[best]))


def at(log_weights: Weights, day: dt.date) -> float:
    """How much less likely a day is than the likeliest one, as a logarithm (0 for the likeliest)."""
    if not FIRST <= day <= LAST:
        return 0.0
    return float(log_weights[day.toordinal() - FIRST.toordinal()] - log_weights.max())


def _date(index: int) -> dt.date:
    return FIRST + dt.timedelta(min(index, len(_DAYS) - 1))


@lru_cache(maxsize=1024)
def _office(terms: tuple[Term, ...], *, former: bool) -> Runs:
    first = min(t[0] for t in terms).toordinal()
    bounds = [(begin.toordinal(), end.toordinal()) for begin, end in terms]
    edges = [(a - _SHORTLY_BEFORE, a - 3, a, b, b + 7, b + _SHORTLY_AFTER) for a, b in bounds]
    starts = _starts([first, *itertools.chain.from_iterable(edges)])
    days = _DAYS[starts]
    if former:
        return Runs(starts, np.log(np.where(first <= days, 1.0, _NOT_YET)))
    found = np.where(first > days, _NOT_YET, _NO_LONGER)
    for begin, end in bounds:
        found = np.maximum(found, np.where((begin > days) & (begin - _SHORTLY_BEFORE <= days), _ALMOST, 0.0))
        found = np.maximum(found, np.where((begin - 3 <= days) & (end + 7 >= days), 1.0, 0.0))
        found = np.maximum(found, np.where((end < days) & (end + _SHORTLY_AFTER >= days), _JUST_OVER, 0.0))
    return Runs(starts, np.log(found))


@lru_cache(maxsize=1024)
def _person(terms: tuple[Term, ...]) -> Runs:
    first = min(t[0] for t in terms).toordinal()
    last = max(t[1] for t in terms).toordinal()
    before = [(first - years * _YEAR, share) for years, share in _PERSON_BEFORE]
    after = [(last + years * _YEAR, share) for years, share in _PERSON_AFTER]
    starts = _starts(border for border, _ in (*before, *after))
    days = _DAYS[starts]
    found = np.ones(len(days))
    for border, share in before:
        found = np.where(border > days, share, found)
    for border, share in after:
        found = np.where(border < days, share, found)
    return Runs(starts, np.log(found**_SOFT))


@lru_cache(maxsize=1024)
def _existence(first: dt.date) -> Runs:
    begun = first.toordinal() - 180
    starts = _starts([begun])
    return Runs(starts, np.log(np.where(begun <= _DAYS[starts], 1.0, 0.03)))


@lru_cache(maxsize=64)
def _year(clue: YearClue) -> Runs:
    if clue.month is None:
        lags = _LAG_YEARS_AHEAD if clue.ahead else _LAG_YEARS
        by_year = [lags.get(year - clue.year, _FLOOR) for year in range(FIRST.year, LAST.year + 1)]
        return Runs(_NEW_YEARS, np.log(np.array(by_year)))
    steps = _steps(clue)
    base = clue.year * 12 + clue.month
    edges = _MONTH_OF.searchsorted([base + start for start, _ in steps[1:]]).tolist()
    if clue.day is not None:
        this, after = _MONTH_OF.searchsorted([base, base + 1]).tolist()
        edges += [this, this + clue.day - 1, after]
    starts = np.array(sorted({0, *(edge for edge in edges if edge < len(_DAYS))}))
    months = _MONTH_OF[starts] - base
    found = np.full(len(starts), steps[0][1])
    for start, share in steps[1:]:
        found = np.where(months >= start, share, found)
    if clue.day is not None and not clue.ahead:
        # Told as past, it does not lie ahead within its month.
        found = np.where((months == 0) & (clue.day > _DAY_OF_MONTH[starts]), 0.1 * found, found)
    return Runs(starts, np.log(found))


def _steps(clue: YearClue) -> tuple[tuple[int, float], ...]:
    if clue.ahead:
        return _LAG_AHEAD
    if clue.day is None:
        return _LAG_MONTH
    return _LAG_WEEKDAY if clue.weekday else _LAG_LEAD if clue.leads else _LAG_DAY


def _seasonal(clue: SeasonalClue) -> Weights:
    shares, since, until = _season(clue.month, clue.day, clue.direction)
    if clue.weekday is None or clue.day is None:
        return np.log(shares)[_DAY_OF_YEAR]
    on_weekday = _on_weekday(clue, since=since[_DAY_OF_YEAR], until=until[_DAY_OF_YEAR])
    return np.log(shares[_DAY_OF_YEAR] * on_weekday)


@lru_cache(maxsize=1024)
def _season(month: int, day: int | None, direction: str) -> tuple[Weights, Days, Days]:
    """The shares of the days of a year, and how many days lie between each and the day meant, behind and ahead."""
    target = dt.date(2001, month, min(day or 15, 28)).timetuple().tm_yday
    slack = 0 if day else 15
    since = (_DAYS_OF_YEAR - target) % 365
    until = (target - _DAYS_OF_YEAR) % 365
    floor = 0.05 if day else 0.15
    past = floor + np.exp(-np.maximum(since - slack, 0) / 45.0)
    past = np.where(until <= slack, 1.0, past)
    future = floor + np.exp(-np.maximum(until - slack, 0) / 45.0)
    future = np.where(since <= slack, 1.0, future)
    ahead = {"past": 0.08, "future": 0.7, "unknown": 0.5}[direction]
    return ahead * future + (1 - ahead) * past, since, until


@lru_cache(maxsize=1024)
def _happening(day: dt.date) -> Runs:
    starts = _starts(day.toordinal() + edge for edge in (-_MARGIN, _ELEVEN_MONTHS))
    since = _DAYS[starts] - day.toordinal()
    return Runs(starts, np.log(np.where((since >= -_MARGIN) & (since < _ELEVEN_MONTHS), 1.0, _OTHER_HAPPENING)))


@lru_cache(maxsize=1024)
def _named(day: dt.date, *, expected: bool, lasting: bool) -> Runs:
    echoes = [years * _YEAR for years, _ in _ECHO]
    starts = _starts(day.toordinal() + edge for edge in (-_SHORTLY_BEFORE, -_MARGIN, *echoes))
    since = _DAYS[starts] - day.toordinal()
    found = np.where(since >= -_MARGIN, 1.0, _UNHEARD)
    if expected:
        found = np.where((since < -_MARGIN) & (since >= -_SHORTLY_BEFORE), _ALMOST, found)
    if not lasting:
        for years, share in _ECHO:
            found = np.where(since >= years * _YEAR, share, found)
    return Runs(starts, np.log(found))


def _on_weekday(clue: SeasonalClue, *, since: Days, until: Days) -> Weights:
    """How a weekday beside a day and month weighs: only one year in six has both."""
    meant = np.where(since <= until, _DAYS - since, _DAYS + until)
    # Around a leap day the count of days may be off by one.
    assert clue.weekday is not None
    weekday = (meant - 1) % 7 + 1
    off = np.minimum((weekday - clue.weekday) % 7, (clue.weekday - weekday) % 7)
    return np.where(off == 0, 1.0, np.where(off == 1, 0.1, 0.05))
