"""The second look: every block again, with what the first look thought of its neighbours and its page."""

from collections.abc import Sequence

import numba
import numpy as np
import numpy.typing as npt

from depesche.blocks.features import Floats

CLASSES = ("other", "headline", "standfirst", "body", "subheading", "caption", "byline")
"""What the classifiers tell apart; "other" is parted into teaser, comment, kicker, date and chrome afterwards."""
_STEPS = (-3, -2, -1, 1, 2, 3)
_BODY, _CAPTION = CLASSES.index("body"), CLASSES.index("caption")


def context_features(first: Floats, sizes: Floats, groups: Sequence[npt.NDArray[np.int64]]) -> Floats:
    """What to add to a block's own features for the second look.

    Args:
        first: probabilities of the first look, one row a block, one column a class.
        sizes: code points of each block.
        groups: for each way of grouping blocks (by element around them, by the way they are written) the number of
            each block's group.
    """
    kinds = first.shape[1]
    out = np.empty((len(sizes), kinds * (1 + len(_STEPS)) + 4 + 4 * len(groups)), dtype=np.float32)
    _look_around(first, sizes, np.stack(groups), out)
    return out


@numba.njit(cache=True, nogil=True)
def _look_around(first, sizes, groups, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    rows, kinds = first.shape
    body = first[:, _BODY] * sizes
    before = np.zeros(rows + 1)
    for row in range(rows):
        before[row + 1] = before[row] + body[row]
    whole = max(1.0, np.float64(body.sum()))
    headed = np.float32(0)
    column = kinds * (1 + len(_STEPS))
    for row in range(rows):
        out[row, :kinds] = first[row]
        for turn in range(len(_STEPS)):
            other = row + _STEPS[turn]
            start = kinds * (turn + 1)
            if 0 <= other < rows:
                out[row, start : start + kinds] = first[other]
            else:
                out[row, start : start + kinds] = -1
        out[row, column] = before[row] / whole
        out[row, column + 1] = (before[rows] - before[row + 1]) / whole
        out[row, column + 2] = (before[min(row + 6, rows)] - before[max(row - 5, 0)]) / whole
        headed += first[row, 1]
        out[row, column + 3] = min(headed, 5)
    column += 4
    for group in range(len(groups)):
        numbers = groups[group]
        sums = np.zeros((numbers.max() + 1, 5))
        for row in range(rows):
            own = sums[numbers[row]]
            own[0] += sizes[row]
            own[1] += first[row, 0] * sizes[row]
            own[2] += body[row]
            own[3] += first[row, _CAPTION] * sizes[row]
        for row in range(rows):
            own = sums[numbers[row]]
            many = max(own[0], 1)
            out[row, column], out[row, column + 1] = own[1] / many, own[2] / many
            out[row, column + 2], out[row, column + 3] = own[3] / many, own[2] / whole
        column += 4
