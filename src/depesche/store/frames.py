"""What a query found, as a data frame."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from depesche.store.rows import Found

if TYPE_CHECKING:
    import polars as pl


def frame_of(rows: Iterable[Found], kind: type[Found]) -> "pl.DataFrame":
    """A polars data frame with the fields of one kind of row as columns, also where there are no rows."""
    import polars as pl  # noqa: PLC0415 (a quarter of a second that only frames pay)

    types: dict[object, type[pl.DataType] | pl.DataType] = {
        str: pl.String, float: pl.Float64, int: pl.Int64, bool: pl.Boolean, str | None: pl.String, float | None: pl.Float64,
        int | None: pl.Int64, tuple[str, ...]: pl.List(pl.String),
    }  # fmt: skip
    schema = {field.name: types[field.type] for field in msgspec.structs.fields(kind)}
    columns: dict[str, list[object]] = {name: [] for name in schema}
    for row in rows:
        for name, column in columns.items():
            value = getattr(row, name)
            column.append(list(value) if isinstance(value, tuple) else value)
    return pl.DataFrame(columns, schema=schema)
