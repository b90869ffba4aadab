"""The knowledge tables keep their schema, and point at each other and nowhere else."""

from pathlib import Path

import pytest

from depesche.errors import TableError
from depesche.knowledge import rows as tables
from depesche.knowledge.gazetteer import Gazetteer
from depesche.knowledge.rows import GroupRow, OfficeRow, PersonRow, PlaceRow, StateRow
from depesche.tables import read_table


def test_every_place_has_a_point_and_an_id_of_its_own() -> None:
    """All rows convert, lie on the globe, and at least 40,000 of them stand there."""
    places = read_table(tables.HERE / "places.tsv", PlaceRow)
    assert len(places) >= 40_000
    assert len({p.id for p in places}) == len(places)
    assert all(-90 <= p.lat <= 90 and -180 <= p.lon <= 180 for p in places)
    assert all(p.source for p in places)


def test_offices_are_held_by_persons_of_the_table() -> None:
    """No term without its person, no person twice, every row with a source."""
    persons = read_table(tables.HERE / "persons.tsv", PersonRow)
    ids = {p.id for p in persons}
    offices = read_table(tables.HERE / "offices.tsv", OfficeRow)
    assert len(ids) == len(persons)
    assert sorted({o.person for o in offices} - ids) == []
    assert all(p.source for p in persons)
    assert all(o.source for o in offices)


def test_bodies_of_offices_are_in_the_table_of_groups() -> None:
    """A body that an office points at can be named."""
    groups = {g.id for g in read_table(tables.HERE / "groups.tsv", GroupRow)}
    states = {f"government/{tables.state_slug(s)}" for s in read_table(tables.HERE / "states.tsv", StateRow)}
    bodies = {o.body for o in read_table(tables.HERE / "offices.tsv", OfficeRow) if o.body}
    assert sorted(bodies - groups - states) == []


def test_a_users_table_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of the folder named in DEPESCHE_KNOWLEDGE come before ours."""
    (tmp_path / "groups.tsv").write_text("id\tkind\tname\nrebel/my-front\trebel\tMy Front\n", "utf-8")
    monkeypatch.setenv(tables.OWN_TABLES, str(tmp_path))
    tables.folders.cache_clear()
    monkeypatch.setattr(tables, "_read", {})
    try:
        assert tables.rows("groups", GroupRow)[0].name == "My Front"
    finally:
        tables.folders.cache_clear()


def test_a_users_place_wins(tmp_path: Path) -> None:
    """The rows of the first file come first, and its id is the one that is found."""
    own = tmp_path / "places.tsv"
    own.write_text(
        "id\tname\tname_de\tcountry\tkind\tpopulation\tlat\tlon\nplace/geneva\tGeneva\tGenf\tCHE\tcity\t\t1.0\t2.0\n",
        "utf-8",
    )
    places = Gazetteer((own, tables.HERE / "places.tsv"))
    found = places.by_id("place/geneva")
    assert found is not None
    assert (found.lat, found.lon) == (1.0, 2.0)


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    """The message names the columns there should be."""
    wrong = tmp_path / "places.tsv"
    wrong.write_text("name\tlat\tlon\nX\t1\t2\n", "utf-8")
    with pytest.raises(TableError, match="must name the columns id, name"):
        Gazetteer((wrong,))
