"""Tables of texts: what a row may be, and what is said of one that is none."""

import datetime as dt
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesche.acquire import iso_date
from depesche.acquire.rows import csv_rows, json_lines, parquet_rows
from depesche.errors import InputError, RowError
from depesche.record import Row


def opened(content: bytes) -> io.BufferedReader:
    """A stream as a file gives it."""
    return io.BufferedReader(io.BytesIO(content))


def lines(*rows: str) -> list[Row | InputError]:
    """What JSON Lines rows come out as."""
    return list(json_lines(opened("\n".join(rows).encode()), "t.jsonl"))


def test_null_means_absent_and_numbers_are_ids() -> None:
    """Only the body is required (record.md)."""
    (row,) = lines('{"id": 12, "headline": null, "body": "Text", "published": null, "extra": [1]}')
    assert isinstance(row, Row)
    assert (row.id, row.headline, row.published, row.origin) == ("12", None, None, "t.jsonl#1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"headline": "x"}', "no body"),
        ('{"body": ""}', "no body"),
        ('{"body": 5}', "not text"),
        ('{"body": "x", "published": "26.7.2016"}', "no ISO date"),
        ('{"body": "x", "published": "2016-02-30"}', "no ISO date"),
        ('{"body": "x"', "no JSON object"),
        ("[1, 2]", "no JSON object"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(line: str, said: str) -> None:
    """The error carries file and row."""
    error, row = lines(line, '{"body": "gut"}')
    assert isinstance(error, RowError)
    assert str(error).startswith("t.jsonl#1: ")
    assert said in str(error)
    assert isinstance(row, Row)
    assert row.origin == "t.jsonl#2"


def test_lone_surrogates_are_refused() -> None:
    r"""A JSON escape `\ud800` is no text."""
    error, _ = lines(r'{"body": "a\ud800b"}', '{"body": "gut"}')
    assert isinstance(error, RowError)


def test_csv_with_semicolons_quotes_and_a_bad_date() -> None:
    """German spreadsheets part cells with semicolons; the row after a bad one is read."""
    content = 'id;body;published\n1;"Zeile eins\n\nZeile; zwei";2016-07-26\n2;x;gestern\n3;y;\n'
    first, second, third = csv_rows(opened(content.encode()), "t.csv")
    assert isinstance(first, Row)
    assert (first.body, first.published) == ("Zeile eins\n\nZeile; zwei", "2016-07-26")
    assert isinstance(second, RowError)
    assert isinstance(third, Row)
    assert third.published is None


def test_csv_in_windows_encoding() -> None:
    """Bytes that are no UTF-8 are guessed."""
    stream = opened("body\nDie Türkei schließt die Grenze für Flüchtlinge.\n".encode("cp1252"))
    (row,) = csv_rows(stream, "t.csv")
    assert isinstance(row, Row)
    assert "Türkei schließt" in row.body


def test_a_table_without_body_says_which_columns_it_has() -> None:
    """So that the caller sees the spelling mistake."""
    (error,) = csv_rows(opened(b"text,title\na,b\n"), "t.csv")
    assert isinstance(error, InputError)
    assert "['text', 'title']" in str(error)


def test_parquet_rows_with_dates(tmp_path: Path) -> None:
    """A date column is as good as a string."""
    file = tmp_path / "t.parquet"
    pl.DataFrame({"id": [1, 2], "body": ["eins", None], "published": [dt.date(2016, 7, 26), None]}).write_parquet(file)
    with file.open("rb") as stream:
        first, second = parquet_rows(stream, "t.parquet")
    assert isinstance(first, Row)
    assert (first.id, first.published) == ("1", "2016-07-26")
    assert isinstance(second, RowError)


@given(st.dates())
def test_every_iso_date_is_itself(day: dt.date) -> None:
    """Any day, with or without a time of day, is its own EDTF value."""
    assert iso_date(day.isoformat()) == day.isoformat()
    assert iso_date(f"{day.isoformat()}T10:15:00Z") == day.isoformat()


@given(st.text(max_size=30))
def test_no_text_makes_the_date_reader_fail(text: str) -> None:
    """It answers None, or a date that Python knows as well."""
    date = iso_date(text)
    assert date is None or dt.date.fromisoformat((date + "-01-01")[:10])


@given(st.binary(max_size=300))
def test_no_bytes_make_the_row_readers_fail(content: bytes) -> None:
    """Whatever the bytes are, rows or errors come out."""
    for reader in (json_lines, csv_rows):
        for found in reader(opened(content), "t"):
            assert isinstance(found, Row | InputError)
