"""Nexis exports."""

import io
from pathlib import Path

import docx

from depesche.acquire import sources
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


CLASSIC = (
    "1 of 2 DOCUMENTS", "Lakeside Courier", "July 26, 2016 Tuesday", "Late Edition - Final", "Kerry meets Lavrov in Laos",
    "BYLINE: By MIRIAM HOLT", "SECTION: Section A; Column 0; Pg. 1", "LENGTH: 12 words", "DATELINE: VIENTIANE",
    "The two ministers met.", "They spoke about Syria.", "URL: http://www.example.org", "LOAD-DATE: July 27, 2016",
    "LANGUAGE: ENGLISH", "Copyright 2016 Lakeside Courier", "2 of 2 DOCUMENTS", "Tagesblick", "26. Juli 2016 Dienstag",
    "Kerry trifft Lawrow", "LÄNGE: 5 Wörter", "Die Minister sprachen in Laos.", "UPDATE: 26. Juli 2016",
)  # fmt: skip


def test_an_export_of_the_older_lexisnexis_is_cut_into_reports(tmp_path: Path) -> None:
    """As HTML and as text: the same rows, told from a page by their count."""
    markup = "".join(
        f'<div class="c0"><p class="c1"><span class="c2">{line.partition(" ")[0]} </span><span>{line.partition(" ")[2]}</span></p></div>'
        for line in CLASSIC
    )
    (tmp_path / "export.HTML").write_text(f"<html><body><a name='DOC_ID_0_0'></a>{markup}</body></html>", "utf-8")
    (tmp_path / "export.txt").write_text("\n\n".join(f"    {line}" for line in CLASSIC), "utf-8")
    for name in ("export.HTML", "export.txt"):
        first, second = sources(str(tmp_path / name))
        assert isinstance(first, Row)
        assert isinstance(second, Row)
        assert (first.headline, first.source, first.published) == (
            "Kerry meets Lavrov in Laos",
            "Lakeside Courier",
            "2016-07-26",
        )
        assert first.body == "VIENTIANE - The two ministers met.\n\nThey spoke about Syria."
        assert (second.headline, second.source, second.published, second.body) == (
            "Kerry trifft Lawrow",
            "Tagesblick",
            "2016-07-26",
            "Die Minister sprachen in Laos.",
        )


def test_a_piece_of_such_an_export_without_fields_or_text_is_named(tmp_path: Path) -> None:
    """The reports around it are still read."""
    lines = ["1 of 3 DOCUMENTS", "Nothing else", "2 of 3 DOCUMENTS", "LENGTH: 0 words", *CLASSIC]
    (tmp_path / "export.txt").write_text("\n\n".join(lines), "utf-8")
    first, second, *rest = sources(str(tmp_path / "export.txt"))
    assert isinstance(first, InputError)
    assert isinstance(second, InputError)
    assert (first.what[:12], second.what) == ("no line such", "the report has no text")
    assert len(rest) == 2


def test_a_text_that_speaks_of_documents_is_none(tmp_path: Path) -> None:
    """The count stands on a line of its own at the beginning."""
    (tmp_path / "a.txt").write_text("Only 3 of 100 DOCUMENTS were found, Kerry said in Geneva on Friday.", "utf-8")
    (found,) = sources(str(tmp_path / "a.txt"))
    assert not isinstance(found, Row | InputError)
