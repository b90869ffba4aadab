"""Killing the writer at random moments, while it loads and others read: nothing that was finished may be lost.

python -m bench.crash [KILLS]
"""

import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.record import NOW, made
from depesche.store import Filter, Loader, OpenRecord, connect, copies, prepared

_BATCH = 20
_LONGEST = 0.4
"""Seconds until a writer is killed; a batch takes some hundredths of one, so that every phase of a load is met."""


def survive(kills: int, folder: Path) -> int:
    """Kill a writer so often, and look after each time; how many reports are there in the end.

    Raises:
        AssertionError: a finished report is lost, half a report is there, or the file is damaged.
    """
    path = folder / "crash.db"
    chance = random.Random(19)  # noqa: S311 (moments, not secrets)
    connect(path).close()
    finished = 0
    for _ in range(kills):
        finished = _run_and_kill(path, finished, seconds=chance.random() * _LONGEST)
        count = _check(path)
        assert count >= finished, f"{finished} reports were finished, {count} are there"
        finished = count
    return finished


def _run_and_kill(path: Path, first: int, *, seconds: float) -> int:
    """Let a process write from one report on, then kill it; how many reports it said were finished."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _write_for_ever(path, first, said=writer)
    os.close(writer)
    finished, began = first, time.monotonic()
    try:
        while (rest := began + seconds - time.monotonic()) > 0 or finished == first:
            if select.select([reader], [], [], max(rest, 0.05))[0]:
                finished = int.from_bytes(os.read(reader, 8)[-8:], "little")
                with OpenRecord(path) as record:  # others read meanwhile
                    list(record.events(Filter(type="ASSAULT", limit=3)))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    while rest_of := os.read(reader, 8):
        finished = int.from_bytes(rest_of, "little")
    os.close(reader)
    return finished


def _write_for_ever(path: Path, first: int, *, said: int) -> None:
    """Load batch after batch, saying after each how many reports are finished; never comes back."""
    try:
        copies.UNFILED = 2_000  # so that hashes are filed every few batches, too
        loader = Loader(connect(path), made_by="crash@1")
        while True:
            if first // _BATCH % 4 == 0:
                loader.put_off()
            elif first // _BATCH % 4 == 2:  # two batches with all indexes, two without
                loader.catch_up()
            chance = random.Random(first)  # noqa: S311 (variation, not secrets)
            loader.load([prepared(made(n, chance)) for n in range(first, first + _BATCH)], now=NOW)
            first += _BATCH
            os.write(said, first.to_bytes(8, "little"))
    finally:
        os._exit(1)


def _check(path: Path) -> int:
    """How many reports there are, all of them whole."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for table in ("sentences_plain", "sentences_stemmed"):
            connection.execute(f"insert into {table} ({table}) values ('integrity-check')")  # noqa: S608 (own names)
        hashes = "(select article from shingles union all select article from unfiled)"
        counts = [
            connection.execute(f"select count(distinct article) from {table}").fetchone()[0]  # noqa: S608 (own names)
            for table in ("documents", "sentences", "events", "actor_mentions", hashes)
        ]
        (reports,) = connection.execute("select count(*) from articles").fetchone()
        (missing,) = connection.execute(
            "select count(*) from put_off where name in (select name from sqlite_schema where type = 'index')"
        ).fetchone()
        assert missing == 0, f"{missing} indexes are there that count as left out"
        assert counts == [reports] * len(counts), f"{reports} reports, of them whole {counts}"
        assert reports % _BATCH == 0, f"{reports} reports: part of a transaction"
    finally:
        connection.close()
    return int(reports)


def main(arguments: Iterable[str]) -> None:
    """Fifty kills, or as many as are asked for."""
    kills = next((int(a) for a in arguments), 50)
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        reports = survive(kills, Path(folder))
        print(
            f"{kills} kills under load in {time.monotonic() - began:.0f} s: {reports:,} reports, none lost, file whole"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
