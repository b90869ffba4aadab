"""The language layer below names: sentences, forms, tags, lemmas, trees; the table of what it reaches, and its speed.

    python -m bench.language ../shared/data [FOLDS]

German is cross-validated over GSD and PUD (their five folds are trained anew, some minutes each; FOLDS of them, none by default, are
measured), English measured with the shipped model on EWT's test part, from which it learned nothing. Trees are measured on gold
tokens of ours (`training.language.treebank`), labels by their universal part in LAS and whole in the rows of relations. A separable verb
keeps the bare lemma of the treebanks here.
"""

import gzip
import json
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
from training.language.lexical import Data, data_of, folds
from training.language.train import PLANS, material, quantised, train
from training.language.treebank import Sentence, folder

from depesche.clauses.cutting import sentences
from depesche.clauses.forms import lookup
from depesche.clauses.mood import settled
from depesche.clauses.names import Names
from depesche.clauses.parsing import Model, model, parse
from depesche.clauses.passive import relabel
from depesche.clauses.sentences import Sentences
from depesche.clauses.view import Clauses
from depesche.clauses.words import Words, reading_of
from depesche.pipeline import Pipeline, Stage
from depesche.record import Article, Dateline, Meta, Part, Span, Token

RELATIONS = ("nsubj", "obj", "nsubj:pass")
FOLDS = 5


class Counts(msgspec.Struct, kw_only=True):
    """What was right, found and wanted, by measure."""

    right: Counter[str]
    found: Counter[str]
    wanted: Counter[str]

    def share(self, name: str) -> float:
        """Right of wanted, in percent."""
        return 100 * self.right[name] / max(1, self.wanted[name])

    def f1(self, name: str) -> float:
        """F1 in percent."""
        return 200 * self.right[name] / max(1, self.found[name] + self.wanted[name])


def counts() -> Counts:
    """Nothing counted yet."""
    return Counts(right=Counter(), found=Counter(), wanted=Counter())


def boundaries(texts: list[str], language: str) -> float:
    """F1 of sentences; ten at a time are joined by a space, or by a line break after one without a terminator."""
    told = counts()
    for first in range(0, len(texts), 10):
        text, gold = "", set()
        for sentence in texts[first : first + 10]:
            gold.add((len(text), len(text) + len(sentence)))
            text += sentence + (" " if re.search(r"[.!?…][\"“”'’»)]*$", sentence) else "\n")
        found = set(sentences(text, language))
        told.right["s"] += len(found & gold)
        told.found["s"] += len(found)
        told.wanted["s"] += len(gold)
    return told.f1("s")


def measure(known: Model, data: Data, told: Counts) -> None:
    """Count what a model gets right of sentences whose tokens are given."""
    borders = np.cumsum([0] + [len(rows) for rows in data.rows]).astype(np.int64)
    parsed = parse(np.concatenate(data.rows), borders, known=known)
    for sentence, start in zip(data.sentences, borders[:-1].tolist(), strict=True):
        own = parsed.part(start, start + len(sentence))
        _compare(
            known,
            sentence,
            told,
            tags=own.tags.tolist(),
            bundles=own.bundles.tolist(),
            heads=own.heads.tolist(),
            labels=own.labels.tolist(),
        )


def _compare(  # noqa: PLR0913 (the columns of a parse)
    known: Model,
    sentence: Sentence,
    told: Counts,
    *,
    tags: list[int],
    bundles: list[int],
    heads: list[int],
    labels: list[int],
) -> None:
    grammar, forms = known.grammar, [word.form for word in sentence]
    readings = [reading_of(known, f, tag=t, bundle=b) for f, t, b in zip(forms, tags, bundles, strict=True)]
    lemmas, upos, feats = ([reading[k] for reading in readings] for k in range(3))
    names = [grammar.labels[label] for label in labels]
    relabel(names, heads=heads, lemmas=lemmas, feats=feats, language=grammar.language)
    for i, word in enumerate(sentence):
        bundle = feats[i]
        if "VerbForm=Fin" in bundle:
            bundle = settled(forms, i, language=grammar.language, feats=bundle, clause=(0, len(forms)))
        at, source = heads[i] == word.head, word.source
        checks = {
            "UPOS": upos[i] == word.upos,
            "features": bundle == word.feats,
            "lemma": lemmas[i] == word.lemma,
            "UAS": at,
            "LAS": at and names[i].split(":")[0] == word.deprel.split(":")[0],
        }
        for name, good in checks.items():
            for key in (name, f"{name} {source}"):
                told.right[key] += good
                told.wanted[key] += 1
        for name in RELATIONS:
            told.right[name] += at and names[i] == name == word.deprel
            told.found[name] += names[i] == name
            told.wanted[name] += word.deprel == name
        konjunktiv, gold = ("Mood=Sub" in b and "Tense=Pres" in b for b in (bundle, word.feats))
        key = f"Konjunktiv I {source}"
        told.right[key] += konjunktiv and gold
        told.found[key] += konjunktiv
        told.wanted[key] += gold


def report(told: Counts, title: str) -> None:
    """Print what was counted."""
    print(title)
    for name in ("UPOS", "features", "lemma", "UAS", "LAS"):
        parts = ", ".join(
            f"{key.split()[1]} {told.share(key):.1f}" for key in sorted(told.wanted) if key.startswith(name + " ")
        )
        print(f"  {name:10} {told.share(name):5.1f}   {parts}")
    for name in RELATIONS:
        print(f"  {name:10} {told.f1(name):5.1f}   F1")
    for name in sorted(k for k in told.wanted if k.startswith("Konjunktiv") and told.wanted[k] and told.found[k]):
        precision = 100 * told.right[name] / told.found[name]
        print(f"  {name}: precision {precision:.1f}, recall {told.share(name):.1f}")


def speed(bodies: list[str], language: str) -> str:
    """Words per second from raw text to words, and on to clauses and names, the best of five runs in batches."""
    articles = []
    for body in bodies:
        starts = [0, *(m.end() for m in re.finditer("\n\n", body))]
        ends = [*(m.start() for m in re.finditer("\n\n", body)), len(body)]
        parts = tuple(
            Part(span=Span(a, b), why="bench", label="body") for a, b in zip(starts, ends, strict=True) if a < b
        )
        articles.append(Article(text=body, meta=Meta(origin="bench", language=language), marks=parts))
    rates = []
    layer: list[Stage] = [Sentences(), Words(), Names(), Clauses()]
    for stages in (layer[:2], layer):
        pipeline = Pipeline(stages, given=frozenset({Part, Dateline}))
        best, count = 1e9, 0
        for _ in range(5):
            began = time.process_time()
            read = list(pipeline.many(articles))
            best = min(best, time.process_time() - began)
            count = sum(len(article.of(Token)) for article in read)
        rates.append(count / best)
    return f"  {language}: {rates[0]:,.0f} words/s to words, {rates[1]:,.0f} to clauses and names"


def main(data: Path, measured: int) -> None:
    """Print the table."""
    if not data.exists():
        print(f"skipped: {data} is not here")
        return
    banks = data / "treebanks"
    for name in ("de_gsd/de_gsd-ud-test", "de_pud/de_pud-ud-test"):
        with gzip.open(banks / f"{name}.conllu.gz", "rt", encoding="utf-8") as lines:
            texts = [line[9:].rstrip("\n") for line in lines if line.startswith("# text = ")]
        print(f"sentences, {name.split('/')[0]}: F1 {boundaries(texts, 'de'):.1f}")
    known = model("en")
    told = counts()
    measure(known, data_of(folder(banks, "en")["test"], known.lists), told)
    report(told, "English, shipped model on EWT test")
    everything, lists = material(banks, "de")
    ready = data_of(everything, lists)
    told = counts()
    for held in folds(len(everything), FOLDS)[:measured]:
        away = set(held)
        learned = train(
            ready.part([i for i in range(len(everything)) if i not in away]),
            language="de",
            lists=lists,
            plan=PLANS["de"],
        )
        small, _ = quantised(learned)
        part = ready.part(held)
        measure(small, msgspec.structs.replace(part, styles=[0] * len(held)), told)
    if measured:
        report(told, f"German, cross-validated over GSD and PUD, {measured} of {FOLDS} folds")
    rows = [json.loads(line) for line in (data.parent / "gold/train.input.jsonl").open(encoding="utf-8")]
    print("speed from raw text, one core")
    for language in ("de", "en"):
        print(speed([row["body"] for row in rows if row["language"] == language], language))
    words = [word.form for sentence in everything for word in sentence]
    began = time.process_time()
    for word in words:
        lookup("de", word)
    print(f"  look-ups of forms in running text: {len(words) / (time.process_time() - began):,.0f} a second")
    print(f"memory, both languages loaded: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
