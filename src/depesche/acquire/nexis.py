"""Reports out of Nexis Uni exports: RTF, DOCX, or either saved as plain text.

The form, as far as public samples show it: headline, outlet and date on lines of their own, then `Section:`, `Length:`,
`Byline:`, a line `Body`, the text, `Load-Date:`, and `End of Document`.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from depesche.acquire.encoding import encoding_of
from depesche.errors import EmptyInputError, InputError, RowError
from depesche.record import Row

EXPORT_LIMIT = 64 * 1024 * 1024
"""Bytes of a DOCX export, unpacked; one that unpacks to more is refused unopened."""

RTF_LIMIT = 16 * 1024 * 1024
"""Bytes of an RTF export, some thousand reports; reading it takes thirty times as much memory."""

_END = re.compile(r"^\s*(?:End of Document|Ende des Dokuments)\s*$", re.MULTILINE | re.IGNORECASE)
_BODY = re.compile(r"^(?:Body|Volltext|Text)$", re.IGNORECASE)
_AFTER = re.compile(
    r"^(?:Load-Date|Ladedatum|Update|Graphic|Grafik|Classification|Klassifizierung|Correction-Date|Notes)\b:?",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^(?:Section|Rubrik|Length|Länge|Byline|Autor|Dateline|Highlight|Series)\s*:", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner", "february februar", "march märz", "april", "may mai", "june juni", "july juli",
            "august", "september", "october oktober", "november", "december dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ENGLISH = re.compile(r"([A-Za-z]+) (\d{1,2}), (\d{4})")
_GERMAN = re.compile(r"(\d{1,2})\. ?([A-Za-zä]+) (\d{4})")


def rtf_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """The reports of an RTF export."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 (time that only such exports pay)

    content = stream.read(RTF_LIMIT + 1)
    if len(content) > RTF_LIMIT:
        yield InputError(f"an export of more than {RTF_LIMIT // 2**20} MB; export it in pieces", where=origin)
        return
    try:
        text = str(rtf_to_text(content.decode(encoding_of(content[:65536]), "replace"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError) as error:
        yield InputError(f"no RTF that can be read ({error}); export it again", where=origin)
        return
    yield from reports(text, origin)


def docx_rows(stream: io.BufferedReader, origin: str) -> Iterator[Row | InputError]:
    """The reports of a DOCX export."""
    import docx  # noqa: PLC0415 (likewise)

    content = io.BytesIO(stream.read(EXPORT_LIMIT + 1))
    try:
        with zipfile.ZipFile(content) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > EXPORT_LIMIT:
            yield InputError(f"unpacks to more than {EXPORT_LIMIT // 2**20} MB; export it in pieces", where=origin)
            return
        text = "\n\n".join(paragraph.text for paragraph in docx.Document(content).paragraphs)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, SyntaxError) as error:
        yield InputError(f"no DOCX that can be read ({error}); export it again", where=origin)
        return
    yield from reports(text, origin)


def reports(text: str, origin: str) -> Iterator[Row | InputError]:
    """The reports of an export's plain text, parted by `End of Document`."""
    pieces = [piece for piece in _END.split(text) if piece.strip()]
    if not pieces:
        yield EmptyInputError("the export holds no text", where=origin)
    for number, piece in enumerate(pieces, start=1):
        where = f"{origin}#{number}"
        lines = [line.strip() for line in piece.splitlines()]
        start = next((n for n, line in enumerate(lines) if _BODY.match(line)), None)
        if start is None:
            yield RowError("no line 'Body' parts head and text; is this a Nexis export of full texts?", where=where)
            continue
        end = next((n for n in range(start + 1, len(lines)) if _AFTER.match(lines[n])), len(lines))
        head = [line for line in lines[:start] if line]
        body = "\n\n".join(line for line in lines[start + 1 : end] if line)
        if not body:
            yield RowError("the report has no text", where=where)
            continue
        yield _row(head, body, where=where)


def _row(head: list[str], body: str, *, where: str) -> Row:
    plain = [line for line in head if not _FIELD.match(line)]
    dated = next((n for n, line in enumerate(plain) if day_of(line)), None)
    return Row(
        origin=where,
        body=body,
        headline=plain[0] if plain else None,
        source=plain[dated - 1] if dated and dated > 1 else None,
        published=day_of(plain[dated]) if dated is not None else None,
    )


def day_of(line: str) -> str | None:
    """The ISO date of a line that begins with one: "July 26, 2016 Tuesday", "26. Juli 2016 Dienstag"."""
    if match := _ENGLISH.match(line):
        month, day, year = match[1], match[2], match[3]
    elif match := _GERMAN.match(line):
        day, month, year = match[1], match[2], match[3]
    else:
        return None
    number = _MONTHS.get(month.lower())
    try:
        return dt.date(int(year), number, int(day)).isoformat() if number else None
    except ValueError:
        return None
