"""Where shards are worked on: in this process, in a pool of processes, or on a Ray cluster."""

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Literal, Protocol

from depesche.errors import InputError
from depesche.runner.work import work

EngineName = Literal["inline", "processes", "ray"]


class Engine(Protocol):
    """Runs `work` somewhere."""

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Start on a shard."""
        ...

    def close(self) -> None:
        """Wait for nothing more and free what is held."""
        ...


class Inline:
    """This process: for a few reports, and for looking at faults."""

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Work on the shard at once."""
        future: Future[None] = Future()
        work(shard, done)
        future.set_result(None)
        return future

    def close(self) -> None:
        """Nothing is held."""


class Processes:
    """A pool of worker processes on this machine."""

    def __init__(self, jobs: int) -> None:
        # Fresh interpreters: forking a process that has threads or compiled caches open is undefined territory.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupt)

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Hand the shard to the next free process."""
        return self._pool.submit(work, shard, done)

    def close(self) -> None:
        """Drop what has not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class RayCluster:
    """A Ray cluster whose machines see the same file system."""

    def __init__(self) -> None:
        try:
            import ray  # noqa: PLC0415 (an extra: nobody else should wait for it or install it)
        except ImportError as error:
            raise InputError("Ray is not installed; pip install 'depesche[ray]'", where="--engine ray") from error
        ray.init(ignore_reinit_error=True, log_to_driver=False)
        self._work = ray.remote(work)
        self._ray = ray

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Hand the shard to the cluster."""
        future: Future[None] = self._work.remote(shard.resolve(), done.resolve()).future()
        return future

    def close(self) -> None:
        """Leave the cluster."""
        self._ray.shutdown()


def engine(name: EngineName, *, jobs: int) -> Engine:
    """The engine of that name.

    Raises:
        InputError: what it needs is not installed.
    """
    made: dict[EngineName, Callable[[], Engine]] = {
        "inline": Inline,
        "processes": lambda: Processes(jobs),
        "ray": RayCluster,
    }
    return made[name]()


def _ignore_interrupt() -> None:
    """Ctrl-C is the coordinator's to answer: workers finish their shard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
