"""Near-duplicate reports: wire copy that was cut, lightly edited, or wrapped in other boilerplate.

Winnowing (Schleimer, Wilkerson, Aiken: Local algorithms for document fingerprinting, SIGMOD 2003) over word 8-grams,
compared by containment: a brief of a third of a report shares nearly all of its own fingerprints with it, while their
Jaccard similarity is only a third.
"""

import re
import zlib

import numpy as np
import numpy.typing as npt

Fingerprint = frozenset[int]
"""Hashes that stand for a text: 63-bit, so that SQLite can hold them."""

GRAM = 8
"""Words in a gram: long enough that two reports of one event by two authors share none but quotations."""

WINDOW = 4
"""Grams in a window; any run of GRAM + WINDOW - 1 equal words is found."""

SAME_REPORT = 0.3
"""Containment from which two texts are one report (see bench/record.py for recall and precision by kind of edit)."""

_SAME_SENTENCE = 0.6
_FEWEST = 3
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_POWERS = np.array([pow(0x9E3779B97F4A7C15, k, 2**64) for k in range(GRAM)], dtype=np.uint64)
_BITS = np.uint64(2**63 - 1)


def fingerprint(text: str) -> Fingerprint:
    """The winnowed hashes of a text; empty where it has fewer words than a gram."""
    words = _WORD.findall(text.lower())
    if len(words) < GRAM:
        return frozenset()
    codes = np.fromiter((zlib.crc32(w.encode()) for w in words), dtype=np.uint64, count=len(words))
    grams = _grams(codes)
    if len(grams) <= WINDOW:
        return frozenset((int(grams.min()),))
    windows = np.lib.stride_tricks.sliding_window_view(grams, WINDOW)
    return frozenset(np.unique(windows.min(axis=1)).tolist())


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The share of the smaller text that the larger holds, 0..1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def same_report(shared: int, *, smaller: int) -> bool:
    """Whether so many shared hashes, of so many of the smaller text, make two texts one report."""
    return shared >= min(_FEWEST, smaller) and shared >= SAME_REPORT * smaller > 0


def same_sentence(one: str, other: str) -> bool:
    """Whether two sentences of copies are one: most of their words are the same."""
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return bool(first and second) and len(first & second) >= _SAME_SENTENCE * min(len(first), len(second))


def _grams(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A hash for every run of GRAM words (polynomial, then mixed so that the smallest is a fair draw)."""
    count = len(codes) - GRAM + 1
    grams = np.zeros(count, dtype=np.uint64)
    for k in range(GRAM):
        grams += codes[k : k + count] * _POWERS[k]
    grams ^= grams >> np.uint64(31)
    grams *= _MIX
    grams ^= grams >> np.uint64(29)
    return grams & _BITS
