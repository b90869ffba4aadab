"""From treebank sentences to what the models learn from: rows of symbols, tags, feature bundles."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from training.language.perceptron import Floats, learn_feats, learn_tags
from training.language.treebank import Sentence

from depesche.clauses.hashing import codes
from depesche.clauses.symbols import Lists, rows_of
from depesche.clauses.tagger import feats_sentence, tag_sentence

Ints = npt.NDArray[np.int64]
STYLES = {"gsd": 0, "pud": 1, "train": 0, "dev": 0, "test": 0}


def encode(sentence: Sentence, lists: Lists) -> Ints:
    """The rows of symbols of one sentence."""
    text = " ".join(word.form for word in sentence)
    lengths = np.array([len(word.form) for word in sentence], np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths[:-1] + 1))).astype(np.int64)
    return rows_of(codes(text), starts, starts + lengths, lists=lists)


class TagSet(msgspec.Struct, frozen=True, kw_only=True):
    """Tags ("NN#NOUN") and the feature bundles that each was seen with."""

    tags: tuple[str, ...]
    upos: tuple[str, ...]
    upos_of: Ints
    bundles: tuple[tuple[str, ...], ...]
    sizes: Ints


def tag_of(sentence: Sentence, i: int) -> str:
    """The fine tag with its universal part of speech."""
    return f"{sentence[i].xpos}#{sentence[i].upos}"


def tag_set(sentences: Sequence[Sentence]) -> TagSet:
    """All tags and bundles of some sentences; a bundle that its tag has only once is left out."""
    tags: Counter[str] = Counter()
    bundles: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for i, word in enumerate(sentence):
            if word.xpos != "_":
                tag = tag_of(sentence, i)
                tags[tag] += 1
                bundles[tag][word.feats] += 1
    names = tuple(tag for tag, count in tags.most_common() if count > 1)
    upos = tuple(sorted({tag.split("#")[1] for tag in names}))
    kept = tuple(
        tuple(feats for feats, count in bundles[tag].most_common(60) if count > 1)
        or (bundles[tag].most_common(1)[0][0],)
        for tag in names
    )
    return TagSet(
        tags=names,
        upos=upos,
        upos_of=np.array([upos.index(tag.split("#")[1]) for tag in names], np.int64),
        bundles=kept,
        sizes=np.array([len(b) for b in kept], np.int64),
    )


class Lexical(msgspec.Struct, frozen=True, kw_only=True):
    """A trained tagger and morphology."""

    tags: TagSet
    tag_weights: Floats
    feats_weights: Floats

    def tagged(self, rows: Ints, style: int = 0) -> tuple[Ints, Ints]:
        """Tags and bundles of one sentence."""
        tags = np.zeros(len(rows), np.int64)
        bundles = np.zeros(len(rows), np.int64)
        tag_sentence(rows, self.tag_weights, style, tags)
        feats_sentence(rows, tags, self.tags.sizes, self.feats_weights, style, bundles)
        return tags, bundles


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences with their symbols."""

    sentences: list[Sentence]
    rows: list[Ints]
    styles: list[int]

    def part(self, chosen: Sequence[int]) -> "Data":
        """Some of the sentences."""
        return Data(
            sentences=[self.sentences[i] for i in chosen],
            rows=[self.rows[i] for i in chosen],
            styles=[self.styles[i] for i in chosen],
        )


def data_of(sentences: list[Sentence], lists: Lists) -> Data:
    """Sentences made ready."""
    return Data(
        sentences=sentences,
        rows=[encode(s, lists) for s in sentences],
        styles=[STYLES[s[0].source] for s in sentences],
    )


def train_lexical(data: Data, *, tags: TagSet, bits: int = 18, epochs: int = 8, seeds: int = 1) -> Lexical:
    """Learn tags, then feature bundles on gold tags where known, else on the predicted ones."""
    number = {tag: i for i, tag in enumerate(tags.tags)}
    upos = {name: i for i, name in enumerate(tags.upos)}
    gold = [
        np.array([number.get(tag_of(s, i), -1) if s[i].xpos != "_" else -1 for i in range(len(s))], np.int64)
        for s in data.sentences
    ]
    gold_upos = [np.array([upos.get(w.upos, -1) for w in s], np.int64) for s in data.sentences]
    tag_weights = learn_tags(
        data.rows,
        gold,
        gold_upos=gold_upos,
        upos_of=tags.upos_of,
        styles=data.styles,
        bits=bits,
        epochs=epochs,
        seeds=seeds,
    )
    bundle = [{feats: i for i, feats in enumerate(group)} for group in tags.bundles]
    used, wanted = [], []
    for sentence, rows, style, known in zip(data.sentences, data.rows, data.styles, gold, strict=True):
        found = np.zeros(len(rows), np.int64)
        tag_sentence(rows, tag_weights, style, found)
        own = np.where(known >= 0, known, found)
        used.append(own)
        wanted.append(np.array([bundle[t].get(w.feats, -1) for t, w in zip(own, sentence, strict=True)], np.int64))
    feats_weights = learn_feats(
        data.rows, used, sizes=tags.sizes, gold=wanted, styles=data.styles, bits=bits, epochs=epochs, seeds=seeds
    )
    return Lexical(tags=tags, tag_weights=tag_weights, feats_weights=feats_weights)


def folds(count: int, number: int) -> list[list[int]]:
    """Sentence numbers of each fold: blocks of twenty in turn, so that neighbours stay together."""
    return [[i for i in range(count) if i // 20 % number == fold] for fold in range(number)]
