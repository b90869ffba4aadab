"""Training of the head-selection model: softmax over heads, AdaGrad (Duchi, Hazan and Singer 2011), averaged weights."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.clauses.arcs import ARC_TEMPLATES, TAG, UNSEEN, arc_features, arc_scores
from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_RARE = 30
_FAR = 255


@compiled
def _learn(view, sums, reach, heads, weights, squares, rate, scores) -> float:
    n = len(view) - 1
    arc_scores(view, sums, reach, weights, scores)
    features = np.empty(ARC_TEMPLATES, np.uint64)
    mask = U(len(weights) - 1)
    loss = 0.0
    for child in range(n):
        gold = heads[child] if heads[child] >= 0 else n
        top = scores[0, child]
        for head in range(1, n + 1):
            top = max(top, scores[head, child])
        total = 0.0
        for head in range(n + 1):
            total += np.exp(scores[head, child] - top)
        loss -= scores[gold, child] - top - np.log(total)
        for head in range(n + 1):
            push = (1.0 if head == gold else 0.0) - np.exp(scores[head, child] - top) / total
            if abs(push) < 0.01 or scores[head, child] <= UNSEEN:
                continue
            arc_features(view, sums, head, child, features)
            for j in range(ARC_TEMPLATES):
                row = np.int64(features[j] & mask)
                squares[row] += push * push
                weights[row] += rate * push / np.sqrt(squares[row])
    return loss


def reach_of(views: Sequence[Ints], heads: Sequence[Ints], *, tags: int) -> Ints:
    """How far apart heads and children of two fine tags may be, int64 of shape (tags, tags, 2 sides).

    A third more than was seen; tags that are too rare to tell may be anywhere.
    """
    reach = np.zeros((tags, tags, 2), np.int64)
    seen = np.zeros(tags, np.int64)
    for view, own in zip(views, heads, strict=True):
        for child, head in enumerate(own):
            seen[view[child, TAG]] += 1
            if head >= 0:
                place = view[head, TAG], view[child, TAG], int(head < child)
                reach[place] = max(reach[place], abs(head - child) * 4 // 3 + 1)
    rare = seen < _RARE
    reach[rare], reach[:, rare] = _FAR, _FAR
    return np.minimum(reach, _FAR)


def learn_heads(
    views: Sequence[Ints],
    sums: Sequence[Ints],
    heads: Sequence[Ints],
    *,
    reach: Ints,
    bits: int,
    epochs: int,
    rate: float = 0.05,
) -> Floats:
    """Weights of the head-selection model, float32 of length 2**bits."""
    weights = np.zeros(1 << bits, np.float32)
    squares = np.full(1 << bits, 1e-1, np.float32)
    average = np.zeros(1 << bits, np.float64)
    added = 0
    order = list(range(len(views)))
    longest = max(len(v) for v in views)
    room = np.zeros((longest, longest), np.float32)
    for epoch in range(epochs):
        random.Random(epoch).shuffle(order)  # noqa: S311 (an order of learning, no secret)
        for count, k in enumerate(order):
            n = len(views[k])
            _learn(views[k], sums[k], reach, heads[k], weights, squares, rate, room[:n, : n - 1])
            if epoch > 1 and count % (len(order) // 4) == 0:
                average += weights
                added += 1
    return (average / max(1, added)).astype(np.float32) if added else weights
