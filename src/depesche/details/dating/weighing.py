"""How clues weigh on each day on which a report may have been written.

Each clue gives every day a likelihood; their product is a distribution over days, and the shortest run of days that holds most of
it is the inferred interval. The numbers are shares counted in dated reports (`bench/dating.py`), rounded towards caution.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.details.dating.clues import Clue, ExistenceClue, OfficeClue, PersonClue, SeasonalClue, YearClue

Days = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

FIRST, LAST = dt.date(1985, 1, 1), dt.date(2027, 12, 31)
_DAYS: Days = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
_YEAR_OF: Days = np.array([dt.date.fromordinal(int(d)).year for d in _DAYS])
_DAY_OF_YEAR: Days = np.array([dt.date.fromordinal(int(d)).timetuple().tm_yday for d in _DAYS])

_YEAR = 365.25
_LAG = {-3: 0.01, -2: 0.02, -1: 0.05, 0: 0.45, 1: 0.13, 2: 0.08, 3: 0.05, 4: 0.04, 5: 0.03, 6: 0.02, 7: 0.02, 8: 0.02}
"""Share of reports that came out so many years after the latest year they name."""
_LAG_DATED = {-2: 0.01, -1: 0.06, 0: 0.66, 1: 0.1, 2: 0.04, 3: 0.02, 4: 0.02, 5: 0.01}
"""The same for the latest year that stands with a month."""
_FLOOR = 0.004
_OUT_OF_OFFICE = 0.01
_JUST_AFTER = 0.1
_SOFT = 0.6
"""People without a title are no independent witnesses; their weight is taken to this power."""


class Interval(NamedTuple):
    """An inferred interval: first and last day, the share of the distribution inside, and for each clue how much it narrows."""

    first: dt.date
    last: dt.date
    mass: float


def weigh(clues: list[Clue]) -> Weights:
    """The logarithm of the likelihood of each day from `FIRST` to `LAST`."""
    total = np.zeros(len(_DAYS))
    seasonal = 0
    for clue in clues:
        if isinstance(clue, SeasonalClue):
            seasonal += 1
        total += weight(clue) / (1.0 if not isinstance(clue, SeasonalClue) else 1.0 + 0.35 * (seasonal - 1))
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
    found = np.full(len(_DAYS), _OUT_OF_OFFICE)
    for term in clue.terms:
        first, last = _bounds(*term)
        if clue.former:
            found = np.maximum(found, np.where(last <= _DAYS, 1.0, _OUT_OF_OFFICE))
        else:
            found = np.maximum(found, np.where((_DAYS >= first - 3) & (last + 7 >= _DAYS), 1.0, _OUT_OF_OFFICE))
            found = np.maximum(found, np.where((_DAYS > last) & (last + 365 >= _DAYS), _JUST_AFTER, _OUT_OF_OFFICE))
    return found


def _person(clue: PersonClue) -> Weights:
    first = min(t[0] for t in clue.terms).toordinal()
    last = max(t[1] for t in clue.terms).toordinal()
    before = 0.35 * np.exp(-np.maximum(first - _DAYS, 0) / (2 * _YEAR))
    after = 0.5 * np.exp(-np.maximum(_DAYS - last, 0) / (4 * _YEAR))
    found = np.where(first > _DAYS, before, np.where(last < _DAYS, after, 1.0))
    return np.maximum(found, 0.03)


def _year(clue: YearClue) -> Weights:
    shares = _LAG_DATED if clue.month is not None else _LAG
    by_year = {year: max(shares.get(year - clue.year, 0.0), _FLOOR) for year in range(FIRST.year, LAST.year + 1)}
    found = np.array([by_year[y] for y in range(FIRST.year, LAST.year + 1)])[_YEAR_OF - FIRST.year]
    if clue.month is not None and not clue.ahead:
        # A dated past event: not before it, and mostly soon after.
        happened = dt.date(clue.year, clue.month, clue.day or 1).toordinal() if _exists(clue) else dt.date(clue.year, clue.month, 1).toordinal()
        since = _DAYS - happened
        recent = np.where(since < -2, 0.03, 0.3 + np.exp(-np.maximum(since, 0) / 60))
        found = found * recent
    return found


def _exists(clue: YearClue) -> bool:
    try:
        dt.date(clue.year, clue.month or 1, clue.day or 1)
    except ValueError:
        return False
    return True


def _seasonal(clue: SeasonalClue) -> Weights:
    day = min(clue.day or 15, 28)
    target = dt.date(2001, clue.month, day).timetuple().tm_yday
    slack = 0 if clue.day else 15
    since = (_DAY_OF_YEAR - target) % 365
    until = (target - _DAY_OF_YEAR) % 365
    past = 0.04 + np.exp(-np.maximum(since - slack, 0) / 45.0)
    past = np.where(until <= slack, 1.0, past)
    future = 0.04 + np.exp(-np.maximum(until - slack, 0) / 60.0)
    future = np.where(since <= slack, 1.0, future)
    if clue.direction == "past":
        found = past
    elif clue.direction == "future":
        found = 0.75 * future + 0.25 * past
    else:
        found = 0.5 * (past + future)
    if clue.weekday is not None and clue.day is not None:
        found = found * _on_weekday(clue, since=since, until=until)
    return found


def _on_weekday(clue: SeasonalClue, *, since: Days, until: Days) -> Weights:
    """"Dienstag, 26. Juli": only one year in six has both."""
    meant = np.where(since <= until, _DAYS - since, _DAYS + until)
    # Around a leap day the count of days may be off by one.
    assert clue.weekday is not None
    weekday = (meant - 1) % 7 + 1
    off = np.minimum((weekday - clue.weekday) % 7, (clue.weekday - weekday) % 7)
    return np.where(off == 0, 1.0, np.where(off == 1, 0.1, 0.05))
