"""What a worker does with one shard; knows nothing of where it runs."""

from pathlib import Path

from depesche.errors import FaultError, InputError
from depesche.runner.shards import ShardOutput, read_input, write_shard
from depesche.store import Prepared, prepared, uncollected


def work(shard: Path, done: Path) -> None:
    """Read every source of a shard and write the records; a rerun finds `done` and has nothing to do."""
    if done.exists():
        return
    from depesche.reading import outcomes  # noqa: PLC0415 (two seconds that only who reads pays, not who hands out shards)

    given = read_input(shard)
    records: list[Prepared] = []
    rejects: list[tuple[str, str]] = []
    inputs: list[tuple[bytes, str]] = []
    with uncollected():
        for outcome, digest, source in zip(outcomes(given.sources), given.digests, given.sources, strict=True):
            if not isinstance(outcome, FaultError):  # what failed by our own fault is tried again by the next run
                inputs.append((digest, source.origin))
            if isinstance(outcome, InputError):
                rejects.append((outcome.where, outcome.what))
            else:
                records.append(prepared(outcome.record))
    write_shard(done, ShardOutput(records=tuple(records), inputs=tuple(inputs), rejects=tuple(rejects)))
