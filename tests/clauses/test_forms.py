"""The table of full forms, compounds and moods."""

import pytest

from depesche.clauses.forms import compound_head, last_part, lookup, readings
from depesche.clauses.mood import moods, settled


def test_subjunctive() -> None:
    """The form "seien" is a subjunctive and nothing else; in the plural."""
    found = lookup("de", "seien")
    assert {a.lemma for a in found} == {"sein"}
    assert {a.feats for a in found} == {"Mood=Sub|Tense=Pres|VerbForm=Fin"}
    assert all(a.slots & 0b100000 for a in found)


def test_cases() -> None:
    """A form knows the cases it can stand in."""
    (house,) = (a for a in lookup("de", "Hauses") if a.upos == "NOUN")
    assert house.lemma == "Haus"
    assert house.cases == {"Gen"}


def test_unknown() -> None:
    """A form is looked up as written; a reading also tries small letters."""
    assert lookup("de", "Lehnte") == ()
    assert {a.lemma for a in readings("de", "Lehnte")} == {"lehnen"}
    assert lookup("de", "Xyzzy") == ()


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("Friedensgesprächen", "Gespräch"),
        ("Waffenstillstandsabkommen", "Abkommen"),
        ("US-Außenministers", "Außenminister"),
        ("Bundesaußenminister", "Außenminister"),
        ("Chemiewaffenangriff", "Angriff"),
        ("Minister", None),
        ("Nachrichten", None),
        ("Partei", None),
    ],
)
def test_compounds(word: str, head: str | None) -> None:
    """The last part of a compound, in its dictionary form; simple words have none."""
    assert compound_head("de", word) == head


def test_last_part() -> None:
    """A hyphen cuts in any case."""
    assert last_part("de", "IS-Miliz") == 3


def test_moods() -> None:
    """What forms alone tell of mood."""
    assert (sei := moods("de", "sei")) is not None
    assert sei.subjunctive == "Pres"
    assert (sollte := moods("de", "sollte")) is not None
    assert sollte.subjunctive is None
    assert (table := moods("de", "Tisch")) is not None
    assert not table.possible
    assert (hits := moods("de", "entgegenschlage")) is not None
    assert hits.doubtful
    assert moods("de", "Xyzzy") is None


@pytest.mark.parametrize(
    ("words", "place", "mood"),
    [
        ("Kerry habe das gewusst", 1, "Sub"),
        ("Ich habe das gewusst", 1, "Ind"),
        ("dass es nichts ausmache , gab ich zu", 3, "Sub"),
        ("Habe das gewusst", 0, "Ind"),
    ],
)
def test_settled(words: str, place: int, mood: str) -> None:
    """A form of both moods is a subjunctive unless a first person is near."""
    forms = words.split()
    feats = settled(forms, place, language="de", feats="Mood=Ind|Tense=Pres|VerbForm=Fin", clause=(0, len(forms)))
    assert f"Mood={mood}" in feats
