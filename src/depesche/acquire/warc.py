"""Pages out of web archives (ISO 28500)."""

import io
from collections.abc import Iterator

from depesche.errors import EmptyInputError, InputError
from depesche.record import Page

RECORD_LIMIT = 16 * 1024 * 1024
"""Bytes of one record, unpacked; a larger one is no news page and is said to be too large."""

_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_OK = 200


def warc_pages(stream: io.BufferedReader, origin: str) -> Iterator[Page | InputError]:
    """Every successful response that holds HTML or plain text; a record that cannot be read costs only itself."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 (time that only archives pay)

    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            where = f"{origin}#{record.headers.get('WARC-Target-URI') or record.record_id}"
            headers = record.http_headers
            kind = _TYPES.get((record.http_content_type or "").lower())
            if headers is None or headers.status_code != _OK or kind is None:
                continue
            content = record.reader.read(RECORD_LIMIT + 1)
            if len(content) > RECORD_LIMIT:
                yield InputError(f"a record of more than {RECORD_LIMIT // 2**20} MB; no page is so long", where=where)
                continue
            count += 1
            yield Page(
                origin=where,
                content=content,
                media_type=kind,
                url=record.headers.get("WARC-Target-URI"),
                charset=record.http_charset,
                fetched=record.record_date,
            )
    except Exception as error:  # noqa: BLE001 (the parser raises whatever a broken archive brings it to; what came before is kept)
        yield InputError(f"the archive is damaged after {count} pages ({error}); fetch it again", where=origin)
        return
    if not count:
        yield EmptyInputError("the archive holds no page (responses with status 200 and HTML or text)", where=origin)
