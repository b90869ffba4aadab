"""Scores of the parts of trees, kept while a sentence is read."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled, inlined
from depesche.clauses.hashing import U

Keys = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Features = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Room = tuple[Keys, Scores, Features, Ints, Ints, Ints, Ints]
_KEPT = 1 << 12
_SPREAD = U(0x9E3779B97F4A7C15)
_TOKENS = 12
"""A power of two that no sentence has as many tokens as."""


@compiled
def room_for(count: int) -> Room:
    """Room for the scores of the parts of sentences of up to so many tokens, and for trying trees of them.

    Keys and scores of parts; one part's features; one head's children; heads on trial; eldest and younger children (`climbing.families`).

    The same part is met again and again while heads are tried, so its score is kept; a later part may take its place.
    """
    return (
        np.full(_KEPT, -1, np.int64),
        np.empty(_KEPT, np.float32),
        np.empty(32, np.uint64),
        np.empty(count + 1, np.int64),
        np.empty(count + 1, np.int64),
        np.empty(count + 1, np.int64),
        np.empty(count + 1, np.int64),
    )


@inlined
def key_of(sentence: int, upper: int, middle: int, lower: int, sort: int) -> int:
    """The key of a part of three tokens, the first of which may be 2 less than none, in one of many sentences."""
    return (((sentence << _TOKENS | (upper + 2)) << _TOKENS | (middle + 2)) << _TOKENS | lower) << 1 | sort


@inlined
def slot_of(key: int, size: int) -> np.int64:
    """Where the score of a part is kept."""
    return np.int64(((U(key) * _SPREAD) >> U(32)) & U(size - 1))
