"""Averaged-perceptron training (Collins 2002) of the tagger and the morphology."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

import random
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled
from depesche.clauses.hashing import U
from depesche.clauses.tagger import (
    FEATS_TEMPLATES,
    TAG_TEMPLATES,
    best_of,
    feats_features,
    scored,
    tag_features,
)

Floats = npt.NDArray[np.float32]
_ROOM = 1024


@compiled
def _update(features, count, weights, sums, good, bad, clock) -> None:
    mask = U(len(weights) - 1)
    for j in range(count):
        row = np.int64(features[j] & mask)
        weights[row, good] += 1
        weights[row, bad] -= 1
        sums[row, good] += clock
        sums[row, bad] -= clock


@compiled
def _learn_tags(rows, gold, gold_upos, upos_of, weights, sums, style, clock) -> float:
    """One sentence; where only the universal part of speech is known, the best tag that has it counts as gold."""
    features = np.empty(TAG_TEMPLATES, np.uint64)
    classes = weights.shape[1]
    scores = np.empty(classes, np.float32)
    before = before2 = -1
    for i in range(len(rows)):
        tag_features(rows, i, before, before2, style, features)
        scored(features, TAG_TEMPLATES, weights, classes, scores)
        found = best_of(scores, classes)
        wanted = gold[i]
        if wanted < 0:
            for k in range(classes):
                if upos_of[k] == gold_upos[i] and (wanted < 0 or scores[k] > scores[wanted]):
                    wanted = k
        if wanted >= 0 and wanted != found:
            _update(features, TAG_TEMPLATES, weights, sums, wanted, found, clock)
        clock += 1
        before2 = before
        before = found
    return clock


@compiled
def _learn_feats(rows, tags, sizes, gold, weights, sums, style, clock) -> float:
    features = np.empty(FEATS_TEMPLATES, np.uint64)
    scores = np.empty(weights.shape[1], np.float32)
    before = before2 = -1
    for i in range(len(rows)):
        tag = tags[i]
        found = 0
        if sizes[tag] > 1:
            feats_features(rows, i, tags, before, before2, style, features)
            scored(features, FEATS_TEMPLATES, weights, sizes[tag], scores)
            found = best_of(scores, sizes[tag])
            if gold[i] >= 0 and gold[i] != found:
                _update(features, FEATS_TEMPLATES, weights, sums, gold[i], found, clock)
            clock += 1
        before2 = before
        before = tag * _ROOM + found
    return clock


def averaged(
    count: int, *, epochs: int, seeds: int, shape: tuple[int, int], step: Callable[[int, Floats, Floats, float], float]
) -> Floats:
    """The mean of averaged perceptrons that met the sentences in different orders: each errs elsewhere, and one table holds them all."""
    mean = np.zeros(shape, np.float32)
    for seed in range(seeds):
        weights, sums = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        clock = 1.0
        order = list(range(count))
        for epoch in range(epochs):
            random.Random(epoch + 1000 * seed).shuffle(order)  # noqa: S311 (an order of learning, no secret)
            for k in order:
                clock = step(k, weights, sums, clock)
        sums /= np.float32(-clock * seeds)
        mean += sums
        weights /= np.float32(seeds)
        mean += weights
    return mean


def learn_tags(
    rows: Sequence[npt.NDArray[np.int64]],
    gold: Sequence[npt.NDArray[np.int64]],
    *,
    gold_upos: Sequence[npt.NDArray[np.int64]],
    upos_of: npt.NDArray[np.int64],
    styles: Sequence[int],
    bits: int,
    epochs: int,
    seeds: int,
) -> Floats:
    """Weights of the tag model, float32 of shape (2**bits, tags)."""
    return averaged(
        len(rows),
        epochs=epochs,
        seeds=seeds,
        shape=(1 << bits, len(upos_of)),
        step=lambda k, weights, sums, clock: _learn_tags(
            rows[k], gold[k], gold_upos[k], upos_of, weights, sums, styles[k], clock
        ),
    )


def learn_feats(
    rows: Sequence[npt.NDArray[np.int64]],
    tags: Sequence[npt.NDArray[np.int64]],
    *,
    sizes: npt.NDArray[np.int64],
    gold: Sequence[npt.NDArray[np.int64]],
    styles: Sequence[int],
    bits: int,
    epochs: int,
    seeds: int,
) -> Floats:
    """Weights of the morphology, float32 of shape (2**bits, largest number of bundles of a tag)."""
    return averaged(
        len(rows),
        epochs=epochs,
        seeds=seeds,
        shape=(1 << bits, int(sizes.max())),
        step=lambda k, weights, sums, clock: _learn_feats(
            rows[k], tags[k], sizes, gold[k], weights, sums, styles[k], clock
        ),
    )
