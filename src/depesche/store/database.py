"""Opening the database: file identity, migrations, pragmas."""

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from depesche.errors import InputError
from depesche.store.claiming import is_claimed
from depesche.store.indexes import catch_up, is_put_off

APPLICATION_ID = 0x44455045
""""DEPE" in the header of every record file."""

_PAGE = 8192
_CHECKPOINT_PAGES = 16384
"""Pages (128 MB) that wait in the write-ahead log before they go into the file."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(path: Path) -> sqlite3.Connection:
    """Open a record for writing; make it where there is none, and bring an older one up to date.

    Raises:
        InputError: the file is no record, or was written by a newer version.
    """
    connection = _opened(path, f"file:{_quoted(path)}?mode=rwc")
    try:
        _check_identity(connection, path)
        # Says nothing to a file that is there already.
        connection.execute(f"pragma page_size = {_PAGE}")
        connection.execute("pragma journal_mode = wal")
        # WAL with NORMAL never corrupts; what a power cut can take are the last transactions, whose shards are still there.
        connection.execute("pragma synchronous = normal")
        # Every checkpoint copies the pages that the indexes touched, wherever they lie: seldom is three times as fast as often.
        connection.execute(f"pragma wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute(f"pragma journal_size_limit = {_CHECKPOINT_PAGES * _PAGE}")
        # Debian's SQLite else writes zeros over every page that the full-text indexes give up when they merge.
        connection.execute("pragma secure_delete = off")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a record to ask it; works while another process writes. One of an older version is brought up to date first.

    Raises:
        InputError: there is no such file, it is no record, or it is an old one in a place that cannot be written to.
    """
    if not path.is_file():
        raise InputError("no such record; make one with `depesche build SOURCE --into FILE`", where=str(path))
    with closing(_opened(path, f"file:{_quoted(path)}?mode=ro")) as connection:
        _check_identity(connection, path)
        (version,) = connection.execute("pragma user_version").fetchone()
        is_old = version < migrations()[-1][0]
        is_slow = not is_old and is_put_off(connection)
    if is_old:
        try:
            connect(path).close()
        except sqlite3.OperationalError as error:
            raise InputError(
                f"written by an older Depesche, and cannot be brought up to date ({error}); copy it to where you may write",
                where=str(path),
            ) from error
    elif is_slow and not is_claimed(path):
        _complete(path)
    connection = _opened(path, f"file:{_quoted(path)}?mode=ro")
    _check_identity(connection, path)
    connection.execute("pragma query_only = on")
    return connection


def migrations() -> list[tuple[int, str]]:
    """Number and SQL of every migration, in order."""
    return [(int(p.name[:4]), p.read_text("utf-8")) for p in sorted(_MIGRATIONS.glob("*.sql"))]


def migrate(connection: sqlite3.Connection) -> None:
    """Run the migrations that this file has not seen, each in its own transaction."""
    (version,) = connection.execute("pragma user_version").fetchone()
    for number, sql in migrations():
        if number > version:
            connection.executescript(
                f"begin;\n{sql}\npragma application_id = {APPLICATION_ID};\npragma user_version = {number};\ncommit;"
            )


def _complete(path: Path) -> None:
    """Make the indexes that a build which was killed had put off, where the file may be written to; it can be asked without."""
    with suppress(sqlite3.OperationalError), closing(connect(path)) as connection:
        catch_up(connection)


def _opened(path: Path, uri: str) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma mmap_size = 1073741824")
        connection.execute("pragma cache_size = -65536")
    except sqlite3.Error as error:
        raise InputError(f"cannot be opened as a record ({error})", where=str(path)) from error
    return connection


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    try:
        (application,) = connection.execute("pragma application_id").fetchone()
        (version,) = connection.execute("pragma user_version").fetchone()
        (tables,) = connection.execute("select count(*) from sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        raise InputError(f"no record of Depesche ({error}); give another file", where=str(path)) from error
    if application != APPLICATION_ID and (tables or application):
        raise InputError("an SQLite file, but no record of Depesche; give another file", where=str(path))
    newest = migrations()[-1][0]
    if version > newest:
        raise InputError(f"written by a newer Depesche (schema {version}, this one knows {newest})", where=str(path))


def _quoted(path: Path) -> str:
    return re.sub(r"[%?#]", lambda m: f"%{ord(m[0]):02x}", str(path))
