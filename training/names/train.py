"""Train the name model of one language and save it as `src/depesche/models/{language}/names.npz`.

    python -m training.names.train DATA de CLUSTERS.npz LISTS.npz [TAGGED.tsv…] [OUT.npz] [option=value…]

Options are the fields of `Plan`. Sets learned from: `SOURCES`.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from training.names import corpora
from training.names.corpora import Tagged
from training.names.described import numbered, word_lists
from training.names.field import Doubles, Floats, Material, learn
from training.names.measure import bioes, measured

from depesche.clauses.names.model import NameModel, WordLists


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How to learn (see `field.learn`) and what to keep of it.

    A feature is learned that `minimum` tokens have, and kept where one of its weights is above `least`; weights below `faint` are made
    zero, and the rest rounded to so many `steps` from zero to the largest.
    """

    rounds: int = 5
    seeds: int = 4
    rate: float = 0.05
    held: float = 0.1
    minimum: int = 2
    least: float = 0.06
    faint: float = 0.02
    steps: int = 120


SOURCES: dict[str, tuple[Callable[[Path], Iterator[Tagged]], ...]] = {
    "de": (corpora.germeval_train,),
    "en": (lambda data: corpora.uner(data, "dev"), lambda data: corpora.uner(data, "dev"), corpora.re3d),
}
HELD: dict[str, Callable[[Path], Iterator[Tagged]]] = {
    "de": corpora.germeval_dev,
    "en": lambda data: corpora.uner(data, "test"),
}
MODELS = Path(__file__).parents[2] / "src/depesche/models"


def prepared(sentences: list[Tagged], lists: WordLists, *, least: int) -> Material:
    """Sentences with their features; those met in fewer than `least` tokens are left out."""
    told = numbered(sentences, lists)
    numbers, counts = np.unique(told, return_counts=True)
    numbers = numbers[(counts >= least) & (numbers > 0)]
    place = np.minimum(np.searchsorted(numbers, told), len(numbers) - 1)
    rows = np.where(numbers[place] == told, place, -1).astype(np.int32)
    gold = [bioes(sentence.labels) for sentence in sentences]
    labels = ["O", *sorted({label for own in gold for label in own} - {"O"})]
    number = {label: i for i, label in enumerate(labels)}
    return Material(
        rows=rows,
        gold=np.array([number[label] for own in gold for label in own], np.int64),
        borders=np.cumsum([0, *(len(own) for own in gold)]).astype(np.int64),
        numbers=numbers,
        labels=labels,
        follows=np.array([[float(follows(a, b)) for b in labels] for a in labels]),
    )


def exported(
    told: Material, weights: Floats, moves: Doubles, *, plan: Plan, lists: dict[str, npt.NDArray[np.generic]]
) -> dict[str, npt.NDArray[np.generic]]:
    """The model as arrays: feature numbers, quantised weights, transitions, word lists."""
    kept = np.abs(weights).max(1) > plan.least
    weights = np.where(np.abs(weights) < plan.faint, 0, weights)
    scale = np.float32(np.abs(weights).max() / plan.steps)
    return {
        "labels": np.array(told.labels), "transitions": np.where(told.follows > 0, moves, -30.0).astype(np.float32),
        "ids": told.numbers[kept], "weights": np.round(weights[kept] / scale).astype(np.int16), "scale": np.array(scale),
        **lists,
    }  # fmt: skip


def follows(a: str, b: str) -> bool:
    """Whether label b may come after label a in BIOES."""
    opened = a[0] in "BI"
    return (b[0] in "IE" and a[1:] == b[1:]) if opened else b[0] not in "IE"


def main(arguments: list[str]) -> None:
    """Train, save, and print what the held part says."""
    options = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    plan = msgspec.convert(options, Plan, strict=False)
    data, language, clusters, lists, *more = [a for a in arguments if "=" not in a]
    arrays = word_lists(Path(clusters), Path(lists))
    sentences = [s for source in SOURCES[language] for s in source(Path(data))]
    sentences += [s for file in more if file.endswith(".tsv") for s in corpora.tagged(Path(file))]
    begun = time.time()
    told = prepared(sentences, WordLists(arrays, language=language), least=plan.minimum)
    weights, moves = learn(told, rounds=plan.rounds, seeds=range(plan.seeds), rate=plan.rate, held=plan.held)
    saved = exported(told, weights, moves, plan=plan, lists=arrays)
    path = Path(next((file for file in more if file.endswith(".npz")), MODELS / language / "names.npz"))
    np.savez_compressed(path, **saved)  # type: ignore[arg-type]
    size = path.stat().st_size / 1e6
    print(
        f"{len(sentences)} sentences, {len(saved['ids'])} features, {size:.1f} MB, {time.time() - begun:.0f} s",
        flush=True,
    )
    for kind, figures in measured(NameModel(saved, language=language), list(HELD[language](Path(data)))).items():
        print(kind, " ".join(f"{f:.1f}" for f in figures))


if __name__ == "__main__":
    main(sys.argv[1:])
