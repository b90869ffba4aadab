"""A publication date that the text's own dates speak against, and the year that they speak for.

"Der Lehrgang soll im Frühjahr 2015 starten" was not written in November 2015, nor "Donnerstag, 18. Dezember" in a year in which that
was a Friday. Mostly the year is what is wrong, so the report is taken to be of the nearest year with which the text agrees, at
about the same time of the year; what hangs on the very day then stays unresolved.
"""

import datetime as dt
from collections.abc import Sequence

from depesche.details.times.anchoring import Anchor, resolve
from depesche.details.times.meaning import Meaning
from depesche.details.times.stretches import in_year
from depesche.record import TimeMention

_NEAR = (-1, -2, 1, 2)
"""Years that a date may be off; what lies further away is history, told lively. Pages are dated too late more often than too early."""
_AROUND = dt.timedelta(30)
"""How far the day may be off once the year was wrong."""
_TOLD_WITHIN = 183
"""Days before and after the report within which a day and month without a year lie."""


def agreed(anchor: Anchor, reads: Sequence[tuple[TimeMention, Meaning]]) -> tuple[Anchor, str | None]:
    """The anchor with which the dates of the text agree, and what they say against the one given; None where nothing.

    Args:
        anchor: when the page says that it was published; an interval is taken as it stands.
        reads: the time mentions of the text with their meanings.
    """
    if not anchor.exact:
        return anchor, None
    day = anchor.first
    against = _against(day, reads)
    if against is None:
        return anchor, None
    for years in _NEAR:
        other = _moved(day, years=years)
        if other is not None and _against(other, reads) is None:
            return Anchor(other - _AROUND, other + _AROUND), against
    return anchor, None


def _against(day: dt.date, reads: Sequence[tuple[TimeMention, Meaning]]) -> str | None:
    for mention, meaning in reads:
        if mention.direction == "future" and meaning.absolute and meaning.y is not None:
            found = resolve(meaning, anchor=None, told=None, direction="unknown")
            if found is not None and found.last < day - _AROUND:
                return f"on {day} what it tells as to come, {found.value}, was over"
        elif meaning.wd is not None and meaning.d is not None and meaning.m is not None and meaning.y is None:
            weekday = _weekday_near(day, meaning)
            if weekday is not None and weekday != meaning.wd:
                return f"near {day} --{meaning.m:02}-{meaning.d:02} was another day of the week"
    return None


def _weekday_near(day: dt.date, meaning: Meaning) -> int | None:
    """The weekday of a day and month in the year in which it lies nearest to a report."""
    for year in (day.year - 1, day.year, day.year + 1):
        found = in_year(meaning, year=year) if 1 <= year <= dt.MAXYEAR else None
        if found is not None and abs((found.first - day).days) <= _TOLD_WITHIN:
            return found.first.isoweekday()
    return None


def _moved(day: dt.date, *, years: int) -> dt.date | None:
    try:
        return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
    except ValueError:
        return None
