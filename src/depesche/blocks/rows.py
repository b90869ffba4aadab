"""Rows of a table: the caller's cutting into fields is trusted (record.md, "Input rows")."""

import datetime as dt
import re

from depesche.blocks.canonical import fold, lone_surrogate
from depesche.blocks.compose import Piece, joined
from depesche.blocks.dateline import opening_dateline
from depesche.blocks.languages import given_or_detected
from depesche.errors import RowError
from depesche.record import Article, Meta, Published, Row

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d(?::?\d\d){0,2}(?:[.,]\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII)


def article_of_row(row: Row) -> Article:
    """The article of one row: a headline part, one body part a paragraph, and the dateline of the first paragraph.

    Raises:
        RowError: no text at all, a lone surrogate, or a `published` that is no ISO date.
    """
    headline, body = fold(row.headline or ""), fold(row.body)
    if not headline and not body:
        raise RowError("the row holds no text; `body` must have at least one character", where=row.origin)
    if (place := lone_surrogate(headline + body)) is not None:
        raise RowError(f"a lone surrogate at character {place}; write the text as valid Unicode", where=row.origin)
    first = [Piece(label="headline", text=headline, why="column headline", at="headline")]
    rest = [
        Piece(label="body", text=text, why="column body", at=f"body paragraph {number}")
        for number, text in enumerate(body.split("\n\n"), start=1)
    ]
    text, parts = joined(first + rest)
    meta = Meta(
        origin=row.origin,
        id=row.id,
        url=row.url,
        source=row.source,
        language=given_or_detected(row.language, text=text),
        published=_published(row),
    )
    dateline = opening_dateline(text, parts)
    return Article(text=text, meta=meta, marks=(*parts, dateline) if dateline else parts)


def _published(row: Row) -> Published:
    if row.published is None:
        return Published(why="the row has no published date")
    match = _ISO.fullmatch(row.published.strip())
    try:
        day = dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if day is None:
        raise RowError(
            f"published {row.published!r} is no ISO date; write it as 2016-07-26 or leave it out", where=row.origin
        )
    return Published(edtf=day.isoformat(), known_by="given", why="column published")
