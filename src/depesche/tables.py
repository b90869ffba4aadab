"""Typed rows from tab-separated data files: the one way in which lexicons and knowledge tables are read.

A table is UTF-8 TSV. Lines that begin with `#` are comments, the first other line names the columns, and the columns are
the fields of the row type, in any order. An empty cell is the field's default. A field of type `tuple[str, ...]` is
written with `|` between its items.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, get_origin, get_type_hints

import msgspec

from depesche.errors import TableError

R = TypeVar("R", bound=msgspec.Struct)


def read_table(path: Path, row_type: type[R]) -> tuple[R, ...]:
    """All rows of one table.

    Args:
        path: the `.tsv` file.
        row_type: a frozen struct; its field names are the column names.

    Raises:
        TableError: a column is unknown or missing, or a cell does not fit its type; names file and line.
    """
    return tuple(_rows(path, row_type))


def _rows(path: Path, row_type: type[R]) -> Iterator[R]:
    lists = {name for name, hint in get_type_hints(row_type).items() if get_origin(hint) is tuple}
    known = {field.name: field for field in msgspec.structs.fields(row_type)}
    columns: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            unknown = [c for c in columns if c not in known]
            missing = [n for n, field in known.items() if field.required and n not in columns]
            if unknown or missing:
                raise TableError(
                    f"{path.name}:{number}: unknown columns {unknown}, missing columns {missing}; "
                    f"{row_type.__name__} has {list(known)}"
                )
            continue
        if len(cells) > len(columns):
            raise TableError(f"{path.name}:{number}: {len(cells)} cells for {len(columns)} columns")
        values = {
            name: cell.split("|") if name in lists else cell for name, cell in zip(columns, cells, strict=False) if cell
        }
        try:
            yield msgspec.convert(values, row_type, strict=False)
        except msgspec.ValidationError as error:
            raise TableError(f"{path.name}:{number}: {error}") from error
