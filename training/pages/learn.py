"""Two looks, learned: networks on what a block shows, then boosted trees on that and what the networks thought around it."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier

from depesche.blocks.context import context_features
from depesche.blocks.forest import Forest, Looks, Network
from depesche.blocks.looking import first_look, second_look

Floats = npt.NDArray[np.float32]
FOLDS = 5
Number = TypeVar("Number", np.float32, np.int64)


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One page as the classifiers see it: its publisher, features, gold classes, how its blocks belong together, which are asked about."""

    name: str
    publisher: str
    language: str
    rows: Floats
    gold: npt.NDArray[np.int64]
    sizes: Floats
    groups: tuple[npt.NDArray[np.int64], ...]
    asked: npt.NDArray[np.bool_] | None = None


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What is tuned: sizes and regularisation of both looks."""

    networks: int = 4
    hidden: int = 24
    decay: float = 0.3
    epochs: int = 12
    rounds: int = 80
    leaves: int = 10
    rate: float = 0.08
    columns: float = 0.15
    sure: float = 0.98


def fit_network(rows: Floats, gold: npt.NDArray[np.int64], recipe: Recipe) -> Network:
    """The first look."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale < 1e-6] = 1
    standard = np.clip((rows - mean) / scale, -6, 6)
    models = [
        MLPClassifier(
            (recipe.hidden,), alpha=recipe.decay, max_iter=recipe.epochs, batch_size=256, random_state=seed
        ).fit(standard, gold)
        for seed in range(recipe.networks)
    ]
    return Network(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        weights=np.stack([m.coefs_[0] for m in models]).astype(np.float32),
        bias=np.stack([m.intercepts_[0] for m in models]).astype(np.float32),
        out=np.stack([m.coefs_[1] for m in models]).astype(np.float32),
        out_bias=np.stack([m.intercepts_[1] for m in models]).astype(np.float32),
    )


def fit_forest(rows: Floats, gold: npt.NDArray[np.int64], recipe: Recipe) -> Forest:
    """The second look."""
    model = HistGradientBoostingClassifier(
        max_iter=recipe.rounds, max_leaf_nodes=recipe.leaves, learning_rate=recipe.rate, min_samples_leaf=10,
        l2_regularization=1.0, max_features=recipe.columns, random_state=0, early_stopping=False,
    ).fit(rows, gold)  # fmt: skip
    return as_forest(model)


def as_forest(model: HistGradientBoostingClassifier) -> Forest:
    """The trees as plain arrays."""
    columns, thresholds, lefts, rights, values = [], [], [], [], []
    roots: list[list[int]] = []
    start = 0
    for turn in model._predictors:  # noqa: SLF001 (the trees have no public door)
        roots.append([])
        for tree in turn:
            nodes = tree.nodes
            roots[-1].append(start)
            leaf = nodes["is_leaf"].astype(bool)
            columns.append(np.where(leaf, -1, nodes["feature_idx"]))
            thresholds.append(nodes["num_threshold"])
            lefts.append(nodes["left"].astype(np.int64) + start)
            rights.append(nodes["right"].astype(np.int64) + start)
            values.append(np.where(leaf, nodes["value"], 0))
            start += len(nodes)
    return Forest(
        roots=np.array(roots, dtype=np.int32),
        column=np.concatenate(columns).astype(np.int32),
        threshold=np.concatenate(thresholds).astype(np.float32),
        left=np.concatenate(lefts).astype(np.int32),
        right=np.concatenate(rights).astype(np.int32),
        value=np.concatenate(values).astype(np.float32),
        base=np.asarray(model._baseline_prediction, dtype=np.float32).reshape(-1),  # noqa: SLF001 (likewise)
    )


def second_rows(sample: Sample, first: Floats) -> Floats:
    """What the second look sees of a page."""
    return np.concatenate([sample.rows, context_features(first, sample.sizes, sample.groups)], axis=1)


def folded(samples: Sequence[Sample]) -> list[tuple[list[int], list[int]]]:
    """Pages to learn from and pages to measure on, no publisher in both."""
    split = GroupKFold(FOLDS).split(samples, groups=[s.publisher for s in samples])
    return [(learn.tolist(), measure.tolist()) for learn, measure in split]


def cross_validated(samples: Sequence[Sample], recipe: Recipe, *, columns: Sequence[str]) -> list[Looks]:
    """For each page the models of its fold, which never saw its publisher.

    The second look learns from first looks at unseen publishers, as it will have to work.
    """
    folds = folded(samples)
    firsts = [fit_network(_rows(samples, learn), _gold(samples, learn), recipe) for learn, _ in folds]
    seconds: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(samples)
    for first, (_, measure) in zip(firsts, folds, strict=True):
        for i in measure:
            seconds[i] = second_rows(samples[i], first_look(samples[i].rows, first, asked=samples[i].asked))
    found: dict[int, Looks] = {}
    for first, (learn, measure) in zip(firsts, folds, strict=True):
        second = _second(samples, seconds, learn, recipe)
        found |= dict.fromkeys(measure, Looks(first=first, second=second, columns=tuple(columns), sure=recipe.sure))
    return [found[i] for i in range(len(samples))]


def fitted(samples: Sequence[Sample], models: Sequence[Looks], recipe: Recipe) -> Looks:
    """Models of all pages; the second look again learns from what `models` (of other folds) saw first."""
    everything = list(range(len(samples)))
    first = fit_network(_rows(samples, everything), _gold(samples, everything), recipe)
    seconds = [second_rows(s, first_look(s.rows, m.first, asked=s.asked)) for s, m in zip(samples, models, strict=True)]
    second = _second(samples, seconds, everything, recipe)
    return Looks(first=first, second=second, columns=models[0].columns, sure=recipe.sure)


def _second(samples: Sequence[Sample], seconds: Sequence[Floats], numbers: Sequence[int], recipe: Recipe) -> Forest:
    """The second look learns from the blocks that it will be asked about: those the first was not sure are nothing."""
    unsure = [np.flatnonzero(seconds[i][:, samples[i].rows.shape[1]] < recipe.sure) for i in numbers]
    rows = np.concatenate([seconds[i][kept] for i, kept in zip(numbers, unsure, strict=True)])
    gold = np.concatenate([samples[i].gold[kept] for i, kept in zip(numbers, unsure, strict=True)])
    return fit_forest(rows, gold, recipe)


def probabilities(sample: Sample, models: Looks) -> Floats:
    """Class probabilities of one page by given models."""
    return second_look(sample.rows, sample.sizes, sample.groups, models=models, asked=sample.asked)


def _rows(samples: Sequence[Sample], numbers: Sequence[int]) -> Floats:
    return np.concatenate([_asked(samples[i], samples[i].rows) for i in numbers])


def _gold(samples: Sequence[Sample], numbers: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([_asked(samples[i], samples[i].gold) for i in numbers])


def _asked(sample: Sample, values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    return values if sample.asked is None else values[sample.asked]
