"""From the names of features to the rows of their weights."""

from collections.abc import Iterable
from zlib import crc32

BITS = 18
"""Features are hashed into 2 ** BITS rows of weights."""
_MASK = (1 << BITS) - 1
_KEPT_NAMES = 50_000


class Slots(dict[str, int]):
    """Rows of features by name, worked out when a name is first met; begun anew beyond so many names."""

    def __missing__(self, name: str) -> int:
        """The row of a name met for the first time."""
        if len(self) >= _KEPT_NAMES:
            self.clear()
        row = self[name] = crc32(name.encode()) & _MASK
        return row

    def rows(self, names: Iterable[str]) -> list[int]:
        """The rows of many names."""
        return [self[name] for name in names]


SLOTS = Slots()
"""The rows of features that are named in full and come again and again."""


def slot(name: str) -> int:
    """The row of one feature, worked out anew: for names that hardly come twice."""
    return crc32(name.encode()) & _MASK


def rows_of(names: Iterable[str], front: bytes = b"") -> list[int]:
    """The same for many names that share a front."""
    begun = crc32(front)
    return [crc32(name.encode(), begun) & _MASK for name in names]
