"""Dating: hide the dates of dated reports, infer them, and see how often the interval holds the true day and how wide it is.

    python bench/dating.py [SHARED]

SHARED (default `../shared`) holds `gold` and `data/speech`. Prints, for each set, how many reports get an interval, the share of these
that hold the true day, their median width; then how many true dates are doubted, and how many that are wrong by one, three
and six years.
"""

import datetime as dt
import gzip
import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from depesche.blocks import article_of
from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.actors import Actors
from depesche.details.dating import Dating
from depesche.details.places import Places
from depesche.details.times import Times, interval
from depesche.pipeline import Pipeline
from depesche.record import Article, Dateline, Part, Published, Row

SETS = ("gold/train", "gold/dev", "data/speech/wikinews-de-dev", "data/speech/polnear-en-dev")
WRONG_BY = (1, 3, 6)


def main() -> None:
    """Prints the table."""
    shared = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "../shared"))
    if not (shared / "gold").is_dir():
        print(f"{shared}/gold is absent, skipped")
        return
    pipeline = Pipeline([Sentences(), Words(), Names(), Times(), Actors(), Places()], given=frozenset({Part, Dateline}))
    everything: list[tuple[int, bool]] = []
    for name in SETS:
        reports = list(read(shared, name, pipeline=pipeline))
        found = [one for day, article in reports if (one := inferred(article, day=day)) is not None]
        everything += found
        table(name, found, reports=len(reports))
        doubts(reports)
    table("all", everything, reports=0)


def read(shared: Path, name: str, *, pipeline: Pipeline) -> Iterator[tuple[dt.date, Article]]:
    """The reports of a set, read without their dates, each with its true day."""
    path = shared / f"{name}.input.jsonl"
    text = path.read_bytes() if path.exists() else gzip.decompress(Path(f"{path}.gz").read_bytes())
    for line in text.splitlines():
        row = json.loads(line)
        if row.get("published"):
            hidden = Row(
                origin=name, id=row["id"], headline=row.get("headline"), body=row["body"], language=row["language"]
            )
            yield dt.date.fromisoformat(row["published"][:10]), pipeline(article_of(hidden))


def inferred(article: Article, *, day: dt.date) -> tuple[int, bool] | None:
    """Width in days of the inferred interval, and whether it holds the true day; None where nothing is inferred."""
    for publication in Dating()(article):
        first, last = interval(publication.edtf)
        if first is not None and last is not None:
            return (last - first).days + 1, first <= day <= last
    return None


def table(name: str, found: list[tuple[int, bool]], *, reports: int) -> None:
    """Prints one line."""
    if found:
        held = 100 * sum(holds for _, holds in found) / len(found)
        width = statistics.median(width for width, _ in found)
        print(
            f"{name}: {len(found)} of {reports or '-'} dated, {held:.1f}% hold the day, median width {width:.0f} days"
        )


def doubts(reports: list[tuple[dt.date, Article]]) -> None:
    """Prints how many stated dates are doubted: true ones, and ones wrong by some years."""
    counts = []
    for years in (0, *WRONG_BY):
        doubted = sum(_doubted(article, stated=day + dt.timedelta(365 * years)) for day, article in reports)
        counts.append(f"{years} years off {doubted}")
    print(f"  doubted of {len(reports)}: {', '.join(counts)}")


def _doubted(article: Article, *, stated: dt.date) -> bool:
    published = Published(edtf=stated.isoformat(), known_by="metadata", why="bench")
    meta = msgspec.structs.replace(article.meta, published=published)
    dated = Article(text=article.text, meta=meta, marks=article.marks)
    return any(publication.contradicts for publication in Dating()(dated))


if __name__ == "__main__":
    main()
