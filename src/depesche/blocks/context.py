"""The second look: every block again, with what the first look thought of its neighbours and its page."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.features import Floats, shifted

CLASSES = ("other", "headline", "standfirst", "body", "subheading", "caption", "byline")
"""What the classifiers tell apart; "other" is parted into teaser, comment, kicker, date and chrome afterwards."""
_STEPS = (-3, -2, -1, 1, 2, 3)
_BODY = CLASSES.index("body")


def context_features(first: Floats, sizes: Floats, groups: Sequence[npt.NDArray[np.int64]]) -> Floats:
    """What to add to a block's own features for the second look.

    Args:
        first: probabilities of the first look, one row a block, one column a class.
        sizes: code points of each block.
        groups: for each way of grouping blocks (by element around them, by the way they are written) the number of
            each block's group.
    """
    body = first[:, _BODY] * sizes
    total = max(1.0, float(body.sum()))
    padded = np.concatenate([[0.0], np.cumsum(body)])
    rows = np.arange(len(sizes))
    near = padded[np.minimum(rows + 6, len(rows))] - padded[np.maximum(rows - 5, 0)]
    columns: list[npt.NDArray[np.floating]] = [first, *(shifted(first, step, fill=-1) for step in _STEPS)]
    columns.append(np.stack([padded[:-1] / total, (padded[-1] - padded[1:]) / total, near / total], axis=1))
    columns.append(np.minimum(np.cumsum(first[:, 1]), 5)[:, None])
    for numbers in groups:
        many = np.bincount(numbers, weights=sizes)
        for column in (0, _BODY, CLASSES.index("caption")):
            mean = np.bincount(numbers, weights=first[:, column] * sizes) / np.maximum(many, 1)
            columns.append(mean[numbers][:, None])
        columns.append((np.bincount(numbers, weights=body) / total)[numbers][:, None])
    return np.concatenate(columns, axis=1, dtype=np.float32)
