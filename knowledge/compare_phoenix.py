"""Compare the heads of state and government with the PETRARCH Phoenix country list (MIT), which dates rulers to the day.

    python -m knowledge.compare_phoenix FOLDER

FOLDER holds `Phoenix.Countries.actors.txt`. Prints how many of our terms that began 1990 to 2010 begin there within three days,
and the others: most of those differ because the list also dates other posts, or only to the month.
"""

import datetime as dt
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.check import Row, read
from knowledge.notation import slug

_CODE = re.compile(r"\s*\[([A-Z]{3})GOV [<>]?(\d{6,8})")


class Start(NamedTuple):
    """A day on which somebody entered the government, as the list says, under all the names it gives."""

    country: str
    day: dt.date
    names: tuple[frozenset[str], ...]


def _day(digits: str) -> dt.date | None:
    """`910323` or `19910323`; years of two digits lie between 1920 and 2019."""
    full = digits if len(digits) == 8 else ("19" if digits[:2] >= "20" else "20") + digits
    try:
        return dt.date(int(full[:4]), int(full[4:6]), int(full[6:8]))
    except ValueError:
        return None


def starts(path: Path) -> Iterator[Start]:
    """All dated entries into a government."""
    names: list[frozenset[str]] = []
    for raw in path.read_text("latin-1").splitlines():
        line = raw.partition(";")[0].partition("#")[0].rstrip()
        if match := _CODE.match(line):
            if day := _day(match[2]):
                yield Start(match[1], day, tuple(names))
        elif line and not line.strip().startswith("["):
            words = frozenset(slug(line.strip("+_ ").replace("_", " ")).split("-"))
            names = [*names, words] if line.startswith("+") else [words]


def _forms(person: Row) -> list[list[str]]:
    written = "|".join(person[column] for column in ("name", "name_de", "aliases"))
    return [slug(name).split("-") for name in written.split("|") if name]


def main() -> None:
    """Print the agreement and the differences."""
    listed: dict[str, list[Start]] = defaultdict(list)
    for start in starts(Path(sys.argv[1]) / "Phoenix.Countries.actors.txt"):
        listed[start.country].append(start)
    persons = {person["id"]: person for person in read("persons")}
    found = agreed = 0
    for office in read("offices"):
        dated = len(office["start"]) == len("2000-01-01") and "1990" < office["start"] < "2011"
        if office["role"] not in ("head_of_state", "head_of_government") or office["body"] or not dated:
            continue
        forms = _forms(persons[office["person"]])
        days = [
            start.day
            for start in listed[office["country"]]
            if any(
                form[-1] in names and len(names & set(form)) >= min(2, len(form))
                for names in start.names
                for form in forms
            )
        ]
        if days:
            found += 1
            near = any(abs((day - dt.date.fromisoformat(office["start"])).days) <= 3 for day in days)
            agreed += near
            if not near:
                print(
                    office["country"], office["role"], office["person"], office["start"], *sorted(set(map(str, days)))
                )
    print(f"{agreed} of {found} terms begin within three days")


if __name__ == "__main__":
    main()
