"""A page as its walk found it: blocks of text, times, what the head says, and the elements they stand in."""

import html

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_NONE: Ints = np.zeros((0, 0), dtype=np.int64)

TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "figcaption",
    "figure",
    "blockquote",
    "article",
    "main",
    "aside",
    "nav",
    "header",
    "footer",
    "section",
    "form",
    "button",
    "ul",
    "ol",
    "table",
    "tr",
    "dl",
    "address",
    "details",
    "time",
    "a",
)
"""The elements that features know; bit i of a mask stands for TAGS[i]."""
TAG_BITS = {tag: 1 << i for i, tag in enumerate(TAGS)}


class Block(msgspec.Struct, gc=False):
    """A run of text within one block element.

    Attributes:
        text: folded on one line.
        tag: its block element.
        element: number of that element in `Tree`.
        own: meaning of its element's names; `near` with those of the two elements around it; `around` of all around it;
            `inner` of the inline elements in it.
        within: TAGS around it, as bits.
        link: code points inside links; `bold`, `italic` likewise.
        links: how many links; `href` where in `Tree.source` the first one's target begins, or -1; `href_end` where it ends.
        credit: code point in `text` from which a credit element ran, or -1.
    """

    text: str
    tag: str
    element: int
    own: int
    near: int
    around: int
    inner: int
    within: int
    link: int
    links: int
    bold: int
    italic: int
    href: int
    href_end: int
    credit: int


class TimeElement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A machine-readable time: its value, the names and tags around it, and the block it came before."""

    value: str
    near: int
    around: int
    within: int
    block: int


class Tree(msgspec.Struct, kw_only=True):
    """A page as its walk found it.

    Attributes:
        parents: of each element the number of the one around it (-1 for the body's children); `tags` likewise.
        linked: the texts of its JSON-LD scripts.
        table: the numbers of the blocks, columns `scan.BLOCK`; `elements` those of the elements, `scan.ELEMENT`.
        cues: which kinds of cue each block holds, columns `cues.KINDS`; filled in when the blocks are looked at.
        source: the body as lexbor wrote it, to which bytes in them refer.
    """

    blocks: list[Block] = []
    times: list[TimeElement] = []
    metas: dict[str, list[str]] = {}
    title: str = ""
    canonical: str | None = None
    language: str | None = None
    linked: list[str] = []
    parents: list[int] = []
    tags: list[str] = []
    table: Ints = _NONE
    elements: Ints = _NONE
    cues: npt.NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
    source: bytes = b""

    def target(self, block: Block) -> str | None:
        """Where the first link of a block leads, or None."""
        return html.unescape(self.source[block.href : block.href_end].decode()) if block.href < block.href_end else None
