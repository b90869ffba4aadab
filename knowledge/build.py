"""Build `src/depesche/knowledge/{states,groups,persons,offices}.tsv` from the hand-written lists in this folder.

    python -m knowledge.build

Reads `states.txt` (notation: `states.py`), `groups/*.txt` and `people/*.txt` (notation: `notation.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.notation import Group, Office, Person, read_groups, read_people
from knowledge.states import read_states, state_columns

HERE = Path(__file__).parent
TABLES = HERE.parent / "src" / "depesche" / "knowledge"
OWN = "public record; own compilation"


@dataclass
class People:
    """Persons merged by id, and their offices, each with its source."""

    persons: dict[str, Person] = field(default_factory=dict)
    offices: dict[Office, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def add(self, items: Iterable[Person | Office], *, source: str) -> None:
        """Add what a list says; a later mention of a person fills what earlier ones left empty."""
        for item in items:
            if isinstance(item, Office):
                self.offices.setdefault(item, source)
                continue
            known = self.persons.get(item.id)
            self.persons[item.id] = _merged(known, item) if known else item
            self.sources.setdefault(item.id, source)


# Where the family name comes first, the short name is the first word: "Ban", "Xi". Others give their family name last.
_HYPHENATED = frozenset({"KOR", "PRK", "TWN"})
_CHINESE = (
    "Xi Hu Li Wang Zhang Jiang Wen Zhu Zhao Yang Tang Qian Qin Dong Wei Liang Cao Liu Fu Hua Mao Lin Xie Wu Sun Zhai Deng Bo Chen "
    "Guo Meng Zhou Jia Tao Cui Song Qiao Bao Geng Hong"
)


def family_name_first(person: Person) -> Person:
    """The person with the family name as an alias, where it comes first: `Ban Ki-moon` gets `Ban`."""
    first, _, rest = person.name.partition(" ")
    korean = person.country in _HYPHENATED and "-" in rest and "-" not in first
    chinese = person.country == "CHN" and first in _CHINESE.split() and " " not in rest
    if (korean or chinese) and first not in person.aliases:
        return person._replace(aliases=(*person.aliases, first))
    return person


def _merged(first: Person, second: Person) -> Person:
    aliases = tuple(dict.fromkeys((*first.aliases, *second.aliases)))
    # Two lists may give two German spellings: the first is the name, the other an alias.
    other = (second.name_de,) if first.name_de and second.name_de not in ("", first.name_de) else ()
    aliases_de = tuple(dict.fromkeys((*first.aliases_de, *second.aliases_de, *other)))
    gender = "f" if "f" in (first.gender, second.gender) else first.gender or second.gender
    return first._replace(
        name_de=first.name_de or second.name_de,
        country=first.country or second.country,
        aliases=aliases,
        aliases_de=aliases_de,
        gender=gender,
        born=first.born or second.born,
        died=first.died or second.died,
    )


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str | tuple[str, ...]]]) -> int:
    """Write one table; returns the number of rows."""
    lines = ["\t".join("|".join(cell) if isinstance(cell, tuple) else cell for cell in row) for row in rows]
    path.write_text(
        "# Built by knowledge/build.py; edit the lists there, not this table.\n"
        + "\t".join(columns)
        + "\n"
        + "".join(f"{line}\n" for line in lines),
        "utf-8",
    )
    return len(lines)


def gather() -> tuple[People, dict[str, Group]]:
    """All persons, offices and groups of the lists."""
    paths = sorted((HERE / "people").glob("*.txt"))
    # A woman is marked once, but her titles stand in several lists.
    women = {item.id for path in paths for item in read_people(path) if isinstance(item, Person) and item.gender == "f"}
    people = People()
    for path in paths:
        people.add(read_people(path, women=women), source=OWN)
    groups = {}
    for path in sorted((HERE / "groups").glob("*.txt")):
        for group in read_groups(path):
            if group.id in groups:
                raise ValueError(f"{path.name}: {group.id} is listed twice")
            groups[group.id] = group
    return people, groups


def main() -> None:
    """Write the four tables and say how many rows each has."""
    people, groups = gather()
    states = list(read_states(HERE / "states.txt"))
    counts = {
        "states": write(TABLES / "states.tsv", (*state_columns(), "source"), ((*row, OWN) for row in states)),
        "groups": write(
            TABLES / "groups.tsv", (*Group._fields, "source"), ((*group, OWN) for _, group in sorted(groups.items()))
        ),
        "persons": write(
            TABLES / "persons.tsv",
            (*Person._fields, "source"),
            (
                (*family_name_first(p._replace(name_de=p.name_de or p.name)), people.sources[p.id])
                for _, p in sorted(people.persons.items())
            ),
        ),
        "offices": write(
            TABLES / "offices.tsv",
            (*Office._fields, "source"),
            ((*office, source) for office, source in sorted(people.offices.items())),
        ),
    }
    print("\t".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
