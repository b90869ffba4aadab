"""The trained name model: weights, word lists and clusters of one language, and the scores they give to labels.

Nearly all features of a token are features of one word at one distance. So the scores of a word at each distance are
summed once, when the word is first met, and a text costs five row additions a token.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from depesche.clauses.forms import last_part
from depesche.clauses.names import features, neighbours
from depesche.clauses.names.features import EDGE, FAR, NEAR, OFFSETS, Numbers
from depesche.clauses.names.spelled import spelled
from depesche.clauses.names.summing import add_words, borders, summed
from depesche.clauses.names.viterbi import decoded

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_MODELS = Path(__file__).parents[2] / "models"
_KEPT_WORDS = 40_000
"""Beyond so many words the memory of word scores is begun anew (14 MB)."""
_ROOM = 2048
_LIST_BITS = 12


class WordLists:
    """Gazetteer bits, dictionary classes and clusters of words, found by hashed spelling.

    Args:
        language: ISO 639-1 code, for what its table of full forms knows of compounds.
        arrays: `names` and `bits`, `forms` and `classes`, `words` and `groups`, `phrases` and `kinds`; keys sorted.
    """

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]], *, language: str) -> None:
        self._language = language
        self._names, self._bits = arrays["names"], arrays["bits"]
        self._forms, self._classes = arrays["forms"], arrays["classes"]
        phrases = arrays["phrases"].astype(np.uint64)
        self._listed = phrases, neighbours.phrase_borders(phrases), arrays["kinds"].astype(np.uint64)
        self._words, self._groups = arrays["words"], arrays["groups"]

    @property
    def width(self) -> int:
        """How many slots a word has."""
        return int(self.rows([EDGE]).shape[1])

    def around(self, at: Ints, rows: Numbers) -> Numbers:
        """Features of neighbours taken together, for a run of tokens with two edges at either end; (tokens, features).

        Args:
            at: the row of each token.
            rows: the slots of words.
        """
        found = np.empty((len(at) - 4, neighbours.WIDTH), np.uint64)
        neighbours.around(at, rows, self._listed, found)
        return found

    def rows(self, words: Sequence[str]) -> Numbers:
        """The slots of words: spelling and lists, 0 where a slot is empty; (words, slots)."""
        folded = [features.folded(word) for word in words]
        told = spelled(folded)
        bits, stripped, first = np.split(
            _found(self._names, self._bits, np.concatenate([told.exact, told.stripped, told.first])), 3
        )
        group = _found(self._words, self._groups, told.zeroed)
        exact, lower, tail = np.split(
            _found(self._forms, self._classes, np.concatenate([told.exact, told.lower, told.last])), 3
        )
        known = exact | (lower << np.uint64(5))
        compound = [
            k == 0 and last_part(self._language, word) > 0 for k, word in zip(known.tolist(), folded, strict=True)
        ]
        known |= np.array(compound, np.uint64) << np.uint64(
            10
        )  # "Sondergesandter" stands in no dictionary, and is no name
        lists = bits | (stripped << np.uint64(_LIST_BITS)) * (bits == 0)
        singles = (bits[:, None] >> np.arange(_LIST_BITS, dtype=np.uint64) & np.uint64(1)) * np.arange(
            1, _LIST_BITS + 1, dtype=np.uint64
        )
        table = np.column_stack([group, lists])  # three cluster sizes, then the lists as one value
        near = np.column_stack([known, singles[:, :6]])
        rest = np.column_stack([singles[:, 6:], first, tail, known & np.uint64(31)])
        row = np.column_stack(
            [
                told.slots[:, :2],
                _slots(table, 1000),
                told.slots[:, 2:5],
                _slots(near, 2000),
                told.slots[:, 5:],
                _slots(rest, 3000),
            ]
        )
        row[[i for i, word in enumerate(folded) if not word]] = features.key("edge")
        return row


def _slots(values: Numbers, base: int) -> Numbers:
    salted = values + (np.arange(values.shape[1], dtype=np.uint64) + np.uint64(base)) * np.uint64(1 << 20)
    return np.where(values == 0, np.uint64(0), features.mixed(salted, 7))


def _found(keys: npt.NDArray[np.generic], values: npt.NDArray[np.generic], wanted: npt.NDArray[np.uint32]) -> Numbers:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = keys[place] == wanted
    return np.where(hit if values.ndim == 1 else hit[:, None], values[place].astype(np.uint64), np.uint64(0))


def by_distance(rows: Numbers) -> list[tuple[int, Numbers]]:
    """The feature numbers that words contribute at each distance, 0 where none."""
    found = []
    for place, offset in enumerate(OFFSETS):
        kept = rows[:, : FAR if abs(offset) > 1 else NEAR if offset else rows.shape[1]]
        found.append((place, np.where(kept == 0, np.uint64(0), features.mixed(kept, 11 + place))))
    return found


class NameModel:
    """Labels and weights of one language.

    Args:
        arrays: what `training/names/train.py` saved.
        language: ISO 639-1 code.
    """

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]], *, language: str) -> None:
        self.labels = [str(label) for label in arrays["labels"]]
        self.place = {label: i for i, label in enumerate(self.labels)}
        self.transitions = arrays["transitions"].astype(np.float32)
        self._moves = np.exp(self.transitions)
        self._names = sorted({label.partition("-")[2] for label in self.labels})
        self._places = np.array(["OBIES".index(label[0]) for label in self.labels], np.int64)
        self._kinds = np.array([self._names.index(label.partition("-")[2]) for label in self.labels], np.int64)
        self._ids, self._weights = arrays["ids"].astype(np.uint32), arrays["weights"].astype(np.int16)
        self._borders, self._scale = borders(self._ids), np.float32(arrays["scale"])
        self._lists = WordLists(arrays, language=language)
        self._forget()

    def _forget(self) -> None:
        self._index: dict[str, int] = {}
        self._rows = np.zeros((0, self._lists.width), np.uint64)
        self._scores = np.zeros((0, len(OFFSETS), len(self.labels)), np.float32)

    def _sum(self, numbers: Numbers) -> Floats:
        found = np.empty((len(numbers), len(self.labels)), np.float32)
        summed(np.ascontiguousarray(numbers), self._ids, self._borders, self._weights, self._scale, found)
        return found

    def _learn(self, words: list[str]) -> None:
        rows = self._lists.rows(words)
        scores = np.stack([self._sum(numbers) for _, numbers in by_distance(rows)], axis=1)
        start, stop = len(self._index), len(self._index) + len(words)
        while stop > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros((max(len(self._rows), _ROOM), rows.shape[1]), np.uint64)])
            self._scores = np.concatenate(
                [self._scores, np.zeros((max(len(self._scores), _ROOM), *scores.shape[1:]), np.float32)]
            )
        self._rows[start:stop] = rows
        self._scores[start:stop] = scores
        self._index.update((word, start + i) for i, word in enumerate(words))

    def emissions(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Label scores of each token of each sentence: a list of (tokens, labels)."""
        if len(self._index) > _KEPT_WORDS:
            self._forget()
        run = [EDGE, EDGE]
        for sentence in sentences:
            run.extend(sentence)
            run += (EDGE, EDGE)
        fresh = [word for word in dict.fromkeys(run) if word not in self._index]
        if fresh:
            self._learn(fresh)
        index = self._index
        at = np.array([index[word] for word in run], np.int64)
        total = self._sum(self._lists.around(at, self._rows))
        add_words(total, self._scores, at)
        found, start = [], 0
        for sentence in sentences:
            found.append(total[start : start + len(sentence)])
            start += len(sentence) + 2
        return found

    def read(self, emissions: Floats) -> list[tuple[int, int, str, float]]:
        """The names in one sentence: first token, token after the last, kind label, confidence."""
        if not len(emissions):
            return []
        spans, sure = decoded(emissions, self.transitions, self._moves, self._places, self._kinds)
        if not len(spans):
            return []
        kinds = self._names
        return [
            (start, end, kinds[kind], p) for (start, end, kind), p in zip(spans.tolist(), sure.tolist(), strict=True)
        ]


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans of a sequence of BIOES labels (BIO is read as well)."""
    found: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for i, label in enumerate([*labels, "O"]):
        position, _, value = label.partition("-")
        if start >= 0 and (position in "OBS" or value != kind):
            found.append((start, i, kind))
            start = -1
        if position != "O" and start < 0:
            start, kind = i, value
    return found


@cache
def name_model(language: str) -> NameModel | None:
    """The shipped model of a language, loaded once; None where there is none."""
    path = _MODELS / language / "names.npz"
    if not path.exists():
        return None
    with np.load(path) as arrays:
        return NameModel(dict(arrays), language=language)
