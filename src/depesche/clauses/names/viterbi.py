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
def _log_sum(values: Floats) -> float:
    top = values.max()
    total = 0.0
    for value in values:
        total += np.exp(value - top)
    return float(top + np.log(total))


@compiled
def span_confidence(emissions: Floats, transitions: Floats, path: Ints, spans: Ints) -> Floats:
    """The probability of each span of the path being labelled just so (forward-backward), for spans (k, 2)."""
    n, labels = emissions.shape
    forward = np.empty((n, labels), np.float32)
    backward = np.zeros((n, labels), np.float32)
    forward[0] = emissions[0]
    for i in range(1, n):
        for y in range(labels):
            forward[i, y] = _log_sum(forward[i - 1] + transitions[:, y]) + emissions[i, y]
    for i in range(n - 2, -1, -1):
        for x in range(labels):
            backward[i, x] = _log_sum(transitions[x] + emissions[i + 1] + backward[i + 1])
    whole = _log_sum(forward[n - 1])
    sure = np.empty(spans.shape[0], np.float32)
    for k in range(spans.shape[0]):
        start, end = spans[k, 0], spans[k, 1]
        value = forward[start, path[start]] + backward[end - 1, path[end - 1]] - whole
        for i in range(start + 1, end):
            value += transitions[path[i - 1], path[i]] + emissions[i, path[i]]
        sure[k] = np.exp(min(value, 0.0))
    return sure
