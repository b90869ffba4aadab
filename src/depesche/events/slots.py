"""From the names of features to the rows of their weights."""

from collections.abc import Iterable
from functools import cache
from zlib import crc32

BITS = 18
"""Features are hashed into 2 ** BITS rows of weights."""
_MASK = (1 << BITS) - 1
_KEPT_NAMES = 50_000


class Slots(dict[str, int]):
    """Rows of features by name, worked out when a name is first met; begun anew beyond so many names.

    A family of features that differ in one word only ("de:head:angriff:assault") is named by that word alone, with what stands before
    and after it given once: writing out the names would take longer than looking up their rows.

    Args:
        front: stands before every name.
        back: stands after every name.
    """

    def __init__(self, front: str = "", back: str = "") -> None:
        super().__init__()
        self._front = front
        self._back = back

    def __missing__(self, name: str) -> int:
        """The row of a name met for the first time."""
        if len(self) >= _KEPT_NAMES:
            self.clear()
        row = self[name] = crc32(f"{self._front}{name}{self._back}".encode()) & _MASK
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


def begun(names: Iterable[str], front: str) -> list[int]:
    """Many names that share a front, begun to be hashed: `ended` gives their rows."""
    shared = crc32(front.encode())
    return [crc32(name.encode(), shared) for name in names]


def ended(names: Iterable[int], back: str) -> list[int]:
    """The rows of names that have been begun and share a back."""
    end = back.encode()
    return [crc32(end, name) & _MASK for name in names]


@cache
def family(front: str, back: str = "") -> Slots:
    """The rows of features that share the front and the back of their names."""
    return Slots(front, back)
