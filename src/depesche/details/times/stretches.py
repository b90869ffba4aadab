"""Stretches of days on the calendar: the months, weeks, seasons and vague spans that expressions name, with their TIMEX3 values.

Bounds of vague spans: codebook section 2. What it leaves open is settled here: of a decade the beginning is its years 0-3, the
middle 4-6, the end 7-9, of a century a third each, of a season a month each.
"""

import datetime as dt
from typing import NamedTuple

from depesche.details.times.edtf import month_end
from depesche.details.times.feasts import feast
from depesche.details.times.meaning import Meaning, Part, Unit

_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_EDTF_SEASON = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_VAGUE_DAYS: dict[str, int] = {"D": 7, "W": 30, "M": 180, "Y": 5 * 365, "DE": 30 * 365, "CE": 300 * 365, "WE": 30}
"""How far "the next few …" reach, in days; days by codebook section 2, the others by the same proportion to their unit."""
_UNIT_DAYS: dict[str, int] = {"D": 1, "W": 7, "WE": 7, "DE": 3652, "CE": 36525, "Q": 91, "HY": 182}


_FINER: dict[str, tuple[Unit, int]] = {"CE": ("Y", 100), "DE": ("Y", 10), "Y": ("M", 12), "M": ("D", 30), "W": ("D", 7)}


class Stretch(NamedTuple):
    """Days from `first` to `last`, both inclusive.

    `value` is the TIMEX3 value; `edtf` is set where it says more than the bare days; `unit` is how fine the stretch is.
    """

    first: dt.date
    last: dt.date
    value: str
    unit: str
    edtf: str | None = None
    approximate: bool = False


def day(date: dt.date) -> Stretch:
    """One day."""
    return Stretch(date, date, date.isoformat(), "D")


def month(year: int, number: int) -> Stretch:
    """One month."""
    return Stretch(dt.date(year, number, 1), month_end(year, number), f"{year:04}-{number:02}", "M")


def year(number: int) -> Stretch:
    """One year."""
    return Stretch(dt.date(number, 1, 1), dt.date(number, 12, 31), f"{number:04}", "Y")


def week(date: dt.date) -> Stretch:
    """The ISO week that holds a day."""
    monday = date - dt.timedelta(date.weekday())
    iso = monday.isocalendar()
    return Stretch(monday, monday + dt.timedelta(6), f"{iso.year:04}-W{iso.week:02}", "W")


def weekend(date: dt.date) -> Stretch:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(date)
    return Stretch(whole.first + dt.timedelta(5), whole.last, f"{whole.value}-WE", "WE")


def season(name: str, *, year: int) -> Stretch:
    """A meteorological season of the northern hemisphere; the winter of a year begins in its December."""
    first = _SEASON_MONTH[name]
    end_year, end_month = (year + 1, 2) if name == "WI" else (year, first + 2)
    edtf = f"{year:04}-{_EDTF_SEASON[name]}"
    return Stretch(dt.date(year, first, 1), month_end(end_year, end_month), f"{year:04}-{name}", "SEASON", edtf)


def quarter(number: int, *, year: int) -> Stretch:
    """A calendar quarter."""
    edtf = f"{year:04}-{32 + number}"
    return Stretch(dt.date(year, 3 * number - 2, 1), month_end(year, 3 * number), f"{year:04}-Q{number}", "Q", edtf)


def half(number: int, *, year: int) -> Stretch:
    """A half-year."""
    edtf = f"{year:04}-{39 + number}"
    return Stretch(dt.date(year, 6 * number - 5, 1), month_end(year, 6 * number), f"{year:04}-H{number}", "HY", edtf)


def decade(first_year: int) -> Stretch:
    """Ten years from a year that ends in zero."""
    digits = f"{first_year:04}"[:3]
    return Stretch(dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31), digits, "DE", f"{digits}X")


def century(number: int) -> Stretch:
    """The nth century, as the years that begin with n - 1 (EDTF `19XX` for the twentieth)."""
    digits = f"{number - 1:02}"
    first = max(1, (number - 1) * 100)
    return Stretch(dt.date(first, 1, 1), dt.date((number - 1) * 100 + 99, 12, 31), digits, "CE", f"{digits}XX")


def in_year(meaning: Meaning, *, year: int) -> Stretch | None:
    """What a meaning without its year names in a given year; None where that year has no such day."""
    found: Stretch | None = None
    if meaning.m is not None and meaning.d is not None:
        try:
            found = day(dt.date(year, meaning.m, meaning.d))
        except ValueError:
            return None
    elif meaning.m is not None:
        found = month(year, meaning.m)
    elif meaning.season is not None:
        found = season(meaning.season, year=year)
    elif meaning.quarter is not None:
        found = quarter(meaning.quarter, year=year) if 1 <= meaning.quarter <= 4 else None  # noqa: PLR2004
    elif meaning.half is not None:
        found = half(meaning.half, year=year) if 1 <= meaning.half <= 2 else None  # noqa: PLR2004
    elif meaning.week is not None:
        found = week(dt.date.fromisocalendar(year, min(meaning.week, 52), 1))
    elif meaning.feast is not None:
        found = _feast(meaning.feast, year=year)
    return found


def part_of(stretch: Stretch, part: Part | None) -> Stretch:
    """The beginning, middle or end of a stretch (codebook section 2)."""
    if part is None:
        return stretch
    first, last = stretch.first, stretch.last
    number = {"start": 0, "mid": 1, "end": 2}[part]
    if stretch.unit == "M":
        first, last = [
            (first, first.replace(day=10)), (first.replace(day=11), first.replace(day=20)), (first.replace(day=21), last),
        ][number]  # fmt: skip
    elif stretch.unit == "Y":
        months = [(1, 3), (4, 9), (10, 12)][number]
        first, last = dt.date(first.year, months[0], 1), month_end(first.year, months[1])
    elif stretch.unit == "W":
        days = [(0, 1), (2, 3), (4, 6)][number]
        first, last = first + dt.timedelta(days[0]), first + dt.timedelta(days[1])
    elif stretch.unit == "DE":
        years = [(0, 3), (4, 6), (7, 9)][number]
        first, last = dt.date(first.year + years[0], 1, 1), dt.date(first.year + years[1], 12, 31)
    elif stretch.unit == "CE":
        years = [(0, 32), (33, 66), (67, 99)][number]
        begin = first.year - first.year % 100
        first, last = dt.date(max(1, begin + years[0]), 1, 1), dt.date(begin + years[1], 12, 31)
    else:
        third = max(1, (last - first).days // 3)
        first, last = [
            (first, first + dt.timedelta(third)),
            (first + dt.timedelta(third), last - dt.timedelta(third)),
            (last - dt.timedelta(third), last),
        ][number]
    return stretch._replace(first=first, last=last, edtf=None)


def shifted(anchor: dt.date, *, unit: Unit, n: float) -> Stretch | None:
    """The stretch of a unit that lies `n` units from the one around a day; None outside the years 1 to 9999.

    A broken number is reckoned in the next finer unit: one and a half years are 18 months.
    """
    if n != int(n):
        finer, times = _FINER.get(unit, ("D", 1))
        unit, n = finer, n * times
    try:
        return _shifted(anchor, unit=unit, n=round(n))
    except (ValueError, OverflowError):
        return None


def _shifted(anchor: dt.date, *, unit: Unit, n: int) -> Stretch | None:
    months = anchor.year * 12 + anchor.month - 1
    if unit in _UNIT_MONTHS:
        length = _UNIT_MONTHS[unit]
        number, year_number = (months // length + n) % (12 // length), (months // length + n) // (12 // length)
        whole = {"M": month, "Q": _quarter_of, "HY": _half_of}[unit]
        return whole(year_number, number + 1)
    makers = {
        "D": lambda: day(anchor + dt.timedelta(n)),
        "W": lambda: week(anchor + dt.timedelta(7 * n)),
        "WE": lambda: weekend(anchor + dt.timedelta(7 * n)),
        "Y": lambda: year(anchor.year + n),
        "DE": lambda: decade((anchor.year // 10 + n) * 10),
        "CE": lambda: century(anchor.year // 100 + 1 + n),
    }
    return makers[unit]() if unit in makers else None


_UNIT_MONTHS: dict[str, int] = {"M": 1, "Q": 3, "HY": 6}


def _quarter_of(year: int, number: int) -> Stretch:
    return quarter(number, year=year)


def _half_of(year: int, number: int) -> Stretch:
    return half(number, year=year)


def moved(anchor: dt.date, *, amount: str) -> dt.date:
    """A day moved by `-3D`, `2Y`, `-XW` (a few weeks) or a plain number of days."""
    digits = amount.rstrip("DWMYECQHISN")
    unit = amount[len(digits) :] or "D"
    sign = -1 if digits.startswith("-") else 1
    number = digits.lstrip("-")
    if number in ("X", ""):
        return anchor + dt.timedelta(sign * _VAGUE_DAYS.get(unit, 1))
    count = float(number)
    if unit in ("M", "Y"):
        months = anchor.year * 12 + anchor.month - 1 + sign * round(count * (12 if unit == "Y" else 1))
        to_year, to_month = divmod(months, 12)
        return dt.date(to_year, to_month + 1, min(anchor.day, month_end(to_year, to_month + 1).day))
    return anchor + dt.timedelta(sign * round(count * _UNIT_DAYS.get(unit, 0)))


def _feast(key: str, *, year: int) -> Stretch | None:
    days = feast(key, year=year)
    if days is None:
        return None
    value = days.first.isoformat()
    return Stretch(days.first, days.last, value, "D", approximate=days.approximate)
