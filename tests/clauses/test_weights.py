"""Weights without their zeros say what the whole ones said."""

import numpy as np
import numpy.typing as npt

from depesche.clauses.parsing import model
from depesche.clauses.tagger import scored
from depesche.clauses.weights import sparse

_ROWS, _CLASSES = 64, 7


def _stored() -> npt.NDArray[np.int8]:
    drawn = np.random.default_rng(7).integers(-128, 128, (_ROWS, _CLASSES)).astype(np.int8)
    drawn[np.random.default_rng(8).random(drawn.shape) < 0.8] = 0
    drawn[::3] = 0  # rows with nothing in them, the first among them
    return drawn


def test_sparse_scores_are_those_of_the_whole_table() -> None:
    """Leaving zeros out changes no score, whatever rows the features hit."""
    stored = _stored()
    values = np.arange(256, dtype=np.uint8).view(np.int8).astype(np.int16) * 100
    features = np.random.default_rng(9).integers(0, 1 << 62, 50).astype(np.uint64)
    thin, whole = np.empty(_CLASSES, np.float32), np.empty(_CLASSES, np.float32)
    scored(features, len(features), sparse(stored, values=values), _CLASSES, thin)
    scored(features, len(features), stored.astype(np.float32) * 100, _CLASSES, whole)
    assert thin.tolist() == whole.tolist()
    assert whole.any()


def test_last_row_ends_with_the_table() -> None:
    """The borders count every weight that is not zero, and those alone."""
    stored = _stored()
    borders, classes, weights, width = sparse(stored, values=np.arange(256, dtype=np.int16))
    assert width == _CLASSES
    assert int(borders[0]) == 0
    assert int(borders[-1]) == len(classes) == len(weights) == int((stored != 0).sum())


def test_shipped_classifiers_keep_no_zeros() -> None:
    """Both languages' classifiers are loaded without zeros: whole, they would fill two hundred megabytes."""
    for language in ("de", "en"):
        known = model(language).weights
        for weights in (known.tags, known.feats, known.labels):
            assert isinstance(weights, tuple)
            assert (weights[2] != 0).all()
