"""Words as numbers: hashes of code points, and look-up of a hash in a bucketed table."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

U = np.uint64
Codes = npt.NDArray[np.uint32]
"""A text as its code points."""

_A = U(0x9E3779B97F4A7C15)
_B = U(0xBF58476D1CE4E5B9)
_C = U(0x94D049BB133111EB)
BUCKET_BITS = 16


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@compiled
def scramble(number: np.uint64) -> np.uint64:
    """A bijective mix of 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    number ^= number >> U(30)
    number *= _B
    number ^= number >> U(27)
    number *= _C
    number ^= number >> U(31)
    return number


@compiled
def hash_codes(text: Codes, start: int, end: int) -> np.uint64:
    """The hash of `text[start:end]`."""
    value = _A
    for i in range(start, end):
        value = (value ^ U(text[i])) * _A
        value ^= value >> U(29)
    return scramble(value ^ U(end - start))


@compiled
def find(key: np.uint64, offsets: npt.NDArray[np.uint32], rest: npt.NDArray[np.uint32]) -> int:
    """The row of a hash in a table of 48-bit keys, -1 where it is not in it.

    Args:
        key: a 64-bit hash; its top 16 bits name the bucket, the 32 bits below are compared.
        offsets: where each bucket begins in `rest`; 65,537 numbers.
        rest: the 32 lower bits of the keys.
    """
    bucket = np.int64(key >> U(48))
    low = np.uint32((key >> U(16)) & U(0xFFFFFFFF))
    for row in range(np.int64(offsets[bucket]), np.int64(offsets[bucket + 1])):
        if rest[row] == low:
            return row
    return -1


@compiled
def row_of(text: Codes, start: int, end: int, offsets: npt.NDArray[np.uint32], rest: npt.NDArray[np.uint32]) -> int:
    """The row of the word `text[start:end]` in such a table, -1 where it is not in it."""
    return find(hash_codes(text, start, end), offsets, rest)


def bucketed(
    keys: npt.NDArray[np.uint64],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """A table for `find`: offsets, rest, and the order in which rows of values must be put to match."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    buckets = (ordered >> U(48)).astype(np.int64)
    offsets = np.zeros((1 << BUCKET_BITS) + 1, np.uint32)
    offsets[1:] = np.cumsum(np.bincount(buckets, minlength=1 << BUCKET_BITS))
    return offsets, ((ordered >> U(16)) & U(0xFFFFFFFF)).astype(np.uint32), order
