"""Tables of texts: JSON Lines, CSV and Parquet with the columns of `docs/record.md`, input rows."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Self

import msgspec

from depesche.acquire.dates import iso_date
from depesche.acquire.encoding import encoding_of
from depesche.errors import InputError, RowError
from depesche.record import Row

COLUMNS = ("id", "headline", "body", "published", "language", "url", "source")
LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one row; a longer line is refused and skipped, never held in memory whole."""

TEXT_LIMIT = 2_000_000
"""Characters of one report, three hundred thousand words: what a worker reads within its 600 MB."""

_SAMPLE = 65536
_CHUNK = 4096


def looks_like_json_lines(sample: bytes) -> bool:
    """Whether bytes without a file name begin like JSON Lines rows."""
    return sample.lstrip().startswith(b"{") and b'"body"' in sample


def json_lines(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """One row an object and line; blank lines are passed over."""
    number = 0
    encoding = "utf-8"
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        where = f"{origin}#{number}"
        if number == 1:
            encoding = encoding_of(line[:_SAMPLE])
        if len(line) > LINE_LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE_LIMIT)
            yield RowError(f"the line is longer than {LINE_LIMIT // 2**20} MB; split the text", where=where)
            continue
        if not line.strip():
            continue
        try:
            text = line.decode(encoding if number == 1 or encoding != "utf-8-sig" else "utf-8")
            values = msgspec.json.decode(text, type=dict[str, object])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield RowError(f"no JSON object ({error}); each line must be one object with a body", where=where)
            continue
        yield _row(values, where=where)


def csv_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """One row a record; comma, semicolon or tab, told from the header line."""
    head = stream.peek(_SAMPLE)[:_SAMPLE]
    text = io.TextIOWrapper(stream, encoding=encoding_of(head), errors="surrogateescape", newline="")
    first = head.split(b"\n", 1)[0]
    delimiter = max(",;\t", key=lambda mark: first.count(mark.encode()))
    csv.field_size_limit(LINE_LIMIT)
    reader = csv.reader(_Lines(text), delimiter=delimiter)
    header = next(reader, [])
    if "body" not in header:
        yield _no_body_column(header, origin)
        return
    number = 1
    while True:
        number += 1
        where = f"{origin}#{number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RowError(f"no CSV record ({error}); check the quotation marks around it", where=where)
            continue
        if cells:
            yield _row(dict(zip(header, (c or None for c in cells), strict=False)), where=where)


class _Lines:
    """The lines of a text; one that is too long is an error instead, and never held in memory whole."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LINE_LIMIT + 1)
        if not line:
            raise StopIteration
        if len(line) > LINE_LIMIT:
            while line and not line.endswith("\n"):
                line = self._text.readline(LINE_LIMIT)
            raise csv.Error(f"a line of more than {LINE_LIMIT // 2**20} MB")
        return line


def parquet_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """One row a record, read a few thousand at a time."""
    import polars as pl  # noqa: PLC0415 (a tenth of a second that only Parquet pays)

    try:
        # A file is read where it lies, a few thousand rows at a time; only what comes out of a pipe must be held.
        file = getattr(stream.raw, "name", None)
        frame = pl.scan_parquet(file if isinstance(file, str) else io.BytesIO(stream.read()))
        names = frame.collect_schema().names()
        if "body" not in names:
            yield _no_body_column(names, origin)
            return
        wanted = frame.select([c for c in COLUMNS if c in names])
        offset = 0
        while rows := wanted.slice(offset, _CHUNK).collect().to_dicts():
            for number, values in enumerate(rows, start=offset + 1):
                yield _row(values, where=f"{origin}#{number}")
            offset += _CHUNK
    except (pl.exceptions.PolarsError, OSError) as error:
        yield InputError(f"no Parquet file that can be read ({error}); write it anew", where=origin)


def _no_body_column(names: list[str], origin: str) -> InputError:
    return InputError(f"no column 'body' among {names[:8]}; the columns are {', '.join(COLUMNS)}", where=origin)


def _row(values: Mapping[str, object], *, where: str) -> Row | InputError:
    """The row, or what is wrong with it (`docs/record.md`: null means absent, only the body is required)."""
    cells: dict[str, str] = {}
    for column in COLUMNS:
        value = values.get(column)
        if value is None:
            continue
        if not isinstance(value, str) and column in {"body", "headline"}:
            return RowError(f"{column} is {type(value).__name__}, not text; write it as a string", where=where)
        cells[column] = str(value)
        try:
            cells[column].encode()
        except UnicodeEncodeError:
            return RowError(f"{column} holds a lone surrogate or undecodable bytes; write it in UTF-8", where=where)
    if not cells.get("body", "").strip():
        return RowError("the row has no body; it is the one column that every row needs", where=where)
    if len(cells["body"]) > TEXT_LIMIT:
        return RowError(
            f"the body has more than {TEXT_LIMIT:,} characters; split it, no report is so long", where=where
        )
    published = cells.pop("published", None)
    date = iso_date(published) if published is not None else None
    if published is not None and date is None:
        return RowError(
            f"published is {published!r}, no ISO date; write it as 2016-07-26, or leave it out", where=where
        )
    return Row(origin=where, published=date, **cells)
