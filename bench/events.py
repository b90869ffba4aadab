"""How well events are read: hand-coded reports, and the sets of others.

    bench/events.py SHARED [--set gold|ablations|calibration|plv|silent|speed] [--lang de|en]

SHARED is the folder with `gold/` and `data/`; without it there is nothing to measure and we say so (exit status 2).

- gold: the scorer's table for the development reports, by type.
- ablations: (sentence, type) F1 with the lexicon alone (every entry with a prior of 0.8 is an event), with the trigger model, and with
  the second look at the whole report.
- calibration: share of right types by confidence, in fifths.
- plv: type of a marked pair of actors in PLV's sentences; the events of the sentence vote.
- silent: false alarms on UniversalPetrarch's sentences without an event.
- speed: sentences and reports a second, this stage alone and all stages.
"""

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import gold as gold_bench
from depesche.blocks import article_of
from depesche.events import Events
from depesche.events.detecting import chances, detect, surest
from depesche.events.lexicon import lexicon_of
from depesche.events.model import linear
from depesche.events.scene import Scene, scene_of
from depesche.events.triggers import candidates
from depesche.reading import default_pipeline
from depesche.record import Article, Event, Row, Sentence

Found = Iterable[tuple[int, str]]
"""Positions of triggers with their types."""
Pair = tuple[tuple[int, int], str]
"""A sentence with a type coded in it."""
_PETRARCH = ("PETR2_GSR_validation.xml", "PETR.UnitTest.records.parsing_parsed_udpipe_2.0.xml")
_SURE = 0.8


def articles(shared: Path, *, language: str | None) -> Iterator[tuple[Article, list[Pair]]]:
    """The development reports with their coded (sentence, type) pairs."""
    folder = shared / "gold"
    rows = map(json.loads, (folder / "dev.input.jsonl").read_text("utf-8").splitlines())
    reports = map(json.loads, (folder / "dev.jsonl").read_text("utf-8").splitlines())
    for row, report in zip(rows, reports, strict=True):
        if language in {None, report["lang"]}:
            sentences = [(int(a), int(b)) for a, b in report["sentences"]]
            pairs = [(sentences[e["s"]], e["type"]) for e in report["events"]]
            yield default_pipeline()(article_of(Row(origin="bench", **row))), pairs


def lexicon_only(scene: Scene) -> Found:
    """Every word or phrase that the lexicon is sure of."""
    for line in scene.lines:
        for candidate in candidates(line, lexicon_of(scene.language)):
            best = max(candidate.entries, key=lambda e: e.prior, default=None)
            if best is not None and best.type != "NONE" and best.prior >= _SURE:
                yield candidate.span.start, best.type


def trigger_model(scene: Scene) -> Found:
    """The trigger model at an even chance, without the second look."""
    for chance in chances(scene):
        if chance.event > linear("triggers").threshold:
            yield chance.candidate.span.start, surest(chance)[0]


def second_look(scene: Scene) -> Found:
    """What the stage does."""
    for found in detect(scene):
        yield found.trigger.span.start, found.type


def ablations(shared: Path, *, language: str | None) -> None:
    """(sentence, type) F1 of three ways to find triggers."""
    ways: dict[str, Callable[[Scene], Found]] = {
        "lexicon only": lexicon_only, "trigger model": trigger_model, "second look": second_look,
    }  # fmt: skip
    counts = {name: [0, 0, 0] for name in ways}
    for article, coded in articles(shared, language=language):
        scene = scene_of(article)
        wanted = Counter(coded)
        for name, way in ways.items():
            got = Counter(
                (span, kind) for at, kind in way(scene) for span in {s for s, _ in coded} if span[0] <= at < span[1]
            )
            everything = sum(1 for _ in way(scene))
            for i, n in enumerate(((got & wanted).total(), everything, wanted.total())):
                counts[name][i] += n
    for name, (right, said, there) in counts.items():
        p, r = (right / max(1, n) for n in (said, there))
        print(f"{name:16} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(1e-9, p + r):5.1f}")


def calibration(shared: Path, *, language: str | None) -> None:
    """How often an event of a given confidence has a coded event of its type in its sentence."""
    judged: list[tuple[float, bool]] = []
    for article, coded in articles(shared, language=language):
        left = Counter(coded)
        for event in sorted(article.of(Event), key=lambda e: -e.confidence):
            key = next(
                (k for k in left if left[k] and k[0][0] <= event.span.start < k[0][1] and k[1] == event.type), None
            )
            if key is not None:
                left[key] -= 1
            judged.append((event.confidence, key is not None))
    judged.sort()
    for i in range(5):
        part = judged[len(judged) * i // 5 : len(judged) * (i + 1) // 5]
        mean, right = sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part)
        print(f"confidence {part[0][0]:.2f}-{part[-1][0]:.2f}  mean {mean:.2f}  right {right:.2f}  of {len(part)}")


def plv(shared: Path) -> None:
    """PLV: the likeliest type of a sentence's candidates, those between the marked actors first, against the coded one."""
    with (shared / "data/events/PLV_train.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    right = found = 0
    for row in rows:
        scene = scene_of(default_pipeline()(article_of(Row(origin="plv", body=row["sentence"], language="en"))))
        spans = [row["sentence"].find(row[side]) for side in ("source", "target")]
        low, high = min(spans), max(spans)
        votes: dict[str, float] = {}
        for chance in chances(scene):
            kind, sure = surest(chance)
            votes[kind] = votes.get(kind, 0.0) + sure * (2 if low <= chance.candidate.span.start <= high else 1)
        best = max(votes, key=lambda kind: votes[kind], default="")
        right += best == row["gold_root"]
        found += any(e.type == row["gold_root"] for e in scene.article.of(Event))
    print(
        f"PLV, actors given: {100 * right / len(rows):.1f} of {len(rows)}; from raw text: {100 * found / len(rows):.1f}"
    )


def silent(shared: Path) -> None:
    """Sentences that the PETRARCH-2 validation records code as holding no event."""
    folder = shared / "data/events/universal_petrarch"
    text = "".join((folder / name).read_text("utf-8") for name in _PETRARCH)
    alarms = total = 0
    for block in re.findall(r"<Sentence .*?</Text>", text, flags=re.DOTALL):
        if 'noevents="true"' not in block.lower():
            continue
        body = re.search(r"<Text>(.*?)</Text>", block, flags=re.DOTALL)
        if body:
            total += 1
            article = default_pipeline()(
                article_of(Row(origin="petrarch", body=" ".join(body[1].split()), language="en"))
            )
            alarms += bool(article.of(Event))
    print(f"UniversalPetrarch: false alarms on {alarms} of {total} sentences without an event")


def speed(shared: Path, *, language: str | None) -> None:
    """How fast the stage is, and all stages."""
    read = [article for article, _ in articles(shared, language=language)]
    bare = [article.with_marks(()) for article in read]
    stage = Events()
    for article in bare[:5]:
        list(stage(article))
    began = time.perf_counter()
    for article in bare:
        list(stage(article))
    own = time.perf_counter() - began
    began = time.perf_counter()
    sentences = sum(len(article.of(Sentence)) for article, _ in articles(shared, language=language))
    whole = time.perf_counter() - began
    print(
        f"this stage {sentences / own:,.0f} sentences/s, {len(read) / own:.1f} reports/s; all stages {len(read) / whole:.1f} reports/s"
    )


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", default="gold", choices=["gold", "ablations", "calibration", "plv", "silent", "speed"])
    parser.add_argument("--lang", choices=["de", "en"])
    args = parser.parse_args()
    if not (args.shared / "gold").exists():
        print(f"{args.shared} holds no gold/: nothing to measure", file=sys.stderr)
        return 2
    match args.set:
        case "gold":
            more = ("--by-type", *(("--lang", args.lang) if args.lang else ()))
            gold_bench.main(args.shared, part="dev", more=more)
        case "ablations":
            ablations(args.shared, language=args.lang)
        case "calibration":
            calibration(args.shared, language=args.lang)
        case "plv":
            plv(args.shared)
        case "silent":
            silent(args.shared)
        case "speed":
            speed(args.shared, language=args.lang)
    return 0


if __name__ == "__main__":
    sys.exit(main())
