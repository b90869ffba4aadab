"""Worker processes: loaded once for all, and gone with the run that started them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from depesche.words import languages
from tests.runner.test_build import table


def test_workers_are_forked_with_everything_loaded() -> None:
    """What is read to load everything is in every language we read, and none of it is looked at for cycles later."""
    code = (
        "import gc, depesche.runner.ready as ready; from depesche.reading import read_text; "
        "print(gc.get_freeze_count() > 100_000, *sorted(read_text(r).language for r in ready._REPORTS))"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own)
    assert said.split() == ["True", *languages()]


@pytest.mark.skipif(shutil.which("ps") is None, reason="nobody says which processes there are")
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    """They finish the shard they are at, and do not wait for another for ever."""
    rows = table(tmp_path / "rows.jsonl", 3000)
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "depesche", "build", rows, "--into", str(tmp_path / "r.db"), "--jobs", "2"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not list(tmp_path.glob("r.db.work/*.done")):
        assert process.poll() is None
        time.sleep(0.05)
    assert len(alive(process.pid)) > 2
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 60
    while left := alive(process.pid):
        assert time.monotonic() < deadline, f"{left} are still there"
        time.sleep(0.1)


def alive(session: int) -> list[str]:
    """The processes of a session, but those that have ended."""
    listed = subprocess.run(["ps", "-A", "-o", "sess=,stat=,pid="], check=True, capture_output=True, text=True).stdout  # noqa: S607 (POSIX)
    processes = [line.split() for line in listed.splitlines()]
    return [pid for sid, state, pid in processes if sid == str(session) and not state.startswith("Z")]
