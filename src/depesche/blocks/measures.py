"""What the characters of every block or line of a page tell, and those of the ones around it: compiled passes."""

from collections.abc import Sequence
from functools import cache

import msgspec
import numba
import numpy as np
import numpy.typing as npt

from depesche.blocks.charclass import classes

MEASURES = (
    "length", "words", "capital_words", "short_words", "longest_word", "digits", "capitals", "commas", "sentence_ends",
    "quotes", "bars", "signs", "wide", "first", "last", "brackets",
)  # fmt: skip
"""The first columns of a text's features: `first` and `last` are classes of the first and last telling character."""
_BESIDE = (-2, -1, 1, 2)
AROUND = (
    "repeats", "index", "index_from_end", "share_before", "share_after", "sentence",
    *(f"{name}{step:+d}" for step in _BESIDE for name in ("length", "sentence", "last", "capitals")),
    "long_near", "long_before", "long_after", "since_long", "until_long", "mass",
    "since_teaser_cue", "since_chrome_cue", "prefix_repeat", "until_chrome_cue",
)  # fmt: skip
"""The last columns: where a text stands among the others. `length` is logarithmic in all of them."""

Floats = npt.NDArray[np.float32]

UPPER, LOWER, DIGIT, SPACE, STOP, ELLIPSIS, COLON, COMMA, QUOTE, BAR, SIGN, BRACKET, WIDE, OTHER = range(14)

_PLANE, _SHORT_WORD, _EAST_ASIAN = 65_536, 3, 12_000
_FAR, _LONG, _SENTENCE = 50, 70, 5


class Characters(msgspec.Struct, frozen=True, kw_only=True):
    """Some texts as code points, one after the other with a newline between, and where each ends."""

    chars: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.int64]


def characters(texts: Sequence[str]) -> Characters:
    """The code points of some texts, none of which holds a newline."""
    chars = np.frombuffer("\n".join(texts).encode("utf-32-le", errors="replace"), dtype=np.uint32)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return Characters(chars=chars, ends=np.cumsum(sizes + 1) - 1)


def measured(texts: Characters, cues: Floats, *, teaser: int, chrome: int, running: Floats | None = None) -> Floats:
    """One row a text: the columns of `MEASURES`, then `cues` as it is, then the columns of `AROUND`.

    Args:
        texts: in reading order.
        cues: which cue phrases each holds, one column a kind; `teaser` and `chrome` are the columns that are counted from.
        teaser: see `cues`.
        chrome: see `cues`.
        running: how much each looks like running text from what else is known (1 = yes).
    """
    n, many = cues.shape
    out = np.zeros((n, len(MEASURES) + many + len(AROUND)), dtype=np.float32)
    if n:
        out[:, len(MEASURES) : len(MEASURES) + many] = cues
        _measure(texts.chars, texts.ends, _table(), out)
        weight = np.ones(n, dtype=np.float32) if running is None else running
        _place(
            texts.chars, texts.ends, weight, len(MEASURES) + many, len(MEASURES) + teaser, len(MEASURES) + chrome, out
        )
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


@numba.njit(cache=True, nogil=True)
def _repeat(chars, ends, longest, most, out, column):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """How many texts open with the same characters, at most `longest` of them: teaser lists and menus repeat themselves."""
    n = len(ends)
    keys = np.zeros(n, dtype=np.uint64)
    start = 0
    for row in range(n):
        key = np.uint64(14695981039346656037)
        for at in range(start, min(ends[row], start + longest)):
            key = (key ^ np.uint64(chars[at])) * np.uint64(1099511628211)
        keys[row] = key
        start = ends[row] + 1
    order = np.argsort(keys)
    first = 0
    for turn in range(n + 1):
        if turn == n or keys[order[turn]] != keys[order[first]]:
            for other in range(first, turn):
                out[order[other], column] = min(turn - first, most)
            first = turn


@numba.njit(cache=True, nogil=True)
def _place(chars, ends, running, base, teaser, chrome, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    n = len(ends)
    _repeat(chars, ends, 1 << 40, 1 << 40, out, base)
    _repeat(chars, ends, 10, _FAR, out, base + 30)
    total, mass = 0.0, 0.0
    weights = np.zeros(n + 1)
    for row in range(n):
        counts = out[row]
        length, words = counts[0], max(counts[1], 1)
        total += length
        if length > _LONG and counts[8] > 0:
            mass += length * running[row]
        weights[row + 1] = mass
        counts[base + 5] = counts[14] == STOP and counts[1] + counts[12] > _SENTENCE
        counts[2] /= words
        counts[3] /= words
        counts[7] /= words
        counts[9] /= words
        counts[5] /= max(length, 1)
        counts[6] /= max(length, 1)
    total, whole = max(total, 1), max(mass, 1)
    before = 0.0
    long = teased = cued = -_FAR
    for row in range(n):
        counts = out[row]
        counts[base + 1], counts[base + 2] = min(row, 200), min(n - 1 - row, 200)
        counts[base + 3] = before / total
        before += counts[0]
        counts[base + 4] = 1 - before / total
        counts[0] = np.log1p(counts[0])
        own = weights[row + 1] - weights[row]
        counts[base + 22] = (weights[min(row + 5, n)] - weights[max(row - 4, 0)] - own) / whole
        counts[base + 23], counts[base + 24] = weights[row] / whole, (mass - weights[row + 1]) / whole
        counts[base + 27] = np.log1p(whole)
        long = row if own > 0 else long
        teased = row if counts[teaser] > 0 else teased
        cued = row if counts[chrome] > 0 else cued
        counts[base + 25], counts[base + 28], counts[base + 29] = (
            min(row - long, _FAR), min(row - teased, _FAR), min(row - cued, _FAR),
        )  # fmt: skip
    long = cued = n + _FAR
    for row in range(n - 1, -1, -1):
        counts = out[row]
        long = row if weights[row + 1] > weights[row] else long
        cued = row if counts[chrome] > 0 else cued
        counts[base + 26], counts[base + 31] = min(long - row, _FAR), min(cued - row, _FAR)
        for turn in range(4):
            other = row + (-2, -1, 1, 2)[turn]
            column = base + 6 + 4 * turn
            if 0 <= other < n:
                counts[column], counts[column + 1] = out[other, 0], out[other, base + 5]
                counts[column + 2], counts[column + 3] = out[other, 14], out[other, 6]
            else:
                for step in range(4):
                    counts[column + step] = -1
