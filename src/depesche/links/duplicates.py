"""Near-duplicate reports: wire copy that was cut, edited, or wrapped in other boilerplate.

Winnowing (Schleimer, Wilkerson, Aiken: Local algorithms for document fingerprinting, SIGMOD 2003) over words, compared by
containment: a brief of a third of a report shares nearly all of its own fingerprints with it, while their Jaccard
similarity is only a third.

Two lengths of gram: runs of eight words are so rare that those two reports share point to a copy at once, and are what a
record is searched by. An edit of every eighth word leaves only a third of them whole, but two thirds of the runs of four:
where some of the long ones are shared and not enough of them, the short ones decide.
"""

import re
import zlib
from typing import Literal

import numpy as np
import numpy.typing as npt

Fingerprint = frozenset[int]
"""Hashes that stand for a text: 63-bit, so that SQLite can hold them."""

Words = frozenset[str]
"""The words of a sentence, in lower case."""

Gram = Literal[4, 8]
"""Words in a gram: two reports of one event by two authors share none of eight words but quotations."""

WINDOW = 4
"""Grams in a window; any run of gram + WINDOW - 1 equal words is found."""

SAME_BY: dict[Gram, float] = {8: 0.3, 4: 0.18}
"""Containment from which two texts are one report. Among 19,000 pairs of different news reports none shares more than 7% of
its hashes of four words (see bench/record.py for recall and precision by kind of edit)."""

FEWEST = 2
"""Shared hashes of eight words below which nothing is said."""

_SHORT = 10
"""Hashes below which a text is so short that a set phrase makes up much of it."""

_SAME_SHORT = 0.6
_SAME_SENTENCE = 0.6
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_POWERS = [np.uint64(pow(0x9E3779B97F4A7C15, k, 2**64)) for k in range(8)]
_BITS = np.uint64(2**63 - 1)


def fingerprint(text: str, *, gram: Gram = 8) -> Fingerprint:
    """The winnowed hashes of a text; empty where it is not as long as one window: "Mehr dazu in Kürze" is no copy of anything."""
    words = _WORD.findall(text.lower())
    if len(words) < gram + WINDOW - 1:
        return frozenset()
    # One encoding and one split for all words: half the time of an encoding each.
    encoded = "\0".join(words).encode("utf-8", "surrogatepass").split(b"\0")
    grams = _grams(np.fromiter(map(zlib.crc32, encoded), dtype=np.uint64, count=len(words)), gram)
    pairs = np.minimum(grams[:-1], grams[1:])
    return frozenset(np.minimum(pairs[:-2], pairs[2:]).tolist())


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The share of the smaller text that the larger holds, 0..1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def same_report(shared: int, *, smaller: int, gram: Gram = 8) -> bool:
    """Whether so many shared hashes, of so many of the smaller text, make two texts one report."""
    share = SAME_BY[gram] if smaller >= _SHORT else _SAME_SHORT
    return shared >= min(FEWEST, smaller) and shared >= share * smaller > 0


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are one report: what a record decides when it meets the second."""
    first, second = fingerprint(one), fingerprint(other)
    shared = len(first & second)
    if shared < FEWEST:
        return False
    if same_report(shared, smaller=min(len(first), len(second))):
        return True
    first, second = fingerprint(one, gram=4), fingerprint(other, gram=4)
    return same_report(len(first & second), smaller=min(len(first), len(second)), gram=4)


def words_of(sentence: str) -> Words:
    """The words that a sentence is compared by."""
    return frozenset(_WORD.findall(sentence.lower()))


def same_sentence(one: Words, other: Words) -> bool:
    """Whether two sentences of copies are one: most of their words are the same."""
    return bool(one and other) and len(one & other) >= _SAME_SENTENCE * min(len(one), len(other))


def _grams(codes: npt.NDArray[np.uint64], gram: Gram) -> npt.NDArray[np.uint64]:
    """A hash for every run of words (polynomial, then mixed so that the smallest is a fair draw)."""
    count = len(codes) - gram + 1
    grams = codes[:count] * _POWERS[0]
    for k in range(1, gram):
        grams += codes[k : k + count] * _POWERS[k]
    grams ^= grams >> np.uint64(31)
    grams *= _MIX
    grams ^= grams >> np.uint64(29)
    return grams & _BITS
