"""Where shards are worked on: in this process, in a pool of processes, or on a Ray cluster."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import Literal, Protocol

from depesche.errors import InputError
from depesche.runner.work import work

EngineName = Literal["inline", "processes", "ray"]


class Engine(Protocol):
    """Runs `work` somewhere."""

    def begin(self) -> None:
        """Say that there will be shards, so that what takes time to start can be started."""
        ...

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Start on a shard."""
        ...

    def close(self) -> None:
        """Wait for nothing more and free what is held."""
        ...


class Inline:
    """This process: for a few reports, and for looking at faults."""

    def begin(self) -> None:
        """Nothing happens beside this process."""

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Work on the shard at once."""
        future: Future[None] = Future()
        work(shard, done)
        future.set_result(None)
        return future

    def close(self) -> None:
        """Nothing is held."""


class Processes:
    """A pool of worker processes on this machine.

    They are forked from one process that has loaded everything (`depesche.runner.ready`) and has nothing else open: neither
    this one's database nor its threads.
    """

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["depesche.runner.ready"])
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start)

    def begin(self) -> None:
        """Let that process load, while this one does something else."""
        forkserver.ensure_running()

    def submit(self, shard: Path, done: Path) -> "Future[None]":
        """Hand the shard to the next free process."""
        return self._pool.submit(_work, shard, done)

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

    def begin(self) -> None:
        """Its workers are there already."""

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


_at_work = threading.Lock()
"""Held by a worker while it is at a shard."""


def _start() -> None:
    """Ctrl-C is the coordinator's to answer: workers finish their shard. They also end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_coordinator, daemon=True).start()


def _work(shard: Path, done: Path) -> None:
    with _at_work:
        work(shard, done)


def _end_with_coordinator() -> None:
    """A worker whose coordinator was killed would wait for its next shard for ever; the one it is at, the next run takes over."""
    coordinator = multiprocessing.parent_process()
    if coordinator is not None:
        coordinator.join()
        with _at_work:
            os._exit(0)
