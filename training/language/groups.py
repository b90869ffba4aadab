"""Packs word clusters for the parser: `python -m training.language.groups CLUSTERS.npz OUT`.

CLUSTERS.npz is what `training.names.clusters` makes (words, classes at three sizes); OUT is the language's folder in `src/depesche/models`.
Of the three sizes the two finer ones are kept.
"""

import sys
from pathlib import Path

import numpy as np

from depesche.clauses.hashing import bucketed, codes, hash_codes


def main(clusters: Path, out: Path) -> None:
    """Write `out/groups.npz`: hashed words, and `coarse * 1024 + fine` for each."""
    with np.load(clusters, allow_pickle=False) as stored:
        words, classes = stored["words"], stored["classes"].astype(np.int64)
    keys = np.zeros(len(words), np.uint64)
    for i, word in enumerate(words):
        points = codes(str(word))
        keys[i] = hash_codes(points, 0, len(points))
    offsets, rest, order = bucketed(keys)
    groups = (classes[:, 1] * 1024 + classes[:, 2])[order].astype(np.uint32)
    np.savez_compressed(out / "groups.npz", counts=np.diff(offsets).astype(np.uint8), rest=rest, groups=groups)
    print(f"{len(words):,} words, {(out / 'groups.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
