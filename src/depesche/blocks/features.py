"""What the classifiers see of every block or line: its text, its neighbours, its place."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.cues import KINDS, cue_matrix
from depesche.blocks.measures import AROUND, MEASURES, Characters, characters, measured

Floats = npt.NDArray[np.float32]

TEXT_NAMES = (*MEASURES, *(f"cue_{kind}" for kind in KINDS), *AROUND)
"""Columns of `text_features`."""


def text_features(texts: Sequence[str], *, running: Floats | None = None, chars: Characters | None = None) -> Floats:
    """What the texts themselves tell: a matrix of len(texts) rows and the columns of `TEXT_NAMES`.

    Args:
        texts: the blocks in reading order.
        running: how much each of them looks like running text from what else is known (1 = yes), length len(texts).
        chars: the characters of the texts, where they are known already.
    """
    teaser, chrome = KINDS.index("teaser_head"), KINDS.index("chrome")
    return measured(chars or characters(texts), cue_matrix(texts), teaser=teaser, chrome=chrome, running=running)


def shifted(matrix: Floats, step: int, *, fill: float) -> Floats:
    """Each row replaced by the one `step` rows further on; `fill` beyond the ends."""
    out = np.full_like(matrix, fill)
    if step > 0:
        out[:-step] = matrix[step:]
    elif len(matrix) > -step:
        out[-step:] = matrix[:step]
    return out


def overlap(text: str, words: frozenset[str]) -> float:
    """Which share of a text's words is among `words`."""
    mine = [word for word in text.casefold().split() if len(word) > 3]  # noqa: PLR2004 (content words)
    return sum(word in words for word in mine) / len(mine) if mine else 0.0


def word_set(text: str) -> frozenset[str]:
    """The longer words of a text, lower case."""
    return frozenset(word for word in text.casefold().split() if len(word) > 3)  # noqa: PLR2004
