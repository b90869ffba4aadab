"""One compiled pass over a serialised page: where its blocks begin and end, and what the elements around them say.

lexbor parses the page (the HTML standard's algorithm) and writes it out again, so that every tag is closed, every attribute quoted and
every text escaped: reading that takes no rules, only counting. The pass visits every byte once and never recurses.
"""

from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.blocks.markup import bit, known_words
from depesche.blocks.scanning import FRAME, MEMO, STATES, passed
from depesche.blocks.tags import ATTRIBUTES, TAG_FLAGS, TAG_LEVELS, TAG_NAMES

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

BLOCK = (
    "tag", "element", "own", "near", "around", "inner", "within", "link", "links", "bold", "italic", "href", "href_end", "credit",
    "size",
)  # fmt: skip
"""Columns of `Scan.blocks`, as in `tree.Block`; `href` and `href_end` are bytes of the page or -1, `size` code points."""
ELEMENT = ("parent", "tag", "place", "meaning", "start", "id", "id_end", "class_hash")
"""Columns of `Scan.elements`; `start` is the byte after its `<`."""
EVENT = ("kind", "start", "end", "block", "near", "around", "within")
"""Columns of `Scan.events`, what is left to read: its kind (an index of `KINDS`), and a tag's bytes from its name to its `>`."""
KINDS = ("head", "time", "item")
# A page of more is no report: what follows is left unread, so that memory stays below a gigabyte.
_MOST_TAGS = 150_000


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """What one pass found; `text` is UTF-8, each block's text with a newline behind it."""

    text: bytes
    blocks: Ints
    elements: Ints
    events: Ints


class Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """An open hash table: a key stands at its place modulo the size (a power of two), or in the next free one; 0 is free."""

    keys: Hashes
    values: Ints


def scanned(page: bytes) -> Scan:
    """The blocks of a page that lexbor wrote out, from its `<body>` on."""
    content = np.frombuffer(page, dtype=np.uint8)
    many = min(_MOST_TAGS, int(np.count_nonzero(content == ord("<")))) + 2
    text = np.empty(len(page) + many, dtype=np.uint8)
    blocks = np.empty((many, len(BLOCK)), dtype=np.int64)
    elements = np.empty((many, len(ELEMENT)), dtype=np.int64)
    events = np.empty((many, len(EVENT)), dtype=np.int64)
    tags, names, words, flags, levels, bits, shapes = _tables()
    size, n_blocks, n_elements, n_events = passed(
        content, np.frombuffer(page, dtype=np.uint64, count=len(page) >> 3), tags.keys, tags.values, names.keys, names.values, words.keys, words.values, flags, levels, bits, shapes,
        np.zeros(STATES, dtype=np.int64), np.empty((many, FRAME), dtype=np.int64), np.zeros(MEMO, dtype=np.uint64), np.zeros(MEMO, dtype=np.int64), text, blocks,
        elements, events,
    )  # fmt: skip
    return Scan(
        text=text[:size].tobytes(), blocks=blocks[:n_blocks], elements=elements[:n_elements], events=events[:n_events]
    )


def fnv(name: bytes) -> int:
    """The 64-bit hash FNV-1a of a name, http://www.isthe.com/chongo/tech/comp/fnv/."""
    found = 14695981039346656037
    for byte in name:
        found = ((found ^ byte) * 1099511628211) % 2**64
    return found


def lookup(values: dict[str, int]) -> Lookup:
    """A table of hashed names, at most a quarter full."""
    size = 1 << (4 * len(values)).bit_length()
    keys, found = np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.int64)
    for name, value in values.items():
        key = fnv(name.encode())
        place = key % size
        while keys[place]:
            place = (place + 1) % size
        keys[place], found[place] = key, value
    return Lookup(keys=keys, values=found)


@cache
def _tables() -> tuple[Lookup, Lookup, Lookup, Ints, Ints, Ints, Ints]:
    shapes = np.zeros((128, 16), dtype=np.int64)
    for name in ATTRIBUTES:
        shapes[ord(name[0]), len(name)] = 1
    return (
        lookup({name: number for number, name in enumerate(TAG_NAMES) if name}),
        lookup({name: number for number, name in enumerate(ATTRIBUTES, start=1)}),
        lookup(known_words()),
        np.array(TAG_FLAGS, dtype=np.int64),
        np.array(TAG_LEVELS, dtype=np.int64),
        np.array([bit("kicker"), bit("credit"), bit("hidden"), bit("initial")], dtype=np.int64),
        shapes,
    )
