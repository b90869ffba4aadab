"""What each HTML element does to the text in it (https://html.spec.whatwg.org/multipage/indices.html#elements-3)."""

from depesche.blocks.tree import TAG_BITS

INLINE, SKIPPED, HEAD_ONLY, VOID, RAW, BOLD, ITALIC, CELL, HEADING, LINK, TIME, BREAK = (1 << i for i in range(12))
"""Flags: no block of its own; not read; metadata wherever it stands; has no end tag; its text is not escaped; and by name."""

_KINDS = {
    INLINE: (
        "span b i em strong font sub sup abbr acronym cite q small big u s strike mark code label ins del bdi bdo wbr kbd samp var "
        "dfn tt data output ruby rt rp nobr time td th a"
    ),
    SKIPPED: (
        "style template svg iframe noscript select option object embed canvas math video audio map datalist textarea frameset "
        "noembed noframes"
    ),
    HEAD_ONLY: "script meta link title base",
    VOID: "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
    RAW: "style script iframe noembed noframes",
    BOLD: "b strong",
    ITALIC: "i em",
    CELL: "td th",
    HEADING: "h1 h2 h3 h4 h5 h6",
    LINK: "a",
    TIME: "time",
    BREAK: "br",
}  # fmt: skip
_BLOCKS = "body div center dd dt fieldset figure hgroup legend picture pre search summary tbody tfoot thead caption"

TAG_NAMES: tuple[str, ...] = (
    "",
    *dict.fromkeys([*TAG_BITS, *(name for names in _KINDS.values() for name in names.split()), *_BLOCKS.split()]),
)
"""The elements that are told apart; 0 stands for any other."""
TAG_FLAGS = tuple(sum(flag for flag, names in _KINDS.items() if name in names.split()) for name in TAG_NAMES)
TAG_LEVELS = tuple(TAG_BITS.get(name, 0) for name in TAG_NAMES)
ATTRIBUTES = (
    "class", "id", "href", "datetime", "content", "itemprop", "hidden", "style", "role", "data-testid", "data-component", "aria-label",
)  # fmt: skip
"""The attributes that are read; from `role` on only for the words in them."""
