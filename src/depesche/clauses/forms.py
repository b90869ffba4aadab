"""What a dictionary of full forms knows of a word: lemma, part of speech, and the slots of the paradigm it can fill.

German forms come from LanguageTool's german-pos-dict (see `models/de/forms.md` for source, licence and attribution), English ones
from the training part of the English Web Treebank. The tables are made by `training/language/forms.py`.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.clauses.hashing import codes, row_of

_MODELS = Path(__file__).parent.parent / "models"
CASES = ("Nom", "Gen", "Dat", "Acc")
GENDERS = ("Masc", "Fem", "Neut", "Plur")
"""A slot of a noun phrase is bit `4 * case + gender`, where the plural is a fourth gender: German tells no others apart there."""
PERSONS = ("1Sing", "2Sing", "3Sing", "1Plur", "2Plur", "3Plur")
"""A slot of a finite verb is one of these bits."""


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a form.

    Attributes:
        lemma: dictionary form.
        upos: universal part of speech.
        feats: what all slots of this reading share: "Degree=Cmp", "Mood=Sub|Tense=Pres|VerbForm=Fin".
        slots: of a nominal word, bits of case by gender or plural; of a finite verb, bits of person and number.
        sort: the dictionary's own finer class ("VOR" a first name, "NAC" a surname, "STD" a city), empty where it has none.
    """

    lemma: str
    upos: str
    feats: str = ""
    slots: int = 0
    sort: str = ""

    @property
    def cases(self) -> frozenset[str]:
        """The cases it can stand in; empty for words without case."""
        if "VerbForm=Fin" in self.feats:
            return frozenset()
        return frozenset(case for i, case in enumerate(CASES) if self.slots >> (4 * i) & 15)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The forms of one language as arrays.

    Attributes:
        offsets: bucket borders of `rest` (see `hashing.find`).
        rest: hashes of the forms.
        classes: the class of each form.
        first: where the readings of each class begin; one more than there are classes.
        cut: of each reading, how many code points to cut from the form's end to get the lemma.
        add: of each reading, which ending of `endings` to add then.
        upos: of each reading, an index into `tags`.
        feats: of each reading, an index into `features` ("feats sort").
        slots: of each reading, see `Analysis`.
        marks: of each class, columns of numbers that stand for it in the models: word class, slots, verb slots.
    """

    offsets: npt.NDArray[np.uint32]
    rest: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint16]
    first: npt.NDArray[np.uint32]
    cut: npt.NDArray[np.uint8]
    add: npt.NDArray[np.uint16]
    upos: npt.NDArray[np.uint8]
    feats: npt.NDArray[np.uint16]
    slots: npt.NDArray[np.uint16]
    marks: npt.NDArray[np.int64]
    endings: tuple[str, ...]
    tags: tuple[str, ...]
    features: tuple[str, ...]


@cache
def table(language: str) -> Table:
    """The forms of a language.

    Raises:
        FileNotFoundError: no table was built for it.
    """
    with np.load(_MODELS / language / "forms.npz", allow_pickle=False) as stored:
        arrays: dict[str, npt.NDArray[Any]] = {name: stored[name] for name in stored.files}
    endings, tags, features = (_names(arrays.pop(name)) for name in ("endings", "tags", "features"))
    arrays["offsets"] = _borders(arrays.pop("counts"))
    arrays["first"] = _borders(arrays.pop("sizes"))
    marks = _marks(arrays, tags=tags, features=features)
    return Table(**arrays, marks=marks, endings=endings, tags=tags, features=features)


def _names(stored: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(bytes(stored).decode().split("\n"))


def _borders(counts: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.uint32)


def _marks(
    arrays: dict[str, npt.NDArray[Any]], *, tags: tuple[str, ...], features: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    """For each class: a number for its set of readings, the slots of its nominal, of its finite, of its non-adjective readings.

    Bit 6 of the finite slots says that the form can be indicative.
    """
    first, upos, feats, slots = (np.asarray(arrays[n], np.int64) for n in ("first", "upos", "feats", "slots"))
    finite = np.array(["VerbForm=Fin" in f for f in features])
    indicative = np.array(["Mood=Ind" in f for f in features])
    adjective = np.array([t == "ADJ" for t in tags])
    marks = np.zeros((len(first) - 1, 4), np.int64)
    known: dict[tuple[tuple[int, int], ...], int] = {}
    for row in range(len(marks)):
        own = slice(first[row], first[row + 1])
        pairs = tuple(sorted(set(zip(upos[own].tolist(), feats[own].tolist(), strict=True))))
        fin = finite[feats[own]]
        marks[row, 0] = known.setdefault(pairs, len(known) + 1)
        marks[row, 1] = np.bitwise_or.reduce(slots[own][~fin], initial=0)
        marks[row, 2] = (
            np.bitwise_or.reduce(slots[own][fin], initial=0) | int((indicative[feats[own]] & fin).any()) << 6
        )
        marks[row, 3] = np.bitwise_or.reduce(slots[own][~fin & ~adjective[upos[own]]], initial=0)
    return marks


@lru_cache(maxsize=1 << 16)
def lookup(language: str, form: str) -> tuple[Analysis, ...]:
    """All readings of a form, exactly as written; none where the dictionary lacks it.

    "sei" → sein, AUX, "Mood=Sub|Tense=Pres|VerbForm=Fin" in the first and third person, and the imperative.
    """
    known = table(language)
    points = codes(form)
    row = row_of(points, 0, len(points), known.offsets, known.rest)
    if row < 0:
        return ()
    number = known.classes[row]
    size = len(form)
    return tuple(
        Analysis(lemma=form[: size - cut] + ending, upos=upos, feats=feats, slots=slots, sort=sort)
        for cut, ending, upos, feats, slots, sort in _patterns(language, int(number))
    )


@lru_cache(maxsize=1 << 13)
def _patterns(language: str, number: int) -> tuple[tuple[int, str, str, str, int, str], ...]:
    """The readings of a class of forms: what to cut from a form for the lemma, what to add then, and the other fields of `Analysis`."""
    known = table(language)
    found = []
    for i in range(known.first[number], known.first[number + 1]):
        feats, _, sort = known.features[known.feats[i]].partition(" ")
        slots = int(known.slots[i])
        found.append((int(known.cut[i]), known.endings[known.add[i]], known.tags[known.upos[i]], feats, slots, sort))
    return tuple(found)


def readings(language: str, form: str) -> tuple[Analysis, ...]:
    """The readings of a form as it may stand in a text: as written, else in lower case, else with a capital."""
    return lookup(language, form) or lookup(language, form.lower()) or lookup(language, form.capitalize())


_SHORTEST = 4
"""Code points of the shortest last part: shorter ones ("Rat" in "Verrat", "Ei" in "Partei") split more words wrongly than rightly."""
_SHORTEST_WHOLE = 9
"""Code points of the shortest compound that is cut: "Minister" is no "Mini-Ster"."""
_FIRST = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns")
"""What German puts between the parts of a compound ("Friedens-gespräche", "Waffen-ruhe")."""


@lru_cache(maxsize=1 << 15)
def last_part(language: str, word: str) -> int:
    """Where the last part of a compound begins in the word, 0 where it is none.

    The longest last part that is a noun and leaves a known word before it wins: "Waffenstillstands|abkommen",
    "Bundes|außenminister"; after a hyphen the last part begins in any case: "US-|Außenminister".
    """
    hyphen = max(word.rfind("-"), word.rfind("‐")) + 1
    if 0 < hyphen < len(word):
        return hyphen
    if len(word) < _SHORTEST_WHOLE:
        return 0
    for start in range(_SHORTEST - 1, len(word) - _SHORTEST + 1):
        if _is_noun(language, word[start:].capitalize()) and _is_first(language, word[:start]):
            return start
    return 0


def compound_head(language: str, word: str) -> str | None:
    """The lemma of a compound's last part ("Friedensgesprächen" → "Gespräch"); None where it is no compound.

    Call it again on the result for the part inside: "Bundesaußenminister" → "Außenminister" → "Minister".
    """
    start = last_part(language, word)
    if not start:
        return None
    part = word[start:]
    part = part[:1].upper() + part[1:]
    nouns = [a.lemma for a in lookup(language, part) if a.upos == "NOUN"]
    return max(nouns, key=lambda lemma: (lemma == part, -len(lemma))) if nouns else part


def _is_noun(language: str, form: str) -> bool:
    return any(a.upos == "NOUN" for a in lookup(language, form))


def _is_first(language: str, part: str) -> bool:
    for link in _LINKS:
        stem = part.removesuffix(link) if link else part
        if len(stem) < _SHORTEST - 1 or (link and stem == part):
            continue
        known = (
            lookup(language, stem.capitalize()) + lookup(language, stem.lower()) + lookup(language, stem.lower() + "en")
        )
        if any(a.upos in _FIRST for a in known) or last_part(language, stem):
            return True
    return False
