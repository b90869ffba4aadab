"""Nexis exports."""

import io

import docx

from depesche.acquire.nexis import docx_rows, reports, rtf_rows
from depesche.errors import InputError
from depesche.record import Row

EXPORT = """
Kerry meets Lavrov in Laos

Lakeside Courier

July 26, 2016 Tuesday
Late Edition

Copyright 2016 Lakeside Courier

Section: World; Pg. 5
Length: 12 words
Byline: Miriam Holt

Body

VIENTIANE - The two ministers met.

They spoke about Syria.

Load-Date: July 27, 2016

End of Document

Kerry trifft Lawrow

Tagesblick

26. Juli 2016 Dienstag

Länge: 5 Wörter

Body

Die Minister sprachen in Laos.

End of Document

Ohne Text

Tagesblick

26. Juli 2016

End of Document
"""


def test_reports_are_parted_and_their_heads_read() -> None:
    """Headline, outlet, day and text, in English and German; a piece without text is named."""
    first, second, error = reports(EXPORT, "x.rtf")
    assert isinstance(first, Row)
    assert (first.headline, first.source, first.published) == (
        "Kerry meets Lavrov in Laos",
        "Lakeside Courier",
        "2016-07-26",
    )
    assert first.body == "VIENTIANE - The two ministers met.\n\nThey spoke about Syria."
    assert isinstance(second, Row)
    assert (second.published, second.body) == ("2016-07-26", "Die Minister sprachen in Laos.")
    assert isinstance(error, InputError)
    assert error.where == "x.rtf#3"


def test_docx_and_rtf_give_the_same() -> None:
    """The container does not matter."""
    document = docx.Document()
    for line in EXPORT.splitlines():
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in EXPORT.replace("\n", "\\par\n"))
    rtf = "{\\rtf1\\ansi " + escaped + "}"
    rows = [
        list(reader(io.BufferedReader(io.BytesIO(content)), "x"))
        for reader, content in ((docx_rows, packed.getvalue()), (rtf_rows, rtf.encode()))
    ]
    assert rows[0][:2] == rows[1][:2]
    assert [type(found) for found in rows[0][:2]] == [Row, Row]


def test_broken_exports_are_errors() -> None:
    """Neither container crashes on what is none."""
    for reader in (docx_rows, rtf_rows):
        for content in (b"PK\x03\x04broken", b"no export"):
            assert all(isinstance(f, InputError) for f in reader(io.BufferedReader(io.BytesIO(content)), "x"))
