"""Which stages this code has, without loading it: a rerun with nothing new must not wait for what reads reports."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path


def made_by(connection: sqlite3.Connection, *, asking: Callable[[], None] = lambda: None) -> str:
    """Names and versions of all stages (`Pipeline.made_by`).

    Taken from the record where the code that last wrote there was this very code; asked of the stages themselves where not.

    Args:
        connection: the writer's.
        asking: is called before the stages are asked, which takes a while; there will be something to read then.
    """
    digest = _code_digest()
    known = connection.execute("select made_by from code where digest = ?", (digest,)).fetchone()
    if known:
        return str(known[0])
    asking()
    from depesche.reading import default_pipeline  # noqa: PLC0415 (a second that a rerun saves)

    stages = default_pipeline().made_by
    connection.execute("begin immediate")
    connection.execute("delete from code")
    connection.execute("insert into code (digest, made_by) values (?, ?)", (digest, stages))
    connection.execute("commit")
    return stages


def _code_digest() -> bytes:
    """Of where the package's modules lie, how large they are and when they changed: what `make` goes by, too."""
    hashed = hashlib.blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        facts = path.stat()
        hashed.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return hashed.digest()
