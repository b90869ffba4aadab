"""Entries of saved RSS and Atom feeds, as rows."""

import datetime as dt
import io
import time
from collections.abc import Iterator

from depesche.errors import EmptyInputError, InputError, RowError
from depesche.record import Row

FEED_LIMIT = 16 * 1024 * 1024

_MARKS = (b"<rss", b"<feed", b"<rdf:RDF")


def looks_like_feed(sample: bytes) -> bool:
    """Whether XML bytes begin like RSS, Atom or RDF."""
    return any(mark in sample for mark in _MARKS)


def feed_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """One row an entry: its title, its text (full content where the feed has it, else the summary), date, link and outlet."""
    import feedparser  # noqa: PLC0415 (a tenth of a second that only feeds pay)

    content = stream.read(FEED_LIMIT + 1)
    if len(content) > FEED_LIMIT:
        yield InputError(f"a feed of more than {FEED_LIMIT // 2**20} MB; split it", where=origin)
        return
    # Bytes, never a name: feedparser would fetch a name that looks like an address.
    feed = feedparser.parse(io.BytesIO(content))
    if not feed.entries:
        yield EmptyInputError("the feed holds no entry", where=origin)
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{origin}#{number}"
        markup = entry.content[0].value if entry.get("content") else entry.get("summary", "")
        body = _text(markup)
        if not body:
            yield RowError("the entry has no text; read its page instead", where=where)
            continue
        yield Row(
            origin=where,
            body=body,
            headline=_text(entry.get("title", "")) or None,
            published=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
            language=(feed.feed.get("language") or "")[:2].lower() or None,
            url=entry.get("link"),
            source=_text(feed.feed.get("title", "")) or None,
        )


def _text(markup: str) -> str:
    """The words of a fragment of HTML, blocks parted by a blank line."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 (likewise)

    body = LexborHTMLParser(markup).body
    if body is None:
        return ""
    for node in body.css("script, style"):
        node.decompose()
    blocks = [node.text(separator=" ", strip=True) for node in body.css("p, li, h1, h2, h3, h4")]
    return "\n\n".join(b for b in blocks if b) or body.text(separator=" ", strip=True)


def _day(parsed: time.struct_time | None) -> str | None:
    return dt.date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday).isoformat() if parsed else None
