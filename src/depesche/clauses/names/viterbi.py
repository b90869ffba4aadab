"""The best sequence of labels of a linear-chain model, and how sure it is of each name."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@compiled
def best_path(emissions: Floats, transitions: Floats) -> Ints:
    """Viterbi: the label of each token, for token scores (n, labels) and label-to-label scores (labels, labels)."""
    n, labels = emissions.shape
    score = emissions[0].copy()
    back = np.zeros((n, labels), np.int64)
    for i in range(1, n):
        fresh = np.empty(labels, np.float32)
        for y in range(labels):
            best = score[0] + transitions[0, y]
            for x in range(1, labels):
                value = score[x] + transitions[x, y]
                if value > best:
                    best = value
                    back[i, y] = x
            fresh[y] = best + emissions[i, y]
        score = fresh
    path = np.zeros(n, np.int64)
    path[n - 1] = np.argmax(score)
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


@compiled
def span_confidence(  # noqa: C901 (two sweeps in one compiled loop)
    emissions: Floats, transitions: Floats, path: Ints, spans: Ints
) -> Floats:
    """The probability of each span of the path being labelled just so (forward-backward), for spans (k, 2).

    Forward and backward values are kept in bounds by dividing each step's by their sum; the sums are those of the whole path.
    """
    n, labels = emissions.shape
    moves = np.exp(transitions)
    here = np.empty((n, labels), np.float32)
    for i in range(n):
        here[i] = np.exp(emissions[i] - emissions[i].max())
    forward = np.empty((n, labels), np.float32)
    backward = np.ones((n, labels), np.float32)
    size = np.empty(n, np.float32)
    for i in range(n):
        for y in range(labels):
            value = np.float32(1.0)
            if i > 0:
                value = np.float32(0.0)
                for x in range(labels):
                    value += forward[i - 1, x] * moves[x, y]
            forward[i, y] = value * here[i, y]
        size[i] = forward[i].sum()
        forward[i] /= size[i]
    for i in range(n - 2, -1, -1):
        for x in range(labels):
            value = np.float32(0.0)
            for y in range(labels):
                value += moves[x, y] * here[i + 1, y] * backward[i + 1, y]
            backward[i, x] = value / size[i + 1]
    sure = np.empty(spans.shape[0], np.float32)
    for k in range(spans.shape[0]):
        start, end = spans[k, 0], spans[k, 1]
        value = forward[start, path[start]] * backward[end - 1, path[end - 1]]
        for i in range(start + 1, end):
            value *= moves[path[i - 1], path[i]] * here[i, path[i]] / size[i]
        sure[k] = min(value, np.float32(1.0))
    return sure
