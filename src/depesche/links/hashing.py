"""Hashes of the runs of words of a text."""

import re
import zlib

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint64]
"""A number for every word of a text."""

_WORD = re.compile(r"\w+")
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_POWERS = [np.uint64(pow(0x9E3779B97F4A7C15, k, 2**64)) for k in range(8)]
_BITS = np.uint64(2**63 - 1)
"""So that SQLite can hold them."""


def word_codes(text: str) -> Codes:
    """A number for every word, in order."""
    words = _WORD.findall(text.lower())
    # One encoding and one split for all words: half the time of an encoding each.
    encoded = "\0".join(words).encode("utf-8", "surrogatepass").split(b"\0")
    return np.fromiter(map(zlib.crc32, encoded), dtype=np.uint64, count=len(words))


def run_hashes(codes: Codes, *, length: int, one_in: int = 1) -> list[int]:
    """A 63-bit hash for every run of so many words (polynomial, then mixed so that its last bits are a fair draw).

    Args:
        codes: of the words, at least `length` of them.
        length: words in a run, at most eight.
        one_in: how many of the hashes are kept, a power of two: those whose last bits are 0, so that the fewer are always among
            the more.
    """
    count = len(codes) - length + 1
    runs = codes[:count] * _POWERS[0]
    for k in range(1, length):
        runs += codes[k : k + count] * _POWERS[k]
    runs ^= runs >> np.uint64(31)
    runs *= _MIX
    runs ^= runs >> np.uint64(29)
    runs &= _BITS
    kept: list[int] = (runs if one_in == 1 else runs[runs & np.uint64(one_in - 1) == 0]).tolist()
    return kept
