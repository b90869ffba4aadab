"""Training of the second-order parts: structured hinge loss on trees found by climbing, AdaGrad, averaged weights."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, C901, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.clauses.climbing import CANDIDATES, best_tree, choose, crossings, tree_score
from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U
from depesche.clauses.parts import (
    GRAND_TEMPLATES,
    HEAD_TEMPLATES,
    SIBLING_TEMPLATES,
    grand_features,
    head_features,
    sibling_features,
)

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@compiled
def _push(features, count, weights, squares, push, rate) -> None:
    mask = U(len(weights) - 1)
    for j in range(count):
        row = np.int64(features[j] & mask)
        squares[row] += push * push
        weights[row] += rate * push / np.sqrt(squares[row])


@compiled
def _credit(view, heads, other, weights, squares, push, rate) -> None:
    """Push the weights of the parts of one tree that another tree lacks."""
    n = len(heads)
    out = np.empty(32, np.uint64)
    own = np.empty(n, np.int64)
    for head in range(n):
        differs = False
        for k in range(n):
            if (heads[k] == head) != (other[k] == head):
                differs = True
        if differs:
            for start, stop, step in ((head - 1, -1, -1), (head + 1, n, 1)):
                sibling = -1
                for k in range(start, stop, step):
                    if heads[k] == head:
                        sibling_features(view, head, sibling, k, out)
                        _push(out, SIBLING_TEMPLATES, weights, squares, push, rate)
                        sibling = k
            count = 0
            for k in range(n):
                if heads[k] == head:
                    own[count] = k
                    count += 1
            head_features(view, head, own, count, out)
            _push(out, HEAD_TEMPLATES, weights, squares, push, rate)
    for m in range(n):
        h = heads[m]
        if h < n and (other[m] != h or other[h] != heads[h]):
            grand_features(view, heads[h], h, m, out)
            _push(out, GRAND_TEMPLATES, weights, squares, push, rate)


@compiled
def crossed(heads) -> int:
    """How many pairs of arcs of a tree cross."""
    count = 0
    for m in range(len(heads)):
        if heads[m] < len(heads):
            count += crossings(heads, heads[m], m)
    return count // 2


@compiled
def _learn(view, scores, gold, weights, squares, bend, rate, cost) -> tuple[float, int]:
    n = len(gold)
    base = np.empty((n + 1, n), np.float32)
    candidates = np.empty((n, CANDIDATES), np.int64)
    counts = np.zeros(n, np.int64)
    choose(scores, candidates, counts, base)
    for m in range(n):
        base[gold[m], m] -= np.float32(cost)
    heads = np.empty(n, np.int64)
    found = best_tree(view, base, candidates, counts, weights, bend, heads)
    if (heads == gold).all() or tree_score(view, base, gold, weights, bend) >= found:
        return bend, 0
    _credit(view, gold, heads, weights, squares, 1.0, rate)
    _credit(view, heads, gold, weights, squares, -1.0, rate)
    step = crossed(gold) - crossed(heads)
    return min(0.0, bend + 0.01 * step), 1


def learn_trees(
    views: Sequence[Ints],
    scores: Sequence[Floats],
    heads: Sequence[Ints],
    *,
    bits: int,
    epochs: int,
    seeds: int,
    rate: float = 0.05,
    cost: float = 0.5,
) -> tuple[Floats, float]:
    """Weights of the second-order parts, float32 of length 2**bits, and the weight of a crossing."""
    average = np.zeros(1 << bits, np.float64)
    added, bends = 0, 0.0
    order = [k for k in range(len(views)) if len(heads[k]) > 1]
    for seed in range(seeds):
        weights, squares, bend = np.zeros(1 << bits, np.float32), np.full(1 << bits, 1e-1, np.float32), -1.0
        for epoch in range(epochs):
            random.Random(epoch + 1000 * seed).shuffle(order)  # noqa: S311 (an order of learning, no secret)
            for count, k in enumerate(order):
                n = len(heads[k])
                gold = np.where(heads[k] < 0, n, heads[k])
                bend, _ = _learn(views[k], scores[k], gold, weights, squares, bend, rate, cost)
                if count % (len(order) // 4) == 0 and (epoch > 0 or epochs == 1):
                    average += weights
                    bends += bend
                    added += 1
    return (average / max(1, added)).astype(np.float32), bends / max(1, added)
