"""Counts over the characters of every block of a page, in one compiled pass."""

from collections.abc import Sequence
from functools import cache

import numba
import numpy as np
import numpy.typing as npt

from depesche.blocks.charclass import classes

MEASURES = (
    "length", "words", "capital_words", "short_words", "longest_word", "digits", "capitals", "commas", "sentence_ends",
    "quotes", "bars", "signs", "wide", "first", "last", "brackets",
)  # fmt: skip
"""Columns of `measured`: counts, but `first` and `last` are classes of the first and last telling character."""

Floats = npt.NDArray[np.float32]

UPPER, LOWER, DIGIT, SPACE, STOP, ELLIPSIS, COLON, COMMA, QUOTE, BAR, SIGN, BRACKET, WIDE, OTHER = range(14)

_PLANE, _SHORT_WORD, _EAST_ASIAN = 65_536, 3, 12_000


def measured(texts: Sequence[str]) -> Floats:
    """The counts of each text: a matrix of len(texts) rows and the columns of `MEASURES`."""
    joined = "\n".join(texts)
    chars = np.frombuffer(joined.encode("utf-32-le", errors="replace"), dtype=np.uint32)
    ends = np.cumsum(np.fromiter((len(t) + 1 for t in texts), dtype=np.int64, count=len(texts))) - 1
    out = np.zeros((len(texts), len(MEASURES)), dtype=np.float32)
    if texts:
        _measure(chars, ends, _table(), out)
    return out


@cache
def _table() -> npt.NDArray[np.uint8]:
    return classes()


@numba.njit(cache=True, nogil=True)
def _measure(chars, ends, table, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912
    start = 0
    for row in range(len(ends)):
        end = ends[row]
        counts = out[row]
        word, previous, first, last = 0, SPACE, -1, OTHER
        capital = False
        for at in range(start, end):
            code = chars[at]
            kind = table[code] if code < _PLANE else OTHER
            if kind <= DIGIT or kind == WIDE:
                if word == 0:
                    capital = kind == UPPER
                    counts[1] += 1
                    counts[2] += capital
                word += 1
            else:
                if word:
                    counts[3] += word <= _SHORT_WORD
                    counts[4] = max(counts[4], word)
                word = 0
            if kind == UPPER:
                counts[6] += 1
            elif kind == DIGIT:
                counts[5] += 1
            elif kind == WIDE:
                counts[12] += 1
            elif kind == COMMA:
                counts[7] += 1
            elif kind == STOP:
                if previous != STOP and (
                    at + 1 == end
                    or code > _EAST_ASIAN
                    or table[min(chars[at + 1], _PLANE - 1)] in (SPACE, QUOTE, BRACKET)
                ):
                    counts[8] += 1
            elif kind == QUOTE:
                counts[9] += 1
            elif kind == BAR:
                counts[10] += 1
            elif kind == SIGN:
                counts[11] += 1
            elif kind == BRACKET:
                counts[15] += 1
            if first < 0:
                first = kind
            # "…sagte er.“": the stop before the closing quotation mark is what tells a sentence.
            if kind != SPACE and not (kind in (QUOTE, BRACKET) and last == STOP):
                last = kind
            previous = kind
        if word:
            counts[3] += word <= _SHORT_WORD
            counts[4] = max(counts[4], word)
        counts[0] = end - start + 1.5 * counts[12]
        counts[13] = first
        counts[14] = last
        start = end + 1
