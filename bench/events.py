"""How well events are read: hand-coded reports, and the sets of others.

    bench/events.py SHARED [--set all|gold|ablations|calibration|plv|gsr|silent|muc|speed] [--lang de|en]

SHARED is the folder with `gold/` and `data/`; without it there is nothing to measure and we say so (exit status 2). `--lang` narrows what is
measured on the development reports; without it, all of them are followed by each language.

- gold: the scorer's table for the development reports, by type.
- ablations: (sentence, type) F1 with the lexicon alone (every entry with a prior of 0.8 is an event), with the trigger model, and with
  the second look with the whole report in view.
- calibration: share of right types by confidence in ten bins, and the expected calibration error.
- plv: type of a marked pair of actors in PLV's sentences, and whether an event of that type is found in the raw text.
- gsr: type and sides in the examples of PLOVER.
- silent: false alarms on UniversalPetrarch's sentences without an event.
- muc: stage of execution of MUC's incidents, beside "always accomplished".
- speed: sentences and reports a second of processor time, this stage alone and all stages.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import events_calibration, events_muc, events_outside
from bench import gold as gold_bench
from bench.events_calibration import Pair
from depesche.blocks import article_of
from depesche.events import Events
from depesche.events.chances import chances, surest
from depesche.events.detecting import detect
from depesche.events.lexicon import lexicon_of
from depesche.events.model import linear
from depesche.events.scene import Scene, scene_of
from depesche.events.triggers import candidates
from depesche.reading import default_pipeline
from depesche.record import Article, Row, Sentence

Found = Iterable[tuple[int, str]]
"""Positions of triggers with their types."""
LANGUAGES = ("de", "en")
_SURE = 0.8


class Report(NamedTuple):
    """A development report as it came, its language, what we read in it, and its coded (sentence, type) pairs."""

    row: Row
    language: str
    article: Article
    coded: list[Pair]


def read(row: Row) -> Article:
    """One text read by all stages."""
    return default_pipeline()(article_of(row))


def reports_of(shared: Path, *, language: str | None) -> Iterator[Report]:
    """The development reports, of one language or of all."""
    folder = shared / "gold"
    rows = map(json.loads, (folder / "dev.input.jsonl").read_text("utf-8").splitlines())
    coded = map(json.loads, (folder / "dev.jsonl").read_text("utf-8").splitlines())
    for fields, report in zip(rows, coded, strict=True):
        if language in {None, report["lang"]}:
            sentences = [(int(a), int(b)) for a, b in report["sentences"]]
            pairs = [(sentences[e["s"]], str(e["type"])) for e in report["events"]]
            row = Row(origin="bench", **fields)
            yield Report(row, report["lang"], read(row), pairs)


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


def pairs_of(found: Found, sentences: Sequence[tuple[int, int]]) -> Counter[Pair | None]:
    """What was found as pairs of a sentence and a type; None stands for what lies in none of the sentences."""
    return Counter(next(((span, kind) for span in sentences if span[0] <= at < span[1]), None) for at, kind in found)


def ablations(reports: Sequence[Report]) -> None:
    """(sentence, type) F1 of three ways to find triggers."""
    ways: dict[str, Callable[[Scene], Found]] = {
        "lexicon only": lexicon_only, "+ trigger model": trigger_model, "+ second look": second_look,
    }  # fmt: skip
    counts = {name: [0, 0, 0] for name in ways}
    for report in reports:
        scene, wanted = scene_of(report.article), Counter[Pair | None](report.coded)
        for name, way in ways.items():
            got = pairs_of(way(scene), sorted({span for span, _ in report.coded}))
            for i, counted in enumerate((got & wanted, got, wanted)):
                counts[name][i] += counted.total()
    for name, (right, said, there) in counts.items():
        p, r = (right / max(1, n) for n in (said, there))
        print(f"  {name:16} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(1e-9, p + r):5.1f}")


def calibration(reports: Sequence[Report]) -> None:
    """How often an event of a given confidence has a coded event of its type in its sentence."""
    events_calibration.report([one for r in reports for one in events_calibration.judged(r.article, r.coded)])


def speed(reports: Sequence[Report]) -> None:
    """How fast the stage is, and all stages; processor time, so that what else runs on the machine does not count."""
    stage = Events()
    for report in reports[:5]:
        list(stage(report.article))
    began = time.process_time()
    for report in reports:
        list(stage(report.article))
    own = time.process_time() - began
    began = time.process_time()
    for report in reports:
        read(report.row)
    whole = time.process_time() - began
    sentences = sum(len(report.article.of(Sentence)) for report in reports)
    for name, seconds in (("this stage", own), ("all stages", whole)):
        print(f"  {name}: {sentences / seconds:,.0f} sentences/s, {len(reports) / seconds:.1f} reports/s")


def of_reports(name: str, shared: Path, *, language: str | None) -> None:
    """Print a measure of the development reports: of one language, or of all and then of each."""
    measure = {"ablations": ablations, "calibration": calibration, "speed": speed}[name]
    reports = list(reports_of(shared, language=language))
    for part in (language,) if language else (None, *LANGUAGES):
        wanted = [report for report in reports if part in {None, report.language}]
        print(f"{name}, {part or 'all'}: {len(wanted)} reports")
        measure(wanted)


def of_gold(shared: Path, *, language: str | None) -> None:
    """Print the scorer's table: of one language, or of all reports and then of each."""
    for part in (language,) if language else (None, *LANGUAGES):
        gold_bench.main(shared, part="dev", more=("--by-type", *(("--lang", part) if part else ())))


OUTSIDE: dict[str, Callable[[Path, Callable[[Row], Article]], None]] = {
    "plv": events_outside.plv,
    "gsr": events_outside.gsr,
    "silent": events_outside.silent,
    "muc": events_muc.measure,
}
SETS = ("gold", "ablations", "calibration", *OUTSIDE, "speed")


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", default="all", choices=["all", *SETS])
    parser.add_argument("--lang", choices=LANGUAGES)
    args = parser.parse_args()
    if not (args.shared / "gold").exists():
        print(f"{args.shared} holds no gold/: nothing to measure", file=sys.stderr)
        return 2
    for name in SETS if args.set == "all" else (args.set,):
        if name == "gold":
            of_gold(args.shared, language=args.lang)
        elif name in OUTSIDE and not (args.shared / "data" / "events").exists():
            print(f"{name}: passed over, {args.shared} holds no data/events")
        elif name in OUTSIDE:
            OUTSIDE[name](args.shared, read)
        else:
            of_reports(name, args.shared, language=args.lang)
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
