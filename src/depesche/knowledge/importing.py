"""Makes knowledge tables of your own from public dumps; they win over ours once `DEPESCHE_KNOWLEDGE` names their folder.

    python -m depesche.knowledge.importing geonames SY.txt --into my-tables
    python -m depesche.knowledge.importing jrc-names entities --into my-tables
    python -m depesche.knowledge.importing wikidata query.json --into my-tables
    DEPESCHE_KNOWLEDGE=my-tables depesche read page.html

- geonames: a table of GeoNames (`cities500.txt`, `allCountries.txt` or one country's file: 19 columns, geonames.org/export).
- jrc-names: the entity file of JRC-Names (identifier, type, language, spelling with `+` for spaces; persons `P`, organisations `O`).
- wikidata: a result of query.wikidata.org in JSON with the variables `person` and `name`, and where there are any `name_de`,
  `country` (ISO 3166-1 alpha-3), `alias`, `gender`, `role` (as in `offices.tsv`), `title`, `title_de`, `start`, `end`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

from depesche.errors import NotFoundError, TableError
from depesche.knowledge.rows import slug

Tables = dict[str, list[tuple[str, ...]]]
_GEONAMES_COLUMNS = 19
_KINDS = {"P": "city", "A": "region", "H": "water", "L": "region", "S": "site", "T": "region"}
_HEADS = {
    "places": ("id", "name", "name_de", "country", "kind", "population", "lat", "lon", "aliases", "source"),
    "persons": ("id", "name", "name_de", "country", "aliases", "gender", "source"),
    "groups": ("id", "kind", "name", "name_de", "aliases", "source"),
    "offices": ("person", "role", "country", "title", "title_de", "start", "end", "source"),
}


class _Cell(TypedDict):
    value: str


def from_geonames(path: Path) -> Tables:
    """Places from a GeoNames table; the feature class becomes the kind."""
    places: list[tuple[str, ...]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != _GEONAMES_COLUMNS:
            raise TableError(f"{path}:{number}: {len(cells)} columns; a GeoNames table has {_GEONAMES_COLUMNS}")
        identifier, name, _, others, lat, lon, feature, _, country = cells[:9]
        if feature in _KINDS:
            aliases = "|".join(other for other in others.split(",") if other and other != name)
            places.append(
                (f"place/{slug(name)}-{country.lower()}-{identifier}", name, "", _iso3(country), _KINDS[feature],
                 cells[14], lat, lon, aliases, "geonames")
            )  # fmt: skip
    return {"places": places}


def from_jrc_names(path: Path) -> Tables:
    """Persons and organisations from JRC-Names; the first spelling of an entity is its name."""
    spellings: dict[tuple[str, str], list[str]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) < 4:  # noqa: PLR2004 (identifier, type, language, spelling)
            raise TableError(
                f"{path}:{number}: {len(cells)} columns; JRC-Names has four: identifier, type, language, spelling"
            )
        identifier, kind, _, spelling = cells[:4]
        if kind in {"P", "O"}:
            spellings.setdefault((identifier, kind), []).append(spelling.replace("+", " "))
    persons: list[tuple[str, ...]] = []
    groups: list[tuple[str, ...]] = []
    for (_, kind), names in spellings.items():
        first, aliases = names[0], "|".join(dict.fromkeys(names[1:]))
        if kind == "P":
            persons.append((f"person/{slug(first)}", first, "", "", aliases, "", "JRC-Names"))
        else:
            groups.append((f"org/{slug(first)}", "other", first, "", aliases, "JRC-Names"))
    return {"persons": persons, "groups": groups}


def from_wikidata(path: Path) -> Tables:
    """Persons and their offices from a query result; rows of one person are merged."""
    names: dict[str, dict[str, str]] = {}
    aliases: dict[str, list[str]] = {}
    offices: list[tuple[str, ...]] = []
    for row in _bindings(path):
        identifier = f"person/{slug(row['name'])}"
        names.setdefault(identifier, row)
        aliases.setdefault(identifier, []).append(row.get("alias", ""))
        if role := row.get("role"):
            term = (row.get(field, "") for field in ("country", "title", "title_de"))
            offices.append(
                (identifier, role, *term, _day(row.get("start", "")), _day(row.get("end", "")), "Wikidata, CC0")
            )
    persons: list[tuple[str, ...]] = [
        (identifier, row["name"], row.get("name_de", ""), row.get("country", ""),
         "|".join(a for a in dict.fromkeys(aliases[identifier]) if a), row.get("gender", ""), "Wikidata, CC0")
        for identifier, row in names.items()
    ]  # fmt: skip
    return {"persons": persons, "offices": list(dict.fromkeys(offices))}


def _bindings(path: Path) -> Iterator[dict[str, str]]:
    try:
        rows: list[dict[str, _Cell]] = json.loads(path.read_text("utf-8"))["results"]["bindings"]
        yield from ({key: cell["value"] for key, cell in row.items()} for row in rows if "name" in row)
    except (ValueError, KeyError, TypeError) as error:
        raise TableError(
            f"{path}: no query result of Wikidata in JSON (results.bindings with `name`): {error}"
        ) from error


def _day(stamp: str) -> str:
    return stamp.partition("T")[0]


def _iso3(iso2: str) -> str:
    return _codes().get(iso2, "")


def _codes() -> dict[str, str]:
    from depesche.knowledge.rows import StateRow, rows  # noqa: PLC0415 (only GeoNames needs the table)

    return {state.iso2: state.iso3 for state in rows("states", StateRow) if state.iso2}


READERS: dict[str, Callable[[Path], Tables]] = {
    "geonames": from_geonames,
    "jrc-names": from_jrc_names,
    "wikidata": from_wikidata,
}


def write(tables: Tables, folder: Path) -> dict[str, int]:
    """Write the tables into a folder, replacing those of the same name; returns how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in tables.items():
        lines = ["\t".join(cells) for cells in (_HEADS[name], *found)]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return {name: len(found) for name, found in tables.items()}


def _existing(path: Path) -> Path:
    if not path.exists():
        raise NotFoundError("no such file; name the dump you downloaded", where=str(path))
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("format", choices=sorted(READERS))
    parser.add_argument("dump", type=Path, help="the file to read")
    parser.add_argument("--into", type=Path, required=True, help="the folder of your tables")
    options = parser.parse_args(arguments)
    try:
        counts = write(READERS[options.format](_existing(options.dump)), options.into)
    except (NotFoundError, TableError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(", ".join(f"{count} {name}" for name, count in counts.items()) + f" written to {options.into}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
