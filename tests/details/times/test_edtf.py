"""EDTF values and the days they cover."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.details.times.edtf import contains, interval, overlaps, spell

DAYS = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9998, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-07-26", "2016-07-26", "2016-07-26"),
        ("2016-07-26T18:30", "2016-07-26", "2016-07-26"),
        ("2016-07-26~", "2016-07-26", "2016-07-26"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2016-XX", "2016-01-01", "2016-12-31"),
        ("2016-07-XX", "2016-07-01", "2016-07-31"),
        ("2016-22", "2016-06-01", "2016-08-31"),
        ("2015-24", "2015-12-01", "2016-02-29"),
        ("2016-34", "2016-04-01", "2016-06-30"),
        ("2016-41", "2016-07-01", "2016-12-31"),
        ("2016-08-21/2016-08-31", "2016-08-21", "2016-08-31"),
        ("2011/..", "2011-01-01", None),
        ("../2016-06-03", None, "2016-06-03"),
        ("2016-04/2016-08", "2016-04-01", "2016-08-31"),
        ("XXXX-08", None, None),
        (None, None, None),
    ],
)
def test_interval(edtf: str | None, first: str | None, last: str | None) -> None:
    """Each form covers the days the standard says."""
    expected = tuple(None if day is None else dt.date.fromisoformat(day) for day in (first, last))
    assert expected == interval(edtf)


def test_what_is_no_edtf_is_refused() -> None:
    """A German date is refused with the forms that are read."""
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        interval("26.7.2016")


@given(DAYS, st.integers(min_value=0, max_value=5000))
def test_spelling_covers_exactly_its_days(first: dt.date, length: int) -> None:
    """What is spelled reads back as the same days."""
    last = min(first.toordinal() + length, dt.date(9999, 12, 31).toordinal())
    days = (first, dt.date.fromordinal(last))
    assert days == interval(spell(*days))


def test_overlap_and_containment() -> None:
    """Open ends reach to the end of time; what is unknown overlaps nothing."""
    assert overlaps("2011/..", "2016-07-26")
    assert contains("2016", "2016-07-26")
    assert not contains("2016-07", "2016")
    assert not overlaps(None, "2016")
    assert not overlaps("2016-06", "2016-07")
