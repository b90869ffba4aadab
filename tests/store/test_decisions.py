"""What people decide: it takes effect at once, stays through reruns, and leaves the machine's rows as they were."""

from pathlib import Path

import pytest

from depesche.errors import InputError
from depesche.store import Correction, Filter, Loader, OpenRecord, connect, decide, take_decisions
from tests.factories import record

NOW, LATER = "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"
EVENT = record().events[0].id
FIGURE = record().figures[0].id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record with one report."""
    load(tmp_path / "r.db", made_by="a@1")
    return tmp_path / "r.db"


def load(path: Path, *, made_by: str) -> None:
    """Read the report, for the first time or anew."""
    connection = connect(path)
    Loader(connection, made_by=made_by).load([record()], now=NOW)
    connection.close()


def test_what_is_rejected_no_longer_counts_and_is_still_there(path: Path) -> None:
    """It is left out of answers, shown when asked for, and comes back when the decision is withdrawn."""
    decide(path, EVENT, verdict="reject", person="eva", note="a phone call")
    with OpenRecord(path) as opened:
        assert list(opened.events()) == []
        (event,) = opened.events(Filter(verdict="reject"))
        assert (event.event_id, event.verdict, event.decided_by) == (EVENT, "reject", "eva")
        assert [d.note for d in opened.decisions()] == ["a phone call"]
        assert next(iter(opened.documents())).events == ()
        assert len(opened.document(record().article.id).events) == 1
    decide(path, EVENT, verdict="withdraw", person="eva")
    with OpenRecord(path) as opened:
        assert [e.verdict for e in opened.events()] == [None]
        assert len(list(opened.decisions())) == 2


def test_what_is_corrected_counts_as_corrected(path: Path) -> None:
    """Every filter finds the person's row, signed and with ids for names; the machine's row is kept beside it."""
    correction = Correction(
        type="ASSAULT", mode=None, agents=("Lawrow",), recipients=("Kerry",), place="Wien", when="2016-09"
    )
    decide(path, EVENT, verdict="correct", person="eva", correction=correction)
    with OpenRecord(path) as opened:
        (event,) = opened.events(Filter(type="ASSAULT", agent="Lavrov", country="AUT", since="2016-09-01", text="Genf"))
        assert (event.made_by, event.agents, event.place, event.when) == (
            "person/eva",
            ("Sergey Lavrov",),
            "Vienna",
            "2016-09",
        )
        assert list(opened.events(Filter(type="CONSULT"))) == []
        kept = opened.connection.execute("select type, made_by from events where overruled").fetchall()
        assert kept == [("CONSULT", "test@1")]


def test_a_figure_and_a_statement_can_be_judged_too(path: Path) -> None:
    """Bounds are corrected, a statement is accepted."""
    decide(path, FIGURE, verdict="correct", person="eva", correction=Correction(low=30, high=None))
    with OpenRecord(path) as opened:
        (statement,) = opened.statements()
    decide(path, statement.statement_id, verdict="accept", person="jo")
    with OpenRecord(path) as opened:
        assert [(f.low, f.high, f.decided_by) for f in opened.figures()] == [(30, None, "eva")]
        assert [s.decided_by for s in opened.statements(Filter(verdict="accept"))] == ["jo"]
        assert list(opened.statements(Filter(verdict="none"))) == []


def test_decisions_stay_when_the_report_is_read_anew(path: Path) -> None:
    """A newer pipeline replaces the machine's rows; the decision is tied to the finding at the same words again."""
    decide(path, EVENT, verdict="correct", person="eva", correction=Correction(status="planned"))
    load(path, made_by="a@2")
    with OpenRecord(path) as opened:
        assert [(e.status, e.decided_by) for e in opened.events()] == [("planned", "eva")]
        (count,) = opened.connection.execute("select count(*) from events").fetchone()
        assert count == 2


def test_a_decision_holds_only_for_what_it_was_about(path: Path) -> None:
    """Where the machine now says something else at these words, its new finding has not been rejected."""
    decide(path, EVENT, verdict="reject", person="eva")
    connection = connect(path)
    connection.execute("update decisions set was = 'ASSAULT'")
    connection.close()
    load(path, made_by="a@2")
    with OpenRecord(path) as opened:
        assert [e.verdict for e in opened.events()] == [None]


def test_decisions_travel_to_another_copy_of_the_record(path: Path, tmp_path: Path) -> None:
    """Once; the second time nothing is new."""
    decide(path, EVENT, verdict="reject", person="eva")
    load(tmp_path / "other.db", made_by="b@7")
    with OpenRecord(path) as opened:
        made = list(opened.decisions())
    assert [take_decisions(tmp_path / "other.db", made) for _ in range(2)] == [1, 0]
    with OpenRecord(tmp_path / "other.db") as opened:
        assert list(opened.events()) == []


@pytest.mark.parametrize(
    ("finding", "correction", "said"),
    [
        ("nothing", None, "no finding with this id"),
        (EVENT, Correction(low=3), "an event has"),
        (EVENT, Correction(agents=("Nobody at all",)), "is called 'Nobody at all'"),
        (EVENT, Correction(when="gestern"), "no EDTF value"),
        (EVENT, Correction(), "give a correction"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    path: Path, finding: str, correction: Correction | None, said: str
) -> None:
    """With what would be right."""
    with pytest.raises(InputError, match=said):
        decide(
            path,
            finding,
            verdict="correct" if correction is not None else "accept",
            person="eva",
            correction=correction,
        )
    with OpenRecord(path) as opened:
        assert list(opened.decisions()) == []


def test_a_decision_waits_for_no_build(path: Path) -> None:
    """A person's decision between two shards of a running build disturbs neither."""
    connection = connect(path)
    loader = Loader(connection, made_by="a@1")
    decide(path, EVENT, verdict="correct", person="eva", correction=Correction(status="planned"))
    assert loader.load([record(tail=" Ende.", outlet="Isarbote")], now=LATER) == 1
    connection.close()
    with OpenRecord(path) as opened:
        assert [(e.status, e.witnesses) for e in opened.events()] == [("planned", ("Tagesblick", "Isarbote"))]
        assert len(list(opened.articles())) == 2
