"""Language knowledge as data: one folder a language, one file a subject, each entry with an example sentence."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from depesche.tables import read_table

R = TypeVar("R", bound=msgspec.Struct)

_HERE = Path(__file__).parent


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that are read into findings: the folders beside this file."""
    return tuple(sorted(p.name for p in _HERE.iterdir() if p.is_dir() and len(p.name) == 2))  # noqa: PLR2004 (ISO 639-1)


def lexicon(language: str, subject: str, row_type: type[R]) -> tuple[R, ...]:
    """The entries of `words/{language}/{subject}.tsv`, as rows of `row_type`; none where the language has no such file.

    Raises:
        TableError: the file breaks its schema.
    """
    path = _HERE / language / f"{subject}.tsv"
    return read_table(path, row_type) if path.exists() else ()
