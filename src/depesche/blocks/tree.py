"""A page as its walk found it: blocks of text, times, what the head says, and the elements they stand in."""

import re

import msgspec

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


class Block(msgspec.Struct, kw_only=True, gc=False):
    """A run of text within one block element.

    Attributes:
        text: folded on one line.
        tag: its block element.
        element: number of that element in `Tree`.
        own: meaning of its element's names; `near` with those of the two elements around it; `around` of all around it;
            `inner` of the inline elements in it.
        within: TAGS around it, as bits.
        link: code points inside links; `bold`, `italic` likewise.
        links: how many links; `href` the first one's target.
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
    href: str | None
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
        parents: of each element the number of the one around it (-1 for the body's children); `tags`, `places` (among
            its siblings, from 1), `ids`, `names` (the class attribute) and `meanings` (of its names) likewise.
        linked: the texts of its JSON-LD scripts.
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
    places: list[int] = []
    ids: list[str | None] = []
    names: list[str] = []
    meanings: list[int] = []


def path_of(tree: Tree, element: int) -> str:
    """The CSS path of an element, from the nearest ancestor with a plain id ("#story>div:nth-child(3)>p:nth-child(2)")."""
    steps: list[str] = []
    while element >= 0:
        identity = tree.ids[element]
        if identity and _PLAIN_ID.fullmatch(identity):
            steps.append(f"#{identity}")
            break
        steps.append(f"{tree.tags[element]}:nth-child({tree.places[element]})")
        element = tree.parents[element]
    else:
        steps.append("body")
    return ">".join(reversed(steps))


_PLAIN_ID = re.compile(r"[A-Za-z][\w-]{0,40}", re.ASCII)
