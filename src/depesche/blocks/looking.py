"""Both looks at the blocks of a page: the second only at those that the first was not sure are nothing."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.context import context_features
from depesche.blocks.features import Floats
from depesche.blocks.forest import Looks


def second_look(rows: Floats, sizes: Floats, groups: Sequence[npt.NDArray[np.int64]], *, models: Looks) -> Floats:
    """Class probabilities: one row a block, in the order of `context.CLASSES`.

    Args:
        rows: each block's features.
        sizes: code points of each block.
        groups: see `context_features`.
        models: what was trained on such rows.
    """
    first = models.first(rows)
    again = np.flatnonzero(first[:, 0] < models.sure)
    if not len(again):
        return first
    context = context_features(first, sizes, groups)
    found = first.copy()
    found[again] = models.second(np.concatenate([rows[again], context[again]], axis=1))
    return found
