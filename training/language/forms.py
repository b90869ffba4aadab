"""Builds the tables of full forms: `python -m training.language.forms de DICT OUT` or `… en TREEBANK OUT`.

DICT is LanguageTool's `german.dict` (german-pos-dict, CC BY-SA 4.0, https://github.com/languagetool-org/german-pos-dict);
TREEBANK is the training part of the English Web Treebank (CC BY-SA 4.0). OUT is the folder of the language in `src/depesche/models`.
"""

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from training.language.automaton import entries

from depesche.clauses.hashing import bucketed, codes, hash_codes

_CASES = {"NOM": 0, "GEN": 1, "DAT": 2, "AKK": 3}
_GENDERS = {"MAS": (0,), "FEM": (1,), "NEU": (2,)}
_FINITE = {
    "PRÄ": "Mood=Ind|Tense=Pres",
    "PRT": "Mood=Ind|Tense=Past",
    "KJ1": "Mood=Sub|Tense=Pres",
    "KJ2": "Mood=Sub|Tense=Past",
}
_OTHER_VERB = {
    "INF": "VerbForm=Inf",
    "EIZ": "VerbForm=Inf",
    "PA2": "VerbForm=Part",
    "PA1": "Tense=Pres|VerbForm=Part",
    "IMP": "Mood=Imp|VerbForm=Fin",
}
_DEGREE = {"GRU": "Degree=Pos", "KOM": "Degree=Cmp", "SUP": "Degree=Sup"}
_PRONOUN = {
    "DEM": "Dem",
    "IND": "Ind",
    "PER": "Prs",
    "POS": "Prs",
    "REL": "Rel",
    "RIN": "Rel",
    "REF": "Prs",
    "INR": "Int",
}
_CLASSES = {
    "ADV": "ADV", "ZAL": "NUM", "ZUS": "ADP", "NEG": "PART", "INJ": "INTJ", "PRP": "ADP", "SUB": "NOUN", "EIG": "PROPN",
    "ART": "DET", "PRO": "PRON", "ADJ": "ADJ", "PA1": "ADJ", "PA2": "ADJ",
}  # fmt: skip

Rows = dict[str, dict[tuple[str, str, str], int]]
"""form → (lemma, upos, "feats sort") → slots."""


def german(path: Path) -> Rows:
    """All forms of the German dictionary."""
    rows: Rows = defaultdict(lambda: defaultdict(int))
    for form, lemma, tag in entries(path):
        upos, feats, slots = _universal(tag.split(":"))
        rows[form][lemma, upos, feats] |= slots
    return rows


def _universal(tag: list[str]) -> tuple[str, str, int]:
    kind = tag[0]
    if kind == "VER":
        return _verb(tag)
    upos = _CLASSES.get(kind, "X")
    if kind == "KON":
        upos = "CCONJ" if "NEB" in tag else "SCONJ"
    degree = next((_DEGREE[t] for t in tag if t in _DEGREE), "")
    feats = degree
    if kind == "PRO":
        feats = f"PronType={_PRONOUN.get(tag[1], 'Ind')}" + (
            "|Poss=Yes" if tag[1] == "POS" else "|Reflex=Yes" if tag[1] == "REF" else ""
        )
    if kind == "ART":
        feats = f"Definite={'Def' if tag[1] == 'DEF' else 'Ind'}|PronType=Art"
    return upos, f"{feats} {_sort(tag)}", _slots(tag)


def _sort(tag: list[str]) -> str:
    kind = tag[0]
    if kind in {"PA1", "PA2", "ADJ"}:
        return f"{kind}.{'PRD' if 'PRD' in tag else 'ATT'}"
    if kind == "EIG":
        return tag[-1] if tag[-1] not in {"NOA", "ART", "NOG"} else ""
    if kind == "SUB":
        return next((t for t in ("INF", "ADJ") if t in tag), "")
    if kind == "PRP":
        return "+".join(sorted({c for t in tag[1:] for c in t.split("+") if c in _CASES}))
    if kind == "PRO":
        return next((t for t in ("BEG", "STV", "B/S") if t in tag), "")
    return ".".join(tag[:2]) if kind == "ADV" else kind


def _verb(tag: list[str]) -> tuple[str, str, int]:
    upos = "AUX" if "AUX" in tag or "MOD" in tag else "VERB"
    for name, feats in _FINITE.items():
        if name in tag:
            person = next(int(t) for t in tag if t in {"1", "2", "3"})
            # "NEB": a separable verb in one word, which only a verb-final clause has ("dass er ablehnt")
            return upos, f"{feats}|VerbForm=Fin {'NEB' if 'NEB' in tag else ''}", 1 << (person - 1 + 3 * ("PLU" in tag))
    name = next((t for t in _OTHER_VERB if t in tag), "")
    slots = 1 << (1 + 3 * ("PLU" in tag)) if name == "IMP" else 0
    return upos, f"{_OTHER_VERB.get(name, '')} {'EIZ' if name == 'EIZ' else ''}", slots


def _slots(tag: list[str]) -> int:
    case = next((_CASES[t] for t in tag if t in _CASES), None)
    if case is None:
        return 0
    if "PLU" in tag:
        return 1 << (4 * case + 3)
    genders = next((_GENDERS[t] for t in tag if t in _GENDERS), (0, 1, 2))
    return sum(1 << (4 * case + g) for g in genders)


def english(path: Path) -> Rows:
    """All forms of a treebank in lower case unless proper."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit() and cells[3] not in {"PUNCT", "X", "SYM"}:
                form = cells[1] if cells[3] == "PROPN" else cells[1].lower()
                counts[form, cells[2], cells[3], cells[5] if cells[5] != "_" else ""] += 1
    rows: Rows = defaultdict(lambda: defaultdict(int))
    for form, lemma, upos, feats in counts:
        rows[form][lemma, upos, f"{feats} "] |= 0
    return rows


def _ending(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def write(rows: Rows, out: Path) -> None:
    """Pack the forms into `out/forms.npz`; see `depesche.clauses.forms.Table` for the arrays."""
    endings, tags, features = _Numbers(), _Numbers(), _Numbers()
    classes: dict[tuple[tuple[int, int, int, int, int], ...], int] = {}
    keys = np.zeros(len(rows), np.uint64)
    numbers = np.zeros(len(rows), np.uint16)
    for i, form in enumerate(sorted(rows)):
        found = []
        for (lemma, upos, feats), slots in rows[form].items():
            cut, add = _ending(form, lemma)
            found.append((cut, endings[add], tags[upos], features[feats], slots))
        points = codes(form)
        keys[i] = hash_codes(points, 0, len(points))
        numbers[i] = classes.setdefault(tuple(sorted(found)), len(classes))
    offsets, rest, order = bucketed(keys)
    flat = np.array([reading for group in classes for reading in group], np.int64)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "forms.npz",
        counts=np.diff(offsets).astype(np.uint8),
        rest=rest,
        classes=numbers[order],
        sizes=np.array([len(group) for group in classes], np.uint8),
        cut=flat[:, 0].astype(np.uint8),
        add=flat[:, 1].astype(np.uint16),
        upos=flat[:, 2].astype(np.uint8),
        feats=flat[:, 3].astype(np.uint16),
        slots=flat[:, 4].astype(np.uint16),
        endings=_stored(endings),
        tags=_stored(tags),
        features=_stored(features),
    )
    print(
        f"{len(rows):,} forms, {len(classes):,} classes, {len(flat):,} readings, {(out / 'forms.npz').stat().st_size:,} bytes"
    )


class _Numbers(dict[str, int]):
    """Numbers handed out in order of first asking."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self)
        return self[key]


def _stored(names: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


if __name__ == "__main__":
    language, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    write({"de": german, "en": english}[language](source), target)
