"""Weights without their zeros say what the whole ones said."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.parsing import model
from depesche.clauses.tagger import scored
from depesche.clauses.weights import sparse

_ROWS, _CLASSES = 64, 30


def _stored() -> npt.NDArray[np.int8]:
    drawn = np.random.default_rng(7).integers(-128, 128, (_ROWS, _CLASSES)).astype(np.int8)
    drawn[np.random.default_rng(8).random(drawn.shape) < 0.6] = 0
    drawn[::3] = 0  # rows with nothing in them, the first among them
    return drawn


def test_sparse_scores_are_those_of_the_whole_table() -> None:
    """Leaving zeros out changes no score, whatever rows the features hit."""
    stored = _stored()
    values = np.arange(256, dtype=np.uint8).view(np.int8).astype(np.float32) * 100
    features = np.random.default_rng(9).integers(0, 1 << 62, 50).astype(np.uint64)
    thin, whole = np.empty(_CLASSES, np.float32), np.empty(_CLASSES, np.float32)
    scored(features.copy(), len(features), sparse(stored, values=values), _CLASSES, thin)
    scored(features, len(features), stored.astype(np.float32) * 100, _CLASSES, whole)
    assert thin.tolist() == whole.tolist()
    assert whole.any()


def test_only_weights_that_are_not_zero_are_kept() -> None:
    """Each weight stands alone or in the whole row of a feature that has many; heads say where, and how many there are."""
    stored = np.zeros((4, 20), np.int8)
    stored[1, 3], stored[3, :13] = 5, 7
    heads, cells, _, rows = sparse(stored, values=np.arange(256, dtype=np.float32))
    assert [int(head) & 255 for head in heads] == [0, 1, 0, 255]
    assert cells.tolist() == [256 * 3 + 5]
    assert rows.tolist() == [[7] * 13 + [0] * 7]


def test_shipped_classifiers_keep_no_zeros() -> None:
    """Both languages' classifiers are loaded without zeros: whole, they would fill two hundred megabytes."""
    for language in ("de", "en"):
        known = model(language).weights
        for weights in (known.tags, known.feats, known.labels):
            assert isinstance(weights, tuple)
            assert (weights[1] & 255 != 0).all()
