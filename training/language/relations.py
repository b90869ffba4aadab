"""Averaged-perceptron training of the relations, on trees as the parser makes them."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from training.language.perceptron import averaged

from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U
from depesche.clauses.labels import CONTEXT, LABEL_TEMPLATES, advance, label_features, order_of, surroundings
from depesche.clauses.tagger import best_of, scored

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@compiled
def _learn(view, heads, gold, roles, weights, sums, clock) -> float:
    """One sentence; tokens with a wrong head have gold -1 and teach nothing, but their label is seen by the others."""
    n = len(heads)
    context = np.empty((n, CONTEXT), np.int64)
    surroundings(view, heads, roles, context)
    order = np.zeros(n, np.int64)
    order_of(heads, order)
    features = np.empty(LABEL_TEMPLATES, np.uint64)
    classes = weights.shape[1]
    scores = np.empty(classes, np.float32)
    state = np.zeros(4, np.int64)
    labels = np.full(n, -1, np.int64)
    mask = U(len(weights) - 1)
    governor = -5
    for i in order:
        if heads[i] != governor:
            governor = heads[i]
            state[:] = 0
            state[0] = -1
        label_features(view, heads, context, labels, i, state, features)
        scored(features, LABEL_TEMPLATES, weights, classes, scores)
        found = best_of(scores, classes)
        wanted = gold[i]
        if wanted >= 0 and wanted != found:
            for j in range(LABEL_TEMPLATES):
                row = np.int64(features[j] & mask)
                weights[row, wanted] += 1
                weights[row, found] -= 1
                sums[row, wanted] += clock
                sums[row, found] -= clock
        clock += 1
        labels[i] = found
        advance(view, i, labels[i], state)
    return clock


def learn_labels(
    views: Sequence[Ints],
    trees: Sequence[Ints],
    gold: Sequence[Ints],
    *,
    roles: Ints,
    classes: int,
    bits: int,
    epochs: int,
    seeds: int,
) -> Floats:
    """Weights of the relations, float32 of shape (2**bits, classes)."""

    def step(k: int, weights: Floats, sums: Floats, clock: float) -> float:
        return _learn(views[k], trees[k], gold[k], roles, weights, sums, clock)

    return averaged(len(views), epochs=epochs, seeds=seeds, shape=(1 << bits, classes), step=step)
