"""The report of a page that writes itself: HTML inside a string of a script, unseen until the script runs.

Only asked where the page shows no report of its own and says in its head that it is an article.
"""

import re
from collections.abc import Iterator

import msgspec

from depesche.blocks.compose import Piece
from depesche.blocks.markup import bit
from depesche.blocks.walk import walked

# Possessive, and content with the end of the script for a closing quote: a script of a million stray quotes costs one pass.
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
_MARKED = (b"\\u003cp", b"<p>", b"<p ", b"\\u003cP")
_HTML = re.compile(r"<(?:p|div|figure)\b.*</p>", re.DOTALL)
_FEWEST, _LEAST = 3, 400
_LONGEST = 5_000_000


def scripted_pieces(page: bytes) -> list[Piece]:
    """The paragraphs and captions of the longest piece of HTML in a script's strings; none where there is no such."""
    best: list[Piece] = []
    for fragment in _fragments(page[:_LONGEST]):
        found = list(_pieces(fragment))
        paragraphs = [piece for piece in found if piece.label == "body"]
        size = sum(len(piece.text) for piece in paragraphs)
        if len(paragraphs) >= _FEWEST and size >= _LEAST and size > sum(len(piece.text) for piece in best):
            best = found
    return best


def _scripts(page: bytes) -> Iterator[bytes]:
    end = 0
    while (start := page.find(b"<script", end)) >= 0:
        end = page.find(b"</script", start)
        end = len(page) if end < 0 else end
        yield page[start:end]


def _fragments(page: bytes) -> Iterator[str]:
    marked = (script for script in _scripts(page) if any(mark in script for mark in _MARKED))
    for literal in (literal for script in marked for literal in _LITERAL.finditer(script)):
        if len(literal[1]) < _LEAST or not any(mark in literal[1] for mark in _MARKED):
            continue
        try:
            text = msgspec.json.decode(literal[0], type=str)
        except msgspec.DecodeError:
            continue
        if html := _HTML.search(text):
            yield html[0]


def _pieces(fragment: str) -> Iterator[Piece]:
    for block in walked(fragment.encode("utf-8", errors="replace")).blocks:
        if block.link * 2 > len(block.text):
            continue
        if block.around & bit("caption") or block.tag == "figcaption":
            yield Piece(label="caption", text=block.text, why="HTML in a script", at="script")
        elif block.tag in {"h2", "h3", "h4"}:
            yield Piece(label="subheading", text=block.text, why="HTML in a script", at="script")
        elif block.tag == "p":
            yield Piece(label="body", text=block.text, why="HTML in a script", at="script")
