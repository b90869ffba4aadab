"""The mood of finite verbs by their forms, where a language has forms of its own for it.

Konjunktiv I must not be missed: it alone marks indirect speech. A form that the dictionary knows as subjunctive only ("sei", "seien",
"habe" in the third person) is one, whatever the tagger thinks, and a form that the dictionary does not know as one is none.
"""

import itertools
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from depesche.clauses.forms import Analysis, lookup, readings
from depesche.words import lexicon

_WINDOW = 8
"""How many words around a form may hold the first person that makes it an indicative ("ich habe")."""
_FIRST, _THIRD = 1, 4


class FirstPerson(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `words/*/first_person.tsv`: a word of the first person singular."""

    entry: str
    example: str


class Moods(msgspec.Struct, frozen=True, kw_only=True):
    """What a form tells of mood and tense.

    Attributes:
        possible: pairs of mood and tense ("Sub", "Pres") of all its finite readings.
        subjunctive: the tense of its subjunctive where it can be nothing else, or None.
        doubtful: whether it is the indicative of a first person nearby, and else the subjunctive of a third.
    """

    possible: frozenset[tuple[str, str]]
    subjunctive: str | None = None
    doubtful: bool = False


@lru_cache(maxsize=1 << 14)
def moods(language: str, form: str) -> Moods | None:
    """What a form tells of mood and tense; None for a form that is not known."""
    found = readings(language, form) or _under_prefix(language, form)
    finite = [r for r in found if "Tense=" in r.feats and "VerbForm=Fin" in r.feats]
    if not finite:
        return Moods(possible=frozenset()) if found else None
    possible = frozenset((_value(r.feats, "Mood"), _value(r.feats, "Tense")) for r in finite)
    indicative = [r for r in finite if "Mood=Ind" in r.feats]
    if not indicative:
        return Moods(possible=possible, subjunctive="Pres" if ("Sub", "Pres") in possible else "Past")
    only_first = all(r.slots == _FIRST and "Tense=Pres" in r.feats for r in indicative)
    third = any(r.slots & _THIRD and "Mood=Sub|Tense=Pres" in r.feats for r in finite)
    return Moods(possible=possible, doubtful=only_first and third)


_SHORTEST = 4
"""Letters of the shortest verb form that is looked for after a separable prefix."""


def _under_prefix(language: str, form: str) -> tuple[Analysis, ...]:
    """The readings of what follows a prefix: "entgegenschlage" is a form as "schlage" is."""
    for start in range(2, len(form) - _SHORTEST + 1):
        if any(r.upos in {"ADP", "ADV"} for r in lookup(language, form[:start].lower())):
            found = tuple(r for r in lookup(language, form[start:]) if r.upos == "VERB")
            if found:
                return found
    return ()


def settled(forms: Sequence[str], i: int, *, language: str, feats: str, clause: tuple[int, int]) -> str:
    """The features of a finite verb with the mood that its form tells.

    Args:
        forms: of all tokens of the text.
        i: the verb's place among them.
        language: its language.
        feats: what the tagger thinks.
        clause: the sentence's `[start, end)` among the forms.
    """
    told = None if forms[i].isupper() else moods(language, forms[i])  # "ZUR REDE" is no verb
    if told and told.subjunctive:
        return _with(feats, "Sub", told.subjunctive)
    if told and told.doubtful and i > clause[0] and "Mood=Imp" not in feats:
        after = itertools.takewhile(lambda word: word != ",", forms[i + 1 : min(clause[1], i + _WINDOW + 1)])
        near = itertools.chain(forms[max(clause[0], i - _WINDOW) : i], after)
        # What follows a comma has its own verb: "dass es nichts ausmache, gab ich zu".
        spoken = not _speakers(language).isdisjoint(word.lower() for word in near)
        return _with(feats, "Ind" if spoken else "Sub", "Pres")
    if "Mood=Sub|" in feats and "Tense=Pres" in feats:
        # "ausgesetzt werden sollte", "existieren": the tagger's Konjunktiv I where the form can be II or none, or is none by itself
        possible = told.possible - {("Sub", "Pres")} if told else frozenset[tuple[str, str]]()
        mood, tense = max(possible, key=lambda pair: (pair[0] == "Sub", pair[1] == "Past"), default=("Ind", "Pres"))
        return _with(feats, mood, tense)
    return feats


@lru_cache(maxsize=1 << 14)
def finite_only(language: str, form: str) -> Analysis | None:
    """The reading of a form that can be nothing but a finite verb ("darstelle", "sei"); None for others, and for words with capitals."""
    found = lookup(language, form) if form.islower() else ()
    tensed = [reading for reading in found if "Tense=" in reading.feats]
    if not tensed or any("VerbForm=Fin" not in reading.feats for reading in found):
        return None
    return max(tensed, key=lambda reading: ("Mood=Ind" in reading.feats, reading.lemma, reading.feats))


@lru_cache(maxsize=8)
def _speakers(language: str) -> frozenset[str]:
    return frozenset(row.entry for row in lexicon(language, "first_person", FirstPerson))


def _value(feats: str, name: str) -> str:
    return next((p.partition("=")[2] for p in feats.split("|") if p.startswith(name + "=")), "")


@lru_cache(maxsize=1 << 12)
def _with(feats: str, mood: str, tense: str) -> str:
    pairs = dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)
    pairs |= {"Mood": mood, "Tense": tense, "VerbForm": "Fin"}
    if mood == "Sub" and tense == "Pres" and pairs.get("Number") == "Sing":
        pairs["Person"] = "3" if pairs.get("Person") != "2" else "2"
    return "|".join(f"{name}={pairs[name]}" for name in sorted(pairs, key=str.lower))
