"""Near-duplicate reports: wire copy that was cut, edited, or wrapped in other boilerplate.

Shingles (Broder: On the resemblance and containment of documents, 1997), compared by containment: a brief of a third of a
report shares nearly all of its own shingles with it, while their Jaccard similarity is only a third.

Two lengths: runs of eight words are so rare that a few of them, picked by their hash alone ("0 mod p", so that an edit
beside one does not change the pick), are enough to search a record by. An edit of every eighth word leaves only a third of
them whole, but two thirds of the runs of four: where a long one is shared and not enough of them, all the short ones decide.
"""

import re
from typing import Literal

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


def fingerprint(text: str) -> Fingerprint:
    """Hashes of a few runs of eight words; none of a text of under eleven words: "Mehr dazu in Kürze" is no copy of anything."""
    from depesche.links.hashing import run_hashes, word_codes  # noqa: PLC0415 (numpy, which only who reads reports needs)

    codes = word_codes(text)
    if len(codes) < _FEWEST_WORDS:
        return frozenset()
    rarity = _RAREST
    while rarity > 1 and len(codes) < rarity * _WORDS_PER_RARITY:
        rarity //= 2
    return frozenset(run_hashes(codes, length=8, one_in=rarity))


def all_runs(text: str) -> Fingerprint:
    """Hashes of all runs of four words."""
    from depesche.links.hashing import run_hashes, word_codes  # noqa: PLC0415 (likewise)

    codes = word_codes(text)
    return frozenset(run_hashes(codes, length=4)) if len(codes) >= _FEWEST_WORDS else frozenset()


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
