"""What the name tagger sees of neighbouring words together: pairs and triples of them, and listed phrases that they are part of."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

Numbers = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
U = np.uint64

LONGEST = 4
"""Words of the longest listed phrase that is looked for."""
PAIRS = 11
WIDTH = PAIRS + 3
"""Features of a token that rest on several words: pairs and triples, then the listed phrase of the token before, its own, the next one's."""
LOW, FORM, GROUP, LISTS = 0, 1, 3, 5
"""Slots of a word that these features are made of: lower-cased word, shape, middle word cluster, gazetteer bits."""

_A, _B = U(0x100000001B3), U(0xC2B2AE3D27D4EB4F)
_STEP, _FIRST, _SECOND = U(0x9E3779B97F4A7C15), U(0xBF58476D1CE4E5B9), U(0x94D049BB133111EB)


@compiled
def scattered(number: np.uint64, salt: int) -> np.uint64:
    """One number of `features.mixed`."""
    x = (number + U(salt) * _STEP) * _FIRST
    x ^= x >> U(29)
    x *= _SECOND
    x ^= x >> U(32)
    return x & U(0xFFFFFFFF)


def phrase_borders(keys: Numbers) -> Ints:
    """Where the numbers of phrases with each leading 16 bits begin among sorted ones; 65,537 places."""
    starts = np.arange(1 << 16, dtype=np.uint64) << U(48)
    return np.append(np.searchsorted(keys, starts), len(keys)).astype(np.int64)


@compiled
def listed_phrases(low: Numbers, keys: Numbers, starts: Ints, kinds: Numbers) -> Numbers:
    """Which listed phrase each token is part of, and where in it; 0 for none.

    Args:
        low: lower-cased words of a padded run, as numbers.
        keys: sorted phrase numbers (`features.phrase_keys`).
        starts: their `phrase_borders`.
        kinds: what each phrase names, bits of at most 8.
    """
    count = len(low)
    found = np.zeros(count, np.uint64)
    numbers = np.zeros(count, np.uint64)
    for i in range(count):
        numbers[i] = low[i] * _STEP
        numbers[i] ^= numbers[i] >> U(31)
    for length in range(2, min(LONGEST, count) + 1):  # longer phrases overwrite shorter ones
        for start in range(count - length + 1):
            number = (numbers[start] ^ low[start + length - 1]) * _STEP
            number ^= number >> U(31)
            numbers[start] = number
            bucket = number >> U(48)
            for row in range(starts[bucket], starts[bucket + U(1)]):
                if keys[row] == number:
                    kind = kinds[row] << U(2)
                    found[start] = kind | U(1)
                    for i in range(start + 1, start + length - 1):
                        found[i] = kind | U(2)
                    found[start + length - 1] = kind | U(3)
                    break
    return found


@compiled
def around(at: Ints, rows: Numbers, phrases: tuple[Numbers, Ints, Numbers], out: Numbers) -> None:
    """Write the features of neighbours taken together.

    Args:
        at: of each token of a run with two edges at either end, its row.
        rows: the slots of words.
        phrases: keys, their borders, and kinds of the listed phrases.
        out: shape (tokens without the edges, WIDTH), overwritten.
    """
    keys, starts, kinds = phrases
    low = np.empty(len(at), np.uint64)
    for i in range(len(at)):
        low[i] = rows[at[i], LOW]
    inside = listed_phrases(low, keys, starts, kinds)
    for t in range(len(at) - 4):
        i = t + 2
        before, here, after = rows[at[i - 1]], rows[at[i]], rows[at[i + 1]]
        form = here[FORM]
        row = out[t]
        row[0] = scattered(low[i - 1] * _A + low[i] * _B, 101)
        row[1] = scattered(low[i] * _A + low[i + 1] * _B, 102)
        row[2] = scattered(low[i - 1] * _A + low[i + 1] * _B + form, 103)
        row[3] = scattered(before[FORM] * _A + form * _B + after[FORM] * (_A + _B), 104)
        row[4] = scattered(before[GROUP] * _A + here[GROUP] * _B, 105)
        row[5] = scattered(here[GROUP] * _A + after[GROUP] * _B, 106)
        row[6] = scattered(low[i - 2] * _A + low[i - 1] * _B + form, 107)
        row[7] = scattered(before[LISTS] * _A + here[LISTS] * _B + after[LISTS] * (_A + _B), 108)
        row[8] = scattered(low[i - 1] * _A + form * _B, 109)
        row[9] = scattered(low[i + 1] * _A + form * _B, 110)
        row[10] = scattered(before[GROUP] * _A + after[GROUP] * _B + form, 111)
        for k in range(3):
            place = inside[i - 1 + k]
            row[PAIRS + k] = scattered(place, 200 + k) if place != U(0) else U(0)
