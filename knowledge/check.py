"""Check the knowledge tables: ids, references, dates, countries, and who held an office at the same time.

    python -m knowledge.check

Prints one line for each finding, errors first, and exits 1 where there is an error. Two holders of an office at one time are a
warning only: presidencies can be contested, and a term known by its year overlaps with the next.
"""

import csv
import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent.parent / "src" / "depesche" / "knowledge"
_EDTF = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[~?]?$")
_NOT_IN_STATES = {""}
SINGLE = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
"""Roles that one person holds at a time."""

Row = dict[str, str]


class Finding(NamedTuple):
    """What is wrong, and whether the tables may be shipped with it."""

    level: str
    text: str


def read(name: str, folder: Path = TABLES) -> list[Row]:
    """The rows of one table as written; comment lines are left out."""
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def check(folder: Path = TABLES) -> list[Finding]:
    """All findings, errors first."""
    states, groups = read("states", folder), read("groups", folder)
    persons, offices = read("persons", folder), read("offices", folder)
    found = [
        *_unique(states, "iso3"),
        *_unique(groups, "id"),
        *_unique(persons, "id"),
        *_names(states, groups, persons),
        *_dates(groups, offices, persons),
        *_references(offices, persons=persons, groups=groups),
        *_countries({s["iso3"] for s in states}, rows=(*groups, *persons, *offices)),
        *_overlaps(offices),
    ]
    return sorted(found, key=lambda f: f.level)


def _unique(rows: list[Row], column: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in rows:
        if row[column] in seen:
            yield Finding("error", f"{column} {row[column]} is there twice")
        seen.add(row[column])


def _names(*tables: list[Row]) -> Iterator[Finding]:
    for rows in tables:
        for row in rows:
            if not row["name"].strip() or not row["source"].strip():
                yield Finding("error", f"{row.get('id') or row.get('iso3')}: no name or no source")
            for column in ("name", "name_de", "aliases", "aliases_de"):
                for name in (row[column] or "").split("|"):
                    if name != name.strip() or re.search(r"[;~{}\"]|\.\.", name):
                        yield Finding(
                            "error", f"{row.get('id') or row.get('iso3')}: {column} has a stray mark: {name!r}"
                        )


def _dates(groups: list[Row], offices: list[Row], persons: list[Row]) -> Iterator[Finding]:
    pairs = [(r["id"], r["start"], r["end"]) for r in groups]
    pairs += [(f"{r['person']} {r['role']} {r['country'] or r['body']}", r["start"], r["end"]) for r in offices]
    pairs += [(r["id"], r["born"], r["died"]) for r in persons]
    for label, start, end in pairs:
        wrong = [d for d in (start, end) if d and not _EDTF.match(d)]
        if wrong:
            yield Finding("error", f"{label}: not an EDTF day, month or year: {wrong}")
        elif start and end and start[: len(end)] > end[: len(start)]:
            yield Finding("error", f"{label}: begins {start}, ends {end}")


def _references(offices: list[Row], *, persons: list[Row], groups: list[Row]) -> Iterator[Finding]:
    people, bodies = {p["id"] for p in persons}, {g["id"] for g in groups}
    for office in offices:
        if office["person"] not in people:
            yield Finding("error", f"offices name {office['person']}, whom persons lack")
        if office["body"] and office["body"] not in bodies:
            yield Finding("error", f"{office['person']}: body {office['body']} is not in groups")


def _countries(known: set[str], *, rows: tuple[Row, ...]) -> Iterator[Finding]:
    for row in rows:
        if row["country"] not in known | _NOT_IN_STATES:
            yield Finding("error", f"{row.get('id') or row.get('person')}: country {row['country']} is not in states")


def _overlaps(offices: list[Row]) -> Iterator[Finding]:
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for office in offices:
        if office["role"] in SINGLE and not office["body"] and office["country"]:
            held[office["role"], office["country"]].append(office)
    for (role, country), terms in held.items():
        ordered = sorted(terms, key=lambda t: (t["start"], t["end"] or "9999"))
        for first, second in itertools.pairwise(ordered):
            end, start = first["end"] or "9999", second["start"]
            if first["person"] != second["person"] and end[: len(start)] > start[: len(end)]:
                yield Finding(
                    "warning", f"{role} {country}: {first['person']} until {end}, {second['person']} from {start}"
                )


def main() -> int:
    """Print the findings; the exit code says whether there is an error."""
    findings = check()
    for level, text in findings:
        print(level, text, sep="\t")
    print(f"{sum(f.level == 'error' for f in findings)} errors, {sum(f.level == 'warning' for f in findings)} warnings")
    return int(any(f.level == "error" for f in findings))


if __name__ == "__main__":
    sys.exit(main())
