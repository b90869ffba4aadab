"""Sentences as the features and labels that CRFsuite learns from."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from training.names.corpora import Tagged
from training.names.measure import bioes

from depesche.clauses.names import features
from depesche.clauses.names.model import WordLists, by_distance


def word_lists(clusters: Path, lists: Path) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays that `WordLists` reads, sorted by hashed word."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    with np.load(clusters) as c, np.load(lists) as g:
        for words, values, key, value in (
            (g["words"], g["bits"], "names", "bits"),
            (g["forms"], g["classes"], "forms", "classes"),
            (c["words"], c["classes"], "words", "groups"),
        ):
            keys = np.array([features.key(str(w)) for w in words], np.uint32)
            order = np.argsort(keys)
            arrays[key], arrays[value] = keys[order], values[order]
        numbers = np.array([_phrase(str(p)) for p in g["phrases"]], np.uint64)
        order = np.argsort(numbers)
        arrays["phrases"], arrays["kinds"] = numbers[order], g["kinds"][order]
    return arrays


def _phrase(phrase: str) -> int:
    low = np.array([features.key(f"l:{word}") for word in phrase.split()], np.uint64)
    return int(features.phrase_keys(low, len(low))[0])


def described(sentences: list[Tagged], lists: WordLists) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Feature strings and BIOES labels of each sentence."""
    index: dict[str, int] = {}
    run: list[int] = []
    for words in ([features.EDGE] * 2, *(s.words + [features.EDGE] * 2 for s in sentences)):
        run += [index.setdefault(word, len(index)) for word in words]
    rows = lists.rows(list(index))
    parts = by_distance(rows)
    at = np.array(run)
    inner = len(at) - 4
    pairs = lists.around(at, rows)
    start = 0
    for sentence in sentences:
        stop = start + len(sentence.words)
        numbers = np.concatenate(
            [numbers[at[place:][start:stop]] for place, numbers in parts] + [pairs[start:stop]], axis=1
        )
        yield [[str(n) for n in row if n] for row in numbers.tolist()], bioes(sentence.labels)
        start = stop + 2
    assert start == inner + 2
