"""Add up two name models of one language that differ in how they were trained: a linear ensemble costs nothing at run time.

    python -m training.names.combine CRF.npz PERCEPTRON.npz OUT.npz [share=0.5] [least=0.05]

`share` is how much of the second model's weights is taken, after both are brought to one scale; weights whose largest is below `least` are dropped.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[np.generic]]


def combined(one: Arrays, other: Arrays, *, share: float, least: float) -> Arrays:
    """The weighted sum; word lists are the first model's."""
    labels = [str(label) for label in one["labels"]]
    order = [[str(label) for label in other["labels"]].index(label) for label in labels]
    tables = [
        (model["ids"], model["weights"].astype(np.float32) * model["scale"].astype(np.float32))
        for model in (one, other)
    ]
    sizes = [np.abs(table).std() * len(table) ** 0.5 for _, table in tables]
    factors = (1 - share, share * sizes[0] / sizes[1])
    ids = np.union1d(tables[0][0], tables[1][0])
    table = np.zeros((len(ids), len(labels)), np.float32)
    for (own, weights), factor, columns in zip(tables, factors, (list(range(len(labels))), order), strict=True):
        table[np.searchsorted(ids, own)] += factor * weights[:, columns]
    kept = np.abs(table).max(1) > least
    first, second = (model["transitions"].astype(np.float32) for model in (one, other))
    second = second[np.ix_(order, order)]
    barred = first < -20
    transitions = np.where(barred, first, factors[0] * first + factors[1] * second)
    scale = np.float32(np.abs(table).max() / 2000)
    return one | {
        "ids": ids[kept].astype(np.uint32), "weights": np.round(table[kept] / scale).astype(np.int16), "scale": np.array(scale),
        "transitions": transitions,
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """Combine and save."""
    options = {key: float(value) for key, _, value in (a.partition("=") for a in arguments if "=" in a)}
    first, second, out = (Path(a) for a in arguments if "=" not in a)
    with np.load(first) as a, np.load(second) as b:
        arrays = combined(dict(a), dict(b), share=options.get("share", 0.5), least=options.get("least", 0.05))
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    print(f"{len(arrays['ids'])} features, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
