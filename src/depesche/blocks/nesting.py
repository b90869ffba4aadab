"""Keeps pathological nesting from the parser: lexbor's tree building is quadratic in depth (100,000 open elements: 22 s)."""

import re
from functools import cache

import numpy as np

from depesche.blocks.bytewise import nested
from depesche.blocks.scan import Lookup, lookup

_SUSPECT = 5_000
_DEEPEST = 600
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_VOID = frozenset(
    {"br", "img", "meta", "link", "input", "hr", "wbr", "source", "area", "base", "col", "embed", "track", "param"}
)


def tamed(page: bytes, *, tags: int) -> bytes:
    """The page itself, or, where it nests deeper than any page that a person wrote, without its innermost tags.

    Args:
        page: in UTF-8.
        tags: how many it may open; only pages with very many are looked at, since counting depth costs a tenth of what parsing costs.
    """
    if tags < _SUSPECT:
        return page
    voids = _voids()
    deepest = nested(
        np.frombuffer(page, dtype=np.uint8), np.frombuffer(page, dtype=np.uint64, count=len(page) >> 3), voids.keys, voids.values
    )  # fmt: skip
    return page if deepest <= _DEEPEST * 4 else _flattened(page.decode("utf-8", errors="replace")).encode()


@cache
def _voids() -> Lookup:
    return lookup(dict.fromkeys(_VOID, 1))


# Elements that only wrap: without them the rest keeps its meaning.
_WRAPPERS = frozenset(
    {"div", "span", "section", "font", "b", "i", "u", "em", "strong", "center", "small", "big", "main"}
)


def _flattened(html: str) -> str:
    """Deep wrappers dropped; deeper still, every tag."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in _VOID:
            return match[0]
        limit = _DEEPEST if name in _WRAPPERS else _DEEPEST * 4
        outer = max(0, depth - 1) if match[1] else depth
        if outer >= limit:
            # A dropped wrapper does not count: what it holds is no deeper than what holds it.
            depth = depth if name in _WRAPPERS else max(0, depth + (-1 if match[1] else 1))
            return " "
        depth = outer if match[1] else depth + 1
        return match[0]

    return _TAG.sub(kept, html)
