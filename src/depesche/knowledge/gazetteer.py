"""Places by name: the gazetteer that the place stage looks names up in.

Seventy thousand rows are not turned into objects: the lines are kept, an index leads from a folded name to line numbers, and a row
is parsed when somebody asks for it. Loading takes about a fifth of a second. The schema of the whole table is checked in tests.
"""

from functools import cache, cached_property
from pathlib import Path

from depesche.errors import TableError
from depesche.knowledge.rows import PlaceRow, folders
from depesche.knowledge.spelling import fold

_COLUMNS = ("id", "name", "name_de", "country", "kind", "population", "lat", "lon", "aliases", "source")
_AT = {column: number for number, column in enumerate(_COLUMNS)}
_fold = fold.__wrapped__  # each name comes once: keeping the answers would only cost memory
_MOST_ASKED = 4096
_NAME, _GERMAN, _ALIASES = _AT["name"], _AT["name_de"], _AT["aliases"]


class Gazetteer:
    """Place rows by folded name and by id; the rows of earlier lines win.

    Args:
        paths: `places.tsv` files, the user's first.

    Raises:
        TableError: a file's columns are not those of `places.tsv` in their order.
    """

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._lines: list[str] = []
        self._asked: dict[str, tuple[PlaceRow, ...]] = {}
        for path in paths:
            lines = [line for line in path.read_text("utf-8").split("\n") if line and line[0] != "#"]
            if not lines or tuple(lines[0].split("\t")) != _COLUMNS[: lines[0].count("\t") + 1]:
                raise TableError(f"{path}: the first line must name the columns {', '.join(_COLUMNS)} in this order")
            self._lines += lines[1:]

    @cached_property
    def _index(self) -> dict[str, list[int] | int]:
        index: dict[str, list[int] | int] = {}
        for number, line in enumerate(self._lines):
            cells = line.split("\t")
            names = [cells[_NAME]]
            if cells[_GERMAN]:
                names.append(cells[_GERMAN])
            if len(cells) > _ALIASES and cells[_ALIASES]:
                names += cells[_ALIASES].split("|")
            for name in {_fold(n) for n in names}:
                before = index.get(name)
                if before is None:
                    index[name] = number
                elif isinstance(before, int):
                    index[name] = [before, number]
                else:
                    before.append(number)
        return index

    @cached_property
    def longest(self) -> dict[str, int]:
        """First word of a name → the most words a name that begins with it has."""
        longest: dict[str, int] = {}
        for name in self._index:
            first, count = name.partition(" ")[0], name.count(" ") + 1
            if longest.get(first, 0) < count:
                longest[first] = count
        return longest

    def __contains__(self, folded: str) -> bool:
        return folded in self._index

    def named(self, folded: str) -> tuple[PlaceRow, ...]:
        """The places of one folded name, in the table's order of ids."""
        if known := self._asked.get(folded):
            return known
        found = self._index.get(folded)
        if found is None:
            return ()
        if len(self._asked) >= _MOST_ASKED:
            self._asked.clear()
        rows = self._asked[folded] = tuple(self._row(n) for n in ([found] if isinstance(found, int) else found))
        return rows

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {line.partition("\t")[0]: n for n, line in reversed(list(enumerate(self._lines)))}

    def by_id(self, identifier: str) -> PlaceRow | None:
        """The row of one id."""
        number = self._ids.get(identifier)
        return None if number is None else self._row(number)

    def _row(self, number: int) -> PlaceRow:
        cells = self._lines[number].split("\t")
        cells += [""] * (len(_COLUMNS) - len(cells))
        identifier, name, name_de, country, kind, population, lat, lon, aliases, source = cells
        return PlaceRow(
            id=identifier, name=name, name_de=name_de, country=country, kind=kind, population=int(population or 0),
            lat=float(lat), lon=float(lon), aliases=tuple(aliases.split("|")) if aliases else (), source=source,
        )  # fmt: skip


@cache
def gazetteer() -> Gazetteer:
    """The places of the user's table, if any, and ours."""
    return Gazetteer(tuple(p for folder in folders() if (p := folder / "places.tsv").exists()))
