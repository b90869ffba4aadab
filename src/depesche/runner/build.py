"""From sources to a database: packs shards, keeps workers busy, loads what they finish."""

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from depesche.acquire import Fetcher, Visit, checked_date
from depesche.errors import InputError
from depesche.record import Page, Row
from depesche.runner.engines import EngineName, engine
from depesche.runner.intake import Intake, New
from depesche.runner.shards import ShardInput, read_output, write_shard
from depesche.runner.versions import made_by
from depesche.store import Loader, Prepared, claimed, connect, work_folder

SHARD_REPORTS = 16
SHARD_BYTES = 8 * 1024 * 1024
"""A shard is full at whichever comes first: small enough that a stop loses seconds, and that workers finish together in the end."""

_AHEAD = 4
"""Shards a worker that wait for it: what keeps it busy while finished ones are loaded."""

_LOAD_SECONDS = 5.0
_LOAD_SHARDS = 32
_LOAD_BYTES = 32 * 1024 * 1024
"""Finished shards are loaded together, at whichever comes first: each transaction writes every page that its rows touch, and in
a large record that is a page for nearly every entry of an index."""

_REJECT_BATCH = 100
_REASONS = 3
"""Rejects that are told at the end of a run; a mistyped path should not have to be looked for in the record."""


class Progress(msgspec.Struct, kw_only=True):
    """Where a run stands; the numbers are of this run alone.

    Attributes:
        read: reports written to the database.
        known: inputs passed over because they had been read before.
        rejected: inputs that could not be read; `reasons` are the first of them, each with its origin.
        consumed: bytes of input that are dealt with, of `total` (0 where that is unknown).
        fresh: of these, bytes in which something had to be read: what the time went into.
        seconds: since the run began.
    """

    read: int = 0
    known: int = 0
    rejected: int = 0
    reasons: list[tuple[str, str]] = []
    consumed: int = 0
    total: int = 0
    fresh: int = 0
    seconds: float = 0.0


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


class _Shard(msgspec.Struct, frozen=True, kw_only=True):
    """A shard that a worker has: where it lies, and how many bytes of new input had been taken in by then."""

    path: Path
    fresh: int

    @property
    def done(self) -> Path:
        """Where its output appears."""
        return self.path.with_suffix(".done")


class _Run:
    """One run: holds the connection, the workers and the counts."""

    def __init__(self, into: Path, *, options: Options, report: Callable[[Progress], None]) -> None:
        published = checked_date(options.published)
        self._lock = claimed(into)
        self._folder = work_folder(into)
        try:
            self._connection = connect(into)
        except BaseException:
            shutil.rmtree(self._folder)
            raise
        self._workers = engine(options.engine or ("inline" if options.jobs == 1 else "processes"), jobs=options.jobs)
        stages = made_by(self._connection, asking=self._workers.begin)
        self._is_new = not self._connection.execute("select exists (select 1 from articles)").fetchone()[0]
        self._loader = Loader(self._connection, made_by=stages)
        self._fetcher = Fetcher(self._visits())
        self._intake = Intake(
            self._connection, made_by=stages, published=published, language=options.language,
            fetcher=self._fetcher, rejected=self._reject,
        )  # fmt: skip
        self._jobs = options.jobs
        self._report = report
        self._rejects: list[tuple[str, str]] = []
        self._pending: dict[Future[None], _Shard] = {}
        self._finished: list[_Shard] = []
        self._recovered = 0
        self._is_all_packed = False
        self._began = self._told = self._loaded = time.monotonic()
        self.progress = Progress()

    def run(self, paths: Iterable[str]) -> None:
        """Take in everything, resuming what an earlier run left."""
        self._load_what_waits()
        self._recovered = self.progress.read
        for shard in self._shards(paths):
            self._pending[self._workers.submit(shard.path, shard.done)] = shard
            while len(self._pending) >= (1 + _AHEAD) * self._jobs:
                self._collect()
        self._is_all_packed = True
        while self._pending or self._finished:
            self._collect()
        # Only now: a page whose reading was cut off must be fetched again, not be taken for unchanged.
        self._connection.executemany(
            "insert or replace into visits (url, etag, last_modified) values (?, ?, ?)",
            [(url, v.etag, v.last_modified) for url, v in self._fetcher.visits.items()],
        )
        self._intake.remember()
        self.progress.fresh = self._intake.fresh
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
        self._loader.catch_up()
        self._connection.execute("pragma optimize")
        self._connection.close()
        if not any(self._folder.glob("*.done")):
            shutil.rmtree(self._folder)
        self._lock.close()

    def _shards(self, paths: Iterable[str]) -> Iterator[_Shard]:
        """Pack what has not been read yet."""
        batch: list[New] = []
        size = 0
        for new in self._intake.new(paths):
            self._tell_now_and_then()
            if new is None:
                continue
            batch.append(new)
            size += _weight(new[0])
            if len(batch) >= SHARD_REPORTS or size >= SHARD_BYTES:
                yield self._packed(batch)
                batch, size = [], 0
        self._write_rejects()
        if batch:
            yield self._packed(batch)

    def _packed(self, batch: list[New]) -> _Shard:
        shard = ShardInput(sources=tuple(s for s, _ in batch), digests=tuple(d for _, d in batch))
        path = self._folder / f"{shard.digests[0].hex()}-{len(batch)}.in"
        write_shard(path, shard)
        return _Shard(path=path, fresh=self._intake.fresh)

    def _collect(self) -> None:
        """Load every shard that has finished; say how far we are at least once a second."""
        finished, _ = wait(self._pending, timeout=1.0, return_when=FIRST_COMPLETED)
        for future in finished:
            shard = self._pending.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                raise InputError(
                    f"a worker process died at {shard.path.name} (out of memory?); run the same command again to go on, "
                    "with fewer --jobs",
                    where=str(self._folder),
                )
            future.result()
            self._finished.append(shard)
        if self._is_time_to_load():
            began = time.monotonic()
            self._load([shard.done for shard in self._finished])
            self._keep_pace(took=time.monotonic() - began, waited=began - self._loaded)
            self._loaded = time.monotonic()
            self.progress.fresh = max([self.progress.fresh, *(shard.fresh for shard in self._finished)])
            self._finished.clear()
        self._tell()

    def _is_time_to_load(self) -> bool:
        return (
            # While the workers are at the last shards, so that little is left to do after them.
            (self._is_all_packed and len(self._pending) <= self._jobs)
            or len(self._finished) >= _LOAD_SHARDS
            or time.monotonic() - self._loaded >= _LOAD_SECONDS
            or sum(shard.done.stat().st_size for shard in self._finished) >= _LOAD_BYTES
        )

    def _load_what_waits(self) -> None:
        """Load what an earlier run, or the workers of this one, left; what another version wrote is read anew instead."""
        for done in sorted(self._folder.glob("*.done")):
            try:
                self._load([done])
            except msgspec.MsgspecError:
                done.unlink()

    def _load(self, done: Sequence[Path]) -> None:
        """Load shards in one transaction: every one costs a pass over the pages that their rows touch."""
        if not done:
            return
        inputs: list[tuple[bytes, str]] = []
        rejects: list[tuple[str, str]] = []
        self.progress.read += self._loader.load(_records(done, inputs, rejects), now=_now(), inputs=inputs)
        self._loader.reject(rejects, now=_now())
        self._intake.dealt_with(digest for digest, _ in inputs)
        self._count(rejects)
        for path in done:
            path.unlink()
            path.with_suffix(".in").unlink(missing_ok=True)

    def _keep_pace(self, *, took: float, waited: float) -> None:
        """Where it is not the workers but loading that takes the time, the indexes of a new record are made at the end."""
        if took < waited:
            self._loader.catch_up()
        elif self._is_new and not self._is_all_packed:
            self._loader.put_off()
            self._is_new = False

    def _reject(self, error: InputError) -> None:
        self._rejects.append((error.where, error.what))
        self._count(self._rejects[-1:])
        if len(self._rejects) >= _REJECT_BATCH:
            self._write_rejects()

    def _count(self, rejects: Sequence[tuple[str, str]]) -> None:
        self.progress.rejected += len(rejects)
        self.progress.reasons += rejects[: _REASONS - len(self.progress.reasons)]

    def _write_rejects(self) -> None:
        self._loader.reject(self._rejects, now=_now())
        self._rejects.clear()

    def _tell_now_and_then(self) -> None:
        """While much is passed over that is known."""
        if time.monotonic() - self._told >= 1.0:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        self.progress.seconds = self._told - self._began
        # What an earlier run had left finished counts as read by this one, not again as known.
        self.progress.known = max(0, self._intake.known - self._recovered)
        self.progress.total = self._intake.total
        self.progress.consumed = self._intake.passed + self.progress.fresh
        self._report(self.progress)


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
    run = _Run(into, options=options, report=report)
    try:
        run.run(paths)
    except KeyboardInterrupt:
        run.finish_early()
        raise
    finally:
        run.close()
    return run.progress


def _records(
    done: Sequence[Path], inputs: list[tuple[bytes, str]], rejects: list[tuple[str, str]]
) -> Iterator[Prepared]:
    """The records of finished shards, one shard in memory at a time; on the way the inputs and rejects are gathered."""
    for path in done:
        output = read_output(path)
        inputs += output.inputs
        rejects += output.rejects
        yield from output.records


def _weight(source: Page | Row) -> int:
    return len(source.content) if isinstance(source, Page) else len(source.body) + len(source.headline or "")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
