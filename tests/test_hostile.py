"""Hostile input: what wants to harm costs itself only."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from depesche.acquire import files, rows, sources
from depesche.acquire.nexis import EXPORT_LIMIT, docx_rows
from depesche.errors import InputError
from depesche.record import Page, Row
from depesche.runner import build
from depesche.store import Filter, OpenRecord


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


def test_an_endless_line_is_skipped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never held in memory whole."""
    monkeypatch.setattr(rows, "LINE_LIMIT", 1000)
    content = b'{"body": "' + b"x" * 5000 + b'"}\n{"body": "gut"}\n'
    error, row = rows.json_lines(io.BufferedReader(io.BytesIO(content)), "t.jsonl")
    assert isinstance(error, InputError)
    assert isinstance(row, Row)
    assert row.body == "gut"


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
