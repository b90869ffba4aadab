"""Packs word clusters for the parser: `python -m training.language.groups CLUSTERS.npz OUT [WORDNET]`.

CLUSTERS.npz is what `training.names.clusters` makes (words, classes at three sizes); OUT is the language's folder in `src/depesche/models`.
Of the three sizes the two finer ones are kept. WORDNET, for a language without a dictionary of full forms, tells what its words can be
(`training.language.wordnet`).
"""

import sys
from pathlib import Path

import numpy as np
from training.language import wordnet

from depesche.clauses.hashing import bucketed, codes, hash_codes
from depesche.clauses.symbols import CLUSTER_BITS, FINE_BITS


def main(clusters: Path, out: Path, dictionary: Path | None = None) -> None:
    """Write `out/groups.npz`: hashed words, and for each dictionary class, coarse and fine cluster in one number."""
    with np.load(clusters, allow_pickle=False) as stored:
        pairs = zip(stored["words"].tolist(), stored["classes"][:, -2:].tolist(), strict=True)
        numbers = {word: (coarse << FINE_BITS) + fine for word, (coarse, fine) in pairs}
    for form, kind in (wordnet.classes(dictionary) if dictionary else {}).items():
        numbers[form] = numbers.get(form, 0) + (kind << CLUSTER_BITS)
    keys = np.zeros(len(numbers), np.uint64)
    for i, word in enumerate(numbers):
        points = codes(word)
        keys[i] = hash_codes(points, 0, len(points))
    offsets, rest, order = bucketed(keys)
    groups = np.array(list(numbers.values()), np.uint32)[order]
    np.savez_compressed(out / "groups.npz", counts=np.diff(offsets).astype(np.uint8), rest=rest, groups=groups)
    print(f"{len(numbers):,} words, {(out / 'groups.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
