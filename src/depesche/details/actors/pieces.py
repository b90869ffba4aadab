"""A text as pieces: the unit in which names are looked up.

A piece is a run of letters and digits. Hyphens, apostrophes and full stops end one, so that "US-Außenminister", "Ban Ki-moon",
"Deir ez-Zor" and "U.S." fall apart the same way as their dictionary forms, and what stands between two pieces says whether they can
belong together.
"""

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from depesche.knowledge.spelling import fold

_PIECE = re.compile(r"([^\W_]+)")
_GAPS = {
    " ": " ",
    "- ": " ",
    ",": ",",
    "-": "-",
    "‑": "-",
    "‐": "-",
    "'": "'",
    "’": "'",
    "′": "'",
    ".": ".",
    ". ": ";",
    "\n": "|",
    "-\n": "-",
    " '": "|",
}


class Pieces(NamedTuple):
    """Parallel lists, one item a piece.

    Attributes:
        starts: where the piece begins, in code points; `ends` where it ends.
        texts: as written; `keys` folded.
        gaps: what stands before the piece: " ", "-", "'", ".", ",", ";" for a full stop and a space (after an
            initial it joins), or "|" for anything that parts names.
        at: start → number of the piece.
        reach: the last piece that a name beginning at this piece can have ("George W. Bush", but not "… nach Rom. Die USA …").
    """

    starts: list[int]
    ends: list[int]
    texts: list[str]
    keys: list[str]
    gaps: list[str]
    at: dict[int, int]
    reach: list[int]

    def within(self, span: tuple[int, int]) -> range:
        """The pieces that begin inside a span."""
        return range(bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1]))

    def joined(self, first: int, last: int) -> str:
        """The folded form of the pieces `first` to `last`, both included."""
        return " ".join(self.keys[first : last + 1])


@lru_cache(maxsize=128)
def pieces_of(text: str) -> Pieces:
    """The pieces of a text."""
    parts = _PIECE.split(text)  # what stands between, a piece, what stands between, …
    texts = parts[1::2]
    at_each = list(accumulate(map(len, parts)))
    starts, ends = at_each[:-1:2], at_each[1::2]
    keys = [word.lower() if word.isascii() else fold(word) for word in texts]
    gaps = [_GAPS.get(between, "|") for between in parts[:-1:2]]
    if gaps:
        gaps[0] = "|"
    at = dict(zip(starts, range(len(starts)), strict=True))
    return Pieces(starts, ends, texts, keys, gaps, at, _reaches(keys, gaps))


def _reaches(keys: list[str], gaps: list[str]) -> list[int]:
    reach = list(range(len(keys)))
    for i in range(len(keys) - 2, -1, -1):
        gap = gaps[i + 1]
        if gap not in _PARTING or (gap == ";" and len(keys[i]) <= _INITIAL):
            reach[i] = reach[i + 1]
    return reach


_PARTING = frozenset({"|", ",", ";"})
_INITIAL = 2
