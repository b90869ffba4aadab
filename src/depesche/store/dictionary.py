"""The data dictionary: what every table and column means, read from the one place where it is written."""

import re
from functools import cache
from importlib.resources import files

TABLES = (
    "articles", "sentences", "actors", "actor_mentions", "places", "place_mentions", "times", "statements", "events",
    "event_actors", "figures",
)  # fmt: skip
"""The tables that are exported."""

_TABLE = re.compile(r"^## (\w+)$", re.MULTILINE)
_COLUMN = re.compile(r"^\| `(\w+)` \| (.*?) \|$", re.MULTILINE)


@cache
def data_dictionary() -> dict[str, tuple[tuple[str, str], ...]]:
    """Table → its columns with their meaning, in order."""
    text = (files("depesche.store") / "data-dictionary.md").read_text("utf-8")
    _, *sections = _TABLE.split(text)
    return {
        name: tuple((m[1], m[2]) for m in _COLUMN.finditer(section))
        for name, section in zip(sections[::2], sections[1::2], strict=True)
    }


def columns_of(table: str) -> tuple[tuple[str, str], ...]:
    """Columns of one table with their meaning."""
    return data_dictionary()[table]
