"""The database: what is loaded can be asked for, and loading it again changes nothing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from depesche.document import Record
from depesche.errors import InputError
from depesche.record import Span
from depesche.store import KINDS, Filter, Loader, OpenRecord, connect
from depesche.store.database import APPLICATION_ID, migrations
from tests.factories import BODY, record

NOW, LATER = "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"
LONG = " ".join(f"Satz {n} handelt von einem Ort, der in keinem anderen Text steht." for n in range(9))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record is."""
    return tmp_path / "record.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    """The writer."""
    opened = connect(path)
    yield opened
    opened.close()


def dump(connection: sqlite3.Connection) -> list[str]:
    """Everything in the database but the times at which it was seen."""
    return [line for line in connection.iterdump() if "INSERT" in line and LATER not in line and NOW not in line]


def test_loading_twice_changes_nothing(connection: sqlite3.Connection) -> None:
    """Ids are hashes of content: a rerun is idempotent but for `last_seen`."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    before = dump(connection)
    assert Loader(connection, made_by="a@1").load([record()], now=LATER) == 0
    assert dump(connection) == before
    assert connection.execute("select first_seen, last_seen from articles").fetchall() == [(NOW, LATER)]


def test_a_newer_pipeline_replaces_the_machines_rows_only(connection: sqlite3.Connection) -> None:
    """What a person decided stays, and so does the day on which the report was first seen."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    (key,) = connection.execute("select key from articles").fetchone()
    connection.execute(
        "insert into decisions (article, kind, start, end, quote, was, verdict, person, decided) "
        "values (?, 'event', 27, 31, 'traf', 'CONSULT', 'accept', 'eva', ?)",
        (key, NOW),
    )
    assert Loader(connection, made_by="a@2").load([record(status="planned")], now=LATER) == 1
    assert connection.execute("select status from events").fetchall() == [("planned",)]
    assert connection.execute("select first_seen, last_seen from articles").fetchall() == [(NOW, LATER)]
    assert connection.execute("select quote from decisions").fetchall() == [("traf",)]
    assert connection.execute("select count(*) from sentences_plain where sentences_plain match 'Genf'").fetchone() == (
        1,
    )


def test_a_failed_load_leaves_nothing_behind(connection: sqlite3.Connection) -> None:
    """All records of a call or none."""
    loader = Loader(connection, made_by="a@1")

    def broken() -> Iterator[object]:
        yield record()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        loader.load(broken(), now=NOW)  # type: ignore[arg-type]
    assert connection.execute("select count(*) from articles").fetchone() == (0,)
    assert loader.load([record()], now=NOW) == 1


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 1),
        (Filter(type="consult"), 1),
        (Filter(type="ASSAULT"), 0),
        (Filter(actor="Lawrow"), 1),
        (Filter(agent="person/john-kerry"), 1),
        (Filter(recipient="Kerry"), 0),
        (Filter(country="che"), 1),
        (Filter(country="Schweiz"), 1),
        (Filter(country="Syria"), 0),
        (Filter(place="Genf", status="happened"), 1),
        (Filter(since="2016-09-09", until="2016-09-09"), 1),
        (Filter(since="2016-09-10"), 0),
        (Filter(since="2016-09", until="2016-09"), 1),
        (Filter(until="2016-08"), 0),
        (Filter(until="2016"), 1),
        (Filter(source="Tages"), 1),
        (Filter(text="Luftangriff"), 1),
        (Filter(text='"Luftangriff"'), 0),
        (Filter(text='"am Freitag in Genf"', actor="Kerry", type="CONSULT"), 1),
        (Filter(text="'; drop table events; --\""), 0),
    ],
)
def test_filters_find_what_they_say(path: Path, connection: sqlite3.Connection, wanted: Filter, count: int) -> None:
    """Each alone and several together."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    with OpenRecord(path) as opened:
        assert len(list(opened.events(wanted))) == count


def test_an_event_comes_back_with_names_and_its_sentence(path: Path, connection: sqlite3.Connection) -> None:
    """So that one can read it without the report."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    with OpenRecord(path) as opened:
        (event,) = opened.events()
        (figure,) = opened.figures(Filter(type="killed"))
        (statement,) = opened.statements(Filter(actor="Kerry"))
        kerry, lavrov = opened.actors()
        (article,) = opened.articles(Filter(text="Genf"))
    assert (event.agents, event.place, event.when, event.sentence) == (
        ("John Kerry", "Sergey Lavrov"),
        "Geneva",
        "2016-09-09",
        BODY,
    )
    assert (figure.low, figure.high, figure.sentence) == (30, 30, BODY)
    assert statement.content == "am Freitag"
    assert (kerry.as_agent, lavrov.reports, article.events) == (1, 1, 1)


def test_every_kind_of_row_comes_as_a_frame(path: Path, connection: sqlite3.Connection) -> None:
    """With types and lists of names, and with its columns also where nothing is found."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    with OpenRecord(path) as opened:
        frames = {kind: opened.frame(kind) for kind in KINDS}
        nothing = opened.frame("events", Filter(type="AID"))
    assert {kind: frame.height for kind, frame in frames.items()} == {
        "events": 1,
        "statements": 1,
        "figures": 1,
        "actors": 2,
        "articles": 1,
    }
    assert frames["events"]["agents"].to_list() == [["John Kerry", "Sergey Lavrov"]]
    assert nothing.schema == frames["events"].schema


def test_a_question_that_makes_no_sense_says_so(path: Path, connection: sqlite3.Connection) -> None:
    """With what can be asked instead."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    with OpenRecord(path) as opened:
        with pytest.raises(InputError, match="no actor called 'Nobody'"):
            list(opened.events(Filter(actor="Nobody")))
        with pytest.raises(InputError, match="articles have no status; ask for it with events, figures"):
            list(opened.articles(Filter(status="planned")))
        for wanted, said in (
            (Filter(type="MEETING"), "'MEETING' is none of AGREE, CONSULT"),
            (Filter(status="done"), "'done' is none of happened, ongoing"),
            (Filter(country="Nirgendland"), "no country called 'Nirgendland'; give its name or"),
            (Filter(since="gestern"), "since: 'gestern' is no ISO date"),
        ):
            with pytest.raises(InputError, match=said):
                list(opened.events(wanted))


def test_a_copy_counts_once_with_all_its_outlets(path: Path, connection: sqlite3.Connection) -> None:
    """The same wire report in two outlets, one of them with paragraphs of its own."""
    Loader(connection, made_by="a@1").load(
        [record(tail=" " + LONG), record(tail=" " + LONG + " Mehr dazu heute Abend.", outlet="Isarbote")], now=NOW
    )
    with OpenRecord(path) as opened:
        (event,) = opened.events()
        both = list(opened.events(Filter(copies=True)))
    assert event.witnesses == ("Tagesblick", "Isarbote")
    assert len(both) == 2


def test_two_events_of_one_sentence_are_two_in_its_copy(path: Path, connection: sqlite3.Connection) -> None:
    """A sentence on air strikes and their dead tells of an attack twice: each has its own witnesses, though a number differs."""

    def told(number: str, outlet: str) -> Record:
        made = record(tail=" " + LONG, outlet=outlet)
        text = made.article.text.replace("30 Menschen", f"{number} Menschen")
        (meeting,) = made.events
        words = {"attack": "Luftangriffen", "death": "starben"}
        events = tuple(
            msgspec.structs.replace(
                meeting,
                id=f"{name}-{outlet}",
                type="ASSAULT",
                trigger=Span(text.index(word), text.index(word) + len(word)),
            )
            for name, word in words.items()
        )
        article = msgspec.structs.replace(made.article, text=text)
        return msgspec.structs.replace(made, article=article, events=events, figures=())

    Loader(connection, made_by="a@1").load([told("30", "Tagesblick"), told("31", "Isarbote")], now=NOW)
    with OpenRecord(path) as opened:
        found = {event.trigger: event.witnesses for event in opened.events()}
    assert found == dict.fromkeys(("Luftangriffen", "starben"), ("Tagesblick", "Isarbote"))


def test_a_page_without_outlet_counts_under_its_host(path: Path, connection: sqlite3.Connection) -> None:
    """So that a crawl's pages can be told apart, and asked for."""
    made = record()
    article = msgspec.structs.replace(made.article, source=None, url="https://www.example.org/a.html")
    Loader(connection, made_by="a@1").load([msgspec.structs.replace(made, article=article)], now=NOW)
    with OpenRecord(path) as opened:
        assert [a.outlet for a in opened.articles(Filter(source="example.org"))] == ["example.org"]


def test_an_address_that_is_none_does_not_stop_a_build(path: Path, connection: sqlite3.Connection) -> None:
    """A page may call anything its canonical address."""
    made = record()
    article = msgspec.structs.replace(made.article, source=None, url=None, canonical_url="https://[x")
    Loader(connection, made_by="a@1").load([msgspec.structs.replace(made, article=article)], now=NOW)
    with OpenRecord(path) as opened:
        assert len(list(opened.articles())) == 1


def test_others_read_while_one_writes(path: Path, connection: sqlite3.Connection) -> None:
    """Write-ahead logging: a reader sees the last committed state."""
    Loader(connection, made_by="a@1").load([record()], now=NOW)
    connection.execute("begin immediate")
    connection.execute("delete from articles")
    with OpenRecord(path) as opened:
        assert len(list(opened.articles())) == 1
        with pytest.raises(sqlite3.OperationalError):
            opened.connection.execute("delete from articles")
    connection.execute("rollback")


def test_files_that_are_no_record_are_refused(tmp_path: Path) -> None:
    """Text, another program's database, a newer schema, nothing at all."""
    text = tmp_path / "text.db"
    text.write_text("x" * 4000)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as foreign:
        foreign.execute("create table t (x)")
    newer = tmp_path / "newer.db"
    with connect(newer) as own:
        own.execute("pragma user_version = 99")
    for file, said in [(text, "file is not a database"), (other, "but no record"), (newer, "newer Depesche")]:
        with pytest.raises(InputError, match=said):
            connect(file)
    with pytest.raises(InputError, match="no such record"):
        OpenRecord(tmp_path / "nowhere.db")


def test_a_record_of_an_older_version_is_brought_up_to_date(path: Path) -> None:
    """Rows stay, events learn their sentence, and everything can be asked and decided as before."""
    old = sqlite3.connect(path)
    old.executescript(f"{migrations()[0][1]}; pragma application_id = {APPLICATION_ID}; pragma user_version = 1;")
    old.executescript(
        "insert into articles (id, key, article_id, origin, language, known_by, made_by, first_seen, last_seen) "
        "values (1, 'k', 'a', 'o', 'de', 'unknown', 'm', 'n', 'n');"
        "insert into sentences values (7, 1, 10, 90);"
        "insert into events (id, article, event_id, type, start, end, trigger, sentence_start, sentence_end, day, status, "
        "confidence, made_by, why) values (3, 1, 'e', 'AID', 12, 15, 'x', 10, 90, '', 'happened', 1.0, 'm', 'w');"
        "insert into decisions values (1, 'k', 'event', 12, 15, 'x', 'accept', null, 'eva', null, 'n');"
    )
    old.close()
    with OpenRecord(path) as opened:
        assert list(opened.statements()) == []
    connection = connect(path)
    assert connection.execute("select sentence, decision, overruled from events").fetchall() == [(7, None, 0)]
    assert connection.execute("select person, was from decisions").fetchall() == [("eva", "")]
    assert connection.execute("pragma user_version").fetchone() == (migrations()[-1][0],)
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def test_the_database_says_what_it_is(connection: sqlite3.Connection) -> None:
    """application_id, user_version, foreign keys, integrity."""
    assert connection.execute("pragma application_id").fetchone() == (0x44455045,)
    assert connection.execute("pragma user_version").fetchone()[0] >= 1
    assert connection.execute("pragma foreign_keys").fetchone() == (1,)
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
