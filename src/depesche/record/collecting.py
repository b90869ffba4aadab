"""Python's search for reference cycles, put off while thousands of marks are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for reference cycles meanwhile.

    Marks and rows have none, and each search goes through all the tables and machine code in memory: an eighth of a second,
    as long as two thousand words take to be read.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
