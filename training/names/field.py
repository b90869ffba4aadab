"""Training of the name model: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001), learned sentence by sentence.

Steps by AdaGrad (Duchi, Hazan and Singer 2011), weights averaged over the rounds, and in each step a share of the features held back, so
that the model does not lean on the word alone where its neighbours, its classes and its letters tell as much (Wang and Manning 2013).
"""

# Compiled loops take their arrays one by one and know no keywords.
# ruff: noqa: ANN001, C901, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_SMALL = 0.01
"""A label whose probability is less wrong than this teaches nothing."""
_EARLY = 0.1
"""What the running squares of AdaGrad begin with."""
_SKIPPED = 2
"""Rounds before the first whose weights enter the mean."""
_PARTS = 4
"""Parts of a round after each of which the weights enter the mean."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences ready to be learned from.

    Attributes:
        rows: features of each token as places among `numbers`, -1 for none; int32 of shape (tokens, slots).
        gold: the label of each token.
        borders: where each sentence begins, and the number of tokens.
        numbers: the features that are learned.
        labels: the labels, "O" first.
        follows: 1 where a label may come after another, shape (labels, labels).
    """

    rows: npt.NDArray[np.int32]
    gold: Ints
    borders: Ints
    numbers: npt.NDArray[np.uint32]
    labels: list[str]
    follows: Doubles


@compiled
def _emit(rows, shown, weights, out) -> None:
    for i in range(len(rows)):
        out[i] = 0
        for j in range(rows.shape[1]):
            row = rows[i, j]
            if row >= 0 and shown[i, j]:
                for y in range(out.shape[1]):
                    out[i, y] += weights[row, y]


@compiled
def _forth_and_back(scores, moves, follows, ahead, behind, likely) -> None:
    """Probabilities of labels, by scaled sums over all paths; `ahead` and `behind` hold those sums afterwards."""
    n, labels = scores.shape
    for i in range(n):
        top = scores[i].max()
        total = 0.0
        for y in range(labels):
            reached = follows[0, y]
            if i > 0:
                reached = 0.0
                for x in range(labels):
                    reached += ahead[i - 1, x] * moves[x, y]
            ahead[i, y] = reached * np.exp(scores[i, y] - top)
            total += ahead[i, y]
        ahead[i] /= total
    behind[n - 1] = follows[:, 0]
    for i in range(n - 2, -1, -1):
        top = scores[i + 1].max()
        total = 0.0
        for x in range(labels):
            reached = 0.0
            for y in range(labels):
                reached += moves[x, y] * np.exp(scores[i + 1, y] - top) * behind[i + 1, y]
            behind[i, x] = reached
            total += reached
        behind[i] /= total
    for i in range(n):
        likely[i] = ahead[i] * behind[i]
        likely[i] /= likely[i].sum()


@compiled
def _learn_moves(scores, gold, tables, moves, follows, ahead, behind, rate) -> None:
    labels = len(moves)
    transitions, squares = tables
    pairs = np.empty((labels, labels), np.float64)
    for i in range(1, len(scores)):
        top = scores[i].max()
        total = 0.0
        for x in range(labels):
            for y in range(labels):
                pairs[x, y] = ahead[i - 1, x] * moves[x, y] * np.exp(scores[i, y] - top) * behind[i, y]
                total += pairs[x, y]
        for x in range(labels):
            for y in range(labels):
                push = (1.0 if gold[i - 1] == x and gold[i] == y else 0.0) - pairs[x, y] / total
                if follows[x, y] > 0 and abs(push) > _SMALL / 10:
                    squares[x, y] += push * push
                    transitions[x, y] += rate * push / np.sqrt(squares[x, y])


@compiled
def _learn(rows, gold, borders, order, words, between, follows, rate, held, seed) -> None:
    """Learn some sentences; `words` and `between` are weights with their running squares."""
    np.random.seed(seed)  # noqa: NPY002 (compiled code has no other)
    weights, squares = words
    for s in order:
        own = rows[borders[s] : borders[s + 1]]
        told = gold[borders[s] : borders[s + 1]]
        n, slots = own.shape
        if n == 0:
            continue
        shown = np.ones((n, slots), np.uint8)
        for i in range(n):
            for j in range(slots):
                if np.random.random() < held:  # noqa: NPY002
                    shown[i, j] = 0
        scores = np.empty((n, weights.shape[1]), np.float32)
        ahead, behind, likely = np.empty((3, n, weights.shape[1]), np.float64)
        _emit(own, shown, weights, scores)
        moves = np.exp(between[0]) * follows
        _forth_and_back(scores, moves, follows, ahead, behind, likely)
        _learn_moves(scores, told, between, moves, follows, ahead, behind, rate)
        for i in range(n):
            for y in range(weights.shape[1]):
                push = (1.0 if told[i] == y else 0.0) - likely[i, y]
                if abs(push) < _SMALL:
                    continue
                for j in range(slots):
                    row = own[i, j]
                    if row >= 0 and shown[i, j]:
                        squares[row, y] += push * push
                        weights[row, y] += rate * push / np.sqrt(squares[row, y])


def learn(told: Material, *, rounds: int, seeds: Sequence[int], rate: float, held: float) -> tuple[Floats, Doubles]:
    """Weights of (feature, label) and of (label, label): the mean over rounds and over orders of learning.

    Args:
        told: what to learn from.
        rounds: passes over it.
        seeds: an order of learning each.
        rate: length of the first steps.
        held: share of the features that a step does not see.
    """
    size, labels = len(told.numbers), len(told.labels)
    mean, moves, added = np.zeros((size, labels), np.float32), np.zeros((labels, labels)), 0
    for seed in seeds:
        words = np.zeros((size, labels), np.float32), np.full((size, labels), _EARLY, np.float32)
        between = np.zeros((labels, labels)), np.full((labels, labels), _EARLY)
        order = np.arange(len(told.borders) - 1)
        for number in range(rounds):
            np.random.default_rng(1000 * seed + number).shuffle(order)
            for k, part in enumerate(np.array_split(order, _PARTS)):
                _learn(
                    told.rows, told.gold, told.borders, part, words, between, told.follows, rate, held,
                    (1000 * seed + number) * _PARTS + k,
                )  # fmt: skip
                if number >= _SKIPPED:
                    mean += words[0]
                    moves += between[0]
                    added += 1
    return mean / np.float32(max(1, added)), moves / max(1, added)
