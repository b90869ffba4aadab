"""The event types and modes of codebook section 5 as data, with their names in PLOVER, CAMEO and Goldstein-style scores."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from depesche.record import EventType
from depesche.tables import read_table

TYPES: tuple[EventType, ...] = get_args(EventType)
"""All types, in the codebook's order."""


class Kind(msgspec.Struct, frozen=True):
    """One type, or one mode of it.

    Attributes:
        mode: None for the type as a whole.
        sides: `mutual` where all sides are agents.
        plover: the PLOVER type of an act that happened; `plover_alone` of one that only one side does, if that is another;
            `plover_planned` of one that is scheduled or announced.
        cameo: CAMEO code; `goldstein` its score, -10 to 10.
    """

    type: EventType
    sides: Literal["directed", "mutual"]
    plover: EventType
    plover_planned: EventType
    cameo: str
    goldstein: float
    source: str
    mode: str | None = None
    plover_alone: EventType | None = None


@cache
def kinds() -> dict[tuple[EventType, str | None], Kind]:
    """All rows of the ontology, by type and mode."""
    return {(kind.type, kind.mode): kind for kind in read_table(Path(__file__).with_name("ontology.tsv"), Kind)}


@cache
def mutual_types() -> frozenset[EventType]:
    """The types in which all sides are agents."""
    return frozenset(kind.type for kind in kinds().values() if kind.sides == "mutual")


def kind_of(event_type: EventType, mode: str | None) -> Kind:
    """The row of a type and mode; of the type as a whole where the mode is not listed."""
    return kinds().get((event_type, mode)) or kinds()[event_type, None]
