"""Labelled pieces → the canonical text with its parts."""

from collections.abc import Iterable

import msgspec

from depesche.record import Part, PartLabel, Span


class Piece(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One block on its way into the article: its folded text and what was found out about it.

    Attributes:
        credit: where a caption's credit stands, in code points of `text`.
        stub: of a teaser, the number of its stub.
    """

    label: PartLabel
    text: str
    why: str
    at: str | None = None
    credit: tuple[int, int] | None = None
    stub: int | None = None
    url: str | None = None


def joined(pieces: Iterable[Piece]) -> tuple[str, tuple[Part, ...]]:
    """The canonical text (pieces in order, joined by a blank line) and its parts; empty pieces fall away."""
    texts: list[str] = []
    parts: list[Part] = []
    start = 0
    for piece in pieces:
        if not piece.text:
            continue
        credit = Span(start + piece.credit[0], start + piece.credit[1]) if piece.credit else None
        parts.append(
            Part(
                span=Span(start, start + len(piece.text)),
                why=piece.why,
                made_by="blocks@2",
                label=piece.label,
                at=piece.at,
                credit=credit,
                stub=piece.stub,
                url=piece.url,
            )
        )
        texts.append(piece.text)
        start += len(piece.text) + 2
    return "\n\n".join(texts), tuple(parts)
