"""Word classes for the event models: `python -m training.events.kinship LANGUAGE TEXTS`, in half an hour on two cores.

TEXTS is a folder of `*.txt` files, one sentence a line, words parted by blanks, lower case, figures as "0" (`depesche.events.kinship` says
what they are for, `models/events/README.md` which texts were used). Words get vectors (skip-gram with negative sampling, Mikolov et al. 2013),
vectors fall into classes (k-means), and a logistic regression from vectors to the types of the lexicon's entries says which acts words like
this one name. Needs gensim and scikit-learn.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from gensim.models import Word2Vec
from gensim.models.keyedvectors import KeyedVectors
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from depesche.events.lexicon import lexicon_of
from depesche.events.model import MODELS
from depesche.events.ontology import TYPES

SIZES = (1000, 150)
"""Small and large classes."""
WORDS = 60_000
STRANGERS = 6_000
"""So many frequent words that the lexicon does not know stand for those that name no act."""
LEVELS = (0.08, 0.2, 0.4, 0.6, 0.8)
KEPT_TYPES = 2
FOLDS = 5
Floats = npt.NDArray[np.float32]


class Sentences:
    """The sentences of all files of a folder, again and again."""

    def __init__(self, folder: Path) -> None:
        self._files = sorted(folder.glob("*.txt"))

    def __iter__(self) -> Iterator[list[str]]:
        for file in self._files:
            with file.open(encoding="utf-8") as lines:
                for line in lines:
                    yield line.split()


def vectors_of(folder: Path) -> KeyedVectors:
    """Word vectors of 100 numbers."""
    model = Word2Vec(
        Sentences(folder), vector_size=100, window=5, min_count=8, sg=1, negative=6, sample=1e-4, epochs=4, workers=2, seed=1
    )  # fmt: skip
    return model.wv


def classes_of(vectors: Floats) -> npt.NDArray[np.uint16]:
    """(words, 2): small and large class of each word."""
    found = [
        MiniBatchKMeans(size, init="random", random_state=0, batch_size=4096, n_init=1, max_iter=60).fit_predict(
            vectors
        )
        for size in SIZES
    ]
    return np.stack(found, axis=1).astype(np.uint16)


def types_of(words: list[str], vectors: Floats, *, language: str) -> npt.NDArray[np.uint8]:
    """(words, 2): the likeliest types of each word, each as `8 * type + level`; 0 for none."""
    lexicon = lexicon_of(language)
    rows, labels, weights = [], [], []
    strangers = 0
    for number, word in enumerate(words):
        entries = [*lexicon.verbs.get(word, ()), *lexicon.nouns.get(word, ())]
        for entry in entries:
            rows.append(number)
            labels.append(len(TYPES) if entry.type == "NONE" else TYPES.index(entry.type))
            weights.append(entry.prior)
        if not entries and strangers < STRANGERS:
            strangers += 1
            rows.append(number)
            labels.append(len(TYPES))
            weights.append(1.0)
    given, label, weight = np.array(rows), np.array(labels), np.array(weights)
    model = LogisticRegression(C=3.0, max_iter=400).fit(vectors[given], label, weight)
    chances = model.predict_proba(vectors)
    for learn, test in GroupKFold(FOLDS).split(given, label, given):
        # A word of the lexicon is judged by the others, or it would look surer than any word beyond the lexicon ever does.
        part = LogisticRegression(C=3.0, max_iter=400).fit(vectors[given[learn]], label[learn], weight[learn])
        columns = np.searchsorted(model.classes_, part.classes_)
        chances[np.ix_(given[test], columns)] = part.predict_proba(vectors[given[test]])
    found = np.zeros((len(words), KEPT_TYPES), np.uint8)
    kinds = [int(k) for k in model.classes_]
    acts = [i for i, kind in enumerate(kinds) if kind < len(TYPES)]
    for number, row in enumerate(chances[:, acts]):
        for place, best in enumerate(np.argsort(row)[::-1][:KEPT_TYPES]):
            level = int(np.searchsorted(LEVELS, row[best]))
            found[number, place] = 8 * kinds[acts[best]] + level if level else 0
    return found


def main() -> None:
    """Train and write."""
    language, texts = sys.argv[1], Path(sys.argv[2])
    known = KeyedVectors.load(str(texts)) if texts.is_file() else vectors_of(texts)
    words = [str(w) for w in known.index_to_key[:WORDS]]
    vectors = known.vectors[:WORDS].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    path = MODELS / f"kin_{language}.npz"
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        classes=classes_of(vectors),
        types=types_of(words, vectors, language=language),
    )
    print(f"{len(words):,} words, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
