"""Actors: spellings, offices, and how many arguments of hand-coded events have a mention to stand on.

    python bench/actors.py [SHARED]

Prints three tables: persons in German and English spelling to one id (`actors_lists/spellings.tsv`), the holder of an office on a
day (`actors_lists/offices.tsv`), and, where SHARED (default `../shared`) holds `gold/`, the share of event arguments that an actor
of ours aligned by the scorer's own rule has a mention for, in the event's sentence and in the whole report.
"""

import datetime as dt
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from depesche.blocks import article_of
from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.actors import Actors, References
from depesche.details.places import Places
from depesche.knowledge import holders, who
from depesche.knowledge.spelling import name_keys
from depesche.pipeline import Pipeline
from depesche.record import ActorMention, Article, Dateline, Part, Row

LISTS = Path(__file__).parent / "actors_lists"


def main() -> None:
    """Prints the tables."""
    shared = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "../shared"))
    began = time.process_time()
    who("Kerry")
    print(f"knowledge of actors loaded and asked: {time.process_time() - began:.2f} s")
    spellings()
    offices()
    for part in ("train", "dev"):
        if (shared / f"gold/{part}.jsonl").exists():
            arguments(shared / "gold", part)
        else:
            print(f"actors: gold/{part} skipped, {shared / 'gold'} is not there")


def _lines(name: str) -> Iterator[list[str]]:
    rows = [line.split("\t") for line in (LISTS / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    yield from rows[1:]


def spellings() -> None:
    """Both spellings of a person lead to one id; how many candidates each has; and what the skeleton alone reaches."""
    pairs = list(_lines("spellings.tsv"))
    same = candidates = known = keys = 0
    for german, english in pairs:
        answers = who(german), who(english)
        keys += bool(name_keys(german) & name_keys(english))
        if not any(answers):
            continue
        known += 1
        candidates += sum(map(len, answers))
        right = all(answers) and answers[0][0].actor.id == answers[1][0].actor.id
        same += right
        if not right and "--errors" in sys.argv:
            print("  differ:", german, english, [[w.actor.id for w in a] for a in answers])
    print(
        f"spellings: {len(pairs)} pairs, known {known}, same id {100 * same / len(pairs):.1f} % of all, {100 * same / known:.1f} % of "
        f"known, candidates {candidates / 2 / known:.2f}; skeleton alone {100 * keys / len(pairs):.1f} %"
    )


def offices() -> None:
    """The holder that we name for a role, a country or body, and a day."""
    questions = list(_lines("offices.tsv"))
    right = 0
    for role, whose, day, holder in questions:
        of = {"body": whose} if "/" in whose else {"country": whose}
        terms = holders(role, on=dt.date.fromisoformat(day), **of)
        meant = {w.actor.id for w in who(holder)[:1]}
        good = bool(terms) and terms[0].person in meant
        right += good
        if not good and "--errors" in sys.argv:
            print("  wrong:", role, whose, day, holder, [t.person for t in terms])
    print(f"offices: {right} of {len(questions)} right, {100 * right / len(questions):.1f} %")


def arguments(gold: Path, part: str) -> None:
    """The upper bound that actor mentions set to "who did what to whom"."""
    scorer = _scorer(gold)
    coded = [json.loads(line) for line in (gold / f"{part}.jsonl").open(encoding="utf-8")]
    rows = [json.loads(line) for line in (gold / f"{part}.input.jsonl").open(encoding="utf-8")]
    fields = ("id", "headline", "body", "published", "language")
    articles = [article_of(Row(origin=r["id"], **{f: r.get(f) for f in fields})) for r in rows]
    pipeline = Pipeline(
        [Sentences(), Words(), Names(), Actors(), Places(), References()], given=frozenset({Part, Dateline})
    )
    in_sentence = in_report = total = 0
    forms: Counter[str] = Counter()
    for report, article in zip(coded, pipeline.many(articles), strict=True):
        sentences, everywhere = _aligned(scorer, report, article)
        for event in report["events"]:
            for key in event["agents"] + event["recipients"]:
                total += 1
                here = sentences.get(event["s"], {}).get(key)
                in_sentence += here is not None
                forms[here or ("elsewhere only" if key in everywhere else "nowhere")] += 1
                in_report += key in everywhere
    print(f"gold/{part}: {total} arguments, mention in the sentence {100 * in_sentence / total:.1f} %, in the report "
          f"{100 * in_report / total:.1f} %")  # fmt: skip
    print(
        "  first mention in the sentence: " + ", ".join(f"{f} {100 * n / total:.1f} %" for f, n in forms.most_common())
    )


def _aligned(
    scorer: ModuleType, report: dict[str, Any], article: Article
) -> tuple[dict[int, dict[str, str]], set[str]]:
    """The form of the first mention of each hand-coded actor by sentence, and those with a mention anywhere."""
    actors: dict[str, dict[str, Any]] = {}
    for m in article.of(ActorMention):
        a = m.actor
        row = actors.setdefault(
            a.id, {"name": a.name, "name_de": a.name_de, "kind": a.kind, "country": a.country, "mention_texts": []}
        )
        row["mention_texts"].append(article.quote(m.span))
    stands = scorer.align(report["actors"], actors)
    sentences: dict[int, dict[str, str]] = {}
    for m in article.of(ActorMention):
        number = next((i for i, (a, b) in enumerate(report["sentences"]) if a <= m.span[0] < b), None)
        if number is not None and m.actor.id in stands:
            sentences.setdefault(number, {}).setdefault(stands[m.actor.id], m.form)
    return sentences, set(stands.values())


def _scorer(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(gold / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
