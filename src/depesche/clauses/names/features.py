"""What the name tagger sees of a word and of its neighbours, as numbers.

A word in isolation has a fixed row of slots (spelling, shape, affixes, clusters, gazetteers). A token's features are the
slots of the words around it, each mixed with its distance, and a few pairs of neighbours. Training and reading both come
through here, so what was learned is what is seen.
"""

import re
from zlib import crc32

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

NEAR = 16
"""How many leading slots a neighbour at distance one contributes."""
FAR = 6
"""How many leading slots a neighbour at distance two contributes."""
OFFSETS = (-2, -1, 0, 1, 2)
EDGE = ""
"""The word that stands before the first and after the last token of a sentence."""

_QUOTES = {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "``": '"', "''": '"', "’": "'", "‘": "'", "‚": "'", "–": "-", "—": "-"}  # fmt: skip
_RUNS = re.compile(r"(.)\1+")
_DIGIT = re.compile(r"\d")
LETTERS = str.maketrans(
    dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝŠŽĆČĐŁŚŻĞİŞ", "X")
    | dict.fromkeys("abcdefghijklmnopqrstuvwxyzäöüßàáâãåæçèéêëìíîïñòóôõøùúûýšžćčđłśżğışāīūŏōěřńęą", "x")
    | dict.fromkeys("0123456789", "9")
)


def folded(word: str) -> str:
    """The word with typographic quotation marks and dashes as in the corpora learned from."""
    return _QUOTES.get(word, word)


def shape(word: str) -> str:
    """Letters as X and x, digits as 9, runs shortened: "US-Armee" is "X-Xx", "1991" is "9"."""
    return _RUNS.sub(r"\1", word.translate(LETTERS))


def digitless(word: str) -> str:
    """Lower case, figures as zeros: the form under which words have clusters."""
    return _DIGIT.sub("0", word.lower())


def key(text: str) -> int:
    """A stable number for a string; the same on every machine."""
    return crc32(text.encode())


def spelling(word: str) -> list[int]:
    """The slots that rest on the letters alone: the first two count for neighbours at distance two, the first five at distance one.

    This is what they are; `spelled` makes them for many words at once.
    """
    low = word.lower()
    parts = word.split("-")
    form = shape(word)
    slots = [
        f"l:{low}", f"s:{form}",
        f"z3:{low[-3:]}", f"z2:{low[-2:]}", f"a3:{low[:3]}",
        f"w:{word}", f"z1:{low[-1:]}", f"z4:{low[-4:]}", f"z5:{low[-5:]}", f"a1:{low[:1]}", f"a2:{low[:2]}", f"a4:{low[:4]}", f"a5:{low[:5]}",
        f"n:{min(len(word), 12)}{form[:1]}",
        f"hz:{parts[-1].lower()}" if len(parts) > 1 else "", f"ha:{parts[0].lower()}" if len(parts) > 1 else "",
        f"hz3:{low[-4:]}" if len(parts) > 1 else "",
        f"g:{low[-3:]}{form[:2]}",
    ]  # fmt: skip
    inner = {low[i : i + 3] for i in range(1, len(low) - 3)}
    slots += [f"i:{gram}" for gram in sorted(inner)[:GRAMS]]
    slots += [""] * (SPELLED - len(slots))
    return [key(slot) if slot else 0 for slot in slots]


GRAMS = 10
SPELLED = 18 + GRAMS
"""Slots that `spelling` fills."""


def mixed(numbers: Numbers, salt: int) -> Numbers:
    """Scatter numbers so that the same slot at another distance is another feature (splitmix64 finaliser)."""
    x = (numbers + np.uint64(salt * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)) * np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(29)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(32)
    return x & np.uint64(0xFFFFFFFF)


def phrase_keys(low: Numbers, length: int) -> Numbers:
    """A number for each run of `length` words, from the numbers of its words; (n - length + 1,)."""
    found = np.zeros(len(low) - length + 1, np.uint64)
    for i in range(length):
        found = (found ^ low[i : len(low) - length + 1 + i]) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(31)
    return found
