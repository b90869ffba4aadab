"""How clues weigh on each day on which a report may have been written.

Each clue gives every day a likelihood; their product is a distribution over days, and the shortest run of days that holds most of
it is the inferred interval. The numbers are shares counted in dated reports (`bench/dating.py`), rounded towards caution.
"""

import datetime as dt
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
    YearClue,
)

Days = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

FIRST, LAST = dt.date(1985, 1, 1), dt.date(2027, 12, 31)
_DAYS: Days = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
_YEAR_OF: Days = np.array([dt.date.fromordinal(int(d)).year for d in _DAYS])
_MONTH_OF: Days = np.array([d.year * 12 + d.month for d in map(dt.date.fromordinal, map(int, _DAYS))])
_DAY_OF_MONTH: Days = np.array([dt.date.fromordinal(int(d)).day for d in _DAYS])
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


class Interval(NamedTuple):
    """An inferred interval: first and last day, the share of the distribution inside, and for each clue how much it narrows."""

    first: dt.date
    last: dt.date
    mass: float


def weigh(clues: list[Clue]) -> Weights:
    """The logarithm of the likelihood of each day from `FIRST` to `LAST`."""
    total = np.zeros(len(_DAYS))
    for kind, each in _CROWD.items():
        found = [clue for clue in clues if isinstance(clue, kind)]
        for clue in found:
            total += weight(clue) / (1.0 + each * (len(found) - 1))
    return total


@lru_cache(maxsize=64)
def weight(clue: Clue) -> Weights:
    """The logarithm of what one clue says of each day; kept, since the reasons ask for it again, and so not to be written to."""
    match clue:
        case OfficeClue():
            shares = _office(clue)
        case PersonClue():
            shares = _person(clue) ** _SOFT
        case ExistenceClue():
            shares = np.where(clue.first.toordinal() - 180 <= _DAYS, 1.0, 0.03)
        case YearClue():
            shares = _year(clue)
        case HappeningClue():
            shares = _happening(clue)
        case NamedClue():
            shares = _named(clue)
        case SeasonalClue():
            shares = _seasonal(clue)
    return np.log(shares)


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


def _bounds(first: dt.date, last: dt.date) -> tuple[int, int]:
    return first.toordinal(), last.toordinal()


def _office(clue: OfficeClue) -> Weights:
    first = min(t[0] for t in clue.terms).toordinal()
    if clue.former:
        return np.where(first <= _DAYS, 1.0, _NOT_YET)
    found = np.where(first > _DAYS, _NOT_YET, _NO_LONGER)
    for term in clue.terms:
        begin, end = _bounds(*term)
        found = np.maximum(found, np.where((begin > _DAYS) & (begin - _SHORTLY_BEFORE <= _DAYS), _ALMOST, 0.0))
        found = np.maximum(found, np.where((begin - 3 <= _DAYS) & (end + 7 >= _DAYS), 1.0, 0.0))
        found = np.maximum(found, np.where((end < _DAYS) & (end + _SHORTLY_AFTER >= _DAYS), _JUST_OVER, 0.0))
    return found


def _person(clue: PersonClue) -> Weights:
    first = min(t[0] for t in clue.terms).toordinal()
    last = max(t[1] for t in clue.terms).toordinal()
    found = np.ones(len(_DAYS))
    for years, share in _PERSON_BEFORE:
        found = np.where(first - years * _YEAR > _DAYS, share, found)
    for years, share in _PERSON_AFTER:
        found = np.where(last + years * _YEAR < _DAYS, share, found)
    return found


def _year(clue: YearClue) -> Weights:
    if clue.month is None:
        lags = _LAG_YEARS_AHEAD if clue.ahead else _LAG_YEARS
        by_year = [lags.get(year - clue.year, _FLOOR) for year in range(FIRST.year, LAST.year + 1)]
        return np.array(by_year)[_YEAR_OF - FIRST.year]
    steps = _steps(clue)
    months = _MONTH_OF - (clue.year * 12 + clue.month)
    found = np.full(len(_DAYS), steps[0][1])
    for start, share in steps[1:]:
        found = np.where(months >= start, share, found)
    if clue.day is not None and not clue.ahead:
        # Told as past, it does not lie ahead within its month.
        found = np.where((months == 0) & (clue.day > _DAY_OF_MONTH), 0.1 * found, found)
    return found


def _steps(clue: YearClue) -> tuple[tuple[int, float], ...]:
    if clue.ahead:
        return _LAG_AHEAD
    if clue.day is None:
        return _LAG_MONTH
    return _LAG_WEEKDAY if clue.weekday else _LAG_LEAD if clue.leads else _LAG_DAY


def _seasonal(clue: SeasonalClue) -> Weights:
    day = min(clue.day or 15, 28)
    target = dt.date(2001, clue.month, day).timetuple().tm_yday
    slack = 0 if clue.day else 15
    since = (_DAYS_OF_YEAR - target) % 365
    until = (target - _DAYS_OF_YEAR) % 365
    floor = 0.05 if clue.day else 0.15
    past = floor + np.exp(-np.maximum(since - slack, 0) / 45.0)
    past = np.where(until <= slack, 1.0, past)
    future = floor + np.exp(-np.maximum(until - slack, 0) / 45.0)
    future = np.where(since <= slack, 1.0, future)
    ahead = {"past": 0.08, "future": 0.7, "unknown": 0.5}[clue.direction]
    found = (ahead * future + (1 - ahead) * past)[_DAY_OF_YEAR]
    if clue.weekday is not None and clue.day is not None:
        found = found * _on_weekday(clue, since=since[_DAY_OF_YEAR], until=until[_DAY_OF_YEAR])
    return found


def _happening(clue: HappeningClue) -> Weights:
    since = _DAYS - clue.day.toordinal()
    return np.where((since >= -_MARGIN) & (since < _ELEVEN_MONTHS), 1.0, _OTHER_HAPPENING)


def _named(clue: NamedClue) -> Weights:
    since = _DAYS - clue.day.toordinal()
    found = np.where(since >= -_MARGIN, 1.0, _UNHEARD)
    if clue.expected:
        found = np.where((since < -_MARGIN) & (since >= -_SHORTLY_BEFORE), _ALMOST, found)
    if clue.lasting:
        return found
    for years, share in _ECHO:
        found = np.where(since >= years * _YEAR, share, found)
    return found


def _on_weekday(clue: SeasonalClue, *, since: Days, until: Days) -> Weights:
    """How a weekday beside a day and month weighs: only one year in six has both."""
    meant = np.where(since <= until, _DAYS - since, _DAYS + until)
    # Around a leap day the count of days may be off by one.
    assert clue.weekday is not None
    weekday = (meant - 1) % 7 + 1
    off = np.minimum((weekday - clue.weekday) % 7, (clue.weekday - weekday) % 7)
    return np.where(off == 0, 1.0, np.where(off == 1, 0.1, 0.05))
