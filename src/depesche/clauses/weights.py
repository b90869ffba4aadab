"""Weights as the inner loops read them: without zeros, or in the 8 bits they are stored in, so that they stay in the caches."""

# Overloads are told apart by numba, which calls them with its own types; what they are typed as here is what they stand for.
# ruff: noqa: ANN001, ANN202, ARG001, C901, PLW0108
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False, disallow-untyped-calls=False, disallow-untyped-decorators=False

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import overload

from depesche.clauses.compiled import borrowed

W = TypeVar("W")
Floats = npt.NDArray[np.float32]
Scale = tuple[npt.NDArray[np.uint8], Floats]
"""8-bit weights and what each of the 256 values stands for."""
Numbers = npt.NDArray[np.uint64]
Sparse = tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16], Floats, npt.NDArray[np.int16]]
"""The weights of a classifier without its zeros, of which 92 to 98 in 100 are zero: where the weights of each feature are and how many
(`256 * place + count`), of each weight its class and the byte it is stored in (`256 * class + byte`), what the 256 bytes stand for, and
whole rows for the features that have many, which the processor adds faster than one by one; their count is `_CROWDED`."""
_CROWDED = 255
_MOST_ALONE = 12
"""From so many weights on a feature has a whole row."""


def sparse(stored: npt.NDArray[np.int8], *, values: Floats) -> Sparse:
    """Stored weights, shape (features, classes), without the zeros; `values` says what each byte stands for."""
    counts = np.count_nonzero(stored, axis=1)
    crowded = np.flatnonzero(counts > _MOST_ALONE)
    rows = values.astype(np.int16)[stored[crowded].view(np.uint8)]
    counts[crowded] = 0
    heads = (np.cumsum(counts) - counts) << 8 | counts
    heads[crowded] = np.arange(len(crowded)) << 8 | _CROWDED
    places = np.flatnonzero(stored)
    places = places[counts[places // stored.shape[1]] > 0]
    cells = (places % stored.shape[1]).astype(np.uint16) << np.uint16(8) | stored.reshape(-1)[places].view(np.uint8)
    return heads.astype(np.uint32), cells, values, rows


def add_rows(weights: Floats | Sparse, features: Numbers, count: int, scores: Floats) -> None:
    """Add the weights of the first `count` features to the scores of the classes; `features` may be overwritten."""
    chosen = features[:count] & np.uint64(rows_in(weights) - 1)
    if not isinstance(weights, tuple):
        scores += weights[chosen, : len(scores)].sum(0)
        return
    heads, cells, values, rows = weights
    for place, size in ((head >> 8, head & 255) for head in heads[chosen].tolist()):
        if size == _CROWDED:
            scores += rows[place, : len(scores)]
        else:
            own = cells[place : place + size]
            scores[own >> 8] += values[own & 255]


@overload(add_rows)
def _add_rows(weights, features, count, scores) -> Callable[..., None]:
    if isinstance(weights, types.BaseTuple):

        def add(weights, features, count, scores):
            heads, cells, values, rows = weights
            mask = np.uint64(len(heads) - 1)
            # All are fetched before any is looked at: the processor waits for them together, not for one after the other.
            for j in range(count):
                features[j] = np.uint64(heads[features[j] & mask])
            for j in range(count):
                place, size = features[j] >> np.uint64(8), features[j] & np.uint64(255)
                if size == np.uint64(_CROWDED):
                    row = rows[place]
                    for k in range(len(scores)):
                        scores[k] += row[k]
                else:
                    for k in range(place, place + size):
                        cell = cells[k]
                        scores[cell >> 8] += values[cell & 255]
    else:

        def add(weights, features, count, scores):
            mask = np.uint64(len(weights) - 1)
            for j in range(count):
                row = weights[features[j] & mask]
                for k in range(len(scores)):
                    scores[k] += row[k]

    return add


def lent(weights: W) -> W:
    """The weights as compiled code reads them that does not count who holds them (`compiled.borrowed`)."""
    return weights


@overload(lent)
def _lent(weights):
    if not isinstance(weights, types.BaseTuple):
        return lambda weights: borrowed(weights)
    if len(weights) == len(("bytes", "values")):
        return lambda weights: (borrowed(weights[0]), borrowed(weights[1]))
    return lambda weights: (borrowed(weights[0]), borrowed(weights[1]), borrowed(weights[2]), borrowed(weights[3]))


def width_of(weights: Floats | Sparse) -> int:
    """How many classes there are."""
    return weights[3].shape[1] if isinstance(weights, tuple) else weights.shape[1]


@overload(width_of, inline="always")
def _width_of(weights) -> Callable[..., int]:
    if isinstance(weights, types.BaseTuple):

        def read(weights):
            return weights[3].shape[1]
    else:

        def read(weights):
            return weights.shape[1]

    return read


def rows_in(weights: Floats | Sparse) -> int:
    """How many rows of features there are, a power of two."""
    return len(weights[0]) if isinstance(weights, tuple) else len(weights)


def size_of(weights: Floats | Scale) -> int:
    """How many weights there are, a power of two."""
    return len(weights[0]) if isinstance(weights, tuple) else len(weights)


@overload(size_of, inline="always")
def _size_of(weights) -> Callable[..., int]:
    if isinstance(weights, types.BaseTuple):

        def read(weights):
            return len(weights[0])
    else:

        def read(weights):
            return len(weights)

    return read


def weight_at(weights: Floats | Scale, index: np.uint64) -> np.float32:
    """One weight."""
    return weights[1][weights[0][index]] if isinstance(weights, tuple) else weights[index]


@overload(weight_at, inline="always")
def _weight_at(weights, index) -> Callable[..., np.float32]:
    if isinstance(weights, types.BaseTuple):

        def read(weights, index):
            return weights[1][weights[0][index]]
    else:

        def read(weights, index):
            return weights[index]

    return read
