"""Reports out of exports of the older LexisNexis (before Nexis Uni): HTML, or the same as plain text.

The form, as far as public readers of it show: every report begins with `3 of 100 DOCUMENTS`; outlet, date and headline are lines
of their own; then `BYLINE:`, `SECTION:`, `LENGTH:`, `DATELINE:`, the text, `LOAD-DATE:` and further fields.
"""

import io
import re
from collections.abc import Iterator

from depesche.acquire.encoding import encoding_of
from depesche.acquire.nexis import day_of
from depesche.errors import InputError, RowError
from depesche.record import Row

EXPORT_LIMIT = 64 * 1024 * 1024
"""Bytes of an export, some thousand reports."""

_MARK = r"\d+ (?:of|von) \d+ (?:DOCUMENTS?|DOKUMENTE?N?)\b"
_BEGIN = re.compile(rf"^[ \t]*{_MARK}[ \t\r]*$", re.MULTILINE)
_INLINE = re.compile(r"</?(?:span|b|i|a|font)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_FIELD = re.compile(
    r"(?P<name>BYLINE|AUTOR|SECTION|RUBRIK|LENGTH|LÄNGE|DATELINE|HEADLINE|ÜBERSCHRIFT|HIGHLIGHT|SERIES)\s*:\s*(?P<value>.*)",
    re.DOTALL,
)
_AFTER = re.compile(
    r"(?:LOAD-DATE|UPDATE|LANGUAGE|SPRACHE|URL|GRAPHIC|GRAFIK|PUBLICATION-TYPE|DOCUMENT-TYPE|CORRECTION-DATE|CORRECTION|NOTES|"
    r"SUBJECT|PERSON|ORGANIZATION|COMPANY|GEOGRAPHIC|JOURNAL-CODE|ZEITUNGS-CODE)\s*:|Copyright \d{4}|All Rights Reserved|Alle Rechte"
)
_HEADLINES = {"HEADLINE", "ÜBERSCHRIFT"}


def looks_like_classic_nexis(sample: bytes) -> bool:
    """Whether bytes of HTML or text hold the count of such an export on a line of its own."""
    text = sample.decode("latin-1")
    return _BEGIN.search(_TAG.sub("\n", _INLINE.sub("", text)) if "<" in text else text) is not None


def classic_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """The reports of an export, one row each."""
    content = stream.read(EXPORT_LIMIT + 1)
    if len(content) > EXPORT_LIMIT:
        yield InputError(f"an export of more than {EXPORT_LIMIT // 2**20} MB; export it in pieces", where=origin)
        return
    text = content.decode(encoding_of(content[:65536]), "replace")
    if "<" in text[:1000]:
        text = _text_of(text)
    _, *pieces = _BEGIN.split(text)
    for number, piece in enumerate(pieces, start=1):
        yield _row([" ".join(p.split()) for p in re.split(r"\n\s*\n", piece) if p.strip()], where=f"{origin}#{number}")


def _text_of(markup: str) -> str:
    """The paragraphs of the page, parted by blank lines."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 (time that only exports pay)

    paragraphs = LexborHTMLParser(markup).css("p, h1, h2, h3")
    return "\n\n".join(paragraph.text(separator="", strip=False).strip() for paragraph in paragraphs)


def _row(paragraphs: list[str], *, where: str) -> Row | InputError:
    fields = {n: match for n, p in enumerate(paragraphs) if (match := _FIELD.match(p))}
    first = next(iter(fields), None)
    if first is None:
        return RowError(
            "no line such as 'LENGTH:' parts head and text; is this a Nexis export of full texts?", where=where
        )
    start = first
    while start in fields:
        start += 1
    end = next((n for n in range(start, len(paragraphs)) if _AFTER.match(paragraphs[n])), len(paragraphs))
    values = {match["name"]: match["value"].strip() for n, match in fields.items() if n < start}
    body = paragraphs[start:end]
    if not body:
        return RowError("the report has no text", where=where)
    if "DATELINE" in values:
        body[0] = f"{values['DATELINE']} - {body[0]}"
    head = [p for p in paragraphs[:first] if not _AFTER.match(p)]
    dated = next((n for n, p in enumerate(head) if day_of(p)), None)
    after = head[dated + 1 :] if dated is not None else head[1:]
    headline = next((values[name] for name in values if name in _HEADLINES), after[-1] if after else None)
    return Row(
        origin=where,
        body="\n\n".join(body),
        headline=headline,
        source=head[dated - 1] if dated else None,
        published=day_of(head[dated]) if dated is not None else None,
    )
