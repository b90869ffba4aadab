"""Dates that a caller gives."""

import datetime as dt
import re

from depesche.errors import InputError

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def iso_date(text: str) -> str | None:
    """The EDTF day, month or year of an ISO 8601 date or date-time, None where it is none.

    >>> iso_date("2016-07-26T10:30:00+02:00"), iso_date("2016-07"), iso_date("26.7.2016")
    ('2016-07-26', '2016-07', None)
    """
    date, time = re.split(r"[T ]", text.strip(), maxsplit=1) if re.search(r"[T ]", text.strip()) else (text.strip(), "")
    match = _DATE.fullmatch(date)
    if not match:
        return None
    year, month, day = (int(g) if g else 1 for g in match.groups())
    try:
        dt.date(year, month, day)
        if time:
            dt.datetime.fromisoformat(f"{date}T{time}")
    except ValueError:
        return None
    return date


def checked_date(published: str | None, *, where: str = "publication date") -> str | None:
    """The EDTF form of a date that a caller gave.

    Raises:
        InputError: it is no ISO date.
    """
    if published is None:
        return None
    date = iso_date(published)
    if date is None:
        raise InputError(f"{published!r} is no ISO date; write it as 2016-07-26, 2016-07 or 2016", where=where)
    return date
