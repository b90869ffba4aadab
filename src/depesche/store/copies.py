"""Copies of reports among those that are there already: found as they are loaded, in one pass."""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterable
from functools import lru_cache

from depesche.document import Record
from depesche.links import Fingerprint, Words, all_runs, same_report, same_sentence, words_of
from depesche.store.packing import unpacked
from depesche.store.preparing import Prepared, report_text

_MOST = 32
"""Reports that may share one hash; a commoner one is boilerplate and says nothing alone."""

_CANDIDATES = 8
_GROUPS = 256
"""Groups of copies whose events are kept at hand."""

_Told = dict[tuple[str, str], list[tuple[int, Words]]]
"""Type and status → number and sentence of every event that a group of copies has told first."""


class Copies:
    """The fingerprints of all reports of a record.

    Args:
        connection: the writer's.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: dict[int, list[int]] = {}
        self._short = lru_cache(maxsize=512)(self._read_short)
        self._own: tuple[str, Fingerprint] = ("", frozenset())
        self._groups: OrderedDict[int, _Told] = OrderedDict()

    def place(self, article: int, given: Prepared) -> int | None:
        """Take a report in; the first report of which it is a copy, or None."""
        hashes = given.fingerprint
        holders = self._holders(hashes)
        for value in hashes:
            if len(holders.get(value, ())) < _MOST:
                self._waiting.setdefault(value, []).append(article)
        return self._root(holders, given)

    def is_at_hand(self, root: int) -> bool:
        """Whether the events of this group need not be read from the database."""
        return root in self._groups

    def originals(self, record: Record, root: int) -> list[int | None]:
        """For each event of a copy the number of the one with its status in the same sentence of an earlier copy, or None."""
        told, text = self._group(root), record.article.text
        found = []
        for event in record.events:
            words = words_of(text[event.sentence.start : event.sentence.end])
            same = (number for number, other in told.get((event.type, event.status), ()) if same_sentence(words, other))
            found.append(next(same, None))
        return found

    def tell(self, record: Record, root: int, *, numbers: Iterable[int | None]) -> None:
        """Note the events of a copy that none before it has told, under their numbers (None for what has been told)."""
        told, text = self._group(root), record.article.text
        for event, number in zip(record.events, numbers, strict=True):
            if number is not None:
                words = words_of(text[event.sentence.start : event.sentence.end])
                told.setdefault((event.type, event.status), []).append((number, words))

    def flush(self) -> None:
        """Write the hashes of the reports taken in, which must be there themselves by now."""
        self._connection.executemany(
            "insert into shingles (hash, article) values (?, ?)",
            ((value, article) for value in sorted(self._waiting) for article in self._waiting[value]),
        )
        self._waiting.clear()

    def forget(self) -> None:
        """Drop what was not written, and what is kept at hand: the reports behind it have changed."""
        self._waiting.clear()
        self._groups.clear()
        self._short.cache_clear()

    def _holders(self, hashes: Fingerprint) -> dict[int, list[int]]:
        """The reports that share each hash."""
        holders: dict[int, list[int]] = {value: list(self._waiting[value]) for value in hashes & self._waiting.keys()}
        marks = ", ".join("?" * len(hashes))
        for value, other in self._connection.execute(
            f"select hash, article from shingles where hash in ({marks})",  # noqa: S608 (marks only)
            tuple(hashes),
        ):
            holders.setdefault(value, []).append(other)
        return holders

    def _root(self, holders: dict[int, list[int]], given: Prepared) -> int | None:
        found = Counter(other for others in holders.values() for other in others)
        telling = {other for others in holders.values() if len(others) < _MOST for other in others}
        for other, shared in sorted(found.items(), key=lambda c: (-c[1], c[0]))[:_CANDIDATES]:
            if shared == 1 and other not in telling:
                continue
            others, root = self._connection.execute(
                "select fingerprints, coalesce(duplicate_of, id) from articles where id = ?", (other,)
            ).fetchone()
            smaller = min(others, len(given.fingerprint))
            if same_report(shared, smaller=smaller) or self._same_in_short(given, other):
                return int(root)
        return None

    def _same_in_short(self, given: Prepared, other: int) -> bool:
        """Whether runs of four words say that a report was edited heavily, where those of eight leave it open."""
        one, two = self._short_of(given), self._short(other)
        return same_report(len(one & two), smaller=min(len(one), len(two)), gram=4)

    def _short_of(self, given: Prepared) -> Fingerprint:
        if self._own[0] != given.key:
            self._own = (given.key, all_runs(report_text(unpacked(given.packed).article)))
        return self._own[1]

    def _read_short(self, article: int) -> Fingerprint:
        return all_runs(report_text(self._read(article).article))

    def _group(self, root: int) -> _Told:
        if root in self._groups:
            self._groups.move_to_end(root)
            return self._groups[root]
        told: _Told = {}
        documents: dict[int, Record] = {}
        for number, kind, status, article, start, end in self._connection.execute(
            "select e.id, e.type, e.status, e.article, e.sentence_start, e.sentence_end from events e "
            "where e.article in (select id from articles where id = ?1 union all select id from articles where duplicate_of = ?1) "
            "and e.copy_of is null and e.made_by not like 'person/%' order by e.id",
            (root,),
        ).fetchall():
            if article not in documents:
                documents[article] = self._read(article)
            words = words_of(documents[article].article.text[start:end])
            told.setdefault((kind, status), []).append((number, words))
        self._groups[root] = told
        if len(self._groups) > _GROUPS:
            self._groups.popitem(last=False)
        return told

    def _read(self, article: int) -> Record:
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        return unpacked(blob)
