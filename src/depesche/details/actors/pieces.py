"""A text as pieces: the unit in which names are looked up.

A piece is a run of letters and digits. Hyphens, apostrophes and full stops end one, so that "US-Außenminister", "Ban Ki-moon",
"Deir ez-Zor" and "U.S." fall apart the same way as their dictionary forms, and what stands between two pieces says whether they can
belong together.
"""

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from depesche.clauses.hashing import Codes, codes
from depesche.knowledge.spelling import fold

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
    points = codes(text)
    inside = np.zeros(len(points) + 2, np.int8)
    inside[1:-1] = _in_words(points)
    borders = np.flatnonzero(inside[1:] != inside[:-1])
    at_starts, at_ends = borders[::2], borders[1::2]
    if not len(at_starts):
        return Pieces([], [], [], [], [], {}, [])
    starts, ends = at_starts.tolist(), at_ends.tolist()
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    keys = [word.lower() if word.isascii() else fold(word) for word in texts]
    gaps = [" "] * len(starts)
    gaps[0] = "|"
    # Four of five are one blank: only the others are looked at.
    blank = (points[at_ends[:-1]] == _BLANK) & (at_starts[1:] - at_ends[:-1] == 1)
    reach, free = [], 0
    for i in (np.flatnonzero(~blank) + 1).tolist():
        gap = gaps[i] = _GAPS.get(text[ends[i - 1] : starts[i]], "|")
        if gap in _PARTING and (gap != ";" or len(keys[i - 1]) > _INITIAL):
            reach += [i - 1] * (i - free)
            free = i
    reach += [len(starts) - 1] * (len(starts) - free)
    return Pieces(starts, ends, texts, keys, gaps, dict(zip(starts, range(len(starts)), strict=True)), reach)


_PARTING = frozenset({"|", ",", ";"})
_INITIAL = 2
_BLANK = 32
_UNKNOWN = 2
_ALNUM = np.full(0x110000, _UNKNOWN, np.int8)
"""Of each code point whether it is a letter or digit, as far as one was asked for."""


def _in_words(points: Codes) -> npt.NDArray[np.int8]:
    """1 for each letter and digit of a text, 0 for all else."""
    found: npt.NDArray[np.int8] = _ALNUM[points]
    if found.max(initial=0) == _UNKNOWN:
        for point in np.unique(points[found == _UNKNOWN]).tolist():
            _ALNUM[point] = chr(point).isalnum()
        found = _ALNUM[points]
    return found
