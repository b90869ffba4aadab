"""Train the name model of one language and save it as `src/depesche/models/{language}/names.npz`.

    python training/names/train.py DATA de CLUSTERS.npz LISTS.npz [OUT.npz] [option=value…]

Options are those of CRFsuite's L-BFGS (c1, c2, max_iterations, feature.minfreq). Sets learned from: `SOURCES`.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite

sys.path.insert(0, str(Path(__file__).parent))
import corpora
from corpora import Tagged

from depesche.clauses.names import features
from depesche.clauses.names.model import NameModel, WordLists, by_distance, spans_of

SOURCES: dict[str, tuple[Callable[[Path], Iterator[Tagged]], ...]] = {
    "de": (corpora.germeval_train,),
    "en": (lambda data: corpora.uner(data, "dev"), corpora.re3d),
}
HELD: dict[str, Callable[[Path], Iterator[Tagged]]] = {
    "de": corpora.germeval_dev,
    "en": lambda data: corpora.uner(data, "test"),
}
MODELS = Path(__file__).parents[2] / "src/depesche/models"


def bioes(labels: list[str]) -> list[str]:
    """BIO labels as BIOES."""
    after = [*labels[1:], "O"]
    return [
        label
        if label == "O"
        else f"{({('B', True): 'B', ('B', False): 'S', ('I', True): 'I', ('I', False): 'E'})[label[0], follower == 'I' + label[1:]]}{label[1:]}"
        for label, follower in zip(labels, after, strict=True)
    ]


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
    pairs = lists.around(rows[at])
    start = 0
    for sentence in sentences:
        stop = start + len(sentence.words)
        numbers = np.concatenate(
            [numbers[at[place:][start:stop]] for place, numbers in parts] + [pairs[start:stop]], axis=1
        )
        yield [[str(n) for n in row if n] for row in numbers.tolist()], bioes(sentence.labels)
        start = stop + 2
    assert start == inner + 2


def trained(
    sentences: list[Tagged], lists: WordLists, options: dict[str, float]
) -> tuple[pycrfsuite.Tagger, list[str]]:
    """A CRFsuite model."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.15, "c2": 0.02, "max_iterations": 110, "feature.minfreq": 2, "feature.possible_transitions": True}
        | options
    )
    labels: set[str] = set()
    for block in range(0, len(sentences), 1000):
        for x, y in described(sentences[block : block + 1000], lists):
            trainer.append(x, y)
            labels.update(y)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(Path(path).read_bytes())
    return tagger, sorted(labels)


def dumped(tagger: pycrfsuite.Tagger) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Weights of (feature, label) and of (label, label)."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as file:
        tagger.dump(file.name)
        tables: dict[str, dict[tuple[str, str], float]] = {"(0)": {}, "(1)": {}}
        for line in file:
            if found := re.fullmatch(r"\s*(\([01]\)) (\S+) --> (\S+): (\S+)\s*", line):
                tables[found[1]][found[2], found[3]] = float(found[4])
    return tables["(0)"], tables["(1)"]


def exported(
    tagger: pycrfsuite.Tagger, labels: list[str], lists: dict[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    """The model as arrays: feature numbers, quantised weights, transitions, word lists."""
    state, between = dumped(tagger)
    place = {label: i for i, label in enumerate(labels)}
    transitions = np.full((len(labels), len(labels)), -30.0, np.float32)
    for a in labels:
        for b in labels:
            if follows(a, b):
                transitions[place[a], place[b]] = between.get((a, b), 0.0)
    weights: dict[int, npt.NDArray[np.float32]] = {}
    for (feature, label), weight in state.items():
        weights.setdefault(int(feature), np.zeros(len(labels), np.float32))[place[label]] = weight
    ids = np.array(sorted(weights), np.uint32)
    table = np.stack([weights[int(i)] for i in ids])
    kept = np.abs(table).max(1) > 0.012
    ids, table = ids[kept], table[kept]
    scale = np.float32(np.abs(table).max() / 2000)
    return {
        "labels": np.array(labels), "transitions": transitions, "ids": ids,
        "weights": np.round(table / scale).astype(np.int16), "scale": np.array(scale), **lists,
    }  # fmt: skip


def follows(a: str, b: str) -> bool:
    """Whether label b may come after label a in BIOES."""
    opened = a[0] in "BI"
    return (b[0] in "IE" and a[1:] == b[1:]) if opened else b[0] not in "IE"


def measured(
    model: NameModel, sentences: list[Tagged], kinds: tuple[str, ...] = ("PER", "LOC", "ORG")
) -> dict[str, tuple[float, float, float]]:
    """Strict precision, recall and F1 of each kind and of all of them."""
    counts = {kind: [0, 0, 0] for kind in (*kinds, "all")}
    for sentence, emissions in zip(sentences, model.emissions([s.words for s in sentences]), strict=True):
        found = {(s, e, k) for s, e, k, _ in model.read(emissions) if k in kinds}
        gold = {
            span
            for span in spans_of(
                sentence.labels_bioes() if hasattr(sentence, "labels_bioes") else bioes(sentence.labels)
            )
            if span[2] in kinds
        }
        for kind in counts:
            ours = found if kind == "all" else {s for s in found if s[2] == kind}
            theirs = gold if kind == "all" else {s for s in gold if s[2] == kind}
            counts[kind] = [
                a + b for a, b in zip(counts[kind], (len(ours & theirs), len(ours), len(theirs)), strict=True)
            ]
    return {
        kind: (100 * h / max(f, 1), 100 * h / max(g, 1), 200 * h / max(f + g, 1)) for kind, (h, f, g) in counts.items()
    }


def main(arguments: list[str]) -> None:
    """Train, save, and print what the held part says."""
    options = {k: float(v) for k, _, v in (a.partition("=") for a in arguments) if re.fullmatch(r"[\d.]+", v)}
    data, language, clusters, lists, *out = [a for a in arguments if "=" not in a]
    arrays = word_lists(Path(clusters), Path(lists))
    sentences = [s for source in SOURCES[language] for s in source(Path(data))]
    begun = time.time()
    tagger, labels = trained(sentences, WordLists(arrays), options)
    saved = exported(tagger, labels, arrays)
    path = Path(out[0]) if out else MODELS / language / "names.npz"
    np.savez_compressed(path, **saved)  # type: ignore[arg-type]
    print(
        f"{len(sentences)} sentences, {len(saved['ids'])} features, {path.stat().st_size / 1e6:.1f} MB, {time.time() - begun:.0f} s"
    )
    model = NameModel(saved)
    held = list(HELD[language](Path(data)))
    begun = time.time()
    for kind, figures in measured(model, held).items():
        print(kind, " ".join(f"{f:.1f}" for f in figures))
    begun = time.time()
    measured(model, held)
    print(f"{sum(len(s.words) for s in held) / (time.time() - begun):.0f} words/s")


if __name__ == "__main__":
    main(sys.argv[1:])
