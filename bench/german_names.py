"""Strict F1 of persons, places and organisations through the whole pipeline, on GermEval 2014 dev (outer level).

    python -m bench.german_names [SHARED]

Each sentence is read as a report of its own, its words parted by spaces. Two readings are scored: the name tagger's marks as they
stand after the pipeline's sentences and words, and the same after actors and places have had their say (a known person, place or
body wins over the tagger's name where they overlap) and with the agencies of datelines, which are no sentences. GermEval counts
neither adjectives nor descriptions ("die deutsche Regierung") as names. SHARED is the folder with `data/` (default `../shared`).
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.names import corpora

from depesche.blocks import article_of
from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.actors import Actors
from depesche.details.places import Places
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.spelling import fold
from depesche.pipeline import Pipeline
from depesche.record import ActorMention, Article, Dateline, Name, Part, PlaceMention, Row, Token

KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}
Found = set[tuple[int, int, str]]


def main() -> None:
    """Print one table."""
    shared = Path(next(iter(sys.argv[1:]), "../shared"))
    if not (shared / "data/ner/germeval2014").exists():
        print(f"germeval: skipped, {shared / 'data/ner/germeval2014'} is not there")
        return
    sentences = list(corpora.germeval_dev(shared / "data"))
    pipeline = Pipeline([Sentences(), Words(), Names(), Actors(), Places()], given=frozenset({Part, Dateline}))
    rows = (article_of(Row(origin=str(i), body=" ".join(s.words), language="de")) for i, s in enumerate(sentences))
    counts = {"name tagger": Counter[str](), "whole pipeline": Counter[str]()}
    for sentence, article in zip(sentences, pipeline.many(rows), strict=True):
        if article.text != " ".join(sentence.words):
            continue
        gold = set(_coded(sentence))
        for label, found in (("name tagger", set(_tagged(article))), ("whole pipeline", _settled(article))):
            for kind in KINDS.values():
                counts[label][f"gold {kind}"] += sum(g[2] == kind for g in gold)
                counts[label][f"found {kind}"] += sum(f[2] == kind for f in found)
                counts[label][f"right {kind}"] += sum(f[2] == kind for f in found & gold)
    for label, counted in counts.items():
        figures = {kind: _f1(counted, [kind]) for kind in KINDS.values()}
        figures["all three"] = _f1(counted, KINDS.values())
        print(f"GermEval dev, {label}: " + ", ".join(f"{kind} F1 {f1:.1f}" for kind, f1 in figures.items()))


def _coded(sentence: corpora.Tagged) -> Iterator[tuple[int, int, str]]:
    """The names of a sentence by characters."""
    at, start, kind, end = 0, 0, "", 0
    for word, label in zip([*sentence.words, ""], [*sentence.labels, "O"], strict=True):
        position, _, now = label.partition("-")
        if kind and (position != "I" or now != kind):
            yield start, end, KINDS[kind]
            kind = ""
        if position == "B" and now in KINDS:
            start, kind = at, now
        at, end = at + len(word) + 1, at + len(word)


def _tagged(article: Article) -> Iterator[tuple[int, int, str]]:
    for name in article.of(Name):
        if name.kind in KINDS.values():
            yield *name.span, name.kind


def _settled(article: Article) -> Found:
    """What the pipeline takes each name for: actors and places first, the tagger's names where neither has a say."""
    taken: set[int] = set()
    found: Found = set()
    for span, kind in (*_known(article), *((n.span, n.kind) for n in article.of(Name))):
        if taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            if kind in KINDS.values():
                found.add((*span, kind))
    return found


def _known(article: Article) -> Iterable[tuple[tuple[int, int], str]]:
    for place in article.of(PlaceMention):
        if not place.why.startswith("derived"):  # "Berliner Polizei": GermEval counts adjectives apart
            yield place.span, "place"
    yield from _agencies(article)
    described = {token.span.start for token in article.of(Token) if token.upos == "ADJ"}
    for mention in article.of(ActorMention):
        start = mention.span.start
        if article.text[start].islower() and start in described:
            continue  # "das russische Verteidigungsministerium"
        if mention.form in {"name", "metonym"} and mention.actor.kind != "population":  # a people is no organisation
            kind = mention.actor.kind
            land = (
                mention.actor.kind == "government" and fold(article.quote(mention.span)) in gazetteer()
            )  # "Abchasien"
            state = mention.actor.id.startswith("state/") or land
            yield mention.span, "person" if kind == "person" else "place" if state else "organisation"


def _agencies(article: Article) -> Iterator[tuple[tuple[int, int], str]]:
    for line in article.of(Dateline):
        for agency in line.agencies:
            for found in re.finditer(re.escape(agency), article.quote(line.span)):
                yield (line.span.start + found.start(), line.span.start + found.end()), "organisation"


def _f1(counted: Counter[str], kinds: Iterable[str]) -> float:
    gold, found, right = (sum(counted[f"{what} {k}"] for k in kinds) for what in ("gold", "found", "right"))
    return 200 * right / (gold + found) if gold + found else 0.0


if __name__ == "__main__":
    main()
