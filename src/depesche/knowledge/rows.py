"""The rows of the knowledge tables, their stable ids, and where the tables lie.

`states.tsv`, `groups.tsv`, `persons.tsv`, `offices.tsv` and `places.tsv` stand beside this file. A user's own folder, named in the
environment variable `DEPESCHE_KNOWLEDGE`, may hold files of the same names with the same columns (`source` may be left out): its
rows come first, so that its ids and its names win over ours.

Rows hold text and numbers only, so the garbage collector need not look at them (`gc=False`): a quarter of the loading time.
"""

import os
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from depesche.knowledge.spelling import fold
from depesche.record import ActorKind
from depesche.tables import read_table

HERE = Path(__file__).parent
OWN_TABLES = "DEPESCHE_KNOWLEDGE"
"""Environment variable that names the user's folder of tables."""


class StateRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A state, its people, its seat and what newspapers call it; columns with `_de` are the German ones."""

    iso3: str
    name: str
    iso2: str = ""
    name_de: str = ""
    aliases: tuple[str, ...] = ()
    aliases_de: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    adjective_de: tuple[str, ...] = ()
    demonym: tuple[str, ...] = ()
    demonym_plural: tuple[str, ...] = ()
    demonym_de: tuple[str, ...] = ()
    demonym_plural_de: tuple[str, ...] = ()
    capital: str = ""
    capital_de: str = ""
    metonyms: tuple[str, ...] = ()
    metonyms_de: tuple[str, ...] = ()
    founded: str = ""
    ended: str = ""
    source: str = ""


class GroupRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A body that acts: organisation, armed group, party, agency; `start` and `end` are EDTF, empty where open."""

    id: str
    kind: ActorKind
    name: str
    name_de: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    aliases_de: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    source: str = ""


class PersonRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person; `gender` is `m`, `f` or empty."""

    id: str
    name: str
    name_de: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()
    aliases_de: tuple[str, ...] = ()
    gender: str = ""
    born: str = ""
    died: str = ""
    source: str = ""


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An office held from `start` to `end` (EDTF; an empty end is open), in a country's service or in a body's."""

    person: str
    role: str
    body: str = ""
    country: str = ""
    title: str = ""
    title_de: str = ""
    start: str = ""
    end: str = ""
    source: str = ""


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place with its point in degrees (WGS 84); `kind` is country, region, city, site or water."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    name_de: str = ""
    country: str = ""
    population: int = 0
    aliases: tuple[str, ...] = ()
    source: str = ""


R = TypeVar("R", bound=msgspec.Struct)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ə": "e", "þ": "th"})
# Where the usual short name is not the slug of the full one.
_SHORT = {"USA": "usa", "GBR": "uk", "ARE": "uae", "COD": "dr-congo", "CIV": "ivory-coast", "PSE": "palestine"}


@lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """The readable part of an id.

    >>> slug("Recep Tayyip Erdoğan"), slug("Gerhard Schröder")
    ('recep-tayyip-erdogan', 'gerhard-schroeder')
    """
    plain = unicodedata.normalize("NFC", name).lower().translate(_UMLAUTS)
    return re.sub(r"[^\w]+", "-", fold(re.sub(r"['’]", "", plain))).strip("-_")


def state_slug(row: StateRow) -> str:
    """The part after the slash in `state/…`, `government/…` and the country's `place/…`."""
    return _SHORT.get(row.iso3) or slug(row.name)


@cache
def folders() -> tuple[Path, ...]:
    """Where tables are looked for: the user's folder first, then ours."""
    own = os.environ.get(OWN_TABLES)
    return (Path(own), HERE) if own else (HERE,)


def rows(name: str, row_type: type[R]) -> tuple[R, ...]:
    """All rows of `{name}.tsv`, the user's first; read once.

    Raises:
        TableError: a table breaks its schema; names file and line.
    """
    if name not in _read:
        paths = (folder / f"{name}.tsv" for folder in folders())
        _read[name] = tuple(row for path in paths if path.exists() for row in read_table(path, row_type))
    return _read[name]  # type: ignore[return-value]  # one row type a table


_read: dict[str, tuple[msgspec.Struct, ...]] = {}
