"""What goes into a run: every source that has not been read before, and how far through the input that is."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from depesche.acquire import Fetcher, Meter, places, sources
from depesche.errors import InputError
from depesche.record import Page, Row
from depesche.runner.shards import source_digest

_SETTLED = 2_000_000_000
"""Nanoseconds for which a file must have been left alone: what changes while it is read may do so within one tick of its clock."""

New = tuple[Page | Row, bytes]
"""A source that has not been read before, with its digest."""


class _File(msgspec.Struct, kw_only=True):
    """A file that is being read in this run.

    Attributes:
        awaited: how many of its inputs are new, and not in the database yet.
        failed: whether something in it could not be taken in; `read` whether it was gone through to its end.
    """

    path: str
    size: int
    changed: int
    inputs: int = 0
    failed: bool = False
    read: bool = False
    awaited: int = 0


class Intake:
    """The sources of one run.

    Files that have not changed since all of them was read are passed over unopened; of others, each input whose digest the
    record knows.

    Args:
        connection: the writer's.
        made_by: names and versions of the stages; what others read counts for nothing.
        published: EDTF date for what has none of its own; `language` its ISO 639-1 code likewise.
        fetcher: fetches addresses.
        rejected: is called with what cannot be read.
    """

    def __init__(  # noqa: PLR0913 (what the caller knows, and whom to tell)
        self,
        connection: sqlite3.Connection,
        *,
        made_by: str,
        published: str | None,
        language: str | None,
        fetcher: Fetcher,
        rejected: Callable[[InputError], None],
    ) -> None:
        self._connection = connection
        self._made_by = made_by
        self._given = {"published": published, "language": language}
        self._fetcher = fetcher
        self._rejected = rejected
        self._known: set[bytes] | None = None
        self._files: list[_File] = []
        self._awaited: dict[bytes, _File] = {}
        self._meter = Meter()
        self._settled = 0
        self.known = 0
        self.total = 0
        self.passed = 0
        """Bytes of what was known already."""

    @property
    def fresh(self) -> int:
        """Bytes of `total` that have been taken in and were not known already."""
        return self._meter.taken - self.passed

    def new(self, paths: Iterable[str]) -> Iterator[New | None]:
        """Every source that has not been read before; None for one that has, so that the caller can say how far it is."""
        self._settled = time.time_ns() - _SETTLED
        found = [place for path in paths for place in places(path)]
        facts = {place: Path(place).stat() for place in found if Path(place).is_file()}
        self.total = sum(fact.st_size for fact in facts.values())
        for place in found:
            fact = facts.get(place)
            if fact is None:
                yield from self._sources(place, None)
                continue
            file = _File(path=str(Path(place).resolve()), size=fact.st_size, changed=fact.st_mtime_ns)
            inputs = self._read_before(file)
            if inputs is None:
                yield from self._sources(place, file)
            else:
                self.known += inputs
                self._meter.taken += file.size
                self.passed += file.size
                yield None

    def dealt_with(self, digests: Iterable[bytes]) -> None:
        """These inputs are in the database now."""
        for file in filter(None, (self._awaited.pop(digest, None) for digest in digests)):
            file.awaited -= 1

    def remember(self) -> None:
        """Note the files all of whose inputs are in the database."""
        rows = [
            (f.path, f.size, f.changed, self._options, f.inputs, self._made_by)
            for f in self._files
            if f.read and not f.failed and not f.awaited and f.changed < self._settled
        ]
        if rows:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert or replace into files (path, size, changed, options, inputs, made_by) values (?, ?, ?, ?, ?, ?)",
                rows,
            )
            self._connection.execute("commit")

    @property
    def _options(self) -> str:
        return msgspec.json.encode(self._given).decode()

    def _read_before(self, file: _File) -> int | None:
        """How many inputs the file holds, if it is as it was when all of them were read."""
        row = self._connection.execute(
            "select inputs from files where (path, size, changed, options, made_by) = (?, ?, ?, ?, ?)",
            (file.path, file.size, file.changed, self._options, self._made_by),
        ).fetchone()
        return int(row[0]) if row else None

    def _sources(self, place: str, file: _File | None) -> Iterator[New | None]:
        if file:
            self._files.append(file)
        before = self._meter.taken
        for source in sources(place, **self._given, fetcher=self._fetcher, meter=self._meter):
            weight, before = self._meter.taken - before, self._meter.taken
            if isinstance(source, InputError):
                if file:
                    file.failed = True
                self._rejected(source)
                continue
            digest = source_digest(source)
            known = digest in self._digests()
            self.known += known
            if file:
                file.inputs += 1
            if known:
                self.passed += weight
                yield None
                continue
            self._digests().add(digest)
            if file:
                file.awaited += 1
                self._awaited[digest] = file
            yield source, digest
        if file:
            file.read = True

    def _digests(self) -> set[bytes]:
        """Of all inputs that the record knows, and of those that this run has taken in."""
        if self._known is None:
            rows = self._connection.execute("select digest from inputs where made_by = ?", (self._made_by,))
            self._known = {digest for (digest,) in rows}
        return self._known
