"""What a text must hold for a rule to be worth trying on it, read off the rule's pattern."""

import re

ITEM = re.compile(
    r'"(?P<literal>[^"]+)"|(?P<name>@?[a-z_]+\d?)(?::(?P<alias>[a-z_]+\d?))?|(?P<sign>\(\?[=!:]|\(\?<[=!]|[()|?*+<>])|\s+'
)
"""A word, class or sign of the patterns of `times_rules.tsv`."""
_OPENING = frozenset({"(", "(?:", "<"})
_CLOSING = frozenset({")", ">"})

Needs = tuple[frozenset[str], ...]
"""Sets of codes of which a text must hold one each."""


def needs(pattern: str, *, roles: dict[str, str]) -> Needs:
    """The codes without which a pattern cannot match, the fewest first.

    Args:
        pattern: without fragments.
        roles: the codes of each class.
    """
    items = [item for item in ITEM.finditer(pattern) if not item[0].isspace()]
    found, _ = _alternatives(items, 0, roles=roles)
    return tuple(sorted(found, key=len))


def _alternatives(items: list[re.Match[str]], at: int, *, roles: dict[str, str]) -> tuple[list[frozenset[str]], int]:
    """What a bracket needs whose inside begins at an item, and where it closes: of several ways, one thing that each of them needs."""
    ways: list[list[frozenset[str]]] = [[]]
    while at < len(items) and items[at]["sign"] not in _CLOSING:
        sign, own = items[at]["sign"], list[frozenset[str]]()
        if sign == "|":
            ways.append([])
        elif sign and sign[0] in "(<":
            inside, at = _alternatives(items, at + 1, roles=roles)
            own = inside if sign in _OPENING else []  # what stands around is asked for by the other brackets
        elif not sign:
            role = f"={items[at]['literal']}" if items[at]["literal"] else items[at]["name"]
            own = [frozenset(roles[role])] if roles.get(role) else []
        at += 1
        if not (at < len(items) and items[at]["sign"] in {"?", "*"}):
            ways[-1] += own
    if len(ways) == 1:
        return ways[0], at
    return ([frozenset().union(*(min(way, key=len) for way in ways))] if all(ways) else []), at
