"""Printing what a query found: a table for people, CSV, JSON Lines or Parquet for programs."""

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import msgspec
from rich.console import Console
from rich.table import Table

from depesche.store.cells import cell
from depesche.store.frames import frame_of
from depesche.store.queries import ROWS, Kind
from depesche.store.rows import Found

FORMATS = ("table", "csv", "jsonl", "parquet")
_SHOWN = {
    "FoundEvent": ("event_id", "published", "agents", "type", "recipients", "place", "when", "status", "headline"),
    "FoundFigure": ("figure_id", "published", "what", "low", "high", "who", "place", "source", "headline"),
    "FoundStatement": ("statement_id", "published", "speaker", "mode", "content"),
    "FoundActor": ("id", "name", "country", "reports", "as_agent", "as_recipient"),
    "FoundArticle": ("published", "outlet", "headline", "events"),
}


def print_found(found: Iterable[Found], *, kind: Kind, form: str, output: Path | None) -> int:
    """Print the rows and give back how many there were."""
    rows = list(found)
    if form == "parquet":
        buffer = io.BytesIO()
        frame_of(rows, ROWS[kind]).write_parquet(buffer)
        if output:
            output.write_bytes(buffer.getvalue())
        else:
            sys.stdout.buffer.write(buffer.getvalue())
        return len(rows)
    stream = output.open("w", encoding="utf-8", newline="") if output else sys.stdout
    try:
        {"table": _table, "csv": _csv, "jsonl": _jsonl}[form](rows, stream)
    finally:
        if output:
            stream.close()
    return len(rows)


def _table(rows: list[Found], stream: IO[str]) -> None:
    if not rows:
        stream.write("nothing found\n")
        return
    names = _SHOWN[type(rows[0]).__name__]
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(cell(getattr(row, name)).lstrip("'") for name in names))
    Console(file=stream, width=None if stream.isatty() else 160, highlight=False, markup=False).print(table)


def _csv(rows: list[Found], stream: IO[str]) -> None:
    writer = csv.writer(stream)
    if rows:
        names = [f.name for f in msgspec.structs.fields(rows[0])]
        writer.writerow(names)
        writer.writerows([cell(getattr(row, name)) for name in names] for row in rows)


def _jsonl(rows: list[Found], stream: IO[str]) -> None:
    for row in rows:
        stream.write(msgspec.json.encode(row).decode() + "\n")
