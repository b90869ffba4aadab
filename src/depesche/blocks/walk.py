"""A page → its blocks of text with where they stood, and what its head says.

lexbor parses (the HTML standard's algorithm) and writes the body out again; `scan` reads that in one compiled pass. Visiting the nodes from
Python instead costs four times what parsing does.
"""

import html
import re
import unicodedata

import numpy as np
from selectolax.lexbor import LexborHTMLParser, LexborNode

from depesche.blocks.canonical import fold_line
from depesche.blocks.scan import BLOCK, KINDS, Scan, scanned
from depesche.blocks.tags import TAG_NAMES
from depesche.blocks.tree import Block, TimeElement, Tree

_HEAD_ONLY = frozenset({"script", "meta", "link", "title"})
_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_LINKED = re.compile(rb"ld\+json", re.IGNORECASE)
_HEAD, _TIME, _ITEM = range(len(KINDS))
_CREDIT = BLOCK.index("credit")


def walked(page: bytes) -> Tree:
    """The blocks and the head of a page in UTF-8."""
    parser = LexborHTMLParser(page)
    tree = Tree()
    root, head, body = parser.root, parser.head, parser.body
    if root is None:
        return tree
    tree.language = root.attributes.get("lang") or root.attributes.get("xml:lang")
    if head is not None:
        for node in head.iter():
            if node.tag in _HEAD_ONLY:
                _stated(tree, node)
    if body is not None:
        written = (body.html or "").encode()
        _fill(tree, scanned(written), written)
    return tree


def _stated(tree: Tree, node: LexborNode) -> None:
    """What one element of the head says."""
    tag = node.tag or ""
    if tag == "script":
        if "ld+json" in (node.attributes.get("type") or "").lower():
            tree.linked.append(node.text())
    else:
        _take(tree, tag, node.attributes, text=node.text() if tag == "title" else "")


def _take(tree: Tree, tag: str, attributes: dict[str, str | None], *, text: str) -> None:
    """What a meta, link or title element says."""
    if tag == "meta":
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if key and content:
            tree.metas.setdefault(key.lower(), []).append(content)
    elif tag == "title":
        tree.title = tree.title or fold_line(text)
    elif tag == "link" and (attributes.get("rel") or "").lower() == "canonical":
        tree.canonical = tree.canonical or attributes.get("href")


def _fill(tree: Tree, scan: Scan, page: bytes) -> None:
    """Everything in the body."""
    tree.source, tree.elements, tree.table = page, scan.elements, scan.blocks
    tree.parents = scan.elements[:, 0].tolist()
    tree.tags = [TAG_NAMES[tag] for tag in scan.elements[:, 1].tolist()]
    text = scan.text.decode()
    texts = text.split("\n")
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        texts = [unicodedata.normalize("NFC", line) for line in texts]
    columns = scan.blocks.T.tolist()
    names = [tree.tags[element] if element >= 0 else "body" for element in columns[1]]
    tree.blocks = list(map(Block, texts, names, *columns[1:-1]))
    for number in np.flatnonzero(scan.blocks[:, _CREDIT] > 0).tolist():
        block = tree.blocks[number]
        block.credit += block.text[block.credit : block.credit + 1] == " "
    for event in scan.events.tolist():
        kind, start, end, *_ = event
        # Of ten tags of metadata in a body nine are scripts that say nothing.
        if kind != _HEAD or not page.startswith(b"script", start) or _LINKED.search(page, start, end):
            _heard(tree, event, page)


def _heard(tree: Tree, event: list[int], page: bytes) -> None:
    """A tag of the body that says something of the page: metadata, a time."""
    kind, start, end, block, near, around, within = event
    tag, _, rest = page[start:end].decode().partition(" ")
    attributes: dict[str, str | None] = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(rest)}
    if kind == _TIME:
        value = attributes.get("datetime") or fold_line(_shown(page, tag, end))
        tree.times.append(TimeElement(value=value, near=near, around=around, within=within, block=block))
    elif kind == _ITEM:
        tree.metas.setdefault((attributes["itemprop"] or "").lower(), []).append(attributes["content"] or "")
    elif tag != "script":
        _take(tree, tag, attributes, text=_shown(page, tag, end) if tag == "title" else "")
    elif "ld+json" in (attributes.get("type") or "").lower():
        tree.linked.append(_inner(page, tag, end))


def _shown(page: bytes, tag: str, end: int) -> str:
    """The text between a tag and its end tag."""
    return html.unescape(_TAG.sub("", _inner(page, tag, end)))


def _inner(page: bytes, tag: str, end: int) -> str:
    """What stands between a tag and its end tag."""
    return page[end + 1 : page.find(f"</{tag}>".encode(), end)].decode()
