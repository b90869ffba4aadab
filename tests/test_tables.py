"""Typed tables: what does not fit is named by file and line."""

from pathlib import Path

import msgspec
import pytest

from depesche.errors import TableError
from depesche.tables import read_table


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A row."""

    word: str
    weight: float = 1.0
    forms: tuple[str, ...] = ()


def write(folder: Path, text: str) -> Path:
    """A table file."""
    path = folder / "t.tsv"
    path.write_text(text, "utf-8")
    return path


def test_comments_defaults_and_lists(tmp_path: Path) -> None:
    """An empty cell is the default, `|` parts a list."""
    path = write(tmp_path, "# a table\n\nword\tweight\tforms\nein\t0.5\ta|b\nzwei\n")
    assert read_table(path, Entry) == (Entry(word="ein", weight=0.5, forms=("a", "b")), Entry(word="zwei"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("word\tcolour\nx\ty\n", "t.tsv:1: unknown columns ['colour']"),
        ("weight\n1\n", "missing columns ['word']"),
        ("word\tweight\nx\theavy\n", "t.tsv:2: Expected `float`"),
        ("word\nx\ty\n", "t.tsv:2: 2 cells for 1 columns"),
        ("word\tweight\n\t2\n", "t.tsv:2: Object missing required field `word`"),
    ],
)
def test_a_broken_table_is_named_by_line(tmp_path: Path, text: str, said: str) -> None:
    """File, line and what is wrong."""
    with pytest.raises(TableError) as error:
        read_table(write(tmp_path, text), Entry)
    assert said in str(error.value)
