"""Teasers: lines about other reports, gathered into one stub each, duplicates merged (codebook section 1)."""

from collections.abc import Sequence

import msgspec

from depesche.blocks.compose import Piece

_HEADLINE = 130
_CUT = ("…", "...")
_ENDS = (".", "!", "?", "…", "“", "”", "»", '"')


def stubbed(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces with teasers numbered by stub; a headline that is repeated stands once.

    A run of teaser lines is read as headline, text, headline, text…: a short line opens a stub, a sentence continues it.
    """
    found: list[Piece] = []
    seen: dict[str, int] = {}
    number, open_stub, url = -1, False, None
    for piece in pieces:
        if piece.label != "teaser":
            open_stub = False
            found.append(piece)
            continue
        key = piece.text.casefold()
        if key in seen:
            # The same headline again closes the stub that it opened: portals print it over and under the blurb.
            open_stub = False
            continue
        is_text = _is_text(piece.text)
        continues = open_stub and (is_text or (url is not None and piece.url == url))
        if not continues:
            number += 1
            open_stub, url = not is_text, piece.url
        seen[key] = number
        found.append(msgspec.structs.replace(piece, stub=number))
        if is_text:
            open_stub = False
    return found


def _is_text(text: str) -> bool:
    """Whether a teaser line is a blurb rather than a headline."""
    text = text.rstrip()
    return len(text) > _HEADLINE or text.endswith(_CUT) or (len(text) > _HEADLINE // 2 and text.endswith(_ENDS))
