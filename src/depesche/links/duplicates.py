"""Near-duplicate reports: wire copy that was cut, edited, or wrapped in other boilerplate.

Shingles (Broder: On the resemblance and containment of documents, 1997), compared by containment: a brief of a third of a
report shares nearly all of its own shingles with it, while their Jaccard similarity is only a third.

Two lengths: runs of eight words are so rare that a few of them, picked by their hash alone ("0 mod p", so that an edit
beside one does not change the pick), are enough to search a record by. An edit of every eighth word leaves only a third of
them whole, but two thirds of the runs of four: where a long one is shared and not enough of them, all the short ones decide.
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
"""Words in a run: two reports of one event by two authors share none of eight words but quotations."""

SAME_BY: dict[Gram, float] = {8: 0.3, 4: 0.18}
"""Containment from which two texts are one report. Among 19,000 pairs of different news reports none shares more than 7% of
its runs of four words (see bench/record.py for recall and precision by kind of edit)."""

_RAREST = 8
_WORDS_PER_RARITY = 25
"""One run in eight is picked, more of a text under two hundred words; the fewer are always among the more."""

_SHORT: dict[Gram, int] = {8: 8, 4: 40}
"""Hashes below which a text is so short that a set phrase makes up much of it."""

_FEWEST = 2
_SAME_SHORT = 0.6
_SAME_SENTENCE = 0.6
_FEWEST_WORDS = 11
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_POWERS = [np.uint64(pow(0x9E3779B97F4A7C15, k, 2**64)) for k in range(8)]
_BITS = np.uint64(2**63 - 1)


def fingerprint(text: str) -> Fingerprint:
    """Hashes of a few runs of eight words; none of a text of under eleven words: "Mehr dazu in Kürze" is no copy of anything."""
    codes = _codes(text)
    if len(codes) < _FEWEST_WORDS:
        return frozenset()
    grams = _grams(codes, 8)
    rarity = _RAREST
    while rarity > 1 and len(codes) < rarity * _WORDS_PER_RARITY:
        rarity //= 2
    return frozenset(grams[grams & np.uint64(rarity - 1) == 0].tolist())


def all_runs(text: str) -> Fingerprint:
    """Hashes of all runs of four words."""
    codes = _codes(text)
    return frozenset(_grams(codes, 4).tolist()) if len(codes) >= _FEWEST_WORDS else frozenset()


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The share of the smaller text that the larger holds, 0..1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def same_report(shared: int, *, smaller: int, gram: Gram = 8) -> bool:
    """Whether so many shared hashes, of so many of the smaller text, make two texts one report."""
    share = SAME_BY[gram] if smaller >= _SHORT[gram] else _SAME_SHORT
    return shared >= min(_FEWEST, smaller) and shared >= share * smaller > 0


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are one report: what a record decides when it meets the second."""
    first, second = fingerprint(one), fingerprint(other)
    shared, smaller = len(first & second), min(len(first), len(second))
    if not shared or same_report(shared, smaller=smaller):
        return bool(shared)
    first, second = all_runs(one), all_runs(other)
    return same_report(len(first & second), smaller=min(len(first), len(second)), gram=4)


def words_of(sentence: str) -> Words:
    """The words that a sentence is compared by."""
    return frozenset(_WORD.findall(sentence.lower()))


def same_sentence(one: Words, other: Words) -> bool:
    """Whether two sentences of copies are one: most of their words are the same."""
    return bool(one and other) and len(one & other) >= _SAME_SENTENCE * min(len(one), len(other))


def _codes(text: str) -> npt.NDArray[np.uint64]:
    """A number for every word."""
    words = _WORD.findall(text.lower())
    # One encoding and one split for all words: half the time of an encoding each.
    encoded = "\0".join(words).encode("utf-8", "surrogatepass").split(b"\0")
    return np.fromiter(map(zlib.crc32, encoded), dtype=np.uint64, count=len(words))


def _grams(codes: npt.NDArray[np.uint64], gram: Gram) -> npt.NDArray[np.uint64]:
    """A hash for every run of words (polynomial, then mixed so that its last bits are a fair draw)."""
    count = len(codes) - gram + 1
    grams = codes[:count] * _POWERS[0]
    for k in range(1, gram):
        grams += codes[k : k + count] * _POWERS[k]
    grams ^= grams >> np.uint64(31)
    grams *= _MIX
    grams ^= grams >> np.uint64(29)
    return grams & _BITS
