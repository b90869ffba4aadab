"""The mood of German finite verbs, by their forms: Konjunktiv I must not be missed, it carries indirect speech.

A form that the dictionary knows as subjunctive only ("sei", "habe" in the third person, "seien") is one, whatever the tagger thinks.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from depesche.clauses.forms import readings
from depesche.words import lexicon

_WINDOW = 8
"""How many words around a form may hold the first person that makes it an indicative ("ich habe")."""
_FIRST, _THIRD = 1, 4


class FirstPerson(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/first_person.tsv`: a pronoun of the first person singular."""

    entry: str
    example: str


@lru_cache(maxsize=1 << 14)
def mood_of(language: str, form: str) -> tuple[str, bool] | None:
    """Mood and tense that a form alone tells, and whether a first person nearby would make it an indicative; None where open."""
    finite = [
        r for r in readings(language, form) if r.upos in {"VERB", "AUX"} and "Tense=" in r.feats and "Fin" in r.feats
    ]
    subjunctive = [r for r in finite if "Mood=Sub" in r.feats]
    indicative = [r for r in finite if "Mood=Ind" in r.feats]
    if not subjunctive:
        return None
    tense = "Pres" if any("Tense=Pres" in r.feats for r in subjunctive) else "Past"
    if not indicative:
        return tense, False
    only_first = all(r.slots == _FIRST and "Tense=Pres" in r.feats for r in indicative)
    third = any(r.slots & _THIRD and "Tense=Pres" in r.feats for r in subjunctive)
    return ("Pres", True) if only_first and third else None


def settled(language: str, forms: Sequence[str], i: int, *, feats: str, clause: tuple[int, int]) -> str:
    """The features of a finite verb with the mood that its form tells.

    Args:
        forms: of all tokens; `i` is the verb's place.
        clause: the sentence's `[start, end)` among them.
    """
    told = mood_of(language, forms[i])
    if told is None:
        return feats
    tense, doubtful = told
    if doubtful:
        near = forms[max(clause[0], i - _WINDOW) : min(clause[1], i + _WINDOW + 1)]
        if not _speakers(language).isdisjoint(word.lower() for word in near):
            return feats
    return _with(feats, tense)


@lru_cache(maxsize=8)
def _speakers(language: str) -> frozenset[str]:
    return frozenset(row.entry for row in lexicon(language, "first_person", FirstPerson))


@lru_cache(maxsize=1 << 12)
def _with(feats: str, tense: str) -> str:
    pairs = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
    pairs |= {"Mood": "Sub", "Tense": tense, "VerbForm": "Fin"}
    if pairs.get("Person") == "1" and pairs.get("Number") == "Sing":
        pairs["Person"] = "3"
    return "|".join(f"{name}={pairs[name]}" for name in sorted(pairs, key=str.lower))
