"""Trains the word models: `python -m training.language.train de TREEBANKS OUT` (or `en`).

TREEBANKS is a folder laid out as in the data README (de_gsd, de_pud, en_ewt); OUT is the language's folder in `src/depesche/models`.
German learns from GSD (dev and test) and PUD, English from EWT's training part. Every stage learns from what the stages before it
say of sentences that they have not seen (jackknifing).
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
from training.language.heads import learn_heads, reach_of
from training.language.lemmas import learn as learn_lemmas
from training.language.lexical import Data, Lexical, TagSet, data_of, folds, tag_set, train_lexical
from training.language.relations import learn_labels
from training.language.treebank import Sentence, folder
from training.language.trees import learn_trees

from depesche.clauses.arcs import VIEW, arc_scores, see, tally
from depesche.clauses.climbing import CANDIDATES, best_tree, choose
from depesche.clauses.parsing import KINDS, Grammar, Model, Tables, Weights, tables_of, unpacked
from depesche.clauses.symbols import Lists, lists_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_NOTHING = 4
"""Weights of arcs and trees are pruned whose 8 bits are less: below a thousandth of the largest."""
T = TypeVar("T")
R = TypeVar("R")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How large the models are (powers of two of rows) and how long they learn (passes over the data).

    Each model is the mean of `seeds` that met the sentences in different orders, where it is no jackknifed one.
    Of the weights of classifiers those are pruned whose 8 bits are less than `least` (16: below a sixtieth of the largest).
    `trust` is what the second-order parts count for, beside the arcs, when all is learned: they have learned what they see too well.
    A half is best for either language (German: one fold held out; English: EWT dev).
    """

    tag_bits: int = 18
    feats_bits: int = 17
    arc_bits: int = 21
    tree_bits: int = 21
    label_bits: int = 18
    tag_epochs: int = 8
    arc_epochs: int = 8
    tree_epochs: int = 8
    label_epochs: int = 8
    seeds: int = 4
    least: int = 16
    rate: float = 0.1
    cost: float = 1.0
    trust: float = 0.5
    folds: int = 4


PLANS = {
    "de": Plan(),
    "en": Plan(
        feats_bits=18, arc_bits=22, tree_bits=22, tag_epochs=6, arc_epochs=5, tree_epochs=6, label_epochs=6, folds=3
    ),
}  # fmt: skip
"""English has four times the words, and needs larger tables for their features."""


def jackknifed(count: int, *, parts: int, learn: Callable[[list[int]], T], apply: Callable[[T, int], R]) -> list[R]:
    """What models that have not seen an item say of it."""
    found: dict[int, R] = {}
    for held in folds(count, parts):
        away = set(held)
        learned = learn([i for i in range(count) if i not in away])
        for i in held:
            found[i] = apply(learned, i)
    return [found[i] for i in range(count)]


def heads_of(sentences: Sequence[Sentence]) -> list[Ints]:
    """The gold heads."""
    return [np.array([word.head for word in sentence], np.int64) for sentence in sentences]


def sight(rows: Ints, lexical: Lexical, *, tables: Tables, style: int) -> tuple[Ints, Ints]:
    """View and running counts of one sentence as a tagger reads it."""
    tags, bundles = lexical.tagged(rows, style)
    view = np.empty((len(rows) + 1, VIEW), np.int64)
    see(rows, tags, bundles, tables.coarse, tables.keys, tables.roles, view)
    sums = np.empty((len(rows) + 1, KINDS), np.int64)
    tally(view, tables.kinds, sums)
    return view, sums


def scores_of(view: Ints, sums: Ints, *, reach: Ints, weights: Floats) -> Floats:
    """Arc scores of one sentence."""
    scores = np.empty((len(view), len(view) - 1), np.float32)
    arc_scores(view, sums, reach, weights, scores)
    return scores


def tree_of(view: Ints, scores: Floats, *, weights: Floats, bend: float) -> Ints:
    """The heads of one sentence, -1 for the root."""
    n = len(view) - 1
    base, heads = np.empty((n + 1, n), np.float32), np.empty(n, np.int64)
    candidates, counts = np.empty((n, CANDIDATES), np.int64), np.zeros(n, np.int64)
    choose(scores, candidates, counts, base)
    best_tree(view, base, candidates, counts, weights, bend, heads)
    return np.where(heads == n, -1, heads)


def train(data: Data, *, language: str, lists: Lists, plan: Plan, tags: TagSet | None = None) -> Model:
    """Learn all models of one language, one after the other."""
    began = time.time()
    tags = tags or tag_set(data.sentences)
    tables = tables_of(tags.tags, tags.bundles, tags.upos)
    count, styles, gold = len(data.rows), data.styles, heads_of(data.sentences)
    lexical = train_lexical(data, tags=tags, bits=plan.tag_bits, epochs=plan.tag_epochs, seeds=plan.seeds)
    seen = jackknifed(
        count,
        parts=plan.folds,
        learn=lambda own: train_lexical(data.part(own), tags=tags, bits=plan.tag_bits, epochs=5),
        apply=lambda lex, i: sight(data.rows[i], lex, tables=tables, style=styles[i]),
    )
    views, sums = [v for v, _ in seen], [s for _, s in seen]
    _say("tags", began)

    reach = reach_of(views, gold, coarse=tables.coarse)

    def heads(own: list[int], *, seeds: int = 1) -> Floats:
        return learn_heads(
            [views[i] for i in own], [sums[i] for i in own], [gold[i] for i in own],
            bits=plan.arc_bits, epochs=plan.arc_epochs, seeds=seeds, rate=plan.rate, reach=reach,
        )  # fmt: skip

    arc_weights = heads(list(range(count)), seeds=plan.seeds)
    scores = jackknifed(
        count,
        parts=plan.folds,
        learn=heads,
        apply=lambda w, i: scores_of(views[i], sums[i], reach=reach, weights=w),
    )
    _say("arcs", began)

    def trees(own: list[int], *, seeds: int = 1) -> tuple[Floats, float]:
        weights, bend = learn_trees(
            [views[i] for i in own], [scores[i] for i in own], [gold[i] for i in own],
            bits=plan.tree_bits, epochs=plan.tree_epochs, seeds=seeds, rate=plan.rate, cost=plan.cost,
        )  # fmt: skip
        return weights * np.float32(plan.trust), bend * plan.trust

    tree_weights, bend = trees(list(range(count)), seeds=plan.seeds)
    made = jackknifed(
        count, parts=plan.folds, learn=trees, apply=lambda w, i: tree_of(views[i], scores[i], weights=w[0], bend=w[1])
    )
    _say("trees", began)
    labels = tuple(sorted({word.deprel for sentence in data.sentences for word in sentence}))
    number = {label: i for i, label in enumerate(labels)}
    wanted = [
        np.array([number[w.deprel] if head == w.head else -1 for w, head in zip(s, heads, strict=True)], np.int64)
        for s, heads in zip(data.sentences, made, strict=True)
    ]
    label_weights = learn_labels(
        views, made, wanted, roles=tables.label_roles, classes=len(labels), bits=plan.label_bits,
        epochs=plan.label_epochs, seeds=plan.seeds,
    )  # fmt: skip
    lemmas = learn_lemmas(data.sentences, language=language, compounds=language_has_compounds(lists))
    _say("labels and lemmas", began)
    return Model(
        grammar=Grammar(
            language=language, tags=tags.tags, upos=tags.upos, bundles=tags.bundles, labels=labels, bend=bend,
            arc_scale=1.0, tree_scale=1.0, dictionary=len(lists.rest) > 0, whole=dict(lemmas.whole),
            endings=dict(lemmas.endings), compounds=lemmas.compounds,
        ),
        tables=tables,
        reach=reach,
        weights=Weights(
            tags=lexical.tag_weights, feats=lexical.feats_weights, arcs=arc_weights, trees=tree_weights,
            labels=label_weights,
        ),
        lists=lists,
        lemmas=lemmas,
    )  # fmt: skip


def language_has_compounds(lists: Lists) -> bool:
    """A language with a dictionary of full forms is one whose unknown words can be taken apart with it."""
    return len(lists.rest) > 0


def _say(what: str, began: float) -> None:
    print(f"{what} learned after {time.time() - began:.0f} s", flush=True)


def _small(weights: Floats, *, least: int) -> tuple[npt.NDArray[np.int8], float]:
    """Weights in 8 bits, by the square root of their size, so that neither the few large nor the many small ones are lost."""
    top = float(np.abs(weights).max())
    small = np.sign(weights) * np.rint(127 * np.sqrt(np.abs(weights) / top))
    return np.where(np.abs(small) < least, 0, small).astype(np.int8), top


def quantised(trained: Model) -> tuple[Model, dict[str, npt.NDArray[np.int8]]]:
    """The model as it will be loaded, and the 8-bit weights that are stored of it."""
    w = trained.weights
    least = PLANS[trained.grammar.language].least
    small = {name: _small(getattr(w, name), least=least) for name in ("tags", "feats", "labels")}
    small |= {name: _small(getattr(w, name), least=_NOTHING) for name in ("arcs", "trees")}
    grammar = msgspec.structs.replace(trained.grammar, arc_scale=small["arcs"][1], tree_scale=small["trees"][1])
    stored = {name: weights for name, (weights, _) in small.items()}
    return msgspec.structs.replace(trained, grammar=grammar, weights=unpacked(stored, grammar)), stored


def write(trained: Model, out: Path) -> None:
    """Write a model to `out/words.npz`."""
    model, stored = quantised(trained)
    grammar = np.frombuffer(msgspec.json.encode(model.grammar), np.uint8)
    path = out / "words.npz"
    np.savez_compressed(
        path, grammar=grammar, reach=model.reach.astype(np.uint8), tags=stored["tags"], feats=stored["feats"],
        labels=stored["labels"], arcs=stored["arcs"], trees=stored["trees"],
    )  # fmt: skip
    print(f"{path}: {path.stat().st_size:,} bytes")


def material(treebanks: Path, language: str) -> tuple[list[Sentence], Lists]:
    """What is trained on for shipping, and the symbols' lists."""
    parts = folder(treebanks, language)
    if language == "de":
        return parts["gsd-dev"] + parts["gsd-test"] + parts["pud"], lists_of(language, dictionary=True)
    return parts["train"], lists_of(language, dictionary=False)


if __name__ == "__main__":
    language, treebanks, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    sentences, lists = material(treebanks, language)
    write(train(data_of(sentences, lists), language=language, lists=lists, plan=PLANS[language]), target)
