"""Weights as they are stored, in 8 bits, read one by one in the inner loops: wider ones would fill four times the memory and miss the caches."""

# Overloads are told apart by numba, which calls them with its own types; what they are typed as here is what they stand for.
# ruff: noqa: ANN001, ANN202, ARG001
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False, disallow-untyped-calls=False, disallow-untyped-decorators=False

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from numba import types
from numba.extending import overload

Floats = npt.NDArray[np.float32]
Small = npt.NDArray[np.int8]
Scale = tuple[npt.NDArray[np.uint8], Floats]
"""8-bit weights and what each of the 256 values stands for."""

_STEP = np.float32(32_000 / 127**2)
_ROUND = np.float32(3 << 22)
"""Added and taken away again, it rounds a small float32 to a whole number, as `rint` does, but in vectors."""


def widened(weight: np.int8) -> np.float32:
    """What an 8-bit weight of a classifier stands for: the square, of its sign, on a scale to 32,000; others are what they are."""
    wide = np.float32(weight)
    return (wide * abs(wide) * _STEP + _ROUND) - _ROUND


@overload(widened, inline="always")
def _widened(weight) -> Callable[..., object]:
    if weight == types.int8:

        def read(weight):
            wide = np.float32(weight)
            return np.float32(np.float32(np.float32(wide * abs(wide)) * _STEP) + _ROUND) - _ROUND
    else:

        def read(weight):
            return weight

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
