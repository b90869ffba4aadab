"""Web archives and feeds."""

import gzip
import io
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from depesche.acquire import sources
from depesche.errors import InputError
from depesche.record import Page, Row

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Tagesblick</title><language>de-de</language>
<item><title>Kerry &amp; Lawrow</title><link>https://tagesblick.example/1</link>
<pubDate>Tue, 26 Jul 2016 10:00:00 +0200</pubDate><description>&lt;p&gt;Erster Absatz.&lt;/p&gt;&lt;p&gt;Zweiter.&lt;/p&gt;</description></item>
<item><title>Ohne Text</title></item></channel></rss>"""


def archive(*responses: tuple[str, str, bytes]) -> bytes:
    """A WARC of responses: address, status line and headers, content."""
    out = io.BytesIO()
    for url, head, content in responses:
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(head.encode() + b"\r\n\r\n" + content)
        record.write(out)
    return out.getvalue()


HTML = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1"


def test_only_successful_pages_come_out_of_an_archive(tmp_path: Path) -> None:
    """Pictures, redirects and errors are no pages; the transport's charset is kept."""
    content = archive(
        ("http://a.example/1", HTML, b"<p>T\xfcrkei"),
        ("http://a.example/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>weg"),
        ("http://a.example/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
    )
    for name, data in (("a.warc", content), ("a.warc.gz", gzip.compress(content))):
        (tmp_path / name).write_bytes(data)
        (page,) = sources(str(tmp_path / name))
        assert isinstance(page, Page)
        assert (page.url, page.charset, page.media_type) == ("http://a.example/1", "iso-8859-1", "text/html")


def test_a_damaged_archive_keeps_what_came_before(tmp_path: Path) -> None:
    """Or says at least that nothing could be read."""
    content = archive(("http://a.example/1", HTML, b"<p>eins"))
    (tmp_path / "a.warc").write_bytes(content + b"garbage" * 99)
    found = list(sources(str(tmp_path / "a.warc")))
    assert isinstance(found[0], Page)
    (tmp_path / "b.warc").write_bytes(b"no archive at all")
    assert all(isinstance(f, InputError) for f in sources(str(tmp_path / "b.warc")))


def test_a_feed_gives_a_row_an_entry(tmp_path: Path) -> None:
    """Title, text by blocks, day, link, outlet and language; an entry without text is named."""
    (tmp_path / "feed.xml").write_text(RSS, "utf-8")
    row, error = sources(str(tmp_path / "feed.xml"))
    assert isinstance(row, Row)
    assert (row.headline, row.body, row.published) == ("Kerry & Lawrow", "Erster Absatz.\n\nZweiter.", "2016-07-26")
    assert (row.language, row.source, row.url) == ("de", "Tagesblick", "https://tagesblick.example/1")
    assert isinstance(error, InputError)
    assert error.where.endswith("feed.xml#2")
