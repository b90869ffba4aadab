"""Both looks at the blocks of a page: the second only at those that the first was not sure are nothing."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.context import CLASSES, context_features
from depesche.blocks.features import Floats
from depesche.blocks.forest import Looks, Network


def first_look(rows: Floats, network: Network, *, asked: npt.NDArray[np.bool_] | None) -> Floats:
    """What the first look thinks of each row, as in `second_look`."""
    if asked is None:
        return network(rows)
    found = np.zeros((len(rows), len(CLASSES)), dtype=np.float32)
    found[:, 0] = 1
    if asked.any():
        found[asked] = network(rows[asked])
    return found


def second_look(
    rows: Floats,
    sizes: Floats,
    groups: Sequence[npt.NDArray[np.int64]],
    *,
    models: Looks,
    asked: npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """Class probabilities: one row a block, in the order of `context.CLASSES`.

    Args:
        rows: each block's features.
        sizes: code points of each block.
        groups: see `context_features`.
        models: what was trained on such rows.
        asked: the rows to look at at all; the others are nothing. None: all of them.
    """
    first = first_look(rows, models.first, asked=asked)
    again = np.flatnonzero(first[:, 0] < models.sure)
    if not len(again):
        return first
    context = context_features(first, sizes, groups)
    found = first.copy()
    found[again] = models.second(np.concatenate([rows[again], context[again]], axis=1))
    return found
