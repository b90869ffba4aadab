"""The quotations of a part, and what a sentence is cut into."""

import re
from typing import NamedTuple

from depesche.record import Span

_CLOSING = {"„": '“”"', "“": '”"', "‟": "”", "»": "«", "«": "»", '"': '"', "”": "”"}
_DOUBLED = frozenset({"''", "``"})
"""Marks of two characters, as wires and typewriters write them; both kinds close with two apostrophes."""
_MARK = re.compile("[" + "".join(_CLOSING) + "'`](?:(?<=')'|(?<=`)`|(?<!['`]))")
"""One mark, or two apostrophes; it begins with its characters, since so a text is passed over fast."""
_LONGEST_QUOTE = 3000


class Quote(NamedTuple):
    """A quotation with its marks; `closed` says whether its end was marked."""

    span: Span
    closed: bool


class Piece(NamedTuple):
    """A word or sign of a sentence; `quote` is the number of the quotation it stands in, -1 outside."""

    text: str
    lower: str
    start: int
    end: int
    quote: int
    bracket: bool


class Segment(NamedTuple):
    """Pieces `[first, last)` between two cuts; `cut` is the sign before it, empty at the start."""

    first: int
    last: int
    cut: str


def quotes_of(text: str, span: Span) -> list[Quote]:
    """The quotations of a part, in order, never nested."""
    found: list[Quote] = []
    at = span.start
    while (sign := _MARK.search(text, at, span.end)) is not None:
        at = sign.start()
        if sign[0] in _DOUBLED:
            after = _past_doubled(text, at, span)
            if after > at:
                found.append(Quote(Span(at, after), closed=True))
            at = max(at + 2, after)
            continue
        mark = text[at]
        opens = at == span.start or text[at - 1] in " \n([–—-/" or mark in "„«»“"
        if mark in "«»" and at > span.start and text[at - 1] not in " \n(":
            opens = False
        if not opens:
            at += 1
            continue
        closing = next(
            (i for i in range(at + 1, min(span.end, at + _LONGEST_QUOTE)) if text[i] in _CLOSING[mark]), None
        )
        if closing is None:
            found.append(Quote(Span(at, span.end), closed=False))
            return found
        found.append(Quote(Span(at, closing + 1), closed=True))
        at = closing + 1
    return found


def _past_doubled(text: str, at: int, span: Span) -> int:
    """Where a quotation in doubled apostrophes ends that opens here; `at` itself where none does.

    "''It is like a 'Mad Max' movie,'' he said": of three apostrophes the last two close.
    """
    opens = (at == span.start or text[at - 1] in " \n([–—-/") and text[at + 2 : at + 3].strip() != ""
    closing = text.find("''", at + 2, min(span.end, at + _LONGEST_QUOTE)) if opens else -1
    if closing < 0:
        return at
    while text[closing + 2 : closing + 3] == "'" and closing + 2 < span.end:
        closing += 1
    return closing + 2
