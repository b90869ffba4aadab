"""From sources to a database: packs shards, keeps workers busy, loads what they finish."""

import datetime as dt
import fcntl
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from depesche.acquire import Fetcher, Visit, sources
from depesche.errors import InputError
from depesche.reading import checked_date, default_pipeline
from depesche.record import Page, Row
from depesche.runner.engines import Engine, EngineName, engine
from depesche.runner.shards import ShardInput, ShardOutput, read_output, source_digest, write_shard
from depesche.store import Loader, connect

SHARD_REPORTS = 64
SHARD_BYTES = 8 * 1024 * 1024
"""A shard is full at whichever comes first: small enough that a stop loses seconds, large enough to batch."""

_REJECT_BATCH = 100


class Progress(msgspec.Struct, kw_only=True):
    """Where a run stands; the numbers are of this run alone.

    Attributes:
        read: reports written to the database.
        known: inputs passed over because they had been read before.
        rejected: inputs that could not be read.
        consumed: bytes of input taken in, of about `total` (0 where that is unknown).
        seconds: since the run began.
    """

    read: int = 0
    known: int = 0
    rejected: int = 0
    consumed: int = 0
    total: int = 0
    seconds: float = 0.0


class _Run:
    """One run: holds the connection, the workers and the counts."""

    def __init__(self, into: Path, *, workers: Engine, ahead: int, report: Callable[[Progress], None]) -> None:
        self._folder = into.with_name(into.name + ".work")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(
                "another build is writing to this record; wait for it or stop it", where=str(into)
            ) from error
        self._connection = connect(into)
        self._loader = Loader(self._connection, made_by=default_pipeline().made_by)
        self.fetcher = Fetcher(self._visits())
        self._workers = workers
        self._ahead = ahead
        self._report = report
        self._pending: dict[Future[None], tuple[Path, int]] = {}
        self._began = time.monotonic()
        self.progress = Progress()

    def run(self, found: Iterable[Page | Row | InputError]) -> None:
        """Take in everything, resuming what an earlier run left."""
        self._load_what_waits()
        for shard in self._shards(found):
            self._submit(shard, attempt=1)
            while len(self._pending) >= self._ahead:
                self._collect()
        while self._pending:
            self._collect()
        # Only now: a page whose reading was cut off must be fetched again, not be taken for unchanged.
        self._connection.executemany(
            "insert or replace into visits (url, etag, last_modified) values (?, ?, ?)",
            [(url, v.etag, v.last_modified) for url, v in self.fetcher.visits.items()],
        )
        self._tell()

    def _visits(self) -> dict[str, Visit]:
        rows = self._connection.execute("select url, etag, last_modified from visits")
        return {url: Visit(etag=etag, last_modified=modified) for url, etag, modified in rows}

    def finish_early(self) -> None:
        """Load what the workers have finished; what they have not begun is left for the next run."""
        self._workers.close()
        self._load_what_waits()

    def close(self) -> None:
        """Close the database; the folder goes when nothing in it is waiting."""
        self._workers.close()
        self._connection.execute("pragma optimize")
        self._connection.close()
        if not any(self._folder.glob("*.done")):
            shutil.rmtree(self._folder)
        self._lock.close()

    def _shards(self, found: Iterable[Page | Row | InputError]) -> Iterator[Path]:
        """Pack what has not been read yet."""
        made_by = default_pipeline().made_by
        known = {key for (key,) in self._connection.execute("select digest from inputs where made_by = ?", (made_by,))}
        batch: list[tuple[Page | Row, bytes]] = []
        rejects: list[tuple[str, str]] = []
        size = 0
        for source in found:
            if isinstance(source, InputError):
                rejects.append((source.where, source.what))
                self.progress.rejected += 1
                continue
            key = source_digest(source)
            self.progress.consumed += (weight := _weight(source))
            if key in known:
                self.progress.known += 1
                continue
            known.add(key)
            batch.append((source, key))
            size += weight
            if len(batch) >= SHARD_REPORTS or size >= SHARD_BYTES:
                yield self._packed(batch)
                batch, size = [], 0
            if len(rejects) >= _REJECT_BATCH:
                self._loader.reject(rejects, now=_now())
                rejects = []
        self._loader.reject(rejects, now=_now())
        if batch:
            yield self._packed(batch)

    def _packed(self, batch: list[tuple[Page | Row, bytes]]) -> Path:
        shard = ShardInput(sources=tuple(s for s, _ in batch), digests=tuple(d for _, d in batch))
        path = self._folder / f"{shard.digests[0].hex()}-{len(batch)}.in"
        write_shard(path, shard)
        return path

    def _submit(self, shard: Path, *, attempt: int) -> None:
        self._pending[self._workers.submit(shard, shard.with_suffix(".done"))] = (shard, attempt)

    def _collect(self) -> None:
        """Load every shard that has finished; say how far we are at least once a second."""
        finished, _ = wait(self._pending, timeout=1.0, return_when=FIRST_COMPLETED)
        done: list[Path] = []
        for future in finished:
            shard, attempt = self._pending.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                raise InputError(
                    f"a worker process died on attempt {attempt} at {shard.name} (out of memory?); run the same command "
                    "again to go on, with fewer --jobs",
                    where=str(self._folder),
                )
            future.result()
            done.append(shard.with_suffix(".done"))
        self._load(done)
        self._tell()

    def _load_what_waits(self) -> None:
        """Load what an earlier run, or the workers of this one, left; what another version wrote is read anew instead."""
        for done in sorted(self._folder.glob("*.done")):
            try:
                self._load([done])
            except (msgspec.MsgspecError, zlib.error):
                done.unlink()

    def _load(self, done: Sequence[Path]) -> None:
        """Load shards in one transaction: every one costs a pass over the pages that their rows touch."""
        if not done:
            return
        outputs: list[ShardOutput] = [read_output(path) for path in done]
        records = (record for output in outputs for record in output.records)
        inputs = [pair for output in outputs for pair in output.inputs]
        rejects = [pair for output in outputs for pair in output.rejects]
        self.progress.read += self._loader.load(records, now=_now(), inputs=inputs)
        self._loader.reject(rejects, now=_now())
        self.progress.rejected += len(rejects)
        for path in done:
            path.unlink()
            path.with_suffix(".in").unlink(missing_ok=True)

    def _tell(self) -> None:
        self.progress.seconds = time.monotonic() - self._began
        self._report(self.progress)


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a build runs.

    Attributes:
        jobs: worker processes.
        engine: where they run; None for this process with one job, processes with more.
        published: ISO date for what has none of its own; `language` its ISO 639-1 code likewise.
    """

    jobs: int = 1
    engine: EngineName | None = None
    published: str | None = None
    language: str | None = None


_DEFAULTS = Options()


def build(
    paths: Iterable[str],
    *,
    into: Path,
    options: Options = _DEFAULTS,
    report: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Read everything under the paths into a database; run again, it goes on where it stopped.

    Args:
        paths: files, folders, tables, `-`.
        into: the SQLite file; made where there is none.
        options: how it runs.
        report: called about once a second.

    Raises:
        InputError: the file is no record, another build is writing to it, or the date is none.
        KeyboardInterrupt: after what was finished has been loaded.
    """
    date = checked_date(options.published)
    paths = list(paths)
    workers = engine(options.engine or ("inline" if options.jobs == 1 else "processes"), jobs=options.jobs)
    run = _Run(into, workers=workers, ahead=2 * options.jobs + 1, report=report)
    run.progress.total = sum(_size(path) for path in paths)
    try:
        run.run(
            source
            for path in paths
            for source in sources(path, published=date, language=options.language, fetcher=run.fetcher)
        )
    except KeyboardInterrupt:
        run.finish_early()
        raise
    finally:
        run.close()
    return run.progress


def _weight(source: Page | Row) -> int:
    return len(source.content) if isinstance(source, Page) else len(source.body) + len(source.headline or "")


def _size(path: str) -> int:
    """Bytes under a path, 0 where that cannot be known."""
    place = Path(path)
    if place.is_dir():
        return sum(p.stat().st_size for p in place.rglob("*") if p.is_file())
    return place.stat().st_size if place.is_file() else 0


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
