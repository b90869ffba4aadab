"""The mood of finite verbs: what their forms decide, and what is left to the tagger."""

import pytest

from depesche.clauses.mood import finite_only, settled

_INDICATIVE = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_SUBJUNCTIVE = "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


@pytest.mark.parametrize(
    ("sentence", "verb", "tagged", "mood"),
    [
        ("Er sagte , sie sei bereit .", "sei", _INDICATIVE, "Sub"),
        ("Er sagte , sie habe unterschrieben .", "habe", _INDICATIVE, "Sub"),
        ("Gestern sagte er , ich habe unterschrieben .", "habe", _SUBJUNCTIVE, "Ind"),
        ("Dort existieren zwei Lager .", "existieren", _SUBJUNCTIVE, "Ind"),
        ("Sie STELLEN IHN ZUR REDE", "REDE", _SUBJUNCTIVE, "Ind"),
        ("Das Lager wirkte seeeehr ruhig .", "seeeehr", _SUBJUNCTIVE, "Ind"),
    ],
)
def test_mood(sentence: str, verb: str, tagged: str, mood: str) -> None:
    """A form that can be Konjunktiv I alone is one, one that cannot is none, and a first person nearby makes it an indicative."""
    forms = sentence.split()
    feats = settled(forms, forms.index(verb), language="de", feats=tagged, clause=(0, len(forms)))
    assert f"Mood={mood}" in feats


@pytest.mark.parametrize(
    ("form", "finite"), [("darstelle", True), ("sei", True), ("paar", False), ("Rede", False), ("getroffen", False)]
)
def test_forms_that_are_finite_verbs_only(*, form: str, finite: bool) -> None:
    """Forms without any other reading are finite verbs; imperatives alone ("paar") and words with capitals tell nothing."""
    assert (finite_only("de", form) is not None) == finite
