"""Keeps pathological nesting from the parser: lexbor's tree building is quadratic in depth (100,000 open elements: 22 s)."""

import re

_SUSPECT = 15_000
_DEEPEST = 600
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^>]*>")
_VOID = frozenset({"br", "img", "meta", "link", "input", "hr", "wbr", "source", "area", "base", "col", "embed", "track", "param"})


def tamed(html: str) -> str:
    """The page itself, or, where it nests deeper than any page that a person wrote, without its innermost tags.

    Only pages with very many tags are looked at: counting costs what parsing costs.
    """
    if html.count("<") < _SUSPECT:
        return html
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _VOID:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return html if deepest <= _DEEPEST * 4 else _flattened(html)


def _flattened(html: str) -> str:
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID:
            return match[0]
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < _DEEPEST else " "
        depth += 1
        return match[0] if depth <= _DEEPEST else " "

    return _TAG.sub(kept, html)
