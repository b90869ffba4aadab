"""The dictionary form of a word, given what it is in its sentence."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from depesche.clauses.forms import Analysis, last_part, lookup

_ALIKE = {
    "VERB": ("VERB", "AUX"),
    "AUX": ("AUX", "VERB"),
    "PROPN": ("PROPN", "NOUN"),
    "NOUN": ("NOUN", "PROPN"),
    "ADV": ("ADV", "ADJ"),
}
_OPEN = frozenset({"NOUN", "PROPN", "VERB", "AUX", "ADJ"})
_LONGEST_ENDING = 6


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """A rule for words that no dictionary knows: cut so many characters, add these, and whether the lemma has a capital."""

    cut: int
    add: str
    capital: bool


class Lemmas(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned of one language's lemmas.

    Attributes:
        whole: lemma by "form upos", for what the dictionary does not say or says otherwise.
        endings: rule by "upos ending".
        compounds: whether unknown words are taken apart.
    """

    language: str
    whole: Mapping[str, str]
    endings: Mapping[str, Ending]
    compounds: bool


def lemma_of(form: str, *, upos: str, feats: str, known: Lemmas) -> str:
    """The lemma: as learned, else by the dictionary, else of a compound's last part, else by the ending."""
    found = known.whole.get(f"{form} {upos}") or known.whole.get(f"{form.lower()} {upos}")
    if found is not None:
        return found
    if upos in _OPEN or not known.compounds:
        if found := _looked_up(known.language, form, upos, feats):
            return found
        if known.compounds and upos == "NOUN" and (start := last_part(known.language, form)):
            part = form[start:].capitalize()
            if found := _looked_up(known.language, part, upos, feats):
                hyphen = form[start - 1] in "-‐"
                return form[:start] + (found if hyphen else found.lower())
    return _by_ending(form, upos=upos, endings=known.endings)


def _looked_up(language: str, form: str, upos: str, feats: str) -> str | None:
    lemma, rivals = _candidates(language, form, upos)
    if rivals:
        told = set(feats.split("|")) if feats else set()
        return min(_rank(reading, upos=upos, told=told) for reading in rivals)[2]
    return lemma


@lru_cache(maxsize=1 << 15)
def _candidates(language: str, form: str, upos: str) -> tuple[str | None, tuple[Analysis, ...]]:
    """The lemma of a form in the dictionary, None where it lacks it; and its readings where they differ in it, so that the features decide."""
    wanted = _ALIKE.get(upos, (upos,))
    for written in dict.fromkeys((form, form.lower())):
        found = tuple(reading for reading in lookup(language, written) if reading.upos in wanted)
        if len({reading.lemma for reading in found}) > 1:
            return None, found
        if found:
            return found[0].lemma, ()
    return None, ()


def _rank(reading: Analysis, *, upos: str, told: set[str]) -> tuple[int, int, str]:
    """How badly a reading fits what was found, and its lemma."""
    agreement = sum(pair in told for pair in reading.feats.split("|")) * 2
    agreement += _slots_agree(reading, told) - 4 * (reading.upos != upos)
    return -agreement, len(reading.lemma), reading.lemma


_CASE = {"Case=Nom": 0, "Case=Gen": 1, "Case=Dat": 2, "Case=Acc": 3}
_GENDER = {"Gender=Masc": 1, "Gender=Fem": 2, "Gender=Neut": 4}


def _slots_agree(reading: Analysis, told: set[str]) -> int:
    """Whether a nominal reading can stand in the case, number and gender that were found."""
    case = next((_CASE[t] for t in told if t in _CASE), None)
    if case is None or not reading.slots or "VerbForm=Fin" in reading.feats:
        return 0
    bits = reading.slots >> (4 * case) & 15
    if "Number=Plur" in told:
        return int(bits & 8 > 0)
    gender = next((_GENDER[t] for t in told if t in _GENDER), 7)
    return int(bits & gender > 0)


def _by_ending(form: str, *, upos: str, endings: Mapping[str, Ending]) -> str:
    low = form.lower()
    for length in range(min(_LONGEST_ENDING, len(low)), -1, -1):
        rule = endings.get(f"{upos} {low[len(low) - length :]}")
        if rule is not None:
            lemma = form[: len(form) - rule.cut] + rule.add
            if not lemma:
                continue
            if not rule.capital and not form[1:].isupper():
                lemma = lemma[:1].lower() + lemma[1:]
            return lemma[:1].upper() + lemma[1:] if rule.capital else lemma
    return form
