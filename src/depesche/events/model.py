"""Linear models over hashed features: weights in `models/events/`, figures reached beside them.

One file a model, `{name}.npz`: `weights` (rows, classes) as half floats and `classes`. Trained by `training/events/train.py`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from depesche.events.templates import Facts, add_scores

Floats = npt.NDArray[np.float32]
_TOGETHER = 128
"""So many items are scored at once: few calls, and tables that stay in the processor's cache."""
MODELS = Path(__file__).parents[1] / "models" / "events"


class Linear:
    """A multinomial logistic regression.

    Args:
        weights: (2 ** bits, classes).
        classes: their names, in the order of the columns.
        temperature: the scores are divided by it, so that probabilities are calibrated.
        threshold: the probability from which on the answer is taken; chosen by cross-validation.
    """

    def __init__(
        self, weights: Floats, *, classes: tuple[str, ...], temperature: float = 1.0, threshold: float = 0.5
    ) -> None:
        self._padded = np.vstack([weights, np.zeros((1, weights.shape[1]), weights.dtype)])
        self.weights: Floats = self._padded[:-1]
        self.classes = classes
        self.temperature = temperature
        self.threshold = threshold
        self._used = np.packbits(weights.any(axis=1), bitorder="little")

    def of_facts(self, facts: Sequence[Facts], *, items: int) -> Floats:
        """The summed weights of the features of some items: (items, classes)."""
        scores: Floats = np.zeros((items, self.weights.shape[1]), np.float32)
        add_scores(facts, used=self._used, weights=self.weights, scores=scores)
        return scores

    def score(self, slots: Sequence[int]) -> Floats:
        """The summed weights of features given by row: (classes,)."""
        total: Floats = self.weights[np.asarray(slots, np.intp)].sum(axis=0)
        return total

    def scores(self, many: Sequence[Sequence[int]]) -> Floats:
        """The same for many at once: (items, classes)."""
        found: Floats = np.zeros((len(many), self.weights.shape[1]), np.float32)
        for first in range(0, len(many), _TOGETHER):
            some = many[first : first + _TOGETHER]
            longest, nothing = max(map(len, some)), len(self.weights)
            filled = [[*slots, *(nothing,) * (longest - len(slots))] for slots in some]
            rows = np.fromiter(chain.from_iterable(filled), np.intp, len(some) * longest).reshape(len(some), longest)
            self._padded.take(rows, axis=0).sum(axis=1, out=found[first : first + _TOGETHER])
        return found

    def probabilities(self, score: Floats) -> Floats:
        """Softmax of scores: (classes,) or (items, classes)."""
        scaled = score / self.temperature
        raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        result: Floats = raised / raised.sum(axis=-1, keepdims=True)
        return result


@cache
def linear(name: str) -> Linear:
    """A model by name, read once."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as file:
        return Linear(
            file["weights"].astype(np.float32),
            classes=tuple(str(c) for c in file["classes"]),
            temperature=float(file["temperature"]),
            threshold=float(file["threshold"]),
        )
