"""Train the name model of one language and save it as `src/depesche/models/{language}/names.npz`.

    python -m training.names.train DATA de CLUSTERS.npz LISTS.npz [TAGGED.tsv…] [OUT.npz] [option=value…]

Options are those of CRFsuite's L-BFGS (c1, c2, max_iterations, feature.minfreq), or `perceptron=12` for an averaged perceptron of
twelve rounds. Sets learned from: `SOURCES`.
"""

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite
from training.names import corpora
from training.names.corpora import Tagged
from training.names.described import described, word_lists
from training.names.measure import measured

from depesche.clauses.names.model import NameModel, WordLists

SOURCES: dict[str, tuple[Callable[[Path], Iterator[Tagged]], ...]] = {
    "de": (corpora.germeval_train,),
    "en": (lambda data: corpora.uner(data, "dev"), lambda data: corpora.uner(data, "dev"), corpora.re3d),
}
HELD: dict[str, Callable[[Path], Iterator[Tagged]]] = {
    "de": corpora.germeval_dev,
    "en": lambda data: corpora.uner(data, "test"),
}
MODELS = Path(__file__).parents[2] / "src/depesche/models"


def trained(
    sentences: list[Tagged], lists: WordLists, options: dict[str, float]
) -> tuple[pycrfsuite.Tagger, list[str]]:
    """A CRFsuite model: a conditional random field, or with `perceptron` an averaged perceptron (Collins 2002) of so many rounds."""
    rounds = options.pop("perceptron", 0)
    trainer = pycrfsuite.Trainer(algorithm="ap" if rounds else "lbfgs", verbose=False)
    told = {"c1": 0.05, "c2": 0.1, "max_iterations": 75, "feature.minfreq": 2, "feature.possible_transitions": True}
    trainer.set_params({"max_iterations": rounds, "feature.possible_transitions": True} if rounds else told | options)
    if rounds:
        sentences = random.Random(int(rounds)).sample(sentences, len(sentences))  # noqa: S311 (an order, no secret)
    labels: set[str] = set()
    for block in range(0, len(sentences), 1000):
        for x, y in described(sentences[block : block + 1000], lists):
            trainer.append(x, y)
            labels.update(y)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
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


def main(arguments: list[str]) -> None:
    """Train, save, and print what the held part says."""
    options = {k: float(v) for k, _, v in (a.partition("=") for a in arguments) if re.fullmatch(r"[\d.]+", v)}
    data, language, clusters, lists, *more = [a for a in arguments if "=" not in a]
    arrays = word_lists(Path(clusters), Path(lists))
    sentences = [s for source in SOURCES[language] for s in source(Path(data))]
    sentences += [s for file in more if file.endswith(".tsv") for s in corpora.tagged(Path(file))]
    out = [file for file in more if file.endswith(".npz")]
    begun = time.time()
    tagger, labels = trained(sentences, WordLists(arrays, language=language), options)
    saved = exported(tagger, labels, arrays)
    path = Path(out[0]) if out else MODELS / language / "names.npz"
    np.savez_compressed(path, **saved)  # type: ignore[arg-type]
    print(
        f"{len(sentences)} sentences, {len(saved['ids'])} features, {path.stat().st_size / 1e6:.1f} MB, {time.time() - begun:.0f} s"
    )
    model = NameModel(saved, language=language)
    held = list(HELD[language](Path(data)))
    begun = time.time()
    for kind, figures in measured(model, held).items():
        print(kind, " ".join(f"{f:.1f}" for f in figures))
    begun = time.time()
    measured(model, held)
    print(f"{sum(len(s.words) for s in held) / (time.time() - begun):.0f} words/s")


if __name__ == "__main__":
    main(sys.argv[1:])
