"""Who does what to whom: the clause view read from raw text against the clause view read from treebank trees.

    python bench/clauses.py ../shared/data [--show N]

A subject (object, oblique) is right where its head word and its predicate are. Parsers are trained on GSD, PUD and EWT train, so the German figures
come from HDT and LIT, which nothing is trained on; EWT test is held out of training.
"""

import gzip
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from depesche.clauses.sentences import Sentences
from depesche.clauses.view import Clauses
from depesche.clauses.words import Words
from depesche.pipeline import Pipeline
from depesche.record import Article, Clause, Dateline, Meta, Part, Sentence, Span, Token

SETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "HDT": ("de", ("de_hdt/dev.bugs", "de_hdt/test.bugs")),
    "LIT": ("de", ("de_lit/de_lit-ud-test",)),
    "EWT test": ("en", ("en_ewt/en_ewt-ud-test.src",)),
}
FIELDS = ("subject", "object", "oblique", "passive subject", "voice", "tense", "mood", "negated", "lemma", "parent")


class Row(msgspec.Struct, frozen=True):
    """A line of a treebank."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    span: Span


def trees(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Text and words of each sentence; the second word of a contraction ("im" as "in", "dem") is dropped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        text, cells = "", []
        for line in lines:
            if line.startswith("# text = "):
                text = line[9:].rstrip("\n")
            elif line.strip() and not line.startswith("#"):
                cells.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and cells:
                if text and (rows := _rows(text, cells)):
                    yield text, rows
                text, cells = "", []


def _rows(text: str, cells: list[list[str]]) -> list[Row]:
    kept: list[list[str]] = []
    number: dict[str, int] = {"0": -1}
    spans: list[Span] = []
    at, inside, surface = 0, 0, ""
    for row in cells:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = (int(n) for n in row[0].split("-"))
            parts = [r[1] for r in cells if r[0].isdigit() and first <= int(r[0]) <= last]
            if "".join(parts) != row[1]:  # "im"; "don't" is its parts put together
                inside, surface = last - first + 1, row[1]
            continue
        form = surface or row[1]
        if inside and not surface:  # a later word of a contraction
            number[row[0]] = len(kept) - 1
        else:
            start = text.find(form, at)
            if start < 0:
                return []
            at = start + len(form)
            number[row[0]] = len(kept)
            kept.append(row)
            spans.append(Span(start, at))
        surface = ""
        inside = max(0, inside - 1)
    return [
        Row(r[1], r[2], r[3], "" if r[5] == "_" else r[5], number.get(r[6], -1), r[7], span)
        for r, span in zip(kept, spans, strict=True)
    ]


def gold(text: str, rows: list[Row], language: str) -> Article:
    """An article of one sentence with the treebank's tokens and the clauses read from them."""
    tokens = tuple(
        Token(span=r.span, why="treebank", lemma=r.lemma, upos=r.upos, feats=r.feats, head=r.head, deprel=r.deprel)
        for r in rows
    )
    sentence = Sentence(span=Span(0, len(text)), why="treebank", part="body")
    article = Article(text=text, meta=Meta(origin="treebank", language=language), marks=(sentence, *tokens))
    return article.with_marks(tuple(Clauses()(article)))


def read(text: str, language: str, pipeline: Pipeline) -> Article:
    """The same sentence read from its text alone."""
    part = Part(span=Span(0, len(text)), why="treebank", label="body")
    return pipeline(Article(text=text, meta=Meta(origin="treebank", language=language), marks=(part,)))


def _quote(text: str, span: object) -> str:
    return text[slice(*span)] if isinstance(span, Span) else str(span)


def facts(article: Article) -> dict[str, set[tuple[object, ...]]]:
    """What the verbal clauses of an article say, as comparable facts."""
    found: dict[str, set[tuple[object, ...]]] = {field: set() for field in FIELDS}
    for clause in article.of(Clause):
        if clause.kind == "nominal":
            continue
        at = clause.predicate
        if clause.subject:
            found["subject"].add((at, clause.subject.head))
            if clause.voice == "passive":
                found["passive subject"].add((at, clause.subject.head))
        found["object"] |= {(at, a.head) for a in clause.objects}
        found["oblique"] |= {(at, a.head, a.preposition) for a in clause.obliques}
        for field in ("voice", "tense", "mood", "negated", "lemma", "parent"):
            found[field].add((at, getattr(clause, field)))
    return found


def main(data: Path, *, show: int) -> None:
    """Print one table."""
    if not data.exists():
        print(f"skipped: {data} is not here")
        return
    pipeline = Pipeline([Sentences(), Words(), Clauses()], given=frozenset({Part, Dateline}))
    print(f"{'set':10}" + "".join(f"{field:>16}" for field in FIELDS) + "  words/s (clauses alone)")
    for name, (language, files) in SETS.items():
        counts = {field: [0, 0, 0] for field in FIELDS}
        words, spent = 0, 0.0
        for file in files:
            for text, rows in trees(data / f"treebanks/{file}.conllu.gz"):
                right, ours = gold(text, rows, language), read(text, language, pipeline)
                began = time.perf_counter()
                list(Clauses()(right))
                spent += time.perf_counter() - began
                words += len(rows)
                theirs, found = facts(right), facts(ours)
                for field in FIELDS:
                    hit = len(theirs[field] & found[field])
                    counts[field] = [
                        a + b for a, b in zip(counts[field], (hit, len(found[field]), len(theirs[field])), strict=True)
                    ]
                if show and theirs["subject"] != found["subject"]:
                    show -= 1
                    print(text)
                    for at, head in sorted(theirs["subject"] ^ found["subject"], key=str):
                        print(
                            "   ",
                            "missed" if (at, head) in theirs["subject"] else "wrong",
                            _quote(text, at),
                            "<-",
                            _quote(text, head),
                        )
        figures = "".join(f"{200 * h / max(f + g, 1):16.1f}" for h, f, g in counts.values())
        print(f"{name:10}{figures}  {words / spent:.0f}")


if __name__ == "__main__":
    shown = int(sys.argv[sys.argv.index("--show") + 1]) if "--show" in sys.argv else 0
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/data"), show=shown)
