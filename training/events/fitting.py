"""Linear models over hashed features: examples, fitting, honest probabilities, and the choice of thresholds."""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from training.events.descent import Sparse, descend, softmax
from training.pages.learn import as_forest

from depesche.blocks.forest import Forest
from depesche.events.model import MODELS, Linear
from depesche.events.slots import BITS

Floats = npt.NDArray[np.float64]
FOLDS = 5
STEPS = 128
"""Weights are rounded to so many steps of one: the files are half as large, and nothing is told differently."""
LEAST_WEIGHT = 0.02
"""Smaller weights are left out: most are, and the files stay small."""


class Examples:
    """Rows of features with their labels, the report each comes from, and a group whose members compete."""

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes = tuple(classes)
        self.rows: list[list[int]] = []
        self.labels: list[int] = []
        self.reports: list[int] = []
        self.groups: list[int] = []
        self.values: list[str] = []
        self.weights: list[float] = []

    def add(  # noqa: PLR0913 (one example has so many sides)
        self, rows: list[int], label: str, *, report: int, group: int = -1, value: str = "", weight: float = 1.0
    ) -> None:
        """One example; `value` is what its group may choose by it."""
        self.values.append(value)
        self.weights.append(weight)
        self.rows.append(rows)
        self.labels.append(self.classes.index(label))
        self.reports.append(report)
        self.groups.append(group)

    def of_reports(self, wanted: set[int]) -> "Examples":
        """Those of some reports."""
        found = Examples(self.classes)
        columns = zip(self.rows, self.labels, self.reports, self.groups, self.weights, strict=True)
        for rows, label, report, group, weight in columns:
            if report in wanted:
                found.add(rows, self.classes[label], report=report, group=group, weight=weight)
        return found

    @property
    def sparse(self) -> Sparse:
        """Their features as one table."""
        ends = np.cumsum([0] + [len(r) for r in self.rows]).astype(np.int64)
        flat = np.fromiter((i for r in self.rows for i in r), np.int32, ends[-1])
        return Sparse(ends, flat, 1 << BITS)


def out_of_fold(examples: Examples, *, strength: float, judged: int | None = None, own: int = 0) -> Floats:
    """Probabilities of each example by a model that did not see its report: (examples, classes).

    Args:
        examples: of all reports.
        strength: inverse of the penalty on large weights.
        judged: only the first so many reports are judged; the others help to learn in every fold, and get zeros.
        own: the first so many reports are most like what will be read.
    """
    sparse, labels, reports = examples.sparse, np.array(examples.labels), np.array(examples.reports)
    weights, classes = np.array(examples.weights), len(examples.classes)
    found = np.zeros((len(labels), classes))
    inside = np.flatnonzero(reports < (judged if judged is not None else reports.max() + 1))
    outside = np.setdiff1d(np.arange(len(labels)), inside)
    for learn, test in GroupKFold(FOLDS).split(inside, labels[inside], reports[inside]):
        rows = np.concatenate([inside[learn], outside])
        model = descend(
            sparse,
            labels,
            rows=rows,
            weights=weights,
            strength=strength,
            classes=classes,
            own=rows[reports[rows] < own],
        )
        found[inside[test]] = softmax(sparse.scores(model, inside[test]))
    return found


def as_linear(examples: Examples, *, strength: float, threshold: float = 0.5, own: int = 0) -> Linear:
    """A model fitted on all examples, in the form in which it is used."""
    weights = descend(
        examples.sparse,
        np.array(examples.labels),
        rows=np.arange(len(examples.labels)),
        weights=np.array(examples.weights),
        strength=strength,
        classes=len(examples.classes),
        own=np.flatnonzero(np.array(examples.reports) < own),
    )
    weights[np.abs(weights) < LEAST_WEIGHT] = 0
    return Linear(weights, classes=examples.classes, threshold=threshold)


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How trees are grown.

    Attributes:
        rounds: how many; `leaves` of each at most; `rate` of learning.
        leaf: examples in a leaf at least; `penalty` on large values.
    """

    rounds: int
    leaves: int
    rate: float
    leaf: int
    penalty: float


def grown(rows: Floats, labels: npt.NDArray[np.bool_], *, recipe: Recipe, weights: Floats) -> Forest:
    """Boosted trees for one yes-or-no question."""
    model = HistGradientBoostingClassifier(
        max_iter=recipe.rounds, max_leaf_nodes=recipe.leaves, learning_rate=recipe.rate, min_samples_leaf=recipe.leaf,
        l2_regularization=recipe.penalty, random_state=0, early_stopping=False,
    ).fit(rows.astype(np.float32), labels, weights)  # fmt: skip
    return as_forest(model)


def write(name: str, model: Linear) -> None:
    """Write a model's weights, rounded, as half floats."""
    MODELS.mkdir(exist_ok=True, parents=True)
    np.savez_compressed(
        MODELS / f"{name}.npz",
        weights=(np.round(model.weights * STEPS) / STEPS).astype(np.float16),
        classes=np.array(model.classes),
        temperature=np.float32(model.temperature),
        threshold=np.float32(model.threshold),
    )


def best_threshold(examples: Examples, chances: Floats, *, negative: str) -> float:
    """The threshold with the best F1 of the labels other than the negative one."""
    labels = np.array(examples.labels)
    none = examples.classes.index(negative)
    positive = np.delete(chances, none, axis=1)
    names = np.delete(np.arange(len(examples.classes)), none)
    answer, sure = names[positive.argmax(axis=1)], positive.max(axis=1)
    best = (0.5, 0.0)
    for threshold in np.arange(0.1, 0.75, 0.025):
        said = sure > threshold
        right = (said & (answer == labels)).sum()
        score = 2 * right / max(1, said.sum() + (labels != none).sum())
        if score > best[1]:
            best = (float(threshold), float(score))
    return best[0]


def best_choice(examples: Examples, chances: Floats, *, kept: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold that serves best where each value counts once an event, by its best mention, and the score: F1, or share of events right."""
    none = len(examples.classes) - 1
    best_of_value: dict[tuple[int, str], tuple[float, int, int]] = {}
    for i in np.flatnonzero(kept):
        key = examples.groups[i], examples.values[i]
        answer = int(chances[i, :none].argmax())
        sure = float(chances[i, answer])
        known = best_of_value.get(key)
        label = examples.labels[i] if known is None or known[2] == none else known[2]
        if known is None or sure > known[0]:
            best_of_value[key] = (sure, answer, label)
        else:
            best_of_value[key] = (known[0], known[1], label)
    if none == 1:
        return most_right(best_of_value)
    table = np.array(list(best_of_value.values()))
    found = (0.0, 0.5)
    for threshold in np.arange(0.15, 0.75, 0.02):
        said = table[:, 0] > threshold
        right = (said & (table[:, 1] == table[:, 2])).sum()
        score = 2 * right / max(1, said.sum() + (table[:, 2] != none).sum())
        found = max(found, (float(score), float(threshold)))
    return found[1], found[0]


def most_right(values: dict[tuple[int, str], tuple[float, int, int]]) -> tuple[float, float]:
    """The threshold with which most events have the right place, time or source, none at all where none is coded; and their share."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for (group, _), (sure, _, label) in values.items():
        groups.setdefault(group, []).append((sure, label == 0))
    best = (0.0, 0.5)
    for threshold in np.arange(0.15, 0.9, 0.02):
        right = 0
        for options in groups.values():
            sure, fitting = max(options)
            right += fitting if sure > threshold else not any(f for _, f in options)
        best = max(best, (right / len(groups), float(threshold)))
    return best[1], best[0]
