"""EDTF (ISO 8601-2:2019, annex A): the days that a value covers, and values written from days.

Read are years, months, days, clock times, intervals with open or unknown ends, unspecified digits (`201X`, `2016-XX`),
seasons (21-24), quarters (33-36) and halves (40, 41), each with `?`, `~` or `%`.

    >>> interval("2016-08-21/2016-08-31")
    (datetime.date(2016, 8, 21), datetime.date(2016, 8, 31))
    >>> interval("2011/..")
    (datetime.date(2011, 1, 1), None)
"""

import calendar
import datetime as dt
import re

Bounds = tuple[dt.date | None, dt.date | None]
"""Earliest and latest day, both inclusive; None where unbounded or not on the calendar of the years 1 to 9999."""

_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?:T[0-9:.Z+-]+)?")
_SPLIT_YEAR = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
"""EDTF sub-year groupings as first and last month; 14 is February of the year after (the winter that begins in December)."""


def interval(edtf: str | None) -> Bounds:
    """The first and last day that an EDTF value can mean; `(None, None)` for None, BC years and unknown years.

    Raises:
        ValueError: not one of the EDTF forms that this package writes.
    """
    if edtf is None:
        return None, None
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _day_bounds(first)[0], _day_bounds(last)[1]
    return _day_bounds(edtf)


def overlaps(first: str | None, second: str | None) -> bool:
    """Whether two EDTF values share a day; an unknown value shares none."""
    (a, b), (c, d) = interval(first), interval(second)
    if (a is None and b is None) or (c is None and d is None):
        return False
    return (a or dt.date.min) <= (d or dt.date.max) and (c or dt.date.min) <= (b or dt.date.max)


def contains(outer: str | None, inner: str | None) -> bool:
    """Whether every day of the second value lies in the first; False where either is unknown."""
    (a, b), (c, d) = interval(outer), interval(inner)
    if (a is None and b is None) or (c is None and d is None):
        return False
    return (a or dt.date.min) <= (c or dt.date.min) and (d or dt.date.max) <= (b or dt.date.max)


def spell(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    """The shortest EDTF value that covers exactly these days; None where both are unknown."""
    if earliest is None or latest is None:
        return _open(earliest, latest)
    if earliest == latest:
        return earliest.isoformat()
    whole_months = earliest.day == 1 and latest == month_end(latest.year, latest.month)
    if whole_months and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.year:04}-{earliest.month:02}"
    if whole_months and earliest.month == 1 and latest.month == 12:  # noqa: PLR2004 (December)
        same = earliest.year == latest.year
        return f"{earliest.year:04}" if same else f"{earliest.year:04}/{latest.year:04}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def in_months(edtf: str | None) -> str | None:
    """The same span without season, quarter and half codes, which few programs read.

    >>> in_months("2016-22"), in_months("2016-07-26")
    ('2016-06/2016-08', '2016-07-26')
    """
    if edtf is None or "/" in edtf:
        return edtf
    found = _DATE.fullmatch(edtf.rstrip("?~%"))
    if not found or found["month"] is None or not found["month"].isdigit() or int(found["month"]) not in _SPLIT_YEAR:
        return edtf
    first, last = interval(edtf)
    return f"{first:%Y-%m}/{last:%Y-%m}" if first and last else edtf


def _open(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    if earliest is not None:
        return f"{_coarse(earliest, dt.date(earliest.year, 1, 1))}/.."
    if latest is not None:
        return f"../{_coarse(latest, dt.date(latest.year, 12, 31))}"
    return None


def _coarse(day: dt.date, edge: dt.date) -> str:
    return f"{day.year:04}" if day == edge else day.isoformat()


def _day_bounds(value: str) -> Bounds:
    bare = value.rstrip("?~%")
    if bare in {"", ".."} or bare.startswith("-"):
        return None, None
    found = _DATE.fullmatch(bare)
    if not found:
        raise ValueError(
            f"{value!r} is no EDTF value that is read here; write YYYY, YYYY-MM, YYYY-MM-DD or an interval"
        )
    year, month, day = found["year"], found["month"], found["day"]
    if year in {"XXXX", "0000"}:
        return None, None
    first, last = int(year.replace("X", "0")) or 1, int(year.replace("X", "9"))
    if month is None or "X" in month:
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    if int(month) in _SPLIT_YEAR:
        start, end = _SPLIT_YEAR[int(month)]
        return dt.date(first, start, 1), month_end(last + (end > 12), (end - 1) % 12 + 1)  # noqa: PLR2004 (months)
    if day is None or "X" in day:
        return dt.date(first, int(month), 1), month_end(last, int(month))
    return dt.date(first, int(month), int(day)), dt.date(last, int(month), int(day))
