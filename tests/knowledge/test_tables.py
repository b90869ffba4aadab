"""The shipped tables of states, groups, persons and offices are sound and answer who held which office when."""

from pathlib import Path

import pytest
from knowledge.check import check, read
from knowledge.notation import Office, Person, feminine, read_groups, read_people, slug
from knowledge.states import english_demonym, german_demonym

ROOT = Path(__file__).parents[2]
QUESTIONS = Path(__file__).with_name("office_questions.tsv")
EXPECTED_SHARE = 0.98


def test_tables_have_no_errors() -> None:
    """Ids are unique, every reference is met, every date is EDTF and in order, every country is a known state."""
    assert [finding.text for finding in check() if finding.level == "error"] == []


def test_tables_are_as_wide_as_promised() -> None:
    """At least 3,000 persons and 500 groups, and every member of the United Nations."""
    assert len(read("persons")) >= 3000
    assert len(read("groups")) >= 500
    assert len(read("states")) >= 193 + 5


def test_built_tables_are_those_of_the_lists() -> None:
    """Every person and group of the lists is in the table: nobody edited a table by hand or forgot to build it."""
    listed = {
        item.id
        for path in (ROOT / "knowledge" / "people").glob("*.txt")
        for item in read_people(path)
        if isinstance(item, Person)
    }
    grouped = {group.id for path in (ROOT / "knowledge" / "groups").glob("*.txt") for group in read_groups(path)}
    assert {row["id"] for row in read("persons")} == listed
    assert {row["id"] for row in read("groups")} == grouped


def _held(office: dict[str, str], on: str) -> bool:
    start, end = office["start"], office["end"]
    return (not start or start <= on[: len(start)]) and (not end or on[: len(end)] <= end)


def test_office_questions() -> None:
    """The holder of an office on a day: at least 98 in 100 right, among no more than two names (the day of a change has two)."""
    offices = read("offices")
    lines = [line for line in QUESTIONS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    wrong = []
    for line in lines[1:]:
        role, country, day, answer = line.split("\t")
        column = "body" if "/" in country else "country"
        holders = {
            office["person"]
            for office in offices
            if office["role"] == role
            and office[column] == country
            and (column == "body") == bool(office["body"])
            and _held(office, day)
        }
        # A body has an envoy for each conflict.
        if answer not in holders or (len(holders) > 2 and role != "special_envoy"):
            wrong.append((role, country, day, answer, holders))
    assert len(lines) - 1 >= 200
    assert len(wrong) <= (1 - EXPECTED_SHARE) * (len(lines) - 1), wrong


@pytest.mark.parametrize(
    ("person", "role", "day"),
    [
        ("person/john-kerry", "foreign_minister", "2016-07-26"),
        ("person/staffan-de-mistura", "special_envoy", "2016-07-26"),
        ("person/gennady-gatilov", "deputy_foreign_minister", "2016-07-26"),
        ("person/michael-ratney", "special_envoy", "2016-07-26"),
        ("person/stephen-obrien", "other", "2016-07-26"),
    ],
)
def test_people_of_the_syria_talks(person: str, role: str, day: str) -> None:
    """Those who negotiated about Syria in July 2016 hold their offices on the day of the talks."""
    assert any(o["person"] == person and o["role"] == role and _held(o, day) for o in read("offices"))


def test_chain_of_holders(tmp_path: Path) -> None:
    """A term ends where the next begins; `..` leaves the last one open; `-` is a vacancy."""
    path = tmp_path / "list.txt"
    path.write_text("@ XKX\nFM: 2001-05 Ada Alpha/Ada Alfa~A. Alpha+; 2003 -; 2004-01-02.. Bo Beta {ALB}\n", "utf-8")
    items = list(read_people(path))
    offices = [item for item in items if isinstance(item, Office)]
    persons = [item for item in items if isinstance(item, Person)]
    assert [(o.person, o.start, o.end, o.title_de) for o in offices] == [
        ("person/ada-alpha", "2001-05", "2003", "Außenministerin"),
        ("person/bo-beta", "2004-01-02", "", "Außenminister"),
    ]
    assert [(p.name_de, p.aliases, p.country) for p in persons] == [("Ada Alfa", ("A. Alpha",), "XKX"), ("", (), "ALB")]


def test_wrong_line_is_named(tmp_path: Path) -> None:
    """A line that does not fit the notation is refused with file and line."""
    path = tmp_path / "list.txt"
    path.write_text("@ XKX\nFM 2001 Ada\n", "utf-8")
    with pytest.raises(ValueError, match=r"list\.txt:2"):
        list(read_people(path))


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Außenminister", "Außenministerin"),
        ("Stellvertretender Ministerpräsident", "Stellvertretende Ministerpräsidentin"),
        ("Deutscher UN-Botschafter", "Deutsche UN-Botschafterin"),
        ("UN-Sondergesandter für Syrien", "UN-Sondergesandte für Syrien"),
        ("Regierungschef von Hongkong", "Regierungschefin von Hongkong"),
    ],
)
def test_feminine_titles(man: str, woman: str) -> None:
    """German titles of women follow from those of men."""
    assert feminine(man) == woman


def test_forms_of_demonyms() -> None:
    """The forms that reports use are all there, the feminine ones too."""
    assert german_demonym("Syrer") == (("Syrer", "Syrers", "Syrerin"), ("Syrer", "Syrern", "Syrerinnen"))
    assert german_demonym("Franzose,Französin") == (("Franzose", "Französin"), ("Franzosen", "Französinnen"))
    assert english_demonym("Chinese") == (("Chinese",), ("Chinese",))


def test_ids_are_plain() -> None:
    """Ids are ASCII whatever the name's alphabet has."""
    assert slug("Ján Kubiš") == "jan-kubis"
    assert slug("Franjo Tuđman") == "franjo-tudjman"
