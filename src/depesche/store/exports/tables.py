"""Flat tables for R, spreadsheets, DuckDB and polars."""

import csv
from collections.abc import Iterator
from pathlib import Path

from depesche.store.cells import cell
from depesche.store.dictionary import TABLES, columns_of
from depesche.store.queries import OpenRecord

_BATCH = 50_000


def write_csv(record: OpenRecord, folder: Path) -> None:
    """One CSV file a table and `data-dictionary.csv`; formulas are disarmed (OWASP, CSV injection)."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        names = [name for name, _ in columns_of(table)]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(names)
            for rows in _batches(record, table, names):
                writer.writerows([cell(value) for value in row] for row in rows)
    with (folder / "data-dictionary.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["table", "column", "meaning"])
        writer.writerows((table, name, meaning) for table in TABLES for name, meaning in columns_of(table))


def write_parquet(record: OpenRecord, folder: Path) -> None:
    """One Parquet file a table."""
    import polars as pl  # noqa: PLC0415 (a quarter of a second that every other command would pay)

    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        names = [name for name, _ in columns_of(table)]
        kinds = {row[1]: row[2] for row in record.connection.execute(f"pragma table_info({table})")}
        schema = {name: {"INTEGER": pl.Int64, "REAL": pl.Float64}.get(kinds[name], pl.String) for name in names}
        frames = [pl.DataFrame(rows, schema=schema, orient="row") for rows in _batches(record, table, names)]
        (pl.concat(frames) if frames else pl.DataFrame(schema=schema)).write_parquet(folder / f"{table}.parquet")


def _batches(record: OpenRecord, table: str, names: list[str]) -> Iterator[list[tuple[object, ...]]]:
    rows = record.connection.execute(f"select {', '.join(names)} from {table}")  # noqa: S608 (names of the dictionary)
    while batch := rows.fetchmany(_BATCH):
        yield batch
