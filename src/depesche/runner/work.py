"""What a worker does with one shard; knows nothing of where it runs."""

from pathlib import Path

from depesche.errors import InputError
from depesche.reading import outcomes
from depesche.runner.shards import ShardOutput, read_input, write_shard
from depesche.store import Prepared, prepared


def work(shard: Path, done: Path) -> None:
    """Read every source of a shard and write the records; a rerun finds `done` and has nothing to do."""
    if done.exists():
        return
    given = read_input(shard)
    records: list[Prepared] = []
    rejects: list[tuple[str, str]] = []
    for outcome in outcomes(given.sources):
        if isinstance(outcome, InputError):
            rejects.append((outcome.where, outcome.what))
        else:
            records.append(prepared(outcome.record))
    inputs = tuple(zip(given.digests, (s.origin for s in given.sources), strict=True))
    write_shard(done, ShardOutput(records=tuple(records), inputs=inputs, rejects=tuple(rejects)))
