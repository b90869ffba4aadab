"""How well figures of human cost are read: gold reports, figs40, MUC-3/4.

    bench/figures.py SHARED [--set gold-dev|gold-train|figs40|muc|silent] [--errors N] [--lang de|en]

SHARED is the folder with `gold/` and `data/` (see its README); without it there is nothing to measure and we say so. Only the
stages that figures need are run. Exit status 2 where the folder is absent.
"""

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.details.figures import Figures
from depesche.record import Article, Figure, Row


class Claim(NamedTuple):
    """What a figure says, as far as it is scored; `where` is a sentence number or a document id."""

    where: str
    what: str
    low: int | None
    high: int | None


class Score:
    """Counts of found, expected and predicted, with a line to print."""

    def __init__(self, name: str) -> None:
        self.name, self.right, self.gold, self.predicted = name, 0, 0, 0

    def line(self) -> str:
        """Precision, recall and F1 as per cent."""
        p = self.right / self.predicted if self.predicted else 0.0
        r = self.right / self.gold if self.gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return f"{self.name:28} P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {100 * f:5.1f}   gold {self.gold}  predicted {self.predicted}"


def figures_of(text: str, *, language: str) -> tuple[Article, tuple[Figure, ...]]:
    """One text read by the stages that figures need."""
    article = article_of(Row(origin="bench", body=text, language=language))
    for stage in (Sentences(), Figures()):
        article = article.with_marks(tuple(stage(article)))
    return article, article.of(Figure)


def gold(shared: Path, *, part: str, language: str | None, errors: int) -> list[Score]:
    """Kind and both bounds in the right sentence of hand-coded reports; and false figures where there is no event."""
    everything, silent = Score(f"gold/{part} (what, bounds)"), Score(f"gold/{part}, no event")
    for line in (shared / "gold" / f"{part}.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        if language not in {None, report["lang"]}:
            continue
        _, found = figures_of(report["text"], language=report["lang"])
        spans = report["sentences"]
        predicted = [Claim(_sentence_at(spans, f.span.start), f.what, f.low, f.high) for f in found]
        expected = [Claim(str(f["s"]), f["what"], f["low"], f["high"]) for f in report["figures"]]
        _add(everything, expected, predicted)
        if not report["events"]:
            _add(silent, expected, predicted)
        missed, spurious = _rest(expected, predicted)
        for label, rows in (("missed", missed), ("spurious", spurious)):
            for claim in rows[: max(0, errors)]:
                start, end = spans[int(claim.where)]
                print(f"{label:8} {report['id']} {claim.what} {claim.low}-{claim.high}: {report['text'][start:end]}")
                errors -= 1
    return [everything, silent]


def figs40(shared: Path, *, errors: int) -> list[Score]:
    """Value, bound and kind of 70 figures in 40 sentences; vague amounts by kind alone."""
    score = Score("figs40 (value, bound, kind)")
    for line in (shared / "data/figures/figs40.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        _, found = figures_of(row["text"], language=row["lang"])
        expected = [_of_figs40(f) for f in row["figures"]]
        predicted = [next((e for e in expected if _fits(e, f)), Claim("", f.what, f.low, f.high)) for f in found]
        _add(score, expected, predicted)
        missed, spurious = _rest(expected, predicted)
        if errors and (missed or spurious):
            print(f"{row['text']}\n   missed {missed}\n   spurious {spurious}")
    return [score]


def _of_figs40(figure: dict[str, str | int | None]) -> Claim:
    value, what = figure["value"], str(figure["event"]).replace("homeless", "displaced")
    number = None if value is None else int(value)
    bound = figure["bound"]
    return Claim(str(bound), what, None if bound == "<=" else number, None if bound in {">", ">="} else number)


def _fits(expected: Claim, found: Figure) -> bool:
    if found.what != expected.what:
        return False
    if expected.where == "vague":
        return found.high is None
    return (found.low, found.high) == (expected.low, expected.high) and found.approximate == (expected.where == "~")


def muc(shared: Path, *, errors: int) -> list[Score]:
    """Victims that MUC-3/4 keys count (numbers of at least two), by report.

    Exact: the number itself is a figure of the report. Interval: it lies between the smallest and the sum of all figures of the
    report, since keys also add up what the text counts apart ("six killed, five wounded" is one key of 11).
    """
    exact, inside = Score("muc victims, exact"), Score("muc victims, interval holds")
    for text, victims in _muc_reports(shared):
        _, found = figures_of(text, language="en")
        least = min((f.low or 0 for f in found), default=1)
        most = sum(f.high or 10**9 for f in found)
        for low, high in victims:
            exact.gold, inside.gold = exact.gold + 1, inside.gold + 1
            right = any((f.low, f.high) == (low, high) or (f.low == low and f.high is None) for f in found)
            exact.right += right
            inside.right += bool(found) and least <= low and high <= most
            if not right and errors > 0:
                errors -= 1
                print(f"--- {low}-{high}; found {[(f.what, f.low, f.high) for f in found]}\n{text}\n")
    exact.predicted, inside.predicted = exact.gold, inside.gold
    return [exact, inside]


_NUMBER = re.compile(r"(?m)^2[12]\. +HUM TGT: NUMBER +(.*(?:\n {20,}.*)*)")
_TEXT = re.compile(r"(?m)^(?=(?:DEV|TST\d)-MUC\d-\d{4})")


def _muc_reports(shared: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    with tarfile.open(shared / "data/events/muc34/muc34-dev-tst1-tst2.tar.gz") as archive:
        files = {
            m.name.rsplit("/", 1)[-1]: archive.extractfile(m).read().decode("latin-1")  # type: ignore[union-attr]
            for m in archive
            if m.isfile() and "/CORPORA/" in m.name
        }
    victims: dict[str, list[tuple[int, int]]] = {}
    for name, content in files.items():
        if not name.startswith("key-"):
            continue
        for template in re.split(r"(?m)^(?=0\. +MESSAGE: ID)", content):
            head = re.match(r"0\. +MESSAGE: ID +(\S+)", template)
            cell = _NUMBER.search(template)
            if head and cell:
                numbers = re.findall(r"(?m)^\s*(?:/ )?(\d+)(?: - (\d+))?:", cell[1])
                victims.setdefault(head[1], []).extend((int(a), int(b or a)) for a, b in numbers if int(a) > 1)
    for name, content in files.items():
        if name.startswith("key-"):
            continue
        for document in _TEXT.split(content):
            head = re.match(r"(\S+)", document)
            if head and victims.get(head[1]):
                body = document.split("\n", 1)[1]
                yield _cased(re.sub(r"\[[A-Z ]+\]", " ", body)), sorted(set(victims[head[1]]))


def _cased(text: str) -> str:
    """The upper-case wire text in lower case with sentence capitals: no reader of figures depends on more."""
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if p.strip()]
    return "\n\n".join(re.sub(r"(?:^|(?<=[.!?] ))\W*\w", lambda m: m[0].upper(), p.lower()) for p in paragraphs)


def _sentence_at(spans: list[list[int]], position: int) -> str:
    return str(next((i for i, (start, end) in enumerate(spans) if start <= position < end), -1))


def _add(score: Score, expected: list[Claim], predicted: list[Claim]) -> None:
    missed, _ = _rest(expected, predicted)
    score.right += len(expected) - len(missed)
    score.gold += len(expected)
    score.predicted += len(predicted)


def _rest(expected: list[Claim], predicted: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    spare = list(predicted)
    missed = []
    for claim in expected:
        if claim in spare:
            spare.remove(claim)
        else:
            missed.append(claim)
    return missed, spare


def main() -> int:
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", action="append", choices=["gold-train", "gold-dev", "figs40", "muc"])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--lang")
    args = parser.parse_args()
    if not (args.shared / "gold").is_dir():
        print(f"{args.shared} holds no gold/: nothing to measure", file=sys.stderr)
        return 2
    for name in args.set or ["gold-train", "gold-dev", "figs40", "muc"]:
        if name == "figs40":
            scores = figs40(args.shared, errors=args.errors)
        elif name == "muc":
            scores = muc(args.shared, errors=args.errors)
        else:
            scores = gold(args.shared, part=name.removeprefix("gold-"), language=args.lang, errors=args.errors)
        for score in scores:
            print(score.line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
