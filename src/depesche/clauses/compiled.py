"""Machine code for the inner loops, kept between runs wherever this installation may write."""

# Overloads and intrinsics are called by numba with its own types; what they are typed as here is what they stand for.
# ruff: noqa: ANN001, ANN202, ARG001, ARG005, PLW0108
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, disallow-untyped-calls=False, disallow-untyped-decorators=False

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba
from numba.core import cgutils
from numba.extending import intrinsic, overload
from numba.np.arrayobj import make_array

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code.

    The code is cached beside the module, in the user's cache folder, or in NUMBA_CACHE_DIR. Where none of them may be
    written (a read-only installation without a home), it is compiled anew by each process.
    """
    try:
        fast: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        fast = numba.njit(nogil=True)(function)
    return fast


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code that is put in the place of each call."""
    fast: Callable[P, R] = numba.njit(nogil=True, inline="always")(function)
    return fast


def borrowed(array: A) -> A:
    """The array for compiled code that does not count who holds it; its caller must.

    Each row that is looked at and each call that hands on an array counts twice, by instructions that wait for all processors: two
    fifths of the time of the climbing of trees went into that.
    """
    return array


def held(array: A) -> None:
    """Hold an array up to here: what is `borrowed` from one made in the same function needs it to be."""


@overload(held)
def _held_in_compiled_code(array):
    return lambda array: None


@overload(borrowed)
def _borrowed_in_compiled_code(array):
    return lambda array: _uncounted(array)  # type: ignore[call-arg]  # numba hands over the context itself


@intrinsic
def _uncounted(_context, array):
    def build(context, builder, signature, arguments):
        kind = signature.return_type
        whole = make_array(kind)(context, builder, value=arguments[0])
        whole.meminfo = cgutils.get_null_value(whole.meminfo.type)
        whole.parent = cgutils.get_null_value(whole.parent.type)
        return whole._getvalue()  # noqa: SLF001 (how numba's own functions end)

    return array(array), build
