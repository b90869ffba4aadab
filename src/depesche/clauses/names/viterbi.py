"""The best sequence of labels of a linear-chain model, and how sure it is of each name."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
"""Positions in a name, in the order of "OBIES"."""


@compiled
def best_path(emissions: Floats, transitions: Floats) -> Ints:
    """Viterbi: the label of each token, for token scores (n, labels) and label-to-label scores (labels, labels)."""
    n, labels = emissions.shape
    score = emissions[0].copy()
    fresh = np.empty(labels, np.float32)
    back = np.zeros((n, labels), np.int32)
    for i in range(1, n):
        own = back[i]
        fresh[:] = score[0] + transitions[0]
        for x in range(1, labels):
            for y in range(labels):
                value = score[x] + transitions[x, y]
                own[y] = x if value > fresh[y] else own[y]
                fresh[y] = max(fresh[y], value)
        score[:] = fresh + emissions[i]
    path = np.zeros(n, np.int64)
    path[n - 1] = np.argmax(score)
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


@compiled
def spans_on(path: Ints, places: Ints, kinds: Ints) -> Ints:
    """The names of a path as `model.spans_of` finds them, (k, 3): first token, token after the last, kind.

    Args:
        path: the label of each token.
        places: of each label, its position in a name.
        kinds: of each label, the number of its kind.
    """
    n = len(path)
    found = np.empty((n, 3), np.int64)
    count, start, kind = 0, -1, -1
    for i in range(n):
        place, value = places[path[i]], kinds[path[i]]
        if start >= 0 and (place in (OUTSIDE, BEGIN, SINGLE) or value != kind):
            found[count, 0], found[count, 1], found[count, 2] = start, i, kind
            count += 1
            start = -1
        if place != OUTSIDE and start < 0:
            start, kind = i, value
    if start >= 0:
        found[count, 0], found[count, 1], found[count, 2] = start, n, kind
        count += 1
    return found[:count]


@compiled
def span_confidence(  # noqa: C901 (two sweeps in one compiled loop)
    emissions: Floats, moves: Floats, path: Ints, spans: Ints
) -> Floats:
    """The probability of each span of the path being labelled just so (forward-backward), for spans (k, 2 or more).

    Forward and backward values are kept in bounds by dividing each step's by their sum; the sums are those of the whole path.

    Args:
        emissions: token scores (n, labels).
        moves: exponentials of the label-to-label scores.
        path: the label of each token.
        spans: first token and token after the last of each.
    """
    n, labels = emissions.shape
    here = np.empty((n, labels), np.float32)
    for i in range(n):
        here[i] = np.exp(emissions[i] - emissions[i].max())
    forward = np.zeros((n, labels), np.float32)
    backward = np.zeros((n, labels), np.float32)
    size = np.empty(n, np.float32)
    for i in range(n):
        own = forward[i]
        if i == 0:
            own[:] = 1
        else:
            for x in range(labels):
                weight = forward[i - 1, x]
                for y in range(labels):
                    own[y] += weight * moves[x, y]
        own *= here[i]
        size[i] = own.sum()
        own /= size[i]
    backward[n - 1] = 1
    turned = moves.T.copy()  # neighbours in memory are summed eight at a time, in the same order
    for i in range(n - 2, -1, -1):
        own = backward[i]
        for y in range(labels):
            scale, weight = here[i + 1, y], backward[i + 1, y]
            for x in range(labels):
                own[x] += turned[y, x] * scale * weight
        own /= size[i + 1]
    sure = np.empty(spans.shape[0], np.float32)
    for k in range(spans.shape[0]):
        start, end = spans[k, 0], spans[k, 1]
        value = forward[start, path[start]] * backward[end - 1, path[end - 1]]
        for i in range(start + 1, end):
            value *= moves[path[i - 1], path[i]] * here[i, path[i]] / size[i]
        sure[k] = min(value, np.float32(1.0))
    return sure


@compiled
def decoded(emissions: Floats, transitions: Floats, moves: Floats, places: Ints, kinds: Ints) -> tuple[Ints, Floats]:
    """The names of one sentence (`spans_on`) and how sure each is."""
    path = best_path(emissions, transitions)
    spans = spans_on(path, places, kinds)
    if len(spans) == 0:
        return spans, np.empty(0, np.float32)
    return spans, span_confidence(emissions, moves, path, spans)
