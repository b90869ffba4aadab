"""How clues weigh on each day on which a report may have been written.

Each clue gives every day a likelihood; their product is a distribution over days, and the shortest run of days that holds most of
it is the inferred interval. The numbers are shares counted in dated reports (`bench/dating.py`), rounded towards caution.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.details.dating.clues import (
    Clue,
    ExistenceClue,
    HappeningClue,
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
_DAY_OF_YEAR: Days = np.array([dt.date.fromordinal(int(d)).timetuple().tm_yday for d in _DAYS])

_YEAR = 365.25
_LAG_YEARS = {
    -4: 0.012, -3: 0.012, -2: 0.02, -1: 0.07, 0: 0.14, 1: 0.12, 2: 0.08, 3: 0.06, 4: 0.06, 5: 0.04, 6: 0.03, 7: 0.03, 8: 0.03,
    9: 0.02, 10: 0.02, 12: 0.02,
}  # fmt: skip
"""Share of reports that came out so many years after the latest year they name alone."""
_LAG_MONTH = (
    (-400, 0.0005),
    (-12, 0.007),
    (-1, 0.015),
    (1, 0.033),
    (7, 0.023),
    (13, 0.021),
    (25, 0.0045),
    (49, 0.0025),
)
"""For a month with its year: share per month of lag, from each lag on; recent months go without their year."""
_LAG_DAY = (
    (-400, 0.0005),
    (-12, 0.008),
    (-1, 0.06),
    (0, 0.38),
    (1, 0.06),
    (2, 0.013),
    (7, 0.007),
    (13, 0.003),
    (49, 0.0025),
)
_LAG_LEAD = (
    (-400, 0.0003),
    (-12, 0.003),
    (-1, 0.03),
    (0, 0.7),
    (1, 0.06),
    (2, 0.01),
    (7, 0.006),
    (13, 0.002),
    (49, 0.001),
)
"""The same for a full date, and for one in the first sentence."""
_LAG_AHEAD = (
    (-400, 0.002),
    (-36, 0.008),
    (-24, 0.015),
    (-12, 0.04),
    (-3, 0.07),
    (1, 0.02),
    (2, 0.008),
    (13, 0.005),
    (25, 0.002),
)
"""The same for a date with its year that is told as to come; the cues of the future are often wrong."""
_FLOOR = 0.008
_NOT_YET = 0.015
_NO_LONGER = 0.08
"""Titles outlive offices ("President Reagan"), but are hardly given before them."""
_MARGIN, _ELEVEN_MONTHS = 2, 330
"""Days: of time zones around a happening, and of how long it goes by its month alone."""
_OTHER_HAPPENING = 0.05
"""Share of texts in which the same words and month mean another year's happening."""
_SOFT = 0.5
"""People without a title are no independent witnesses; their weight is taken to this power."""
_CROWD: dict[type[Clue], float] = {
    OfficeClue: 0.0, PersonClue: 0.3, ExistenceClue: 0.0, YearClue: 0.8, SeasonalClue: 0.2, HappeningClue: 0.0,
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


def weight(clue: Clue) -> Weights:
    """The logarithm of what one clue says of each day."""
    if isinstance(clue, OfficeClue):
        return np.log(_office(clue))
    if isinstance(clue, PersonClue):
        return _SOFT * np.log(_person(clue))
    if isinstance(clue, ExistenceClue):
        return np.log(np.where(clue.first.toordinal() - 180 <= _DAYS, 1.0, 0.03))
    if isinstance(clue, YearClue):
        return np.log(_year(clue))
    if isinstance(clue, HappeningClue):
        return np.log(_happening(clue))
    return np.log(_seasonal(clue))


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
        found = np.maximum(found, np.where((begin - 3 <= _DAYS) & (end + 7 >= _DAYS), 1.0, 0.0))
        found = np.maximum(found, np.where((end < _DAYS) & (end + 180 >= _DAYS), 0.15, 0.0))
    return found


def _person(clue: PersonClue) -> Weights:
    first = min(t[0] for t in clue.terms).toordinal()
    last = max(t[1] for t in clue.terms).toordinal()
    before = np.maximum(0.6 * np.exp(-np.maximum(first - _DAYS, 0) / (2 * _YEAR)), 0.15)
    after = np.maximum(0.6 * np.exp(-np.maximum(_DAYS - last, 0) / (5 * _YEAR)), 0.25)
    return np.where(first > _DAYS, before, np.where(last < _DAYS, after, 1.0))


def _year(clue: YearClue) -> Weights:
    if clue.month is None:
        by_year = [_LAG_YEARS.get(year - clue.year, _FLOOR) for year in range(FIRST.year, LAST.year + 1)]
        return np.array(by_year)[_YEAR_OF - FIRST.year]
    steps = _LAG_LEAD if clue.leads and clue.day else _LAG_AHEAD if clue.ahead else _LAG_DAY if clue.day else _LAG_MONTH
    lags = _MONTH_OF - (clue.year * 12 + clue.month)
    found = np.full(len(_DAYS), steps[0][1])
    for start, share in steps[1:]:
        found = np.where(lags >= start, share, found)
    if clue.day is not None and not clue.ahead:
        # Told as past, it does not lie ahead within its month.
        found = np.where((lags == 0) & (clue.day > _DAY_OF_MONTH), 0.1 * found, found)
    return found


def _seasonal(clue: SeasonalClue) -> Weights:
    day = min(clue.day or 15, 28)
    target = dt.date(2001, clue.month, day).timetuple().tm_yday
    slack = 0 if clue.day else 15
    since = (_DAY_OF_YEAR - target) % 365
    until = (target - _DAY_OF_YEAR) % 365
    floor = 0.05 if clue.day else 0.15
    past = floor + np.exp(-np.maximum(since - slack, 0) / 45.0)
    past = np.where(until <= slack, 1.0, past)
    future = floor + np.exp(-np.maximum(until - slack, 0) / 45.0)
    future = np.where(since <= slack, 1.0, future)
    ahead = {"past": 0.08, "future": 0.7, "unknown": 0.5}[clue.direction]
    found = ahead * future + (1 - ahead) * past
    if clue.weekday is not None and clue.day is not None:
        found = found * _on_weekday(clue, since=since, until=until)
    return found


def _happening(clue: HappeningClue) -> Weights:
    since = _DAYS - clue.day.toordinal()
    return np.where((since >= -_MARGIN) & (since < _ELEVEN_MONTHS), 1.0, _OTHER_HAPPENING)


def _on_weekday(clue: SeasonalClue, *, since: Days, until: Days) -> Weights:
    """How a weekday beside a day and month weighs: only one year in six has both."""
    meant = np.where(since <= until, _DAYS - since, _DAYS + until)
    # Around a leap day the count of days may be off by one.
    assert clue.weekday is not None
    weekday = (meant - 1) % 7 + 1
    off = np.minimum((weekday - clue.weekday) % 7, (clue.weekday - weekday) % 7)
    return np.where(off == 0, 1.0, np.where(off == 1, 0.1, 0.05))
