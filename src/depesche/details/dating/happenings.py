"""Well-known happenings, by which a text gives away when it was written: named outright, or told by their month alone."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

import depesche.knowledge
from depesche.details.actors.pieces import pieces_of
from depesche.knowledge.actors import first_day
from depesche.knowledge.spelling import fold
from depesche.record import Span
from depesche.tables import read_table
from depesche.words import lexicon

_WORD = re.compile(r"[^\W_]+")


class HappeningRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `knowledge/happenings.tsv`.

    Attributes:
        date: EDTF month or day on which it happened or began.
        country: ISO 3166-1 alpha-3 of where it happened.
        kind: which words of `words/*/happenings.tsv` tell of it.
        phrases: what names it and nothing older, spelled as in print; `phrases_de` likewise in German. Names travel, so texts
            of any language are searched for both.
    """

    name: str
    date: str
    country: str
    kind: str
    source: str
    phrases: tuple[str, ...] = ()
    phrases_de: tuple[str, ...] = ()


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
    return tuple(
        Happening(name=row.name, date=row.date, country=row.country, words=words[row.kind])
        for row in _rows()
        if row.kind in words
    )


@cache
def happenings_in(language: str, month: int) -> tuple[Happening, ...]:
    """Those that happened or began in a month of the year."""
    return tuple(known for known in happenings(language) if first_day(known.date).month == month)


def named(text: str) -> Iterator[tuple[HappeningRow, Span]]:
    """The happenings that a text names outright, each where it is named first."""
    phrases = _phrases()
    pieces = pieces_of(text)
    words = pieces.texts
    met: set[str] = set()
    for i in [i for i, word in enumerate(words) if word in phrases]:
        for phrase, row in phrases[words[i]]:
            last = i + len(phrase)
            if row.name not in met and tuple(words[i:last]) == phrase:
                met.add(row.name)
                yield row, Span(pieces.starts[i], pieces.ends[last - 1])


@cache
def _rows() -> tuple[HappeningRow, ...]:
    return read_table(Path(depesche.knowledge.__path__[0]) / "happenings.tsv", HappeningRow)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], HappeningRow]]]:
    found: dict[str, list[tuple[tuple[str, ...], HappeningRow]]] = {}
    for row in _rows():
        for phrase in (*row.phrases, *row.phrases_de):
            words = tuple(_WORD.findall(phrase))
            found.setdefault(words[0], []).append((words, row))
    return found
