"""Building a record: progress is kept through stops, crashes and reruns, and a bad input costs only itself."""

import importlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from depesche import reading
from depesche.acquire import sources
from depesche.errors import FaultError, InputError
from depesche.reading import outcomes
from depesche.record import Page, Row
from depesche.runner import Options, Progress, build, engines, intake
from depesche.runner.shards import ShardInput, ShardOutput, read_input, source_digest, write_shard
from depesche.runner.work import work
from depesche.store import Loader, OpenRecord, Prepared
from depesche.store.indexes import QUESTIONS


def table(path: Path, count: int) -> str:
    """A table of so many different reports."""
    path.write_text(
        "".join(
            json.dumps({"id": str(n), "body": f"Bericht {n} über die Gespräche in Genf.", "published": "2016-09-09"})
            + "\n"
            for n in range(count)
        ),
        "utf-8",
    )
    return str(path)


def ids(record: Path) -> list[str]:
    """The reports of a record."""
    with OpenRecord(record) as opened:
        return sorted((a.article for a in opened.articles()), key=int)


def test_a_rerun_reads_nothing_twice(tmp_path: Path) -> None:
    """The second run knows every input, and a new one is added to them."""
    rows, record = tmp_path / "rows.jsonl", tmp_path / "r.db"
    first = build([table(rows, 70)], into=record)
    again = build([table(rows, 71)], into=record)
    assert (first.read, first.known, again.read, again.known) == (70, 0, 1, 70)
    assert ids(record) == [str(n) for n in range(71)]


def settled(path: Path) -> None:
    """As if the file had lain there for an hour."""
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))


def test_a_file_that_has_not_changed_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the code loaded that reads reports; a file that has changed is read, one that is said to be German likewise."""
    rows, more, record = tmp_path / "rows.jsonl", tmp_path / "more.jsonl", tmp_path / "r.db"
    table(rows, 5)
    more.write_text('{"body": "Kerry traf Lawrow."}\n')
    settled(rows)
    os.utime(more)
    build([str(tmp_path)], into=record)
    opened: list[str] = []

    def noted(path: str, **given: object) -> Iterator[object]:
        opened.append(Path(path).name)
        return sources(path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "sources", noted)
    monkeypatch.setattr(reading, "default_pipeline", lambda: pytest.fail("the stages were loaded"))
    again = build([str(rows), str(more)], into=record)  # `more` is so new that it may be in the middle of being written
    assert (again.read, again.known, opened) == (0, 6, ["more.jsonl"])
    monkeypatch.undo()
    assert build([str(rows)], into=record, options=Options(language="de")).known == 0
    table(rows, 6)
    settled(rows)
    assert build([str(rows)], into=record).read == 1


def test_a_file_with_a_fault_is_opened_again(tmp_path: Path) -> None:
    """A row that cannot be read may be mended by a newer version."""
    rows, record = tmp_path / "rows.jsonl", tmp_path / "r.db"
    rows.write_text('{"body": "Kerry traf Lawrow."}\n{"id": "7"}\n')
    settled(rows)
    assert build([str(rows)], into=record).rejected == 1
    assert build([str(rows)], into=record).rejected == 1


def test_what_cannot_be_read_becomes_a_row_with_its_reason(tmp_path: Path) -> None:
    """And is taken off the list once it can be read."""
    rows, record = tmp_path / "rows.jsonl", tmp_path / "r.db"
    rows.write_text('{"body": "Kerry traf Lawrow."}\n{"id": "7"}\n')
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG")
    progress = build([str(tmp_path / "picture.txt"), str(rows)], into=record)
    assert (progress.read, progress.rejected) == (1, 2)
    with OpenRecord(record) as opened:
        reasons = {Path(origin).name: reason for origin, reason, _ in opened.rejects()}
    assert reasons["rows.jsonl#2"].startswith("the row has no body")
    assert reasons["picture.txt"].startswith("this is a PNG picture")
    rows.write_text('{"body": "Kerry traf Lawrow."}\n{"id": "7", "body": "Nun mit Text."}\n')
    build([str(rows)], into=record)
    with OpenRecord(record) as opened:
        assert [Path(origin).name for origin, *_ in opened.rejects()] == ["picture.txt"]


def test_a_fault_of_our_own_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is listed, costs only its report, and goes once the fault is mended."""
    rows, record = table(tmp_path / "rows.jsonl", 3), tmp_path / "r.db"

    def broken(given: list[Page | Row]) -> Iterator[object]:
        for outcome in outcomes(given):
            yield FaultError("a fault", where=given[0].origin) if getattr(outcome, "id", None) == "0" else outcome

    with monkeypatch.context() as patched:
        patched.setattr(reading, "outcomes", broken)
        assert build([rows], into=record).rejected == 1
    with OpenRecord(record) as opened:
        assert [reason for _, reason, _ in opened.rejects()] == ["a fault"]
    again = build([rows], into=record)
    assert (again.read, again.known) == (1, 2)
    with OpenRecord(record) as opened:
        assert list(opened.rejects()) == []


def test_two_worker_processes_give_what_one_gives(tmp_path: Path) -> None:
    """The stages do not know where they run."""
    rows = table(tmp_path / "rows.jsonl", 150)
    build([rows], into=tmp_path / "one.db")
    build([rows], into=tmp_path / "two.db", options=Options(jobs=2))
    assert ids(tmp_path / "one.db") == ids(tmp_path / "two.db")


def test_progress_is_told(tmp_path: Path) -> None:
    """Counts that only rise, how much is dealt with, and the size of the whole."""
    seen: list[tuple[int, int, int, int]] = []

    def note(progress: Progress) -> None:
        seen.append((progress.read, progress.consumed, progress.fresh, progress.total))

    rows = table(tmp_path / "rows.jsonl", 330)
    build([rows], into=tmp_path / "r.db", report=note)
    assert seen == sorted(seen)
    size = Path(rows).stat().st_size
    assert seen[-1] == (330, size, size, size)
    assert all(consumed == fresh <= size for _, consumed, fresh, _ in seen)


def test_the_time_left_counts_what_must_be_read(tmp_path: Path) -> None:
    """What is passed over takes no time, and is no measure of the rest."""
    seen: list[Progress] = []
    rows = tmp_path / "rows.jsonl"
    build([table(rows, 500)], into=tmp_path / "r.db")
    build([table(rows, 800)], into=tmp_path / "r.db", report=lambda p: seen.append(msgspec.structs.replace(p)))
    last = seen[-1]
    assert (last.read, last.known, last.consumed) == (300, 500, last.total)
    assert 0 < last.fresh < last.total // 2


def test_a_new_record_gets_its_indexes_last_where_loading_takes_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are left out as long as workers wait for the loader, and there in the end."""

    def read_at_once(shard: Path, done: Path) -> None:
        inputs = tuple((digest, "") for digest in read_input(shard).digests)
        write_shard(done, ShardOutput(records=(), inputs=inputs, rejects=()))

    def load_slowly(loader: Loader, records: Iterable[Prepared], **given: object) -> int:
        time.sleep(0.5)
        return load(loader, records, **given)  # type: ignore[arg-type]  # as it came

    load = Loader.load
    monkeypatch.setattr(engines, "work", read_at_once)
    monkeypatch.setattr(Loader, "load", load_slowly)
    monkeypatch.setattr(importlib.import_module("depesche.runner.build"), "_LOAD_SHARDS", 1)
    seen: set[int] = set()

    def look(_: Progress) -> None:
        with sqlite3.connect(tmp_path / "r.db") as connection:
            seen.add(connection.execute("select count(*) from put_off").fetchone()[0])

    build([table(tmp_path / "rows.jsonl", 160)], into=tmp_path / "r.db", report=look)
    assert max(seen) == len(QUESTIONS)
    with sqlite3.connect(tmp_path / "r.db") as connection:
        assert connection.execute("select count(*) from put_off").fetchone() == (0,)


def test_only_one_build_writes(tmp_path: Path) -> None:
    """A second one is told so, and does no harm."""
    rows = table(tmp_path / "rows.jsonl", 65)

    def second(_: Progress) -> None:
        with pytest.raises(InputError, match="another build is writing"):
            build([rows], into=tmp_path / "r.db")

    build([rows], into=tmp_path / "r.db", report=second)
    assert len(ids(tmp_path / "r.db")) == 65


def test_a_shard_of_another_version_is_read_anew(tmp_path: Path) -> None:
    """A finished shard that this version cannot understand costs its reading, not the run."""
    rows, record = table(tmp_path / "rows.jsonl", 3), tmp_path / "r.db"
    (tmp_path / "r.db.work").mkdir()
    (tmp_path / "r.db.work" / "a-1.done").write_bytes(b"\x81\xa1a\x01")
    (tmp_path / "r.db.work" / "b-1.done").write_bytes(b"cut off")
    assert build([rows], into=record).read == 3
    assert not (tmp_path / "r.db.work").exists()


def test_what_an_earlier_run_left_finished_is_taken_over(tmp_path: Path) -> None:
    """A worker outlived its run, which was killed: its shard is loaded, not read again, and counted once."""
    rows, record = table(tmp_path / "rows.jsonl", 70), tmp_path / "r.db"
    given = list(sources(rows))[:64]
    shard = ShardInput(sources=tuple(given), digests=tuple(source_digest(s) for s in given))  # type: ignore[arg-type]
    folder = tmp_path / "r.db.work"
    folder.mkdir()
    write_shard(folder / "x-64.in", shard)
    work(folder / "x-64.in", folder / "x-64.done")
    progress = build([rows], into=record)
    assert (progress.read, progress.known) == (70, 0)
    assert ids(record) == [str(n) for n in range(70)]


def test_a_shard_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """It is written beside and renamed; sources of both kinds come back as they were."""
    sources = (Page(origin="a.html", content=b"<p>x", media_type="text/html"), Row(origin="t#1", body="y"))
    shard = ShardInput(sources=sources, digests=tuple(source_digest(s) for s in sources))
    write_shard(tmp_path / "s.in", shard)
    assert [p.name for p in tmp_path.iterdir()] == ["s.in"]
    assert read_input(tmp_path / "s.in") == shard


def test_the_same_words_under_another_date_are_another_input() -> None:
    """The caller's date changes what is read out of them; where they lie does not."""
    one = source_digest(Row(origin="a#1", body="x"))
    assert one == source_digest(Row(origin="b#9", body="x"))
    assert one != source_digest(Row(origin="a#1", body="x", published="2016-07-26"))


def test_killed_at_any_moment_nothing_finished_is_lost(tmp_path: Path) -> None:
    """`kill -9` at random moments: the database stays whole, what it had it keeps, the next run goes on.

    Of the whole command; `tests/store/test_crash.py` kills the writer alone, in the middle of its transactions.
    """
    rows, record = table(tmp_path / "rows.jsonl", 200), tmp_path / "r.db"
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    had: list[str] = []
    for _ in range(4):
        process = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-m", "depesche", "build", rows, "--into", str(record)], stderr=subprocess.DEVNULL
        )
        time.sleep(0.6 + chance.random())
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if record.exists():
            with sqlite3.connect(record) as connection:
                assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            now = ids(record) if _has_schema(record) else []
            assert set(had) <= set(now)
            had = now
    build([rows], into=record)
    assert ids(record) == [str(n) for n in range(200)]
    assert not (tmp_path / "r.db.work").exists()


def _has_schema(record: Path) -> bool:
    with sqlite3.connect(record) as connection:
        return bool(connection.execute("pragma user_version").fetchone()[0])
