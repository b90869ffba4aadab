"""Trained classifiers as plain arrays: a small network for the first look, boosted trees for the second."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

_MODELS = Path(__file__).parent.parent / "models"
_WIDEST = 6.0


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """An ensemble of networks of one hidden layer: standardised columns, clipped, rectified, softmax, averaged.

    Attributes:
        mean: of each column; `scale` its standard deviation.
        weights: (networks, columns, hidden); `bias` (networks, hidden).
        out: (networks, hidden, classes); `out_bias` (networks, classes).
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats
    out: Floats
    out_bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Class probabilities: one row a block."""
        networks, columns, hidden = self.weights.shape
        standard = np.clip((rows - self.mean) / self.scale, -_WIDEST, _WIDEST)
        joined = self.weights.transpose(1, 0, 2).reshape(columns, networks * hidden)
        inner = np.concatenate([part @ joined for part in _small(standard, columns * networks * hidden)])
        inner = np.maximum(inner + self.bias.reshape(-1), 0)
        total = np.zeros((len(rows), self.out_bias.shape[1]), dtype=np.float32)
        for number in range(networks):
            own = inner[:, number * hidden : (number + 1) * hidden]
            scores = np.concatenate([part @ self.out[number] for part in _small(own, self.out[number].size)])
            total += softmax(scores + self.out_bias[number])
        return total / np.float32(networks)


def _small(rows: Floats, size: int) -> Iterator[Floats]:
    """Rows in portions so small that the linear algebra below does not wake its threads: waking them costs more than the work."""
    step = max(1, _ONE_THREAD // size)
    for start in range(0, max(1, len(rows)), step):
        yield rows[start : start + step]


# OpenBLAS multiplies in one thread up to 2^18 products (interface/gemm.c, GEMM_MULTITHREAD_THRESHOLD 4).
_ONE_THREAD = 250_000


class Forest(msgspec.Struct, frozen=True, kw_only=True):
    """Gradient-boosted trees, all in one table of nodes.

    Attributes:
        roots: (rounds, classes): the first node of each tree.
        column: of each node, -1 for a leaf; goes `left` where the value is at most `threshold`, else to the next `right`.
        value: what a leaf adds to its class's score.
        base: (classes,) scores before the first tree.
    """

    roots: Ints
    column: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    base: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Class probabilities: one row a block."""
        return softmax(self.scores(rows))

    def scores(self, rows: Floats) -> Floats:
        """Class scores before they become probabilities: (rows, classes)."""
        scores = np.tile(self.base, (len(rows), 1)).astype(np.float32)
        _grow(np.ascontiguousarray(rows, dtype=np.float32), self, scores)
        return scores


def _grow(rows: Floats, forest: Forest, scores: Floats) -> None:
    _climb(
        rows, forest.roots, forest.column, forest.threshold, forest.left, forest.right, forest.value, scores
    )  # fmt: skip


@numba.njit(cache=True, nogil=True, fastmath=False)
def _climb(rows, roots, column, threshold, left, right, value, scores):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    # Trees outside, rows inside: the few nodes of one tree stay in the nearest cache while all rows climb it.
    for turn in range(roots.shape[0]):
        for kind in range(roots.shape[1]):
            root = roots[turn, kind]
            for row in range(len(rows)):
                node = root
                while column[node] >= 0:
                    node = left[node] if rows[row, column[node]] <= threshold[node] else right[node]
                scores[row, kind] += value[node]


def softmax(scores: Floats) -> Floats:
    """Scores → probabilities, along the last axis."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """Both looks of one reader, as trained.

    Attributes:
        columns: what the first look was trained on, in order; another order would be nonsense.
        sure: from this probability of "other" on the first look is believed.
    """

    first: Network
    second: Forest
    columns: tuple[str, ...]
    sure: float


@cache
def looks(name: str) -> Looks:
    """The classifiers of `models/{name}.npz`."""
    return load(_MODELS / f"{name}.npz")


def load(path: Path) -> Looks:
    """The classifiers of a file that `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        first = Network(
            mean=stored["first_mean"], scale=stored["first_scale"], weights=stored["first_weights"], bias=stored["first_bias"],
            out=stored["first_out"], out_bias=stored["first_out_bias"],
        )  # fmt: skip
        second = Forest(
            roots=stored["second_roots"], column=stored["second_column"], threshold=stored["second_threshold"],
            left=stored["second_left"], right=stored["second_right"], value=stored["second_value"], base=stored["second_base"],
        )  # fmt: skip
        columns = tuple(str(column) for column in stored["columns"])
        return Looks(first=first, second=second, columns=columns, sure=float(stored["sure"]))


def save(path: Path, found: Looks) -> None:
    """Write classifiers as plain arrays; whoever reads meanwhile finds the old file or the new one, whole."""
    arrays = {f"first_{k}": v for k, v in msgspec.structs.asdict(found.first).items()}
    arrays |= {f"second_{k}": v for k, v in msgspec.structs.asdict(found.second).items()}
    written = path.with_suffix(".part.npz")
    np.savez_compressed(written, allow_pickle=False, columns=np.array(found.columns), sure=found.sure, **arrays)
    written.replace(path)
