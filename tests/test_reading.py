"""The public verbs: what they give, and what a fault in one report costs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from depesche import InputError, read, read_many, read_text
from depesche.details.figures import Figures
from depesche.errors import FaultError, NotFoundError
from depesche.record import Article

TEXT = "Kerry traf Lawrow am Freitag in Genf. Sie sprachen über die Waffenruhe in Syrien und über Hilfe für Aleppo."


def test_one_file_one_article(tmp_path: Path) -> None:
    """A table of several is refused with what to call instead; a missing file by its own error."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "r.jsonl").write_text('{"body": "x"}\n{"body": "y"}\n')
    assert read(tmp_path / "a.txt").language == "de"
    with pytest.raises(InputError, match="holds 2 reports; use read_many"):
        read(tmp_path / "r.jsonl")
    with pytest.raises(NotFoundError):
        read(tmp_path / "nowhere")


def test_the_same_text_gives_the_same_record() -> None:
    """Byte for byte, in the same process and for a known date."""
    assert (
        read_text(TEXT, published="2016-09-09").record.json() == read_text(TEXT, published="2016-09-09").record.json()
    )


def test_every_reference_of_a_record_leads_to_a_row() -> None:
    """Agents, recipients, speakers, sources and places of all samples stand among the record's actors and places."""
    for article in read_many([Path(__file__).parent.parent / "samples"]):
        assert isinstance(article, Article), article
        record = article.record
        actors, places = {a.id for a in record.actors}, {p.id for p in record.places}
        for event in record.events:
            assert {*event.agents, *event.recipients, *filter(None, [event.source])} <= actors
            assert event.place is None or event.place in places
        for statement in record.statements:
            assert {*filter(None, [statement.speaker]), *statement.to} <= actors
        for figure in record.figures:
            assert {*filter(None, [figure.source])} <= actors
            assert figure.place is None or figure.place in places
        assert len({e.id for e in record.events}) == len(record.events)
        assert len({f.id for f in record.figures}) == len(record.figures)


def test_a_fault_in_one_report_costs_only_that_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with the place of the fault; the others are read."""
    whole = Figures.__call__

    def faulty(self: Figures, article: Article) -> object:
        if "Fehler" in article.text:
            raise ZeroDivisionError("by chance")
        return whole(self, article)

    monkeypatch.setattr(Figures, "__call__", faulty)
    table = tmp_path / "r.jsonl"
    table.write_text(
        '{"body": "Kerry traf Lawrow.", "language": "de"}\n{"body": "Fehler.", "language": "de"}\n{"body": "Ende.", "language": "de"}\n'
    )
    first, second, third = read_many([table])
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert isinstance(second, FaultError)
    assert "r.jsonl#2: a fault in Depesche (ZeroDivisionError: by chance, test_reading.py" in str(second)


def test_records_do_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same bytes."""
    text = (
        "Die Außenminister der USA und Russlands trafen sich beim Asean-Treffen, teilte Unicef am Freitag in Genf mit."
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "depesche",
        "read",
        str(tmp_path / "a.txt"),
        "--language",
        "de",
        "--format",
        "jsonl",
    ]
    found = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout  # noqa: S603
        for seed in ("1", "2", "3", "4")
    }
    assert len(found) == 1
