"""Feasts and days of remembrance that news reports date things by, computed for any year.

Sources: Easter by the Gregorian computus (Meeus, Jones, Butcher); Ramadan by the tabular Islamic calendar (civil epoch, 30-year
cycle), which can differ from the sighted moon by a day and is therefore marked approximate.
"""

import datetime as dt
from collections.abc import Callable

import msgspec


class Feast(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day of a feast in one year; `approximate` where it hangs on the sighting of the moon."""

    first: dt.date
    last: dt.date
    approximate: bool = False


def feast(key: str, *, year: int) -> Feast | None:
    """The days of a feast in a year; None where the year holds none or the key is unknown.

    Args:
        key: as in the `value` column of the feast entries in `words/*/times.tsv`; `MM-DD` for fixed days.
        year: Gregorian.
    """
    if key in _MOVABLE:
        return _MOVABLE[key](year)
    parts = key.split("/")
    if all(len(p) == 5 and p[2] == "-" and (p[:2] + p[3:]).isdigit() for p in parts):  # noqa: PLR2004 (MM-DD)
        first, last = (dt.date(year, int(p[:2]), int(p[3:])) for p in (parts[0], parts[-1]))
        return Feast(first=first, last=last)
    return None


def easter(year: int) -> dt.date:
    """Easter Sunday (Gregorian), after the anonymous algorithm printed in Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    o = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * o) // 451
    month, day = divmod(h + o - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def islamic(year: int, *, month: int, day: int) -> dt.date:
    """A day of the tabular Islamic calendar (year of the Hijra) as a Gregorian date."""
    days = day + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    return dt.date.fromordinal(days)


def _after_easter(first: int, last: int | None = None) -> Callable[[int], Feast]:
    def days(year: int) -> Feast:
        day = easter(year)
        return Feast(first=day + dt.timedelta(first), last=day + dt.timedelta(first if last is None else last))

    return days


def _islamic(month: int, day: int, length: int) -> Callable[[int], Feast | None]:
    def days(year: int) -> Feast | None:
        for hijri in range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3):
            first = islamic(hijri, month=month, day=day)
            if first.year == year:
                return Feast(first=first, last=first + dt.timedelta(length - 1), approximate=True)
        return None

    return days


def _nth_weekday(month: int, weekday: int, number: int) -> Callable[[int], Feast]:
    def days(year: int) -> Feast:
        first = dt.date(year, month, 1)
        day = first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1))
        return Feast(first=day, last=day)

    return days


def _memorial(year: int) -> Feast:
    last = dt.date(year, 5, 31)
    day = last - dt.timedelta(last.weekday())
    return Feast(first=day, last=day)


def _advent(number: int) -> Callable[[int], Feast]:
    def days(year: int) -> Feast:
        fourth = dt.date(year, 12, 24) - dt.timedelta(dt.date(year, 12, 24).isoweekday() % 7)
        day = fourth - dt.timedelta(7 * (4 - number))
        return Feast(first=day, last=day)

    return days


def _advent_season(year: int) -> Feast:
    return Feast(first=_advent(1)(year).first, last=dt.date(year, 12, 24))


_MOVABLE: dict[str, Callable[[int], Feast | None]] = {
    "rose-monday": _after_easter(-48),
    "ash-wednesday": _after_easter(-46),
    "palm-sunday": _after_easter(-7),
    "maundy-thursday": _after_easter(-3),
    "good-friday": _after_easter(-2),
    "holy-saturday": _after_easter(-1),
    "easter": _after_easter(0, 1),
    "easter-sunday": _after_easter(0),
    "easter-monday": _after_easter(1),
    "easter-weekend": _after_easter(-2, 1),
    "holy-week": _after_easter(-6, 0),
    "ascension": _after_easter(39),
    "pentecost": _after_easter(49, 50),
    "pentecost-sunday": _after_easter(49),
    "pentecost-monday": _after_easter(50),
    "corpus-christi": _after_easter(60),
    "ramadan": _islamic(9, 1, 30),
    "eid-al-fitr": _islamic(10, 1, 3),
    "eid-al-adha": _islamic(12, 10, 4),
    "ashura": _islamic(1, 10, 1),
    "mlk-day": _nth_weekday(1, 1, 3),
    "presidents-day": _nth_weekday(2, 1, 3),
    "memorial-day": _memorial,
    "labor-day": _nth_weekday(9, 1, 1),
    "columbus-day": _nth_weekday(10, 1, 2),
    "thanksgiving": _nth_weekday(11, 4, 4),
    "advent": _advent_season,
    "advent-1": _advent(1),
    "advent-2": _advent(2),
    "advent-3": _advent(3),
    "advent-4": _advent(4),
}
