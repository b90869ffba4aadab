"""What a worker does with one shard; knows nothing of where it runs."""

from collections.abc import Iterator
from pathlib import Path

from depesche.blocks import article_of
from depesche.document import Record
from depesche.errors import InputError
from depesche.reading import default_pipeline
from depesche.record import Article, Page, Row
from depesche.runner.shards import ShardOutput, read_input, write_shard


def work(shard: Path, done: Path) -> None:
    """Read every source of a shard and write the records; a rerun finds `done` and has nothing to do."""
    if done.exists():
        return
    given = read_input(shard)
    records: list[Record] = []
    rejects: list[tuple[str, str]] = []
    for source, outcome in zip(given.sources, outcomes(given.sources), strict=True):
        if isinstance(outcome, Record):
            records.append(outcome)
        else:
            rejects.append((source.origin, outcome))
    inputs = tuple(zip(given.digests, (s.origin for s in given.sources), strict=True))
    write_shard(done, ShardOutput(records=tuple(records), inputs=inputs, rejects=tuple(rejects)))


def outcomes(sources: tuple[Page | Row, ...]) -> Iterator[Record | str]:
    """The record of each source, or why there is none."""
    opened = [_opened(source) for source in sources]
    try:
        read = default_pipeline().many([a for a in opened if isinstance(a, Article)])
        records = [article.record for article in read]
    except Exception:  # noqa: BLE001 (a fault in one report must not cost the others: find out which one it was)
        yield from (_alone(a) if isinstance(a, Article) else a for a in opened)
        return
    waiting = iter(records)
    yield from (next(waiting) if isinstance(a, Article) else a for a in opened)


def _opened(source: Page | Row) -> Article | str:
    try:
        return article_of(source)
    except InputError as error:
        return error.what
    except Exception as error:  # noqa: BLE001 (the page becomes a row in rejects; the run goes on)
        return _fault(error)


def _alone(article: Article) -> Record | str:
    try:
        return default_pipeline()(article).record
    except Exception as error:  # noqa: BLE001 (likewise)
        return _fault(error)


def _fault(error: Exception) -> str:
    return f"a fault in Depesche ({type(error).__name__}: {error}); please report it with this input"
