"""Own tables from public dumps."""

import json
from pathlib import Path

import pytest

from depesche.knowledge.gazetteer import Gazetteer
from depesche.knowledge.importing import main
from depesche.knowledge.rows import GroupRow, OfficeRow, PersonRow
from depesche.tables import read_table


def test_geonames_becomes_places(tmp_path: Path) -> None:
    """A row of GeoNames is a place that the gazetteer finds under every spelling."""
    cells = ["9", "Sarmada", "Sarmada", "Sarmadā,Sarmeda", "36.18", "36.72", "P", "PPL", "SY"]
    dump = tmp_path / "SY.txt"
    dump.write_text("\t".join([*cells, "", "", "", "", "", "15000", "", "", "", "2020-01-01"]) + "\n", "utf-8")
    assert main(["geonames", str(dump), "--into", str(tmp_path / "own")]) == 0
    found = Gazetteer((tmp_path / "own/places.tsv",)).named("sarmeda")
    assert [(p.id, p.country, p.population) for p in found] == [("place/sarmada-sy-9", "SYR", 15000)]


def test_jrc_names_becomes_persons_and_groups(tmp_path: Path) -> None:
    """Spellings of one entity are one row."""
    dump = tmp_path / "entities"
    dump.write_text("1\tP\tu\tJane+Roe\n1\tP\tde\tJane+Röh\n2\tO\tu\tRoe+Front\n", "utf-8")
    assert main(["jrc-names", str(dump), "--into", str(tmp_path)]) == 0
    assert [(p.id, p.aliases) for p in read_table(tmp_path / "persons.tsv", PersonRow)] == [
        ("person/jane-roe", ("Jane Röh",))
    ]
    assert [g.id for g in read_table(tmp_path / "groups.tsv", GroupRow)] == ["org/roe-front"]


def test_wikidata_becomes_persons_with_offices(tmp_path: Path) -> None:
    """Two terms of one person are one person and two offices."""
    term = {"name": "Jane Roe", "country": "SYR", "role": "foreign_minister", "title": "Foreign Minister"}
    rows = [
        {**term, "start": "2016-01-01T00:00:00Z", "end": "2017-01-01T00:00:00Z"},
        {**term, "start": "2019-01-01T00:00:00Z"},
    ]
    dump = tmp_path / "query.json"
    bindings = [{k: {"type": "literal", "value": v} for k, v in row.items()} for row in rows]
    dump.write_text(json.dumps({"results": {"bindings": bindings}}), "utf-8")
    assert main(["wikidata", str(dump), "--into", str(tmp_path)]) == 0
    assert len(read_table(tmp_path / "persons.tsv", PersonRow)) == 1
    assert [(o.start, o.end) for o in read_table(tmp_path / "offices.tsv", OfficeRow)] == [
        ("2016-01-01", "2017-01-01"),
        ("2019-01-01", ""),
    ]


@pytest.mark.parametrize(("kind", "text"), [("geonames", "a\tb\n"), ("wikidata", "[]"), ("jrc-names", "1\tP\n")])
def test_another_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, text: str) -> None:
    """The message names the file and what it should be."""
    dump = tmp_path / "dump"
    dump.write_text(text, "utf-8")
    assert main([kind, str(dump), "--into", str(tmp_path)]) == 1
    assert str(dump) in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, but what to do."""
    assert main(["geonames", str(tmp_path / "none"), "--into", str(tmp_path)]) == 1
    assert "no such file" in capsys.readouterr().err
