"""Weights as the inner loops read them: without zeros, or in the 8 bits they are stored in, so that they stay in the caches."""

# Overloads are told apart by numba, which calls them with its own types; what they are typed as here is what they stand for.
# ruff: noqa: ANN001, ANN202, ARG001
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False, disallow-untyped-calls=False, disallow-untyped-decorators=False

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import overload

Floats = npt.NDArray[np.float32]
Scale = tuple[npt.NDArray[np.uint8], Floats]
"""8-bit weights and what each of the 256 values stands for."""
Sparse = tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8], npt.NDArray[np.int16], int]
"""The weights of a classifier that are not zero: where the row of each feature begins, the class of each, the weight of each, and how
many classes there are. Of 100 weights two to eight are left."""


def sparse(stored: npt.NDArray[np.int8], *, values: npt.NDArray[np.int16]) -> Sparse:
    """Stored weights, shape (features, classes), without the zeros; `values` says what each byte stands for."""
    places = np.flatnonzero(stored)
    borders = np.searchsorted(places, np.arange(len(stored) + 1) * stored.shape[1]).astype(np.uint32)
    weights = values[stored.reshape(-1)[places].view(np.uint8)]
    return borders, (places % stored.shape[1]).astype(np.uint8), weights, stored.shape[1]


def add_row(weights: Floats | Sparse, index: np.uint64, classes: int, scores: Floats) -> None:
    """Add the weights of one feature to the scores of the classes."""
    if not isinstance(weights, tuple):
        scores[:classes] += weights[index, :classes]
        return
    borders, kinds, values, _ = weights
    own = slice(borders[index], borders[index + 1])
    scores[kinds[own]] += values[own]


@overload(add_row)
def _add_row(weights, index, classes, scores) -> Callable[..., None]:
    if isinstance(weights, types.BaseTuple):

        def add(weights, index, classes, scores):
            borders, kinds, values, _ = weights
            for k in range(borders[index], borders[index + np.uint64(1)]):
                scores[kinds[k]] += values[k]
    else:

        def add(weights, index, classes, scores):
            row = weights[index]
            for k in range(classes):
                scores[k] += row[k]

    return add


def width_of(weights: Floats | Sparse) -> int:
    """How many classes there are."""
    return weights[3] if isinstance(weights, tuple) else weights.shape[1]


@overload(width_of, inline="always")
def _width_of(weights) -> Callable[..., int]:
    if isinstance(weights, types.BaseTuple):

        def read(weights):
            return weights[3]
    else:

        def read(weights):
            return weights.shape[1]

    return read


def rows_in(weights: Floats | Sparse) -> int:
    """How many rows of features there are, a power of two."""
    return len(weights[0]) - 1 if isinstance(weights, tuple) else len(weights)


@overload(rows_in, inline="always")
def _rows_in(weights) -> Callable[..., int]:
    if isinstance(weights, types.BaseTuple):

        def read(weights):
            return len(weights[0]) - 1
    else:

        def read(weights):
            return len(weights)

    return read


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
