"""Scores of the parts of trees, kept while a sentence is read."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U

Keys = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Features = npt.NDArray[np.uint64]
_MOST_KEPT = 1 << 14
_SPREAD = U(0x9E3779B97F4A7C15)


@compiled
def room_for(count: int) -> tuple[Keys, Scores, Features]:
    """Room for the scores of the parts of one sentence of so many tokens: keys, scores, and one part's features.

    The same part is met again and again while heads are tried, so its score is kept; a later part may take its place.
    """
    size = 256
    while size < 4 * count * count and size < _MOST_KEPT:
        size *= 2
    return np.full(size, -1, np.int64), np.empty(size, np.float32), np.empty(32, np.uint64)


@compiled
def slot_of(key: int, size: int) -> np.int64:
    """Where the score of a part is kept."""
    return np.int64((U(key) * _SPREAD >> U(32)) & U(size - 1))
