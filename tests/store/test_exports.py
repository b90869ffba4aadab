"""Exports: what comes out is what the format's own readers take in."""

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import polars as pl
import pytest

from depesche.store import Loader, OpenRecord, connect
from depesche.store.cells import cell
from depesche.store.dictionary import data_dictionary
from depesche.store.exports import EXPORTS, ExportFormat
from tests.factories import BODY, record

NOW = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def opened(tmp_path: Path) -> OpenRecord:
    """A record with one report whose meeting is still planned, one where it happened, and a hostile outlet."""
    connection = connect(tmp_path / "r.db")
    Loader(connection, made_by="a@1").load(
        [record(status="planned", published="2016-09-08"), record(tail=" Ende.", outlet='=HYPERLINK("x")')], now=NOW
    )
    connection.close()
    return OpenRecord(tmp_path / "r.db")


def written(opened: OpenRecord, form: ExportFormat, folder: Path) -> Path:
    """Where an export lies."""
    EXPORTS[form][0](opened, folder / form)
    return folder / form


def test_the_data_dictionary_is_the_schema(tmp_path: Path) -> None:
    """Every table and column of the database is explained, in order, and nothing else."""
    connection = connect(tmp_path / "r.db")
    names = [
        name
        for (name,) in connection.execute("select name from sqlite_schema where type = 'table' order by rowid")
        if not name.startswith(("sqlite_", "sentences_"))
    ]
    schema = {n: [row[1] for row in connection.execute(f"pragma table_info({n})")] for n in names}
    assert schema == {table: [name for name, _ in columns] for table, columns in data_dictionary().items()}


def test_csv_disarms_formulas_and_brings_its_dictionary(opened: OpenRecord, tmp_path: Path) -> None:
    """A spreadsheet that opens the file runs nothing."""
    folder = written(opened, "csv", tmp_path)
    with (folder / "articles.csv").open(encoding="utf-8") as stream:
        outlets = {row["source"] for row in csv.DictReader(stream)}
    assert outlets == {"Tagesblick", '\'=HYPERLINK("x")'}
    assert (folder / "data-dictionary.csv").read_text("utf-8").startswith("table,column,meaning\n")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """Whatever a report says."""
    assert cell(text)[0] == "'"


def test_parquet_keeps_types(opened: OpenRecord, tmp_path: Path) -> None:
    """Numbers are numbers, and empty tables have their columns."""
    events = pl.read_parquet(written(opened, "parquet", tmp_path) / "events.parquet")
    assert events.height == 2
    assert events.schema["start"] == pl.Int64
    assert events.schema["confidence"] == pl.Float64


def test_geojson_points_lie_where_the_place_is(opened: OpenRecord, tmp_path: Path) -> None:
    """Longitude first (RFC 7946)."""
    found = json.loads(written(opened, "geojson", tmp_path).read_text("utf-8"))
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [6.15, 46.2]}
    assert found["features"][0]["properties"]["sentence"] == BODY


def test_the_network_joins_the_sides_of_a_meeting(opened: OpenRecord, tmp_path: Path) -> None:
    """Only what happened is an edge."""
    root = ET.parse(written(opened, "graphml", tmp_path)).getroot()  # noqa: S314 (our own file)
    (edge,) = (e for e in root.iter() if e.tag.endswith("edge"))
    assert (edge.get("source"), edge.get("target")) == ("person/john-kerry", "person/sergey-lavrov")


def test_the_calendar_holds_what_is_planned(opened: OpenRecord, tmp_path: Path) -> None:
    """With the day on which it was stated; lines are folded at 75 octets."""
    raw = written(opened, "icalendar", tmp_path).read_bytes()
    assert raw.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART;VALUE=DATE:20160909\r\n" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert "Stated: 2016-09-08" in raw.replace(b"\r\n ", b"").decode()


def test_a_date_that_slips_is_two_entries(tmp_path: Path) -> None:
    """Each with the day on which it was stated; spans, open ends and control characters are what RFC 5545 allows."""
    first, second = (
        record(status="planned", published="2016-08-01"),
        record(tail=" Später.", status="planned", published="2016-08-20"),
    )
    later = msgspec.structs.replace(second.events[0], when="2016-09-21/..", id="later")
    vague = msgspec.structs.replace(second.events[0], when="2016-10", id="vague", type="AGREE")
    undated = msgspec.structs.replace(second.events[0], when=None, id="undated", type="AID")
    second = msgspec.structs.replace(
        second, events=(later, vague, undated), article=msgspec.structs.replace(second.article, source="A\x07;B")
    )
    connection = connect(tmp_path / "r.db")
    Loader(connection, made_by="a@1").load([first, second], now=NOW)
    connection.execute("update events set copy_of = null")
    connection.close()
    text = written(OpenRecord(tmp_path / "r.db"), "icalendar", tmp_path).read_bytes().replace(b"\r\n ", b"").decode()
    entries = [
        dict(line.split(":", 1) for line in e.splitlines() if ":" in line) for e in text.split("BEGIN:VEVENT")[1:]
    ]
    assert [(e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"], e["DTSTAMP"][:8]) for e in entries] == [
        ("20161001", "20161101", "20160820"),
        ("20160921", "20160922", "20160820"),
        ("20160909", "20160910", "20160801"),
    ]
    assert entries[0]["SUMMARY"] == "AGREE: John Kerry\\, Sergey Lavrov (2016-10)"
    assert "Stated: 2016-08-20\\, A\\;B" in entries[0]["DESCRIPTION"]


def test_coded_rows_have_a_row_a_direction_and_the_types_of_plover(opened: OpenRecord, tmp_path: Path) -> None:
    """A meeting that is only planned is AGREE there; each side is source once and target once."""
    with written(opened, "coded", tmp_path).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(r["source"], r["target"], r["plover"], r["status"]) for r in rows] == [
        ("John Kerry", "Sergey Lavrov", "AGREE", "planned"),
        ("Sergey Lavrov", "John Kerry", "AGREE", "planned"),
    ]


def test_annotations_quote_the_words_they_stand_on(opened: OpenRecord, tmp_path: Path) -> None:
    """One object a line, with quote and position selectors."""
    lines = [json.loads(line) for line in written(opened, "annotations", tmp_path).read_text("utf-8").splitlines()]
    trigger = next(x for x in lines if x["body"]["value"].startswith("CONSULT"))
    quote, position = trigger["target"]["selector"]
    assert quote["exact"] == "traf"
    assert position["end"] - position["start"] == 4
    assert {x["type"] for x in lines} == {"Annotation"}
