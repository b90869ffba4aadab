"""From a meaning and an anchor to days: which Tuesday, which August, which year.

An anchor is the interval in which the report was published. Everything is computed from both of its ends; where they
disagree, the expression stays unresolved. Without an anchor only what is absolute is resolved.
"""

import datetime as dt
from typing import Literal, NamedTuple

import msgspec

from depesche.details.times import stretches
from depesche.details.times.meaning import Meaning
from depesche.details.times.stretches import Stretch

Direction = Literal["past", "future", "unknown"]

_STALE = 270
"""Days after which an editor adds the year or says "last": "the 1st of August" told in July is not that of last year.

Within one calendar year nobody does: "im Januar hatten sie" in a report of December."""
_SOON = 95
_FAR_AHEAD, _JUST_OVER = 200, 60
"""Days ahead from which on a date that is just over is meant after all: "the third quarter" in October."""
_AHEAD = 10
"""Years ahead up to which a year of two digits is still read as to come."""


class Anchor(NamedTuple):
    """The days between which the report came out."""

    first: dt.date
    last: dt.date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


def resolve(meaning: Meaning, *, anchor: Anchor | None, told: Stretch | None, direction: Direction) -> Stretch | None:
    """The days that an expression means; None where they hang on an anchor that is not known well enough.

    Args:
        meaning: what its words say.
        anchor: when the report was published.
        told: the time last spoken of in the text, for what is reckoned from it.
        direction: what the grammar says.
    """
    try:
        return _resolved(meaning, anchor=anchor, told=told, direction=direction)
    except (ValueError, OverflowError):
        # The calendar of the standard library ends with the year 9999 and knows none before 1.
        return None


def _resolved(meaning: Meaning, *, anchor: Anchor | None, told: Stretch | None, direction: Direction) -> Stretch | None:
    if meaning.absolute:
        return _absolute(meaning)
    if meaning.base == "text" and told is not None:
        return _from(meaning, day=told.first, told=told, direction=direction)
    if anchor is None:
        return None
    early = _from(meaning, day=anchor.first, told=told, direction=direction)
    if anchor.exact or early is None:
        return early
    late = _from(meaning, day=anchor.last, told=told, direction=direction)
    return early if late is not None and late.value == early.value and late.first == early.first else None


def nearest(meaning: Meaning, *, told: Stretch) -> Stretch | None:
    """A date without a year in a text that tells a story: the one nearest to the time last spoken of."""
    found = _candidates(meaning, around=told.first)
    if not found:
        return None
    same = [c for c in found if c.first.year == told.first.year]
    if same:
        return stretches.part_of(same[0], meaning.part)
    best = min(found, key=lambda c: abs((c.first - told.first).days))
    return stretches.part_of(best, meaning.part)


def _absolute(meaning: Meaning) -> Stretch | None:
    if meaning.century is not None:
        if meaning.bc:
            return None
        return stretches.part_of(stretches.century(meaning.century), meaning.part) if meaning.century < 100 else None  # noqa: PLR2004
    if meaning.decade is not None:
        return stretches.part_of(stretches.decade(int(meaning.decade)), meaning.part)
    if meaning.bc or meaning.y is None or int(meaning.y) < 1:
        return None
    number = int(meaning.y)
    found = stretches.in_year(meaning, year=number)
    if found is None and meaning.d is not None:
        return None
    return stretches.part_of(found or stretches.year(number), meaning.part)


def _from(meaning: Meaning, *, day: dt.date, told: Stretch | None, direction: Direction) -> Stretch | None:
    direction = meaning.dir or direction
    if meaning.days is not None:
        return _window(meaning, day=day)
    if meaning.unit is not None and meaning.n is not None:
        return _reckoned(meaning, day=day, told=told, direction=direction)
    if meaning.decade is not None:
        return _decade(meaning, day=day)
    return _on_calendar(meaning, day=day, direction=direction)


def _on_calendar(meaning: Meaning, *, day: dt.date, direction: Direction) -> Stretch | None:
    if meaning.y is not None:
        full = len(meaning.y) > 4  # noqa: PLR2004 (digits of a year)
        return None if full else _absolute(_with_year(meaning, _century_year(int(meaning.y), near=day.year)))
    if meaning.wd is not None and meaning.d is None:
        return _weekday(meaning, day=day, direction=direction)
    if meaning.d is not None and meaning.m is None:
        return _day_of_month(meaning, day=day, direction=direction)
    return _in_some_year(meaning, day=day, direction=direction)


def _with_year(meaning: Meaning, number: int) -> Meaning:
    return msgspec.structs.replace(meaning, y=f"{number:04}")


def _century_year(two_digits: int, *, near: int) -> int:
    if two_digits > 99:  # noqa: PLR2004 (a year of three digits is meant as it stands)
        return two_digits
    # "39" in a text of 2011 is 1939: people shorten the years that lie behind them.
    return max(y for y in (near // 100 * 100 + two_digits + shift for shift in (-100, 0, 100)) if y <= near + _AHEAD)


def _decade(meaning: Meaning, *, day: dt.date) -> Stretch:
    tens = int(meaning.decade or 0)
    # "the sixties" are the last that are over or running, seen from the report.
    base = day.year // 100 * 100 + tens
    if base > day.year:
        base -= 100
    return stretches.part_of(stretches.decade(base), meaning.part)


def _window(meaning: Meaning, *, day: dt.date) -> Stretch | None:
    low, _, high = (meaning.days or "").partition(":")
    try:
        first, last = stretches.moved(day, amount=low), stretches.moved(day, amount=high)
    except (ValueError, OverflowError):
        return None
    if first == day and last > day:
        first = day + dt.timedelta(1)
    value = f"{meaning.ref}_REF" if meaning.ref else ""
    return Stretch(first, last, value, "WINDOW", approximate="X" in (meaning.days or ""))


def _reckoned(meaning: Meaning, *, day: dt.date, told: Stretch | None, direction: Direction) -> Stretch | None:
    assert meaning.unit is not None
    assert meaning.n is not None
    unit, n = meaning.unit, meaning.n
    if unit in ("H", "MIN", "S"):
        return None
    if unit == "WE" and n == 0 and direction != "future" and day.isoweekday() < 5:  # noqa: PLR2004 (Friday)
        # "Am Wochenende kam es zu…" read on a Tuesday is the weekend before.
        n = -1
    from_text = meaning.base == "text" and told is not None
    if from_text and told is not None and unit == "W" and meaning.fine and told.unit == "D":
        return stretches.day(day + dt.timedelta(7 * n))
    found = stretches.shifted(day, unit=unit, n=n)
    if found is not None and meaning.fine:
        found = found._replace(approximate=unit != "D")
    return None if found is None else stretches.part_of(found, meaning.part)


def _weekday(meaning: Meaning, *, day: dt.date, direction: Direction) -> Stretch:
    assert meaning.wd is not None
    if meaning.wn is not None:
        monday = day - dt.timedelta(day.weekday())
        return stretches.day(monday + dt.timedelta(7 * meaning.wn + meaning.wd - 1))
    back = (day.isoweekday() - meaning.wd) % 7
    before, after = day - dt.timedelta(back), day + dt.timedelta((-back) % 7)
    if meaning.which is not None and meaning.which < 0:
        return stretches.day(day - dt.timedelta((back or 7) + 7 * (-meaning.which - 1)))
    if meaning.which is not None and meaning.which > 0:
        return stretches.day(day + dt.timedelta((7 - back) + 7 * (meaning.which - 1)))
    if direction == "past":
        return stretches.day(before)
    if direction == "future":
        return stretches.day(after)
    ahead = (after - day).days
    return stretches.day(after if ahead < back and meaning.which == 0 else before if back <= ahead + 2 else after)


def _day_of_month(meaning: Meaning, *, day: dt.date, direction: Direction) -> Stretch | None:
    found = []
    for n in (-1, 0, 1):
        month = stretches.shifted(day, unit="M", n=n)
        if month is not None and meaning.d is not None and meaning.d <= month.last.day:
            found.append(stretches.day(month.first.replace(day=meaning.d)))
    return _chosen(found, day=day, direction=direction, which=None)


def _candidates(meaning: Meaning, *, around: dt.date) -> list[Stretch]:
    years = range(max(1, around.year - 2), min(9998, around.year + 2) + 1)
    return [c for number in years if (c := stretches.in_year(meaning, year=number)) is not None]


def _in_some_year(meaning: Meaning, *, day: dt.date, direction: Direction) -> Stretch | None:
    if meaning.yn is not None:
        found = stretches.in_year(meaning, year=day.year + meaning.yn)
        return None if found is None else stretches.part_of(found, meaning.part)
    found_all = _candidates(meaning, around=day)
    if meaning.wd is not None and meaning.d is not None:
        # "Donnerstag, 18. Dezember": only one year in six has both.
        fitting = [c for c in found_all if c.first.isoweekday() == meaning.wd]
        found_all = fitting or found_all
    chosen = _chosen(found_all, day=day, direction=direction, which=meaning.which)
    if chosen is not None and meaning.season == "WI" and chosen.first.year == day.year - 1:
        # In March "dieser Winter" is that of the running year.
        chosen = chosen._replace(value=f"{day.year:04}-WI", edtf=None)
    return None if chosen is None else stretches.part_of(chosen, meaning.part)


def _chosen(found: list[Stretch], *, day: dt.date, direction: Direction, which: int | None) -> Stretch | None:
    if which is not None and which != 0:
        over, coming = [c for c in found if c.last < day], [c for c in found if c.first > day]
        named, place = (over, which) if which < 0 else (coming, which - 1)
        return named[place] if -len(named) <= place < len(named) else None
    if which == 0:
        return min(found, key=lambda c: (c.first.year != day.year, abs((c.first - day).days)), default=None)
    past = next((c for c in reversed(found) if c.first <= day), None)
    future = next((c for c in found if c.last >= day), None)
    if past is None or future is None:
        return past or future
    back, ahead = max((day - past.last).days, 0), max((future.first - day).days, 0)
    if direction == "past":
        forwards = back > _STALE and ahead < _SOON and past.first.year != day.year
    elif direction == "future":
        forwards = not (ahead > _FAR_AHEAD and back < _JUST_OVER and future.first.year != day.year)
    else:
        forwards = back > ahead
    return future if forwards else past
