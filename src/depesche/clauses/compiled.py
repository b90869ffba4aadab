"""Machine code for the inner loops, kept between runs wherever this installation may write."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


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
