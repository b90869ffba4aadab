"""Who is this, who held that office, and where is that."""

import datetime as dt

import pytest

from depesche.knowledge import holders, where, who


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Sergej Lawrow", "Sergei Lavrov"),
        ("Baschar al-Assad", "Bashar Assad"),
        ("Julia Timoschenko", "Yulia Tymoshenko"),
    ],
)
def test_two_spellings_are_one_person(german: str, english: str) -> None:
    """German and English newspapers' spellings lead to the same id."""
    assert who(german)[0].actor.id == who(english)[0].actor.id


def test_a_spelling_that_no_table_holds_is_found_by_its_consonants() -> None:
    """A third transliteration shares the skeleton and is near enough."""
    answers = who("Sergey Lawroff")
    assert [w.actor.id for w in answers[:1]] == ["person/sergey-lavrov"]
    assert "spelled like" in answers[0].why


def test_a_name_of_nobody_has_no_answer() -> None:
    """Better none than a wrong one."""
    assert who("Xqz Blrgh") == ()


def test_the_day_decides_the_office() -> None:
    """With a day, only the offices held on it are listed."""
    answer = who("John Kerry", on=dt.date(2016, 7, 26))[0]
    assert [o.role for o in answer.offices] == ["foreign_minister"]


@pytest.mark.parametrize(
    ("role", "country", "day", "person"),
    [
        ("foreign_minister", "USA", "2016-07-26", "person/john-kerry"),
        ("head_of_government", "DEU", "2003-03-20", "person/gerhard-schroeder"),
        ("foreign_minister", "RUS", "2016-07-26", "person/sergey-lavrov"),
    ],
)
def test_holder_of_an_office(role: str, country: str, day: str, person: str) -> None:
    """The holder on the day comes first."""
    assert holders(role, country=country, on=dt.date.fromisoformat(day))[0].person == person


def test_an_office_in_a_body() -> None:
    """Offices of organisations are asked for by the body's id."""
    found = holders("secretary_general", body="org/united-nations", on=dt.date(2016, 7, 26))
    assert [t.person for t in found] == ["person/ban-ki-moon"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Genf", "place/geneva"), ("Kiew", "place/kyiv"), ("Deir-ez-Zor", "place/deir-ez-zor"), ("Krim", "place/crimea"),
        ("Rakhine", "place/rakhine-state"), ("Paris", "place/paris"), ("USA", "place/usa"), ("Urum al-Kubra", "place/urum-al-kubra"),
    ],
)  # fmt: skip
def test_where(name: str, place: str) -> None:
    """The place most likely meant comes first."""
    assert where(name)[0].id == place


def test_surname_in_the_spelling_of_an_alias_is_known() -> None:
    """A surname leads to its person in every spelling that the table has, but a nom de guerre is no spelling."""
    assert {w.actor.id for w in who("Janukowytsch")} == {"person/viktor-yanukovych"}
    assert who("Mazen") == ()
