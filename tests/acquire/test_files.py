"""Files, folders and standard input: everything readable comes out, everything else as its error."""

import gzip
import io
from pathlib import Path

import pytest

from depesche.acquire import sources
from depesche.errors import BinaryInputError, EmptyInputError, InputError, NotFoundError
from depesche.record import Page, Row


def only(path: Path | str) -> Page | Row | InputError:
    """The one thing that lies under a path."""
    (found,) = sources(str(path))
    return found


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    """The error names the path and what to do."""
    error = only(tmp_path / "nowhere.html")
    assert isinstance(error, NotFoundError)
    assert "nowhere.html: no such file" in str(error)


@pytest.mark.parametrize("content", [b"", b"  \n\n ", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_empty(tmp_path: Path, content: bytes) -> None:
    """Blanks and a byte order mark are no text."""
    file = tmp_path / "blank.txt"
    file.write_bytes(content)
    assert isinstance(only(file), EmptyInputError)


@pytest.mark.parametrize(
    ("content", "what"), [(b"%PDF-1.4 x", "a PDF"), (b"\x89PNG\r\n", "a PNG"), (b"ab\0\1\2cd", "binary data")]
)
def test_binary_files_are_refused_by_name(tmp_path: Path, content: bytes, what: str) -> None:
    """The error says what the file is and what may be given instead."""
    file = tmp_path / "thing.txt"
    file.write_bytes(content)
    error = only(file)
    assert isinstance(error, BinaryInputError)
    assert what in str(error)
    assert "give HTML" in str(error)


def test_utf16_text_is_no_binary_file(tmp_path: Path) -> None:
    """A byte order mark explains the NUL bytes of UTF-16."""
    file = tmp_path / "wide.txt"
    file.write_bytes("Kerry traf Lawrow.".encode("utf-16"))
    assert isinstance(only(file), Page)


def test_pages_are_told_from_plain_text(tmp_path: Path) -> None:
    """By ending, or by how they begin."""
    for name, content, expected in [
        ("a.html", "x", "text/html"),
        ("a.txt", "<!DOCTYPE html><p>x</p>", "text/html"),
        ("a", "Kerry traf Lawrow", "text/plain"),
    ]:
        file = tmp_path / name
        file.write_text(content, "utf-8")
        found = only(file)
        assert isinstance(found, Page)
        assert expected == found.media_type


def test_gzip_is_read_transparently(tmp_path: Path) -> None:
    """Whatever the ending, and with the ending beneath `.gz` deciding what it is."""
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"id": 7, "body": "Text"}\n'))
    found = only(file)
    assert isinstance(found, Row)
    assert (found.id, found.body) == ("7", "Text")


def test_damaged_gzip_is_an_error_not_a_crash(tmp_path: Path) -> None:
    """A cut-off download names the remedy."""
    file = tmp_path / "a.html.gz"
    file.write_bytes(gzip.compress(" ".join(map(str, range(9000))).encode())[:-2000])
    error = only(file)
    assert isinstance(error, InputError)
    assert "gzip data are damaged" in str(error)


def test_a_folder_is_read_recursively_and_errors_keep_their_place(tmp_path: Path) -> None:
    """Pictures and hidden files are passed over; a bad file costs only itself."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text("eins")
    (tmp_path / "deep" / "b.html").write_text("<html>zwei</html>")
    (tmp_path / "deep" / "c.txt").write_bytes(b"")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden").write_text("x")
    kinds = [type(found) for found in sources(str(tmp_path))]
    assert kinds == [Page, Page, EmptyInputError]


def test_the_callers_date_and_language_are_kept(tmp_path: Path) -> None:
    """They go with the page; a row's own date wins."""
    page, table = tmp_path / "a.txt", tmp_path / "r.jsonl"
    page.write_text("Text")
    table.write_text('{"body": "x", "published": "2015-01-02"}\n{"body": "y"}\n')
    (found,) = sources(str(page), published="2016-07-26", language="de")
    assert (found.published, found.language) == ("2016-07-26", "de")  # type: ignore[union-attr]
    dates = [row.published for row in sources(str(table), published="2016-07-26")]  # type: ignore[union-attr]
    assert dates == ["2015-01-02", "2016-07-26"]


def test_standard_input_may_be_a_page_or_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON Lines are recognised by their first line."""
    for content, expected in [(b'{"body": "x"}\n', Row), (b"Kerry traf Lawrow.", Page)]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert isinstance(only("-"), expected)
