"""Hostile input: what wants to harm costs itself only."""

import csv
import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from depesche.acquire import files, rows, sources, warc
from depesche.acquire.feeds import feed_rows
from depesche.acquire.nexis import EXPORT_LIMIT, docx_rows
from depesche.acquire.warc import warc_pages
from depesche.errors import InputError
from depesche.record import Page, Row
from depesche.runner import build
from depesche.store import Filter, OpenRecord
from depesche.store.exports import EXPORTS
from depesche.web import page_of

DOCUMENT = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def export_with(document: bytes, *more: str) -> io.BufferedReader:
    """A DOCX whose text is this, with further files in the archive."""
    plain, packed = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
        for name in more:
            new.writestr(name, "evil")
    return io.BufferedReader(io.BytesIO(packed.getvalue()))


def word(text: str, *, head: str = "") -> bytes:
    """The main part of a DOCX with one paragraph."""
    return (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{DOCUMENT}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()


def entities(depth: int) -> str:
    """A document type in which every entity stands for ten of the one before."""
    made = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 100}">{made}]>'


def test_a_gzip_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never more than the limit is unpacked."""
    monkeypatch.setattr(files, "PAGE_LIMIT", 1_000_000)
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"<p>" + b"x" * 30_000_000))
    (found,) = sources(str(bomb))
    assert isinstance(found, InputError)
    assert "too large for one page" in str(found)


def test_a_zip_bomb_is_refused_by_what_it_says_it_holds() -> None:
    """A DOCX of a few kilobytes may claim gigabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        for _ in range(EXPORT_LIMIT // 2**20 + 2):
            entry.write(b"\0" * 2**20)
    (found,) = docx_rows(io.BufferedReader(io.BytesIO(packed.getvalue())), "bomb.docx")
    assert isinstance(found, InputError)
    assert "unpacks to more than" in str(found)


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (rows.json_lines, b'{"body": "' + b"x" * 20_000_000 + b'"}\n{"body": "gut"}\n'),
        (rows.csv_rows, b"id,body\n1," + b"x" * 20_000_000 + b"\n2,gut\n"),
        (rows.csv_rows, b'id,body\n1,"' + b"x" * 20_000_000 + b'"\n2,gut\n'),
    ],
    ids=["JSON Lines", "CSV", "CSV in quotation marks"],
)
def test_an_endless_line_is_skipped_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, read: Callable[..., Iterator[Row | InputError]], content: bytes
) -> None:
    """Never held in memory whole."""
    monkeypatch.setattr(rows, "LINE_LIMIT", 100_000)
    stream = io.BufferedReader(io.BytesIO(content))
    tracemalloc.start()
    error, row = read(stream, "t")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert isinstance(error, InputError)
    assert isinstance(row, Row)
    assert row.body == "gut"


@pytest.mark.parametrize(
    "document",
    [
        word("&e8;", head=entities(9)),
        word("&file;", head='<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'),
        b"<w:document",
        b"",
    ],
    ids=["entities of entities", "a file of this machine", "cut off", "nothing"],
)
def test_a_docx_cannot_unfold_or_read_files(document: bytes) -> None:
    """Entities are not resolved; what cannot be read says so."""
    (found,) = docx_rows(export_with(document), "evil.docx")
    assert isinstance(found, InputError)
    assert "root:" not in str(found)


def test_paths_in_an_archive_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is unpacked to disk, whatever an archive calls its files."""
    monkeypatch.chdir(tmp_path)
    list(docx_rows(export_with(word("x"), "../../evil.txt", f"{tmp_path}/evil.txt"), "a.docx"))
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers["WARC-Target-URI"] = "file:///../../evil.txt"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x")
    archive = io.BytesIO()
    record.write(archive)
    (page,) = warc_pages(io.BufferedReader(io.BytesIO(archive.getvalue())), "a.warc")
    assert isinstance(page, Page)
    assert list(tmp_path.iterdir()) == []


def test_a_packed_page_in_a_web_archive_is_unpacked_and_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Content-Encoding is undone, up to the limit."""
    monkeypatch.setattr(warc, "RECORD_LIMIT", 10_000)
    archive = io.BytesIO()
    for text in (b"<p>Kerry</p>", b"x" * 5_000_000):
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = "http://a.example/1"
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        record.set_bytes_content(head + gzip.compress(text))
        record.write(archive)
    page, error = warc_pages(io.BufferedReader(io.BytesIO(archive.getvalue())), "a.warc")
    assert isinstance(page, Page)
    assert page.content == b"<p>Kerry</p>"
    assert isinstance(error, InputError)


@pytest.mark.parametrize(
    "head", [entities(9), '<!DOCTYPE x [<!ENTITY e8 SYSTEM "file:///etc/passwd">]>'], ids=["bomb", "file"]
)
def test_a_feed_cannot_unfold_or_read_files(head: str) -> None:
    """Its own entities are not resolved."""
    feed = f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><item><title>T</title><description>A &e8; B</description></item></channel></rss>'
    found = list(feed_rows(io.BufferedReader(io.BytesIO(feed.encode())), "feed.rss"))
    assert len(str(found)) < 1000
    assert "root:" not in str(found)


def test_a_text_that_is_no_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a row or as a file: what a worker takes in has a bound."""
    monkeypatch.setattr(rows, "TEXT_LIMIT", 1000)
    (tmp_path / "a.txt").write_text("Wort " * 1000)
    (tmp_path / "b.jsonl").write_text(json.dumps({"body": "Wort " * 1000}))
    assert all(isinstance(found, InputError) for found in sources(str(tmp_path)))


def test_what_a_page_says_of_itself_runs_nowhere(tmp_path: Path) -> None:
    """A script in the title, a formula as the outlet: text in the page that shows it, disarmed in tables."""
    script, formula = "<script>alert(1)</script>", '=HYPERLINK("http://evil.example")'
    body = "Kerry traf Lawrow am 9. September 2016 in Genf."
    row = {"id": "+1", "headline": script, "body": body, "source": formula, "language": "de"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    build([str(tmp_path / "rows.jsonl")], into=tmp_path / "r.db")
    with OpenRecord(tmp_path / "r.db") as record:
        page = page_of(record.document("+1"))
        EXPORTS["csv"][0](record, tmp_path / "csv")
        EXPORTS["coded"][0](record, tmp_path / "coded.csv")
        (article,) = record.articles(Filter(source=formula))
    assert article.headline == script
    assert script not in page
    for file in [*(tmp_path / "csv").iterdir(), tmp_path / "coded.csv"]:
        for cells in csv.reader(io.StringIO(file.read_text("utf-8"))):
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-h"))]


def test_names_that_look_like_paths_or_sql_are_only_names(tmp_path: Path) -> None:
    """In ids, outlets and addresses; the record stays whole and finds them."""
    evil = "../../etc/passwd'; drop table articles; --"
    table = tmp_path / "rows.jsonl"
    table.write_text(
        json.dumps({"id": evil, "body": "Kerry traf Lawrow in Genf.", "source": evil, "language": "de"}) + "\n"
    )
    build([str(table)], into=tmp_path / "r.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.db", "rows.jsonl"]
    with OpenRecord(tmp_path / "r.db") as record:
        (article,) = record.articles(Filter(source=evil))
        assert record.document(evil).article.id == article.article == evil


@pytest.mark.parametrize("name", ["deep.html", "entities.html", "cut.html"])
def test_broken_pages_come_out_as_pages(tmp_path: Path, name: str) -> None:
    """Deep nesting, broken entities, a page cut off in the middle of a tag: read, or refused with a reason."""
    content = {
        "deep.html": "<div>" * 5000 + "x" + "</div>" * 5000,
        "entities.html": "<p>&#xFFFFFFF; &nosuch; &#55296; &amp;amp;</p>",
        "cut.html": "<html><body><article><h1>Titel</h1><p>Text <a href='",
    }[name]
    (tmp_path / name).write_text("<!DOCTYPE html><html><body>" + content, "utf-8")
    progress = build([str(tmp_path / name)], into=tmp_path / "r.db")
    assert progress.read + progress.rejected == 1
    (page,) = sources(str(tmp_path / name))
    assert isinstance(page, Page)
