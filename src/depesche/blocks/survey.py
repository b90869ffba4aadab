"""What the bytes of a page tell before it is parsed, in one compiled pass: whether they are UTF-8, and how many tags they may open."""
# ruff: noqa: ANN001, ANN202, PLR2004 (compiled: numbers, no objects)

import msgspec
import numba
import numpy as np

_ONES, _HIGH, _LOWS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080), np.uint64(0x7F7F7F7F7F7F7F7F)


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """Whether some bytes are UTF-8, and how often `<` stands in them."""

    is_utf8: bool
    tags: int


def surveyed(page: bytes) -> Survey:
    """One pass over a page, about a twentieth of what parsing costs."""
    content = np.frombuffer(page, dtype=np.uint8)
    spoiled, tags = _survey(content, np.frombuffer(page[: len(page) & ~7], dtype=np.uint64))
    return Survey(is_utf8=not spoiled, tags=int(tags))


@numba.njit(cache=True, nogil=True)
def _survey(page, eights):  # type: ignore[no-untyped-def]
    n = len(page)
    tags = np.uint64(0)
    pattern = np.uint64(60) * _ONES
    beyond = np.uint64(0)
    for word in eights:
        beyond |= word
        # The high bit of each byte that is `<` (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord, exact form).
        odd = word ^ pattern
        hits = ~(((odd & _LOWS) + _LOWS) | odd | _LOWS)
        tags += ((hits >> np.uint64(7)) * _ONES) >> np.uint64(56)
    for at in range(len(eights) * 8, n):
        tags += np.uint64(page[at] == 60)
    at = 0 if beyond & _HIGH else len(eights) * 8
    while at < n:
        if at & 7 == 0 and at >> 3 < len(eights) and eights[at >> 3] & _HIGH == 0:
            at += 8
            continue
        first = page[at]
        if first < 0x80:
            at += 1
            continue
        # The well-formed sequences of the Unicode standard, table 3-7.
        width = 2 if 0xC2 <= first <= 0xDF else 3 if 0xE0 <= first <= 0xEF else 4 if 0xF0 <= first <= 0xF4 else 0
        if width == 0 or at + width > n:
            return True, tags
        second = page[at + 1]
        low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80
        high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF
        if not low <= second <= high:
            return True, tags
        for step in range(2, width):
            if page[at + step] & 0xC0 != 0x80:
                return True, tags
        at += width
    return False, tags
