"""Word classes by the exchange algorithm: words that stand in like company share a class.

Martin, Liermann, Ney: Algorithms for bigram and trigram word clustering (1998). Greedy, bigram criterion; words are folded to lower case,
figures to "0".

    python -m training.names.clusters DATA de OUT.npz [TEXT]

TEXT is a folder of further plain-text files (`*.txt`), each line a paragraph.
"""

import itertools
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from training.names import corpora

from depesche.clauses.compiled import compiled

Ints = npt.NDArray[np.int32]


def folded(word: str) -> str:
    """Lower case, figures as zeros."""
    return re.sub(r"\d", "0", word.lower())


_TABLE = np.concatenate([[0.0], np.arange(1, 1 << 20) * np.log(np.arange(1, 1 << 20))])


@compiled
def _xlogx(value: float, known: npt.NDArray[np.float64]) -> float:
    whole = int(value)
    return float(known[whole] if whole < known.shape[0] else value * np.log(value))


@compiled
def exchange(  # noqa: C901, PLR0912, PLR0913, PLR0917 (one compiled loop: numba takes flat arguments)
    right_ptr: Ints,
    right: Ints,
    right_n: Ints,
    left_ptr: Ints,
    left: Ints,
    left_n: Ints,
    classes: Ints,
    size: int,
    rounds: int,
    known: npt.NDArray[np.float64],
) -> Ints:
    """Move each word to the class that raises the bigram likelihood most, `rounds` times over the vocabulary."""
    words = classes.shape[0]
    table = np.zeros((size, size), np.float64)
    for w in range(words):
        for k in range(right_ptr[w], right_ptr[w + 1]):
            table[classes[w], classes[right[k]]] += right_n[k]
    ins = table.sum(0)
    outs = table.sum(1)
    for _ in range(rounds):
        moved = 0
        for w in range(words):
            old = classes[w]
            to = np.zeros(size, np.float64)
            fro = np.zeros(size, np.float64)
            own = 0.0
            total_out = 0.0
            total_in = 0.0
            for k in range(right_ptr[w], right_ptr[w + 1]):
                total_out += right_n[k]
                if right[k] == w:
                    own += right_n[k]
                else:
                    to[classes[right[k]]] += right_n[k]
            for k in range(left_ptr[w], left_ptr[w + 1]):
                total_in += left_n[k]
                if left[k] != w:
                    fro[classes[left[k]]] += left_n[k]
            # take the word out
            for c in range(size):
                table[old, c] -= to[c]
                table[c, old] -= fro[c]
            table[old, old] -= own
            outs[old] -= total_out
            ins[old] -= total_in
            best = old
            top = -1e300
            near_out = np.nonzero(to)[0]
            near_in = np.nonzero(fro)[0]
            for c in range(size):
                gain = 0.0
                for x in near_out:
                    if x != c:
                        gain += _xlogx(table[c, x] + to[x], known) - _xlogx(table[c, x], known)
                for x in near_in:
                    if x != c:
                        gain += _xlogx(table[x, c] + fro[x], known) - _xlogx(table[x, c], known)
                gain += _xlogx(table[c, c] + to[c] + fro[c] + own, known) - _xlogx(table[c, c], known)
                gain -= _xlogx(outs[c] + total_out, known) - _xlogx(outs[c], known)
                gain -= _xlogx(ins[c] + total_in, known) - _xlogx(ins[c], known)
                if gain > top:
                    top = gain
                    best = c
            classes[w] = best
            for c in range(size):
                table[best, c] += to[c]
                table[c, best] += fro[c]
            table[best, best] += own
            outs[best] += total_out
            ins[best] += total_in
            moved += best != old
        if moved * 200 < words:
            break
    return classes


def induced(
    sentences: list[list[str]], *, sizes: tuple[int, ...], least: int
) -> tuple[list[str], npt.NDArray[np.uint16]]:
    """Vocabulary (words seen at least `least` times) and the class of each word at each size."""
    counts = Counter(word for sentence in sentences for word in sentence)
    vocabulary = ["", "\x00"] + [w for w, n in counts.most_common() if n >= least]
    index = {w: i for i, w in enumerate(vocabulary)}
    bigrams: Counter[tuple[int, int]] = Counter()
    for sentence in sentences:
        ids = [0, *(index.get(w, 1) for w in sentence), 0]
        bigrams.update(itertools.pairwise(ids))
    first = np.array([a for a, _ in bigrams], np.int32)
    second = np.array([b for _, b in bigrams], np.int32)
    n = np.array(list(bigrams.values()), np.int32)
    sides = []
    for one, other in ((first, second), (second, first)):
        order = np.argsort(one, kind="stable")
        pointer = np.searchsorted(one[order], np.arange(len(vocabulary) + 1)).astype(np.int32)
        sides += [pointer, other[order], n[order]]
    columns = []
    for size in sizes:
        start = (np.arange(len(vocabulary)) % size).astype(np.int32)
        columns.append(
            exchange(sides[0], sides[1], sides[2], sides[3], sides[4], sides[5], start, size, 8, _TABLE).astype(
                np.uint16
            )
            + 1
        )
        print(f"{size} classes done", flush=True)
    return vocabulary, np.stack(columns, 1)


LEAST = (3, 7)
"""How often a word must be seen, without and with further text."""


def main(data: Path, language: str, out: Path, *text: Path) -> None:
    """Induce and save the classes of one language."""
    sentences = [[sys.intern(folded(w)) for w in s] for s in corpora.running_text(data, language, *text)]
    print(f"{sum(map(len, sentences))} words in {len(sentences)} sentences", flush=True)
    vocabulary, classes = induced(sentences, sizes=(48, 192, 640), least=LEAST[len(text)])
    print(f"{len(vocabulary)} words kept")
    np.savez_compressed(out, words=np.array(vocabulary[2:]), classes=classes[2:])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(Path, sys.argv[3:]))
