"""Much at once: indexes that were put off, and hashes that are filed many at a time, change no answer."""

import sqlite3
from pathlib import Path

import pytest

from depesche.store import Filter, Loader, OpenRecord, claimed, connect, copies, prepared
from depesche.store.database import APPLICATION_ID, migrations
from depesche.store.indexes import QUESTIONS, is_put_off
from tests.factories import record

NOW = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record is."""
    return tmp_path / "record.db"


def indexes(path: Path) -> set[str]:
    """Names of the indexes that a record has."""
    with sqlite3.connect(path) as connection:
        return {name for (name,) in connection.execute("select name from sqlite_schema where sql like 'create index%'")}


def counted(connection: sqlite3.Connection) -> tuple[int, int]:
    """Reports whose hashes are filed, and reports whose hashes wait."""
    (filed,) = connection.execute("select count(distinct article) from shingles").fetchone()
    (waiting,) = connection.execute("select count(*) from unfiled").fetchone()
    return filed, waiting


def found(path: Path) -> list[str]:
    """What some questions find."""
    with OpenRecord(path) as opened:
        asked = (Filter(type="CONSULT"), Filter(actor="Kerry"), Filter(text="traf"), Filter(since="2016"))
        return [event.event_id for wanted in asked for event in opened.events(wanted)]


def test_every_index_that_can_be_put_off_is_there(path: Path) -> None:
    """A name that the schema does not know would never be left out."""
    connect(path).close()
    assert set(QUESTIONS) <= indexes(path)


def test_a_record_answers_the_same_without_its_indexes(path: Path) -> None:
    """While they are put off, and again when they have been made."""
    connection = connect(path)
    loader = Loader(connection, made_by="a@1")
    before = indexes(path)
    loader.put_off()
    loader.load([record()], now=NOW)
    assert indexes(path) == before - set(QUESTIONS)
    with claimed(path):  # as a build does, so that who asks does not make them meanwhile
        without = found(path)
        assert is_put_off(connection)
    loader.catch_up()
    assert indexes(path) == before
    assert found(path) == without != []
    connection.close()


def test_who_opens_a_record_of_a_killed_build_makes_its_indexes(path: Path) -> None:
    """Whether to ask or to load."""
    connect(path).close()
    before = indexes(path)
    for opened in (lambda: OpenRecord(path).close(), lambda: Loader(connect(path), made_by="a@1")):
        connection = connect(path)
        Loader(connection, made_by="a@1").put_off()
        connection.close()
        assert indexes(path) < before
        opened()
        assert indexes(path) == before


def test_hashes_are_filed_and_found_wherever_they_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is found by hashes that wait, by those that an earlier writer left waiting, and by those that are filed."""
    text = " ".join(f"Satz {n} handelt von einem Ort, der in keinem anderen Text steht." for n in range(9))
    reports = [record(tail=f" {text} Das meldet Zeitung Nummer {n}.") for n in range(3)]
    connection = connect(path)
    Loader(connection, made_by="a@1").load(reports[:1], now=NOW)
    assert counted(connection) == (0, 1)
    monkeypatch.setattr(copies, "UNFILED", 1)
    Loader(connection, made_by="a@1").load(reports[1:2], now=NOW)
    assert counted(connection) == (2, 0)
    Loader(connection, made_by="a@1").load(reports[2:], now=NOW)
    assert connection.execute("select duplicate_of from articles order by id").fetchall() == [(None,), (1,), (1,)]
    connection.close()


def test_a_report_that_is_read_anew_takes_its_hashes_along(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the old reading nothing is left that could make the new one a copy of itself, filed or not."""
    for unfiled in (1, 1000):
        monkeypatch.setattr(copies, "UNFILED", unfiled)
        connection = connect(path)
        for version in ("a@1", "a@2", "a@3"):
            Loader(connection, made_by=f"{version}/{unfiled}").load([record()], now=NOW)
            assert connection.execute("select duplicate_of from articles").fetchall() == [(None,)]
            assert sum(counted(connection)) == 1
        connection.close()


def test_an_older_record_keeps_its_hashes(path: Path) -> None:
    """The table of hashes is made anew without its reference to reports; what it held it holds."""
    old = sqlite3.connect(path)
    for number, sql in migrations()[:3]:
        old.executescript(f"{sql}; pragma application_id = {APPLICATION_ID}; pragma user_version = {number};")
    old.execute(
        "insert into articles (id, key, article_id, origin, language, known_by, made_by, first_seen, last_seen) "
        "values (1, 'k', 'a', 'o', 'de', 'unknown', 'm', 'n', 'n')"
    )
    old.executemany("insert into shingles values (?, 1)", [(5,), (3,)])
    old.commit()
    old.close()
    connection = connect(path)
    assert connection.execute("select hash, article from shingles").fetchall() == [(3, 1), (5, 1)]
    assert connection.execute("pragma foreign_key_list(shingles)").fetchall() == []
    connection.close()


def test_a_hash_of_a_report_that_has_gone_is_passed_over(path: Path) -> None:
    """What another version had picked may stay behind when a report is read anew."""
    connection = connect(path)
    hashes = prepared(record()).fingerprint
    connection.executemany("insert into shingles values (?, 99)", [(value,) for value in hashes])
    assert Loader(connection, made_by="a@1").load([record()], now=NOW) == 1
    assert connection.execute("select duplicate_of from articles").fetchall() == [(None,)]
    connection.close()
