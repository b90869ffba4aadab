"""Paths → what lies there: pages, plain text, tables of texts, folders of these."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from depesche.acquire import rows
from depesche.acquire.encoding import has_bom
from depesche.acquire.feeds import feed_rows, looks_like_feed
from depesche.acquire.nexis import docx_rows, rtf_rows
from depesche.acquire.nexis_classic import classic_rows, looks_like_classic_nexis
from depesche.acquire.warc import warc_pages
from depesche.acquire.web import Fetcher
from depesche.errors import BinaryInputError, EmptyInputError, InputError, NotFoundError
from depesche.record import Page, Row

if TYPE_CHECKING:
    from typing_extensions import Buffer

PAGE_LIMIT = 16 * 1024 * 1024
"""Bytes of one page; a larger one is refused rather than read into memory (a news page has 0.1 to 2 MB)."""

_SAMPLE = 8192
_BUFFER = 65536
_GZIP = b"\x1f\x8b"
_HTML = {".html", ".htm", ".xhtml", ".shtml", ".mhtml"}
_CONTAINERS: dict[str, Callable[[io.BufferedReader, str], Iterator[Page | Row | InputError]]] = {
    ".jsonl": rows.json_lines,
    ".ndjson": rows.json_lines,
    ".csv": rows.csv_rows,
    ".tsv": rows.csv_rows,
    ".parquet": rows.parquet_rows,
    ".warc": warc_pages,
    ".rtf": rtf_rows,
    ".docx": docx_rows,
    ".rss": feed_rows,
    ".atom": feed_rows,
}
_XML = {"", ".xml"}
_TEXTS = {"", ".txt", *_HTML}
_ASSETS = {
    ".avif", ".css", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".map", ".mp3", ".mp4", ".png", ".svg", ".ttf", ".webm",
    ".webp", ".woff", ".woff2",
}  # fmt: skip
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file without the ending .parquet"),
)


class Meter:
    """How many bytes of files have been taken in; of a compressed file as it lies on the disk."""

    def __init__(self) -> None:
        self.taken = 0


class _Metered(io.FileIO):
    """A file that says how much of it was read."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: "Buffer", /) -> int:
        count = super().readinto(buffer)
        self._meter.taken += count
        return count


def places(path: str) -> list[str]:
    """What is read one after the other for a path: the files of a folder, in sorted order, else the path itself.

    Pictures, styles and hidden files of a folder are passed over.
    """
    folder = Path(path)
    if path == "-" or _is_address(path) or not folder.is_dir():
        return [path]
    files = [str(p) for p in sorted(folder.rglob("*")) if p.is_file() and not _passed_over(p.relative_to(folder))]
    return files or [path]


def sources(
    path: str,
    *,
    published: str | None = None,
    language: str | None = None,
    fetcher: Fetcher | None = None,
    meter: Meter | None = None,
) -> Iterator[Page | Row | InputError]:
    """Everything readable under a path, or standard input for `-`, and an error for everything that is not.

    Args:
        path: a file, a folder (read recursively, in sorted order; pictures, styles and hidden files are passed over), an
            http(s) address of a page or feed, or `-`.
        published: EDTF date for what has none of its own.
        language: ISO 639-1 code for what states none.
        fetcher: fetches addresses; one of its own where none is given.
        meter: is told how much has been taken in.
    """
    meter = meter or Meter()
    for found in (fetcher or Fetcher()).fetch(path) if _is_address(path) else _found(path, meter):
        if isinstance(found, InputError):
            yield found
        elif isinstance(found, Row):
            yield msgspec.structs.replace(
                found, published=found.published or published, language=found.language or language
            )
        else:
            yield msgspec.structs.replace(found, published=published, language=language)


def _is_address(path: str) -> bool:
    return path.startswith(("http://", "https://"))


def _found(path: str, meter: Meter) -> Iterator[Page | Row | InputError]:
    if path == "-":
        yield from _opened(sys.stdin.buffer, origin="standard input", suffix="")
        return
    for name in places(path):
        yield from _file(Path(name), meter)


def _file(file: Path, meter: Meter) -> Iterator[Page | Row | InputError]:
    if file.is_dir():
        yield EmptyInputError("the folder holds no file to read; give pages, texts or tables", where=str(file))
        return
    if not file.exists():
        yield NotFoundError("no such file or folder; check the spelling, or give - for standard input", where=str(file))
        return
    begun = meter.taken
    try:
        with io.BufferedReader(_Metered(file, meter), _BUFFER) as stream:
            yield from _opened(stream, origin=str(file), suffix=_suffix(file))
        meter.taken = begun + file.stat().st_size  # also where its reader opened it anew, or left a part of it
    except OSError as error:
        yield InputError(f"cannot be read ({error.strerror or error}); check the file and its rights", where=str(file))


def _passed_over(path: Path) -> bool:
    return path.suffix.lower() in _ASSETS or any(part.startswith(".") for part in path.parts)


def _suffix(path: Path) -> str:
    """The ending that says what the file is, `.gz` aside."""
    return Path(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def _opened(stream: BinaryIO, *, origin: str, suffix: str) -> Iterator[Page | Row | InputError]:
    buffered = _buffered(stream)
    try:
        if buffered.peek(2)[:2] == _GZIP:
            buffered = _buffered(gzip.GzipFile(fileobj=buffered))
        reader = _CONTAINERS.get(suffix)
        sample = buffered.peek(_SAMPLE)[:_SAMPLE]
        if reader is None and not suffix and rows.looks_like_json_lines(sample):
            reader = rows.json_lines
        if reader is None and suffix in _XML and looks_like_feed(sample):
            reader = feed_rows
        if reader is None and suffix in _TEXTS and looks_like_classic_nexis(sample):
            reader = classic_rows
        if reader is None:
            yield _page(buffered, sample, origin=origin, suffix=suffix)
        elif not sample.strip():
            yield EmptyInputError("the file is empty; give one that holds pages, entries or rows", where=origin)
        else:
            yield from reader(buffered, origin)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield InputError(f"the gzip data are damaged ({error}); fetch the file again", where=origin)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 (a container that is broken in a way nobody thought of costs only itself)
        yield InputError(f"cannot be read ({type(error).__name__}: {error}); check the file", where=origin)


def _buffered(stream: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    """The stream with `peek`; the stubs call for a raw stream, though any readable one will do."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def _page(stream: BinaryIO, sample: bytes, *, origin: str, suffix: str) -> Page | InputError:
    what = next((name for magic, name in _MAGIC if sample.startswith(magic)), None)
    if what is None and b"\0" in sample and not has_bom(sample):
        what = "binary data"
    if what:
        return BinaryInputError(
            f"this is {what}, not text; give HTML, plain text, JSON Lines, CSV or Parquet", where=origin
        )
    content = stream.read(PAGE_LIMIT + 1)
    if len(content) > PAGE_LIMIT:
        return InputError(
            f"larger than {PAGE_LIMIT // 2**20} MB, too large for one page; split it, or give a table", where=origin
        )
    if not content.strip(b" \t\r\n\f\v\0\xef\xbb\xbf"):
        return EmptyInputError("the file is empty; give a page with text", where=origin)
    is_html = suffix in _HTML or _looks_like_html(content[:4096])
    if not is_html and len(content) > 2 * rows.TEXT_LIMIT:
        return InputError(f"a text of more than {rows.TEXT_LIMIT:,} characters; split it into reports", where=origin)
    return Page(origin=origin, content=content, media_type="text/html" if is_html else "text/plain")


def _looks_like_html(head: bytes) -> bool:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or (
        start.startswith(b"<") and b"</" in start
    )
