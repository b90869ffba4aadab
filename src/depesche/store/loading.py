"""Prepared records → the database, by the one process that writes."""

import sqlite3
from collections.abc import Iterable, Sequence

from depesche.document import Record
from depesche.links import fingerprint
from depesche.record.collecting import uncollected
from depesche.store.copies import Copies, told_by
from depesche.store.indexes import catch_up, put_off
from depesche.store.inserting import TABLES, statement_for
from depesche.store.judging import Judge
from depesche.store.packing import unpacked
from depesche.store.preparing import Cells, Prepared, prepared, report_text
from depesche.store.stemming import stemmed

_NUMBERED = ("articles", "sentences", "statements", "events", "figures")
"""Tables whose rows are numbered by the loader."""


class Loader:
    """Writes records into a database, one transaction a call.

    A record that is there already, made by the same pipeline, only gets its `last_seen` moved; one made by another is
    replaced, its `first_seen` and the decisions of people kept.

    Args:
        connection: from `store.connect`; nobody else may write to the file meanwhile, but people who decide.
        made_by: name and versions of the pipeline that made the records.
    """

    def __init__(self, connection: sqlite3.Connection, *, made_by: str) -> None:
        catch_up(connection)  # where a build was killed that had put them off
        self._connection = connection
        self._made_by = made_by
        self._copies = Copies(connection)
        self._judge = Judge(connection)
        self._known_actors = self._read_actors()
        self._sql = {table: statement_for(table) for table in TABLES}
        self._waiting: dict[str, list[Cells]] = {table: [] for table in TABLES}
        self._next: dict[str, int] = {}
        self._unwritten = 0

    def load(self, records: Iterable[Prepared | Record], *, now: str, inputs: Sequence[tuple[bytes, str]] = ()) -> int:
        """Write records and note the inputs they came from; all of it or nothing.

        Args:
            records: documents, in any order, as they are or prepared by a worker; references to actors and places must be
                to rows of the same document.
            now: the time of this run, ISO 8601 in UTC.
            inputs: digest and origin of everything that these records come from.

        Returns:
            How many records were new or replaced.
        """
        with uncollected():
            return self._load(records, now=now, inputs=inputs)

    def _load(self, records: Iterable[Prepared | Record], *, now: str, inputs: Sequence[tuple[bytes, str]]) -> int:
        self._connection.execute("begin immediate")
        self._next = self._read_numbers()  # inside the transaction: a person who corrects a finding adds a row, too
        first = self._unwritten = self._next["articles"]
        try:
            written = sum(self._load_one(r if isinstance(r, Prepared) else prepared(r), now) for r in records)
            self._flush()
            self._judge.renew(since=first)
            self._connection.executemany(
                "insert or replace into inputs (digest, origin, made_by) values (?, ?, ?)",
                [(key, origin, self._made_by) for key, origin in inputs],
            )
            self._connection.executemany("delete from rejects where origin = ?", [(origin,) for _, origin in inputs])
            self._connection.execute("commit")
        except BaseException:
            self._connection.execute("rollback")
            for rows in self._waiting.values():
                rows.clear()
            self._copies.forget()
            self._known_actors = self._read_actors()
            raise
        return written

    def put_off(self) -> None:
        """Leave out the indexes that only questions need; for a new record into which much is loaded at once."""
        put_off(self._connection)

    def catch_up(self) -> None:
        """Make the indexes that were left out; nothing where none were."""
        catch_up(self._connection)

    def reject(self, rejects: Iterable[tuple[str, str]], *, now: str) -> None:
        """Note what could not be read: origin and reason."""
        rows = [(origin, reason, now) for origin, reason in rejects]
        if rows:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert into rejects (origin, reason, first_seen, last_seen) values (?1, ?2, ?3, ?3) "
                "on conflict (origin) do update set reason = excluded.reason, last_seen = excluded.last_seen",
                rows,
            )
            self._connection.execute("commit")

    def _load_one(self, given: Prepared, now: str) -> bool:
        found = self._connection.execute(
            "select id, made_by, first_seen from articles where key = ?", (given.key,)
        ).fetchone()
        first_seen = now
        if found:
            number, made_by, first_seen = found
            if made_by == self._made_by:
                self._connection.execute("update articles set last_seen = ? where id = ?", (now, number))
                return False
            self._flush()
            self._remove(number)
        self._insert(given, (first_seen, now))
        return True

    def _remove(self, article: int) -> None:
        """Take an article's machine rows out, its full-text rows too (they need the old words to go)."""
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        old = unpacked(blob).article
        for number, start, end in self._connection.execute(
            "select id, start, end from sentences where article = ?", (article,)
        ).fetchall():
            text = old.text[start:end]
            for table, words in (("sentences_plain", text), ("sentences_stemmed", stemmed(text, old.language))):
                self._connection.execute(
                    f"insert into {table} ({table}, rowid, text) values ('delete', ?, ?)",  # noqa: S608 (own names)
                    (number, words),
                )
        self._copies.remove(article, fingerprint(report_text(old)))
        self._connection.execute("update articles set duplicate_of = null where duplicate_of = ?", (article,))
        self._connection.execute("delete from articles where id = ?", (article,))

    def _insert(self, given: Prepared, seen: tuple[str, str]) -> None:
        article = self._numbers("articles", 1)
        root = self._copies.place(article, given)
        size = len(given.fingerprint)
        # At once, not with the rest: the next report of this call may be the same, or a copy.
        self._connection.execute(
            self._sql["articles"], (article, given.key, root, size, self._made_by, *seen, *given.article)
        )
        self._connection.execute(self._sql["documents"], (article, given.packed))
        first = self._sentences(article, given)
        self._known(given.actors)
        self._waiting["places"] += given.places
        for table, rows in (
            ("mentions", given.mentions),
            ("place_mentions", given.place_mentions),
            ("times", given.times),
        ):
            self._waiting[table] += [(article, *row) for row in rows]
        number = self._numbers("statements", len(given.statements))
        self._waiting["statements"] += [(n, article, *row) for n, row in enumerate(given.statements, start=number)]
        self._events(article, given, first_sentence=first, root=root)
        number = self._numbers("figures", len(given.figures))
        self._waiting["figures"] += [
            (n, article, None if f.sentence is None else first + f.sentence, *f.cells)
            for n, f in enumerate(given.figures, start=number)
        ]

    def _sentences(self, article: int, given: Prepared) -> int:
        """The number of the first."""
        first = self._numbers("sentences", len(given.sentences))
        self._waiting["sentences"] += [(n, article, *s) for n, s in enumerate(given.sentences, start=first)]
        self._waiting["plain"] += [(n, words[0]) for n, words in enumerate(given.words, start=first)]
        self._waiting["stemmed"] += [(n, words[1]) for n, words in enumerate(given.words, start=first)]
        return first

    def _events(self, article: int, given: Prepared, *, first_sentence: int, root: int | None) -> None:
        numbers = range(first := self._numbers("events", len(given.events)), first + len(given.events))
        originals: list[int | None] = [None] * len(given.events)
        if root is not None and given.events:
            if root >= self._unwritten and not self._copies.is_at_hand(root):
                self._flush()
            told_events = told_by(given)
            originals = self._copies.originals(told_events, root)
            told = [n if original is None else None for n, original in zip(numbers, originals, strict=True)]
            self._copies.tell(told_events, root, numbers=told)
        events, actors = self._waiting["events"], self._waiting["event_actors"]
        for number, original, event in zip(numbers, originals, given.events, strict=True):
            sentence = None if event.sentence is None else first_sentence + event.sentence
            events.append((number, article, sentence, original, *event.cells))
            actors += [(number, role, n, actor, event.day) for role, n, actor in event.actors]

    def _known(self, actors: Iterable[Cells]) -> None:
        """Actors that are new, or known only now."""
        for row in actors:
            key, known = str(row[0]), bool(row[-1])
            if self._known_actors.get(key, -1) < known:
                self._waiting["actors"].append(row)
                self._known_actors[key] = known

    def _read_actors(self) -> dict[str, bool]:
        return {i: bool(k) for i, k in self._connection.execute("select id, known from actors")}

    def _read_numbers(self) -> dict[str, int]:
        return {
            table: int(self._connection.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0])  # noqa: S608 (own names)
            for table in _NUMBERED
        }

    def _numbers(self, table: str, count: int) -> int:
        first = self._next[table]
        self._next[table] = first + count
        return first

    def _flush(self) -> None:
        """Write what waits: a statement a table costs a tenth of one a report."""
        for table, rows in self._waiting.items():
            if rows:
                self._connection.executemany(self._sql[table], rows)
                rows.clear()
        self._copies.flush()
        self._unwritten = self._next["articles"]
