"""Training of the head-selection model: softmax over heads, AdaGrad (Duchi, Hazan and Singer 2011), averaged weights."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.clauses.arcs import ARC_TEMPLATES, COARSE, TAG, UNSEEN, arc_features, arc_scores
from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_FAR = 255
_DISTANCES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 40, 60, _FAR])
_UNLIKELY = 0.002
_PRIOR = 50
"""As many pairs of fine tags as their universal parts of speech count for."""


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


@compiled
def _count(view, heads, column, buckets, met, taken) -> None:
    n = len(heads)
    for child in range(n):
        for head in range(n):
            if head != child:
                apart = buckets[min(abs(head - child), _FAR)]
                place = view[head, column], view[child, column], 1 if head < child else 0
                met[place][apart] += 1
                taken[place][apart] += 1 if heads[child] == head else 0


def reach_of(views: Sequence[Ints], heads: Sequence[Ints], *, coarse: Ints) -> Ints:
    """How far apart heads and children of two fine tags may be, int64 of shape (tags, tags, 2 sides).

    The longest distance at which one in `1 / _UNLIKELY` pairs still is an arc. What is too rare to tell leans on the universal parts of
    speech; the longest arc that was seen would be too long for frequent tags and too short for rare ones.

    Args:
        views: what the parser sees of each sentence.
        heads: the gold heads.
        coarse: universal part of speech of each tag.
    """
    buckets = np.searchsorted(_DISTANCES, np.arange(_FAR + 1))
    shares = []
    counts = []
    for column, kinds in ((TAG, len(coarse)), (COARSE, int(coarse.max()) + 1)):
        met, taken = np.zeros((2, kinds, kinds, 2, len(_DISTANCES)), np.int64)
        for view, own in zip(views, heads, strict=True):
            _count(view, own, column, buckets, met, taken)
        counts.append((met, taken))
        shares.append(taken / np.maximum(met, 1))
    (met, taken), prior = counts[0], shares[1][coarse][:, coarse]
    likely = (taken + _PRIOR * prior) / (met + _PRIOR) >= _UNLIKELY
    return np.where(likely, _DISTANCES, 0).max(-1)


def learn_heads(
    views: Sequence[Ints],
    sums: Sequence[Ints],
    heads: Sequence[Ints],
    *,
    reach: Ints,
    bits: int,
    epochs: int,
    seeds: int,
    rate: float = 0.05,
) -> Floats:
    """Weights of the head-selection model, float32 of length 2**bits: the mean over epochs and over orders of learning."""
    average = np.zeros(1 << bits, np.float64)
    added = 0
    order = list(range(len(views)))
    longest = max(len(v) for v in views)
    room = np.zeros((longest, longest), np.float32)
    for seed in range(seeds):
        weights = np.zeros(1 << bits, np.float32)
        squares = np.full(1 << bits, 1e-1, np.float32)
        for epoch in range(epochs):
            random.Random(epoch + 1000 * seed).shuffle(order)  # noqa: S311 (an order of learning, no secret)
            for count, k in enumerate(order):
                n = len(views[k])
                _learn(views[k], sums[k], reach, heads[k], weights, squares, rate, room[:n, : n - 1])
                if epoch > 1 and count % (len(order) // 4) == 0:
                    average += weights
                    added += 1
    return (average / max(1, added)).astype(np.float32)
