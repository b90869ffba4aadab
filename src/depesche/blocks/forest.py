"""Trained classifiers as plain arrays: a small network for the first look, boosted trees for the second."""

from functools import cache
from pathlib import Path

import msgspec
import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

_LEAVES = 64
# Which bit of 64 is set (https://www.chessprogramming.org/BitScan#De_Bruijn_Multiplication).
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_PLACES = np.argsort([((0x03F79D71B4CB0A89 << bit) % 2**64) >> 58 for bit in range(64)]).astype(np.int64)

_MODELS = Path(__file__).parent.parent / "models"
_WIDEST = np.float32(6)


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
        found = np.empty((len(rows), self.out_bias.shape[1]), dtype=np.float32)
        _think(
            np.ascontiguousarray(rows, dtype=np.float32), self.mean, self.scale, self.weights, self.bias, self.out, self.out_bias, found
        )  # fmt: skip
        return found


@numba.njit(cache=True, nogil=True)
def _think(rows, mean, scale, weights, bias, out, out_bias, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912, PLR0913, PLR0917
    networks, columns, hidden = weights.shape
    kinds, width = out_bias.shape[1], networks * hidden
    joined = np.empty((columns, width), dtype=np.float32)
    nothing, base, inner = (
        np.empty(columns, dtype=np.float32), np.empty(width, dtype=np.float32), np.empty(width, dtype=np.float32),
    )  # fmt: skip
    for network in range(networks):
        for unit in range(hidden):
            base[network * hidden + unit] = bias[network, unit]
            for column in range(columns):
                joined[column, network * hidden + unit] = weights[network, column, unit]
    # Three of four columns of a row are 0: what all those add is added once.
    for column in range(columns):
        nothing[column] = min(max(-mean[column] / scale[column], -_WIDEST), _WIDEST)
        for unit in range(width):
            base[unit] += nothing[column] * joined[column, unit]
    scores = np.empty(kinds, dtype=np.float32)
    for row in range(len(rows)):
        inner[:] = base
        for column in range(columns):
            value = rows[row, column]
            if value != 0:
                step = min(max((value - mean[column]) / scale[column], -_WIDEST), _WIDEST) - nothing[column]
                for unit in range(width):
                    inner[unit] += step * joined[column, unit]
        found[row, :] = 0
        for network in range(networks):
            scores[:] = out_bias[network]
            for unit in range(hidden):
                value = inner[network * hidden + unit]
                if value > 0:
                    for kind in range(kinds):
                        scores[kind] += value * out[network, unit, kind]
            top, total = scores.max(), np.float32(0)
            for kind in range(kinds):
                scores[kind] = np.exp(scores[kind] - top)
                total += scores[kind]
            for kind in range(kinds):
                found[row, kind] += scores[kind] / total
        for kind in range(kinds):
            found[row, kind] /= np.float32(networks)


class Forest(msgspec.Struct, frozen=True, kw_only=True):
    """Gradient-boosted trees, all in one table of nodes.

    Attributes:
        roots: (rounds, classes): the first node of each tree, which has at most 64 leaves; trees follow one another.
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
        rows.T.copy(), forest.roots.ravel(), forest.column, forest.threshold, forest.left, forest.right, forest.value, scores,
        _PLACES,
    )  # fmt: skip


@numba.njit(cache=True, nogil=True)
def _climb(columns, roots, column, threshold, left, right, value, scores, places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """All rows through each tree at once, without a branch: each node strikes out the leaves that a row cannot reach.

    After Lucchese et al., QuickScorer (SIGIR 2015). At most 64 leaves a tree.
    """
    rows, kinds = scores.shape
    reach = np.empty(rows, dtype=np.uint64)
    leaves = np.zeros(_LEAVES, dtype=np.float32)
    held = np.zeros(2 * _LEAVES, dtype=np.uint64)
    for tree in range(len(roots)):
        root = roots[tree]
        end = roots[tree + 1] if tree + 1 < len(roots) else len(column)
        if end - root >= 2 * _LEAVES:
            raise ValueError("a tree has more than 64 leaves")
        reach[:] = ~np.uint64(0)
        many = 0
        # Nodes follow the one above them, so that from the end each is met after those below it.
        for node in range(end - 1, root - 1, -1):
            if column[node] < 0:
                held[node - root] = np.uint64(1) << np.uint64(many)
                leaves[many] = value[node]
                many += 1
                continue
            low, high = held[left[node] - root], held[right[node] - root]
            held[node - root] = low | high
            own, most = columns[column[node]], threshold[node]
            low, high = ~low, ~high
            for row in range(rows):
                reach[row] &= high if own[row] <= most else low
        for row in range(rows):
            scores[row, tree % kinds] += leaves[places[((reach[row] & held[0]) * _DE_BRUIJN) >> np.uint64(58)]]


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
