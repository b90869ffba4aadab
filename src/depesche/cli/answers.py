"""Printing what a query found: a table for people, CSV, JSON Lines or Parquet for programs."""

import csv
import io
import itertools
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import IO

import msgspec
from rich.console import Console
from rich.table import Table

from depesche.store.cells import cell
from depesche.store.frames import frame_of
from depesche.store.queries import ROWS, Kind
from depesche.store.rows import Found, FoundEvent

FORMATS = ("table", "csv", "jsonl", "parquet")
_SHOWN = {
    "FoundEvent": ("event_id", "published", "agents", "type", "recipients", "place", "when", "status", "headline"),
    "FoundFigure": ("figure_id", "published", "what", "low", "high", "who", "place", "source", "headline"),
    "FoundStatement": ("statement_id", "published", "speaker", "mode", "content"),
    "FoundActor": ("id", "name", "country", "reports", "as_agent", "as_recipient"),
    "FoundArticle": ("article", "published", "outlet", "headline", "events"),
}


def print_found(
    found: Iterable[Found], *, kind: Kind, form: str, output: Path | None, limit: int | None = None
) -> bool:
    """Print the rows, or the first of them; whether they were all."""
    rows = iter(found)
    first = itertools.islice(rows, limit)
    if form == "parquet":
        buffer = io.BytesIO()
        frame_of(first, ROWS[kind]).write_parquet(buffer)
        if output:
            output.write_bytes(buffer.getvalue())
        else:
            sys.stdout.buffer.write(buffer.getvalue())
        return next(rows, None) is None
    with output.open("w", encoding="utf-8", newline="") if output else nullcontext(sys.stdout) as stream:
        {"table": _table, "csv": _csv, "jsonl": _jsonl}[form](first, ROWS[kind], stream)
    return next(rows, None) is None


def _table(rows: Iterable[Found], kind: type[Found], stream: IO[str]) -> None:
    names = _SHOWN[kind.__name__]
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(_shown(row, name) for name in names))
    if not table.row_count:
        stream.write("nothing found\n")
        return
    Console(file=stream, width=None if stream.isatty() else 160, highlight=False, markup=False).print(table)


def _shown(row: Found, name: str) -> str:
    value = cell(getattr(row, name)).lstrip("'")
    return f"{value}/{row.mode}" if name == "type" and isinstance(row, FoundEvent) and row.mode else value


def _csv(rows: Iterable[Found], kind: type[Found], stream: IO[str]) -> None:
    writer = csv.writer(stream)
    names = kind.__struct_fields__
    writer.writerow(names)
    writer.writerows([cell(getattr(row, name)) for name in names] for row in rows)


def _jsonl(rows: Iterable[Found], kind: type[Found], stream: IO[str]) -> None:  # noqa: ARG001 (as the others)
    for row in rows:
        stream.write(msgspec.json.encode(row).decode() + "\n")
