"""Sentences as features and labels to learn from."""

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


def numbered(sentences: list[Tagged], lists: WordLists) -> npt.NDArray[np.uint32]:
    """The features of every token, 0 for none; (tokens, slots)."""
    index: dict[str, int] = {}
    run = [index.setdefault(features.EDGE, 0)] * 2
    inner: list[int] = []
    for sentence in sentences:
        inner += range(len(run) - 2, len(run) - 2 + len(sentence.words))
        run += [index.setdefault(word, len(index)) for word in (*sentence.words, features.EDGE, features.EDGE)]
    rows = lists.rows(list(index))
    at, kept = np.array(run), np.array(inner)
    columns = [numbers.astype(np.uint32)[at[kept + place]] for place, numbers in by_distance(rows)]
    return np.concatenate([*columns, lists.around(at, rows)[kept].astype(np.uint32)], axis=1)


def described(sentences: list[Tagged], lists: WordLists) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Feature strings and BIOES labels of each sentence."""
    numbers, start = numbered(sentences, lists).tolist(), 0
    for sentence in sentences:
        stop = start + len(sentence.words)
        yield [[str(n) for n in row if n] for row in numbers[start:stop]], bioes(sentence.labels)
        start = stop
