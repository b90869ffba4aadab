"""Who may load into a record: one build at a time, which holds a lock in the folder beside the file."""

import fcntl
from pathlib import Path
from typing import IO

from depesche.errors import InputError


def work_folder(record: Path) -> Path:
    """Where a build keeps what is not loaded yet, and its lock."""
    return record.with_name(record.name + ".work")


def claimed(record: Path) -> IO[str]:
    """The lock of a record, held until it is closed or the process ends.

    Raises:
        InputError: another build holds it.
    """
    folder = work_folder(record)
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise InputError(
            "another build is writing to this record; wait for it or stop it", where=str(record)
        ) from error
    return lock


def is_claimed(record: Path) -> bool:
    """Whether a build is at work on a record."""
    try:
        with (work_folder(record) / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
