"""The summed weights of many features at once."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.compiled import compiled

Floats = npt.NDArray[np.float32]
_LANES = 8
"""How many running sums numpy keeps over a longer row; the same ones here, so that no rounding differs from training."""


def borders(ids: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    """Where the numbers with each leading 16 bits begin among sorted ones; 65,537 places."""
    return np.searchsorted(ids, np.arange((1 << 16) + 1, dtype=np.uint64) << np.uint64(16)).astype(np.int32)


@compiled
def _rows_of(
    numbers: npt.NDArray[np.uint64],
    ids: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    rows: npt.NDArray[np.int64],
) -> int:
    count = 0
    for number in numbers:
        if number == 0:
            continue
        bucket = number >> np.uint64(16)
        for row in range(starts[bucket], starts[bucket + np.uint64(1)]):
            if ids[row] == number:
                rows[count] = row
                count += 1
                break
    return count


@compiled
def summed(  # noqa: PLR0913, PLR0917 (a compiled loop knows no keywords)
    numbers: npt.NDArray[np.uint64],
    ids: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int16],
    scale: np.float32,
    out: Floats,
) -> None:
    """Write the sum of the weights of each row of features, (n, features) to (n, labels); what has no weight counts nothing.

    Args:
        numbers: features, 0 for none.
        ids: the sorted numbers of those that have weights.
        starts: their `borders`.
        weights: a row of labels for each, in units of `scale`.
        scale: what to multiply them by.
        out: overwritten.
    """
    rows = np.empty(numbers.shape[1], np.int64)
    lanes = np.empty(_LANES, np.float32)
    for i in range(len(numbers)):
        count = _rows_of(numbers[i], ids, starts, rows)
        for y in range(out.shape[1]):
            if count == 0:
                out[i, y] = 0
                continue
            rest = np.float32(0)
            at = 1
            if count > _LANES:
                for k in range(_LANES):
                    lanes[k] = np.float32(weights[rows[k + 1], y]) * scale
                at = _LANES + 1
                while at + _LANES <= count:
                    for k in range(_LANES):
                        lanes[k] += np.float32(weights[rows[at + k], y]) * scale
                    at += _LANES
                rest = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
            for k in range(at, count):
                rest += np.float32(weights[rows[k], y]) * scale
            out[i, y] = np.float32(weights[rows[0], y]) * scale + rest


@compiled
def add_words(total: Floats, scores: Floats, at: npt.NDArray[np.int64]) -> None:
    """Add to each token's label scores what the words around it say.

    Args:
        total: (tokens, labels), added to.
        scores: (words, distances, labels).
        at: the word of each token of the run, which has two edges at either end.
    """
    for i in range(len(total)):
        for place in range(scores.shape[1]):
            own = scores[at[i + place], place]
            for y in range(total.shape[1]):
                total[i, y] += own[y]
