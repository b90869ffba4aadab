"""The slots of words that rest on their letters, for many words at once: what `features.spelling` says of one, straight from code points."""

# Compiled loops take their arrays one by one and know no keywords.
# ruff: noqa: ANN001, C901, PLR0912, PLR0913, PLR0917, PLR2004
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import itertools
from collections.abc import Sequence
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import codes
from depesche.clauses.names import features
from depesche.clauses.names.features import GRAMS, SPELLED, Numbers

Keys = npt.NDArray[np.uint32]
_FULL = 0xFFFFFFFF


class Spelled(msgspec.Struct, frozen=True, kw_only=True):
    """What the letters of words say, an item a word.

    Attributes:
        slots: of `features.spelling`; (words, SPELLED).
        exact: `features.key` of the word; `lower` in lower case, `zeroed` as words have clusters (`features.digitless`), `first` of its part
            before a hyphen, `last` of the one behind, `stripped` of the word without an s at its end; 0 where there is none.
    """

    slots: Numbers
    exact: Keys
    lower: Keys
    zeroed: Keys
    first: Keys
    last: Keys
    stripped: Keys


def spelled(words: Sequence[str]) -> Spelled:
    """What the letters of words say; the words are `features.folded`."""
    low = [word.lower() for word in words]
    zeroed = [small if small.isalpha() else features.digitless(small) for small in low]
    first = [word.partition("-")[0] if "-" in word else "" for word in words]
    last = [word.rpartition("-")[2] if "-" in word else "" for word in words]
    stripped = [word[:-1] if word[-1:] == "s" else "" for word in words]
    told = (
        words,
        low,
        zeroed,
        first,
        last,
        stripped,
        [part.lower() for part in first],
        [part.lower() for part in last],
    )
    strings = list(itertools.chain.from_iterable(told))
    borders = np.zeros(len(strings) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, strings), np.int64, len(strings)), out=borders[1:])
    points = codes("".join(strings))
    keys = np.empty(len(strings), np.uint32)
    _keys(points, borders, _TABLE, keys)
    slots = np.zeros((len(words), SPELLED), np.uint64)
    _spell(points, borders, _SHAPES, _TABLE, _STATES, _PARTS, slots)
    own = keys.reshape(len(told), len(words))
    return Spelled(
        slots=slots, exact=own[0], lower=own[1], zeroed=own[2], first=own[3], last=own[4], stripped=own[5]
    )  # fmt: skip


def _crc_table() -> Keys:
    table = np.empty(256, np.uint32)
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        table[byte] = value
    return table


_TABLE = _crc_table()
"""Of the checksum that `features.key` is."""


def _shapes() -> Keys:
    shapes = np.arange(max(features.LETTERS) + 1, dtype=np.uint32)
    for point, sign in features.LETTERS.items():
        shapes[point] = ord(sign)
    return shapes


_SHAPES = _shapes()
"""What stands for each of the first code points in a shape; the others stand for themselves."""
_WORD, _LOW, _FIRST, _LAST = 0, 1, 6, 7
_SLOTS = (
    ("l:", _LOW, 0, 0), ("s:", -1, 0, 0), ("z3:", _LOW, 0, 3), ("z2:", _LOW, 0, 2), ("a3:", _LOW, 3, 0), ("w:", _WORD, 0, 0),
    ("z1:", _LOW, 0, 1), ("z4:", _LOW, 0, 4), ("z5:", _LOW, 0, 5), ("a1:", _LOW, 1, 0), ("a2:", _LOW, 2, 0), ("a4:", _LOW, 4, 0),
    ("a5:", _LOW, 5, 0), ("n:", -1, 0, 0), ("hz:", _LAST, 0, 0), ("ha:", _FIRST, 0, 0), ("hz3:", _LOW, 0, 4), ("g:", _LOW, 0, 3),
    ("i:", -1, 0, 0),
)  # fmt: skip
"""The slots: name, which of the strings of `spelled` is told (-1 for none), how many letters of its beginning, or of its end; else all."""
_PARTS = np.array([slot[1:] for slot in _SLOTS], np.int64)
_STATES = np.array([crc32(name.encode()) ^ _FULL for name, *_ in _SLOTS], np.uint32)
"""Where the checksum of each slot stands after its name."""
_SHAPED, _LENGTH, _ENDED, _INNER = 1, 13, 17, 18
"""Slots of their own kind: shape, length, ending with shape; the first of the inner letters. Those from 14 to 16 are of words with a hyphen."""


@compiled
def _with(state: np.uint32, point: np.uint32, table) -> np.uint32:
    """The checksum with one more code point, as UTF-8."""
    if point < 0x80:
        return table[(state ^ point) & 0xFF] ^ (state >> np.uint32(8))
    if point < 0x800:
        state = table[(state ^ (0xC0 | point >> 6)) & 0xFF] ^ (state >> np.uint32(8))
    else:
        if point < 0x10000:
            state = table[(state ^ (0xE0 | point >> 12)) & 0xFF] ^ (state >> np.uint32(8))
        else:
            state = table[(state ^ (0xF0 | point >> 18)) & 0xFF] ^ (state >> np.uint32(8))
            state = table[(state ^ (0x80 | point >> 12 & 0x3F)) & 0xFF] ^ (state >> np.uint32(8))
        state = table[(state ^ (0x80 | point >> 6 & 0x3F)) & 0xFF] ^ (state >> np.uint32(8))
    return table[(state ^ (0x80 | point & 0x3F)) & 0xFF] ^ (state >> np.uint32(8))


@compiled
def _over(state, points, start, end, table) -> np.uint32:
    """The checksum with some code points more."""
    for at in range(start, end):
        state = _with(state, points[at], table)
    return state


@compiled
def _keys(points, borders, table, keys) -> None:
    for i in range(len(keys)):
        keys[i] = _over(np.uint32(_FULL), points, borders[i], borders[i + 1], table) ^ np.uint32(_FULL)


@compiled
def _spell(points, borders, shapes, table, states, parts, slots) -> None:
    """Fill the slots of `features.spelling`; `points` and `borders` as `spelled` makes them."""
    count = len(slots)
    form = np.empty(max(np.int64(1), (borders[1:] - borders[:-1]).max()), np.uint32)
    grams = np.empty(GRAMS, np.uint64)
    trio = np.empty(3, np.uint32)
    for i in range(count):
        start, end = borders[i], borders[i + 1]
        if start == end:
            continue
        low, stop = borders[count + i], borders[count + i + 1]
        size = 0
        hyphen = False
        for at in range(start, end):
            point = points[at]
            hyphen = hyphen or point == 45
            sign = shapes[point] if point < len(shapes) else point
            if size == 0 or form[size - 1] != sign:
                form[size] = sign
                size += 1
        row = slots[i]
        for j in range(_INNER):
            source, front, back = parts[j]
            state = states[j]
            if source >= 0 and (hyphen or j < 14 or j > 16):
                first, last = borders[source * count + i], borders[source * count + i + 1]
                if front:
                    last = min(first + front, last)
                elif back:
                    first = max(first, last - back)
                state = _over(state, points, first, last, table)
            elif j == _LENGTH:
                length = min(end - start, 12)
                if length > 9:
                    state = _with(state, np.uint32(49), table)
                state = _with(state, np.uint32(48 + length % 10), table)
            elif j != _SHAPED:
                continue
            shaped = size if j == _SHAPED else min(size, 2 if j == _ENDED else 1 if j == _LENGTH else 0)
            row[j] = np.uint64(_over(state, form, 0, shaped, table) ^ np.uint32(_FULL))
        kept = 0
        for at in range(low + 1, stop - 3):
            gram = (
                np.uint64(points[at]) << np.uint64(42)
                | np.uint64(points[at + 1]) << np.uint64(21)
                | np.uint64(points[at + 2])
            )
            place = kept
            while place > 0 and grams[place - 1] > gram:
                place -= 1
            if (place > 0 and grams[place - 1] == gram) or place == GRAMS:
                continue
            kept = min(kept + 1, GRAMS)
            for k in range(kept - 1, place, -1):
                grams[k] = grams[k - 1]
            grams[place] = gram
        for k in range(kept):
            trio[0] = grams[k] >> np.uint64(42)
            trio[1] = grams[k] >> np.uint64(21) & np.uint64(0x1FFFFF)
            trio[2] = grams[k] & np.uint64(0x1FFFFF)
            row[_INNER + k] = np.uint64(_over(states[_INNER], trio, 0, 3, table) ^ np.uint32(_FULL))
