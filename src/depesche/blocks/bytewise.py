"""What `scanning` asks of the bytes of a page: where something ends, what a name hashes to, which words are in it."""
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0912, PLR0913, PLR0917, PLR1714, PLR2004 (compiled: numbers, no objects)
# mypy: ignore-errors
# `_nrt=False`: nothing is allocated here, and numba would count references to the arrays at every way out of a loop, atomically,
# which took half of the time.

import numba
import numpy as np

BASIS, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_LOW, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_NAME_LONGEST, _ID_LONGEST = 300, 41
_LESS, _GREATER, _SLASH, _BLANK, _DASH, _SHARP, _CLOSE, _ZERO, _STAR = 60, 62, 47, 32, 45, 35, 41, 48, 42


@numba.njit(cache=True, nogil=True, _nrt=False)
def found_in(key, keys, values):
    """The value of a hash in an open table, or 0."""
    mask = len(keys) - 1
    place = np.int64(key & np.uint64(mask))
    while keys[place] != 0 and keys[place] != key:
        place = (place + 1) & mask
    return values[place]


@numba.njit(cache=True, nogil=True, _nrt=False)
def seek(page, eights, at, byte):
    """Where a byte next stands, eight bytes at a time; the page's length where it does not."""
    n = len(page)
    while at < n and at & 7 and page[at] != byte:
        at += 1
    if at & 7 == 0:
        # A byte of `odd` is 0 where the byte sought stands (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
        pattern, low, high = np.uint64(byte) * _LOW, _LOW, _HIGH
        eighth, many = at >> 3, len(eights)
        odd = ~np.uint64(0)
        while eighth < many and (odd - low) & ~odd & high == 0:
            odd = eights[eighth] ^ pattern
            eighth += 1
        at = max(at, (eighth - 1) << 3)
        while at < n and page[at] != byte:
            at += 1
    return at


@numba.njit(cache=True, nogil=True, _nrt=False)
def hashed(page, start, end, key):
    """The hash of some bytes, after those already hashed."""
    for at in range(start, end):
        key = (key ^ np.uint64(page[at])) * _PRIME
    return key


@numba.njit(cache=True, nogil=True, _nrt=False)
def _hashed_small(page, start, end, key):
    """The same of a word, its letters small."""
    for at in range(start, end):
        byte = page[at]
        key = (key ^ np.uint64(byte + 32 if 65 <= byte <= 90 else byte)) * _PRIME
    return key


@numba.njit(cache=True, nogil=True, _nrt=False)
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


@numba.njit(cache=True, nogil=True, _nrt=False)
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


@numba.njit(cache=True, nogil=True, _nrt=False)
def comment_end(page, at):
    """The byte after the next "-->"."""
    while at + 2 < len(page):
        if page[at + 2] == _GREATER and page[at + 1] == _DASH and page[at] == _DASH:
            return at + 3
        at += 1
    return len(page)


@numba.njit(cache=True, nogil=True, _nrt=False)
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


@numba.njit(cache=True, nogil=True, _nrt=False)
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


@numba.njit(cache=True, nogil=True, _nrt=False)
def is_spoiled(page, eights):
    """Whether some bytes are not UTF-8."""
    n, many = len(page), len(eights)
    at = 0
    spoiled = False
    while at < n and not spoiled:
        if at & 7 == 0:
            eighth = at >> 3
            while eighth + 4 <= many:
                if (eights[eighth] | eights[eighth + 1] | eights[eighth + 2] | eights[eighth + 3]) & _HIGH:
                    break
                eighth += 4
            while eighth < many and eights[eighth] & _HIGH == 0:
                eighth += 1
            at = eighth << 3
            if at >= n:
                break
        first = page[at]
        if first < 0x80:
            at += 1
            continue
        # The well-formed sequences of the Unicode standard, table 3-7.
        width = 2 if 0xC2 <= first <= 0xDF else 3 if 0xE0 <= first <= 0xEF else 4 if 0xF0 <= first <= 0xF4 else 0
        if width == 0 or at + width > n:
            spoiled = True
            continue
        second = page[at + 1]
        low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80
        high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF
        spoiled = not low <= second <= high
        for step in range(2, width):
            spoiled |= page[at + step] & 0xC0 != 0x80
        at += width
    return spoiled


@numba.njit(cache=True, nogil=True, _nrt=False)
def _is_plain(source, start, end):
    """Whether an id is a letter and then letters, digits, hyphens and underscores, at most 41 in all."""
    plain = 0 < end - start <= _ID_LONGEST and start >= 0
    if plain:
        for at in range(start, end):
            byte = source[at]
            letter = 65 <= byte <= 90 or 97 <= byte <= 122
            plain &= letter or (at > start and (48 <= byte <= 57 or byte == _DASH or byte == 95))
    return plain


@numba.njit(cache=True, nogil=True, _nrt=False)
def write_paths(source, elements, wanted, chain, nth, body, out):
    """Write the paths of elements (see `paths`) with a newline behind each, or, where `out` is empty, only count their bytes."""
    real = len(out) > 0
    size = 0
    for row in range(len(wanted)):
        element, many = wanted[row], 0
        while element >= 0 and many < len(chain) and not _is_plain(source, elements[element, 5], elements[element, 6]):
            chain[many] = element
            many += 1
            element = elements[element, 0]
        if many == len(chain):
            # Deeper than any page that a person wrote: the innermost steps, from "*" on.
            if real:
                out[size] = _STAR
            size += 1
        elif element >= 0:
            if real:
                out[size] = _SHARP
            size += 1
            for at in range(elements[element, 5], elements[element, 6]):
                if real:
                    out[size] = source[at]
                size += 1
        else:
            for at in range(len(body)):
                if real:
                    out[size] = body[at]
                size += 1
        for step in range(many - 1, -1, -1):
            if real:
                out[size] = _GREATER
            size += 1
            at = elements[chain[step], 4]
            while at < len(source) and source[at] > _BLANK and source[at] != _GREATER:
                if real:
                    out[size] = source[at]
                size += 1
                at += 1
            for at in range(len(nth)):
                if real:
                    out[size] = nth[at]
                size += 1
            place, scale = elements[chain[step], 2], 1
            while scale * 10 <= place:
                scale *= 10
            while scale:
                if real:
                    out[size] = _ZERO + place // scale % 10
                size += 1
                scale //= 10
            if real:
                out[size] = _CLOSE
            size += 1
        if real:
            out[size] = 10
        size += 1
    return size


@numba.njit(cache=True, nogil=True, _nrt=False)
def nested(page, eights, keys, values):
    """How deep the tags of a page nest at most, if no end tag is left out; tags in `keys` hold nothing."""
    n = len(page)
    depth, deepest = 0, 0
    at = seek(page, eights, 0, _LESS) + 1
    while at < n:
        byte = page[at]
        if byte == _SLASH:
            depth = max(0, depth - 1)
        elif 97 <= byte <= 122 or 65 <= byte <= 90:
            end = at
            while end < n and (97 <= page[end] <= 122 or 65 <= page[end] <= 90):
                end += 1
            depth += found_in(_hashed_small(page, at, end, BASIS), keys, values) == 0
            deepest = max(deepest, depth)
        at = seek(page, eights, at, _LESS) + 1
    return deepest
