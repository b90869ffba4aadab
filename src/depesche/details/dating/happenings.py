"""Well-known happenings, by which a text that gives only their month gives away its year."""

from functools import cache
from pathlib import Path

import msgspec

import depesche.knowledge
from depesche.knowledge.spelling import fold
from depesche.tables import read_table
from depesche.words import lexicon


class HappeningRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `knowledge/happenings.tsv`.

    Attributes:
        date: EDTF month or day on which it happened or began.
        country: ISO 3166-1 alpha-3 of where it happened.
        kind: which words of `words/*/happenings.tsv` tell of it.
    """

    name: str
    date: str
    country: str
    kind: str
    source: str


class HappeningWords(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `words/*/happenings.tsv`: words that tell of a kind of happening."""

    kind: str
    forms: tuple[str, ...]
    example: str


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """A happening with the folded words of one language that tell of it."""

    name: str
    date: str
    country: str
    words: frozenset[str]


@cache
def happenings(language: str) -> tuple[Happening, ...]:
    """The known happenings, with the words of one language; those without words in it are left out."""
    words = {row.kind: frozenset(map(fold, row.forms)) for row in lexicon(language, "happenings", HappeningWords)}
    rows = read_table(Path(depesche.knowledge.__path__[0]) / "happenings.tsv", HappeningRow)
    return tuple(
        Happening(name=row.name, date=row.date, country=row.country, words=words[row.kind])
        for row in rows
        if row.kind in words
    )
