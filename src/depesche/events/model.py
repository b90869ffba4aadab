"""Linear models over hashed features: weights in `models/events/`, figures reached beside them.

One file a model, `{name}.npz`: `weights` (rows, classes) as half floats and `classes`. Trained by `training/events/train.py`.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
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
        self.weights = weights
        self.classes = classes
        self.temperature = temperature
        self.threshold = threshold

    def score(self, slots: Sequence[int]) -> Floats:
        """The summed weights of features given by row: (classes,)."""
        total: Floats = self.weights[np.asarray(slots, np.intp)].sum(axis=0)
        return total

    def probabilities(self, score: Floats) -> Floats:
        """Softmax of a score: (classes,)."""
        scaled = score / self.temperature
        raised = np.exp(scaled - scaled.max())
        result: Floats = raised / raised.sum()
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
