"""How well statements are read: German Wikinews, PolNeAR, gold English statements.

    bench/speech.py SHARED [--set wikinews|polnear|gold-dev|gold-train] [--part dev|train] [--limit N] [--errors N]

Writes records with statements alone and runs the scorers that come with the data (`data/speech/score.py`); gold statements are
scored by content here (Jaccard over characters of at least 0.7), speakers by overlap of words, since actors are another stage's.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from depesche.blocks import article_of
from depesche.details.speech import Speech
from depesche.pipeline import default_stages
from depesche.record import Article, Row, Statement

_FILES = {"wikinews": "wikinews-de", "polnear": "polnear-en"}


def read(text: str, *, language: str, identity: str) -> Article:
    """One text with the marks of all stages up to speech."""
    article = article_of(Row(origin="bench", id=identity, body=text, language=language))
    for stage in default_stages():
        article = article.with_marks(tuple(stage(article)))
        if isinstance(stage, Speech):
            break
    return article


def record(article: Article) -> bytes:
    """The part of a record that the scorer reads."""
    statements = [
        {"speaker_span": s.speaker_span, "cue": s.cue, "content": s.content, "mode": s.mode}
        for s in article.of(Statement)
    ]
    return msgspec.json.encode({"article": {"id": article.id, "text": article.text}, "statements": statements})


def corpus(shared: Path, *, name: str, part: str, limit: int | None) -> None:
    """Run a corpus through its own scorer."""
    folder = shared / "data/speech"
    path = next(p for p in sorted(folder.glob(f"{_FILES[name]}-{part}.jsonl*")))
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        documents = [json.loads(line) for line in stream][:limit]
    with tempfile.TemporaryDirectory() as at:
        gold, records = Path(at) / "gold.jsonl", Path(at) / "records.jsonl"
        gold.write_text("\n".join(json.dumps(d) for d in documents), "utf-8")
        made = [record(read(d["text"], language=d["lang"], identity=d["id"])) for d in documents]
        records.write_bytes(b"\n".join(made))
        print(f"== {name} {part}, {len(documents)} texts", flush=True)
        subprocess.run([sys.executable, str(folder / "score.py"), str(gold), str(records)], check=True)  # noqa: S603 (our own scorer)


def gold(shared: Path, *, part: str, errors: int) -> None:
    """English statements of the hand-coded reports, by content."""
    right = expected = predicted = 0
    for line in (shared / f"gold/{part}.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        if not report.get("statements"):
            continue
        found = [
            set().union(*(range(*c) for c in s.content))
            for s in read(report["text"], language=report["lang"], identity=report["id"]).of(Statement)
        ]
        wanted = [(_place(report, s), s) for s in report["statements"]]
        expected, predicted = expected + len(wanted), predicted + len(found)
        for place, statement in wanted:
            match = next((f for f in found if len(f & place) / len(f | place) >= 0.7), None)
            if match is not None:
                found.remove(match)
                right += 1
            elif errors > 0:
                errors -= 1
                start, end = report["sentences"][statement["s"]]
                print(f"missed {statement['content']!r}\n    in {report['text'][start:end]}")
        for f in found:
            if errors > 0:
                errors -= 1
                print(f"spurious {report['text'][min(f) : max(f) + 1]!r}")
    p, r = right / max(predicted, 1), right / max(expected, 1)
    print(
        f"gold/{part} content  P {100 * p:.1f}  R {100 * r:.1f}  F1 {200 * p * r / max(p + r, 1e-9):.1f}   gold {expected}  predicted {predicted}"
    )


def _place(report: dict[str, list[list[int]]], statement: dict[str, int]) -> set[int]:
    start, end = report["sentences"][statement["s"]]
    text, content = str(report["text"]), str(statement["content"])
    at = start - 1
    for _ in range(statement.get("nth", 1)):
        at = text.index(content, at + 1, end)
    return set(range(at, at + len(content)))


def main() -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", action="append", choices=["wikinews", "polnear", "gold-dev", "gold-train"])
    parser.add_argument("--part", default="dev")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    if not (args.shared / "gold").is_dir():
        print(f"{args.shared} holds no gold/: nothing to measure", file=sys.stderr)
        return 2
    for name in args.set or ["wikinews", "polnear", "gold-dev"]:
        if name.startswith("gold"):
            gold(args.shared, part=name.removeprefix("gold-"), errors=args.errors)
        else:
            corpus(args.shared, name=name, part=args.part, limit=args.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
