"""What `scanning` asks of the bytes of a page: where something ends, what a name hashes to, which words are in it."""
# ruff: noqa: ANN001, ANN201, ANN202, PLR2004 (compiled: numbers, no objects)
# mypy: ignore-errors

import numba
import numpy as np

BASIS, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_LOW, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_NAME_LONGEST = 300
_LESS, _GREATER, _SLASH, _BLANK, _DASH = 60, 62, 47, 32, 45


@numba.njit(cache=True, nogil=True)
def found_in(key, keys, values):
    """The value of a hash in an open table, or 0."""
    mask = len(keys) - 1
    place = np.int64(key & np.uint64(mask))
    while keys[place] != 0:
        if keys[place] == key:
            return values[place]
        place = (place + 1) & mask
    return 0


@numba.njit(cache=True, nogil=True)
def seek(page, eights, at, byte):
    """Where a byte next stands, eight bytes at a time; the page's length where it does not."""
    n = len(page)
    while at < n and at & 7:
        if page[at] == byte:
            return at
        at += 1
    # A byte of `odd` is 0 where the byte sought stands (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
    pattern, low, high = np.uint64(byte) * _LOW, _LOW, _HIGH
    for eighth in range(at >> 3, len(eights)):
        odd = eights[eighth] ^ pattern
        if (odd - low) & ~odd & high:
            at = eighth << 3
            while page[at] != byte:
                at += 1
            return at
    return n


@numba.njit(cache=True, nogil=True)
def hashed(page, start, end, key):
    """The hash of some bytes, after those already hashed."""
    for at in range(start, end):
        key = (key ^ np.uint64(page[at])) * _PRIME
    return key


@numba.njit(cache=True, nogil=True)
def _hashed_small(page, start, end, key):
    """The same of a word, its letters small."""
    for at in range(start, end):
        byte = page[at]
        key = (key ^ np.uint64(byte + 32 if 65 <= byte <= 90 else byte)) * _PRIME
    return key


@numba.njit(cache=True, nogil=True)
def _word(page, at, end):
    """The next word of a name at or after a byte: "ArticleBody_text" → Article, Body, text. (end, end) where there is none."""
    while at < end and not (48 <= page[at] <= 57 or 65 <= page[at] <= 90 or 97 <= page[at] <= 122):
        at += 1
    start = at
    if at < end and 65 <= page[at] <= 90:
        at += 1
        if at < end and 65 <= page[at] <= 90:
            while at < end and 65 <= page[at] <= 90:
                at += 1
            # "HTMLBody": the last capital begins the next word.
            return start, at - (at < end and 97 <= page[at] <= 122)
    while at < end and (48 <= page[at] <= 57 or 97 <= page[at] <= 122):
        at += 1
    return start, at


@numba.njit(cache=True, nogil=True)
def meaning_of(page, start, end, keys, values):
    """`markup.meaning` of some bytes."""
    end = min(end, start + _NAME_LONGEST)
    found = 0
    low, high = _word(page, start, end)
    while low < high:
        key = _hashed_small(page, low, high, BASIS)
        found |= found_in(key, keys, values)
        low, high = _word(page, high, end)
        if low < high:
            found |= found_in(_hashed_small(page, low, high, key), keys, values)
    return found


@numba.njit(cache=True, nogil=True)
def comment_end(page, at):
    """The byte after the next "-->"."""
    while at + 2 < len(page):
        if page[at + 2] == _GREATER and page[at + 1] == _DASH and page[at] == _DASH:
            return at + 3
        at += 1
    return len(page)


@numba.njit(cache=True, nogil=True)
def hides(page, start, end):
    """Whether a style says "display:none"."""
    wanted = (100, 105, 115, 112, 108, 97, 121, 58, 110, 111, 110, 101)
    step = 0
    for at in range(start, end):
        byte = page[at]
        if byte == _BLANK:
            continue
        if byte == wanted[step]:
            step += 1
            if step == 12:
                return True
        else:
            step = 1 if byte == wanted[0] else 0
    return False


@numba.njit(cache=True, nogil=True)
def raw_end(page, eights, at, start, end):
    """The byte after the end tag that closes a raw text; `start` and `end` are those of its name."""
    n, length = len(page), end - start
    at = seek(page, eights, at, _LESS)
    while at + length + 2 < n:
        if page[at + 1] == _SLASH:
            same = True
            for step in range(length):
                if page[at + 2 + step] != page[start + step]:
                    same = False
                    break
            if same:
                at += 2 + length
                while at < n and page[at] != _GREATER:
                    at += 1
                return at + 1
        at = seek(page, eights, at + 1, _LESS)
    return n
