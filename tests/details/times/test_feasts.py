"""Feasts against dates from public calendars."""

import datetime as dt

import pytest

from depesche.details.times.feasts import feast


@pytest.mark.parametrize(
    ("key", "year", "first"),
    [
        ("easter-sunday", 2016, "2016-03-27"),
        ("easter-sunday", 2024, "2024-03-31"),
        ("good-friday", 1998, "1998-04-10"),
        ("pentecost-monday", 2019, "2019-06-10"),
        ("ascension", 2015, "2015-05-14"),
        ("thanksgiving", 2016, "2016-11-24"),
        ("memorial-day", 2016, "2016-05-30"),
        ("labor-day", 2001, "2001-09-03"),
        ("advent-1", 2016, "2016-11-27"),
        ("12-25/12-26", 2016, "2016-12-25"),
    ],
)
def test_first_day(key: str, year: int, first: str) -> None:
    """The computed day is the one in the calendar."""
    found = feast(key, year=year)
    assert found is not None
    assert dt.date.fromisoformat(first) == found.first


@pytest.mark.parametrize(("year", "seen"), [(2016, "2016-06-06"), (2012, "2012-07-20"), (2020, "2020-04-24")])
def test_ramadan_within_a_day_of_the_moon(year: int, seen: str) -> None:
    """The tabular calendar is a day off the sighted moon at most, and says that it is approximate."""
    found = feast("ramadan", year=year)
    assert found is not None
    assert abs((found.first - dt.date.fromisoformat(seen)).days) <= 1
    assert found.approximate


def test_unknown_feast() -> None:
    """A key that nobody computes gives nothing."""
    assert feast("no-such-feast", year=2016) is None
