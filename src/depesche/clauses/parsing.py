"""Sentences of symbols to tags, feature bundles, heads and relations: the inner loop of the language layer, and the models it needs."""

# Compiled loops take their arrays one by one and know no keywords; their numbers are those of the tables at the head of the module.
# ruff: noqa: ANN001, PLR0913, PLR0917
# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, warn-return-any=False

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.clauses.arcs import VIEW, arc_scores, see, tally
from depesche.clauses.climbing import CANDIDATES, choose, grow
from depesche.clauses.compiled import borrowed, compiled, held
from depesche.clauses.keeping import room_for
from depesche.clauses.labels import label_sentence
from depesche.clauses.lemma import Ending, Lemmas
from depesche.clauses.symbols import Ints, Lists, lists_of
from depesche.clauses.tagger import feats_sentence, tag_sentence
from depesche.clauses.weights import Floats, Scale, Sparse, lent, sparse

_MODELS = Path(__file__).parent.parent / "models"
KINDS = 7


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """What the numbers of a model stand for; stored as JSON beside its weights.

    Attributes:
        tags: fine tags with their universal part of speech ("NN#NOUN").
        upos: universal parts of speech.
        bundles: of each tag, the feature bundles it can have.
        labels: universal relations.
        bend: weight of a pair of crossing arcs.
        arc_scale: what the weights of `arcs` must be multiplied by; `tree_scale` likewise.
        dictionary: whether the symbols use the table of full forms.
        whole, endings, compounds: see `lemma.Lemmas`; an ending is "cut add capital".
    """

    language: str
    tags: tuple[str, ...]
    upos: tuple[str, ...]
    bundles: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    bend: float
    arc_scale: float
    tree_scale: float
    dictionary: bool
    whole: dict[str, str]
    endings: dict[str, Ending]
    compounds: bool


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from the tags; see `arcs.see`, `arcs.tally` and `labels.surroundings`."""

    sizes: Ints
    coarse: Ints
    keys: Ints
    roles: Ints
    kinds: Ints
    label_roles: Ints


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of the five models, as learned or as stored (see `weights`)."""

    tags: Floats | Sparse
    feats: Floats | Sparse
    arcs: Floats | Scale
    trees: Floats | Scale
    labels: Floats | Sparse


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A trained model of one language; `reach` as in `arcs.arc_scores`."""

    grammar: Grammar
    tables: Tables
    reach: Ints
    weights: Weights
    lists: Lists
    lemmas: Lemmas


_ROLES = {
    "NOUN": 1, "PROPN": 1, "PRON": 1, "DET": 2, "ADJ": 2, "NUM": 2, "ADP": 3, "VERB": 5, "AUX": 5, "PUNCT": 6,
}  # fmt: skip
_KINDS = {"VERB": 1, "AUX": 1, "PUNCT": 2, "CCONJ": 3, "NOUN": 4, "PROPN": 4, "ADP": 5, "SCONJ": 6}
_KEY = ("Case", "Number", "VerbForm", "Mood", "Person", "PronType")
_PARTICLES = frozenset({"PTKVZ", "RP"})
_TO = frozenset({"PTKZU", "TO"})


def tables_of(tags: tuple[str, ...], bundles: tuple[tuple[str, ...], ...], upos: tuple[str, ...]) -> Tables:
    """What follows from the tags and their bundles."""
    sizes = np.array([len(b) for b in bundles], np.int64)
    keys = np.zeros((len(tags), int(sizes.max())), np.int64)
    numbers: dict[tuple[str, ...], int] = {}
    roles, kinds, label_roles = [], [], []
    for i, tag in enumerate(tags):
        fine, coarse = tag.split("#")
        finite = coarse in {"VERB", "AUX"} and "VerbForm=Fin" in bundles[i][0]
        role = 4 if finite else _ROLES.get(coarse, 0)
        roles.append(role)
        kinds.append(0 if finite else _KINDS.get(coarse, -1))
        label_roles.append(7 if coarse == "SCONJ" or fine in _TO else 8 if fine in _PARTICLES else role)
        for j, bundle in enumerate(bundles[i]):
            pairs = dict(pair.split("=", 1) for pair in bundle.split("|") if "=" in pair)
            keys[i, j] = numbers.setdefault(tuple(pairs.get(name, "") for name in _KEY), len(numbers))
    return Tables(
        sizes=sizes,
        coarse=np.array([upos.index(tag.split("#")[1]) for tag in tags], np.int64),
        keys=keys,
        roles=np.array(roles, np.int64),
        kinds=np.array(kinds, np.int64),
        label_roles=np.array(label_roles, np.int64),
    )


@cache
def model(language: str) -> Model:
    """The shipped model of a language.

    Raises:
        FileNotFoundError: none was trained for it.
    """
    with np.load(_MODELS / language / "words.npz", allow_pickle=False) as stored:
        # Each array is read when it is asked for and dropped when it is unpacked: together they would double the memory.
        grammar = msgspec.json.decode(bytes(stored["grammar"]), type=Grammar)
        weights, reach = unpacked(stored, grammar), stored["reach"].astype(np.int64)
    return Model(
        grammar=grammar,
        tables=tables_of(grammar.tags, grammar.bundles, grammar.upos),
        reach=reach,
        weights=weights,
        lists=lists_of(language, dictionary=grammar.dictionary),
        lemmas=Lemmas(language=language, whole=grammar.whole, endings=grammar.endings, compounds=grammar.compounds),
    )


_STEPS = np.arange(256, dtype=np.uint8).view(np.int8) / 127
_SHARES = np.sign(_STEPS) * _STEPS**2
"""What each byte stands for, as a share of the largest weight: weights are stored by the square root of their size."""


def unpacked(stored: Mapping[str, npt.NDArray[np.int8]], grammar: Grammar) -> Weights:
    """Stored weights as the models use them: classifiers only compare, so theirs keep no scale."""
    wide = np.rint(_SHARES * 32_000).astype(np.float32)
    return Weights(
        tags=sparse(stored["tags"], values=wide),
        feats=sparse(stored["feats"], values=wide),
        labels=sparse(stored["labels"], values=wide),
        arcs=(stored["arcs"].view(np.uint8), (_SHARES * grammar.arc_scale).astype(np.float32)),
        trees=(stored["trees"].view(np.uint8), (_SHARES * grammar.tree_scale).astype(np.float32)),
    )


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """Of each token: numbers of its tag, bundle and relation, and its head within its sentence (-1 for the root)."""

    tags: Ints
    bundles: Ints
    heads: Ints
    labels: Ints

    def part(self, start: int, end: int) -> "Parsed":
        """What was said of the tokens from `start` to `end`."""
        return Parsed(
            tags=self.tags[start:end],
            bundles=self.bundles[start:end],
            heads=self.heads[start:end],
            labels=self.labels[start:end],
        )


def parse(rows: Ints, borders: Ints, *, known: Model, style: int = 0) -> Parsed:
    """Read sentences.

    Args:
        rows: symbols of all tokens, one sentence after the other.
        borders: where each sentence begins, and the number of tokens.
        known: the model of their language.
        style: which of the treebanks' habits of annotation to follow; 0 is the one that is shipped.
    """
    found = Parsed(
        tags=np.zeros(len(rows), np.int64),
        bundles=np.zeros(len(rows), np.int64),
        heads=np.zeros(len(rows), np.int64),
        labels=np.zeros(len(rows), np.int64),
    )
    t, w = known.tables, known.weights
    lengths = np.diff(borders)
    places = np.concatenate(([0], np.cumsum((lengths + 1) * lengths)))
    desk = (
        np.empty((len(rows) + len(lengths), VIEW), np.int64),
        np.empty(int(places[-1]), np.float32),
        places,
        np.empty((len(rows), CANDIDATES), np.int64),
        np.zeros(len(rows), np.int64),
    )
    _parse(
        rows, borders, (t.sizes, t.coarse, t.keys, t.roles, t.kinds, t.label_roles), (w.tags, w.feats, w.labels),
        (w.arcs, w.trees, known.reach), (known.grammar.bend, style), desk, room_for(int(lengths.max(initial=0))),
        (found.tags, found.bundles, found.heads, found.labels),
    )  # fmt: skip
    return found


@compiled
def _parse(rows, borders, tables, classifiers, scorers, settings, desk, room, found) -> None:
    """Each model reads all sentences before the next one does, so that its weights stay in the processor's cache.

    Args:
        rows: symbols of all tokens.
        borders: where each sentence begins.
        tables: the fields of `Tables`.
        classifiers: weights of tags, features and labels.
        scorers: weights of arcs and trees, and the reach of arcs.
        settings: weight of a crossing; style.
        desk: room for views, head probabilities, where those of each sentence begin, candidates and their counts.
        room: room for parts of trees.
        found: the fields of `Parsed`, overwritten.
    """
    rows = borrowed(rows)
    sizes, coarse, keys, roles = borrowed(tables[0]), borrowed(tables[1]), borrowed(tables[2]), borrowed(tables[3])
    kinds, label_roles = borrowed(tables[4]), borrowed(tables[5])
    bend, style = settings
    tag_weights, feats_weights, label_weights = lent(classifiers[0]), lent(classifiers[1]), lent(classifiers[2])
    arc_weights, tree_weights, reach = lent(scorers[0]), lent(scorers[1]), borrowed(scorers[2])
    all_tags, all_bundles, all_heads, all_labels = (
        borrowed(found[0]), borrowed(found[1]), borrowed(found[2]), borrowed(found[3]),
    )  # fmt: skip
    views, bases, squares = borrowed(desk[0]), borrowed(desk[1]), borrowed(desk[2])
    all_candidates, all_counts = borrowed(desk[3]), borrowed(desk[4])
    parts = (
        borrowed(room[0]), borrowed(room[1]), borrowed(room[2]), borrowed(room[3]), borrowed(room[4]), borrowed(room[5]),
        borrowed(room[6]),
    )  # fmt: skip
    count = len(borders) - 1
    for s in range(count):
        start, end = borders[s], borders[s + 1]
        tag_sentence(rows[start:end], tag_weights, style, all_tags[start:end])
    for s in range(count):
        start, end = borders[s], borders[s + 1]
        feats_sentence(rows[start:end], all_tags[start:end], sizes, feats_weights, style, all_bundles[start:end])
    for s in range(count):
        start, end = borders[s], borders[s + 1]
        n = end - start
        view = views[start + s : end + s + 1]
        see(rows[start:end], all_tags[start:end], all_bundles[start:end], coarse, keys, roles, view)
        counted, scored = np.empty((n + 1, KINDS), np.int64), np.empty((n + 1, n), np.float32)
        sums, scores = borrowed(counted), borrowed(scored)
        tally(view, kinds, sums)
        arc_scores(view, sums, reach, arc_weights, scores)
        base = bases[squares[s] : squares[s + 1]].reshape((n + 1, n))
        choose(scores, all_candidates[start:end], all_counts[start:end], base)
        held(counted)
        held(scored)
    for s in range(count):
        start, end = borders[s], borders[s + 1]
        n = end - start
        base = bases[squares[s] : squares[s + 1]].reshape((n + 1, n))
        heads = all_heads[start:end]
        grow(
            views[start + s : end + s + 1],
            base,
            all_candidates[start:end],
            all_counts[start:end],
            tree_weights,
            bend,
            heads,
            parts,
            s,
        )
        for i in range(n):
            if heads[i] == n:
                heads[i] = -1
    for s in range(count):
        start, end = borders[s], borders[s + 1]
        label_sentence(
            views[start + s : end + s + 1], all_heads[start:end], label_roles, label_weights, all_labels[start:end]
        )
