"""What the classifiers see of every block or line: its text, its neighbours, its place, what the page's head says."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from depesche.blocks.cues import KINDS, cue_matrix
from depesche.blocks.headline import letters
from depesche.blocks.measures import MEASURES, STOP, measured

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_FAR = 50
TEXT_NAMES = (
    "length", "words", "capital_words", "short_words", "longest_word", "digits", "capitals", "commas", "sentence_ends",
    "quotes", "bars", "signs", "wide", "first", "last", "brackets",
    *(f"cue_{kind}" for kind in KINDS),
    "repeats", "index", "index_from_end", "share_before", "share_after", "sentence",
    *(f"{name}{step:+d}" for step in (-2, -1, 1, 2) for name in ("length", "sentence", "last", "capitals")),
    "long_near", "long_before", "long_after", "since_long", "until_long", "mass",
    "since_teaser_cue", "since_chrome_cue", "prefix_repeat", "until_chrome_cue",
)  # fmt: skip
"""Columns of `text_features`."""


def text_features(texts: Sequence[str], *, running: Floats | None = None) -> Floats:
    """What the texts themselves tell: a matrix of len(texts) rows and the columns of `TEXT_NAMES`.

    Args:
        texts: the blocks in reading order.
        running: how much each of them looks like running text from what else is known (1 = yes), length len(texts).
    """
    counts = measured(texts)
    n = len(texts)
    length = counts[:, 0]
    sentence = ((counts[:, MEASURES.index("last")] == STOP) & (counts[:, 1] + counts[:, 12] > 5)).astype(np.float32)  # noqa: PLR2004
    weight = np.where((length > 70) & (counts[:, 8] > 0), length, 0) * (1 if running is None else running)  # noqa: PLR2004
    words = np.maximum(counts[:, 1], 1)
    shares = counts.copy()
    shares[:, 0] = np.log1p(length)
    for column, base in ((2, words), (3, words), (5, length), (6, length), (7, words), (9, words)):
        shares[:, column] = counts[:, column] / np.maximum(base, 1)
    cues = cue_matrix(texts)
    beside = np.stack([shares[:, 0], sentence, counts[:, 14], shares[:, 6]], axis=1)
    columns = [
        *(shares, cues, _places(texts, length), sentence[:, None]),
        *(shifted(beside, step, fill=-1) for step in (-2, -1, 1, 2)),
        _surroundings(weight.astype(np.float32)),
        since(cues[:, KINDS.index("teaser_head")] > 0)[:, None],
        since(cues[:, 0] > 0)[:, None],
        _prefix_repeats(texts)[:, None],
        since(cues[::-1, 0] > 0)[::-1][:, None],
    ]
    return np.concatenate(columns, axis=1, dtype=np.float32) if n else np.zeros((0, len(TEXT_NAMES)), dtype=np.float32)


def shifted(matrix: Floats, step: int, *, fill: float) -> Floats:
    """Each row replaced by the one `step` rows further on; `fill` beyond the ends."""
    out = np.full_like(matrix, fill)
    if step > 0:
        out[:-step] = matrix[step:]
    elif len(matrix) > -step:
        out[-step:] = matrix[:step]
    return out


def since(hits: npt.NDArray[np.bool_]) -> Floats:
    """How many rows ago the last hit was (0 = here), at most 50."""
    rows = np.arange(len(hits))
    last = np.maximum.accumulate(np.where(hits, rows, -_FAR))
    return np.minimum(rows - last, _FAR).astype(np.float32)


def _places(texts: Sequence[str], length: Floats) -> Floats:
    counted = Counter(texts)
    n = len(texts)
    before = np.cumsum(length) - length
    total = max(1.0, float(length.sum()))
    rows = np.arange(n)
    return np.stack(
        [
            np.fromiter((counted[text] for text in texts), dtype=np.float32, count=n),
            np.minimum(rows, 200),
            np.minimum(n - 1 - rows, 200),
            before / total,
            1 - (before + length) / total,
        ],
        axis=1,
    ).astype(np.float32)


def _surroundings(weight: Floats) -> Floats:
    """Where the running text is: around, before and after each row, and how much there is of it at all."""
    n = len(weight)
    total = max(1.0, float(weight.sum()))
    padded = np.concatenate([[0], np.cumsum(weight)])
    rows = np.arange(n)
    low, high = np.maximum(rows - 4, 0), np.minimum(rows + 5, n)
    near = (padded[high] - padded[low] - weight) / total
    long = weight > 0
    return np.stack(
        [
            near,
            (padded[:-1]) / total,
            (padded[-1] - padded[1:]) / total,
            since(long),
            since(long[::-1])[::-1],
            np.full(n, np.log1p(total)),
        ],
        axis=1,
    ).astype(np.float32)


def _prefix_repeats(texts: Sequence[str]) -> Floats:
    """How many rows of the page open with the same ten characters: teaser lists and menus do."""
    counted = Counter(text[:10] for text in texts)
    return np.fromiter((min(counted[text[:10]], _FAR) for text in texts), dtype=np.float32, count=len(texts))


def overlap(text: str, words: frozenset[str]) -> float:
    """Which share of a text's words is among `words`."""
    mine = [word for word in text.casefold().split() if len(word) > 3]  # noqa: PLR2004 (content words)
    return sum(word in words for word in mine) / len(mine) if mine else 0.0


def word_set(text: str) -> frozenset[str]:
    """The longer words of a text, lower case."""
    return frozenset(word for word in text.casefold().split() if len(word) > 3)  # noqa: PLR2004


__all__ = ["TEXT_NAMES", "letters", "overlap", "shifted", "since", "text_features", "word_set"]
