"""Copies of reports among those that are there already: found as they are loaded, in one pass."""

import sqlite3
import struct
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import msgspec

from depesche.document import Record
from depesche.links import Fingerprint, Words, all_runs, same_report, same_sentence, words_of
from depesche.store.packing import unpacked
from depesche.store.preparing import Prepared, report_text

_MOST = 32
"""Reports that may share one hash; a commoner one is boilerplate and says nothing alone."""

_CANDIDATES = 8
UNFILED = 1 << 19
"""Hashes that are kept by report, and in memory (80 MB), before they are filed among those of all others."""

_GROUPS = 256
"""Groups of copies whose events are kept at hand."""


class ToldEvent(NamedTuple):
    """What an event is known by in a copy of its report."""

    kind: tuple[str, str]
    """Type and status."""
    trigger: str
    words: Words
    """Of its sentence."""


class _Told:
    """The events that a group of copies has told first."""

    def __init__(self) -> None:
        self._numbers: dict[ToldEvent, int] = {}
        self._events: dict[tuple[str, str], list[tuple[int, ToldEvent]]] = {}

    def add(self, event: ToldEvent, *, number: int) -> None:
        """Note an event under its number."""
        self._numbers.setdefault(event, number)
        self._events.setdefault(event.kind, []).append((number, event))

    def numbers(self, events: Sequence[ToldEvent]) -> list[int | None]:
        """For each event of a copy its number, or None: the same in the same sentence, else the same kind in nearly that sentence.

        Two events of one sentence ("Bei Luftangriffen wurden 20 Menschen getötet" holds two) are two in the copy, too.
        """
        found = [self._numbers.get(event) if event.words else None for event in events]
        taken = set(found)
        for place, event in enumerate(events):
            if found[place] is None:
                near = [n for n in self._near(event) if n not in taken]
                found[place] = near[0] if near else None
                taken.add(found[place])
        return found

    def _near(self, event: ToldEvent) -> list[int]:
        """Numbers of the events of its kind in nearly its sentence; first those with the same trigger."""
        near = [(n, e) for n, e in self._events.get(event.kind, ()) if same_sentence(event.words, e.words)]
        return [n for n, e in sorted(near, key=lambda pair: pair[1].trigger != event.trigger)]


class Copies:
    """The fingerprints of all reports of a record.

    Args:
        connection: the writer's.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._unfiled: dict[int, tuple[int, ...]] = {}
        self._count = 0
        self._is_read = False
        self._waiting: list[tuple[int, bytes]] = []
        self._short = lru_cache(maxsize=512)(self._read_short)
        self._own: tuple[str, Fingerprint] = ("", frozenset())
        self._groups: OrderedDict[int, _Told] = OrderedDict()

    def place(self, article: int, given: Prepared) -> int | None:
        """Take a report in; the first report of which it is a copy, or None."""
        self._read_unfiled()
        pairs = self._holders(given.fingerprint)
        sizes = Counter(map(itemgetter(0), pairs))
        kept = [value for value in given.fingerprint if sizes[value] < _MOST]
        self._note(article, kept)
        self._waiting.append((article, struct.pack(f"<{len(kept)}q", *kept)))
        return self._root(pairs, given, sizes=sizes)

    def is_at_hand(self, root: int) -> bool:
        """Whether the events of this group need not be read from the database."""
        return root in self._groups

    def originals(self, events: Sequence[ToldEvent], root: int) -> list[int | None]:
        """For each event of a copy the number of the one with its status in the same sentence of an earlier copy, or None."""
        told = self._group(root)
        return told.numbers(events)

    def tell(self, events: Sequence[ToldEvent], root: int, *, numbers: Iterable[int | None]) -> None:
        """Note the events of a copy that none before it has told, under their numbers (None for what has been told)."""
        told = self._group(root)
        for event, number in zip(events, numbers, strict=True):
            if number is not None:
                told.add(event, number=number)

    def flush(self) -> None:
        """Write the hashes of the reports taken in, which must be there themselves by now."""
        self._connection.executemany("insert into unfiled (article, hashes) values (?, ?)", self._waiting)
        self._waiting.clear()
        if self._count >= UNFILED:
            self._file()

    def remove(self, article: int, hashes: Fingerprint) -> None:
        """Take out a report, whose hashes have been written."""
        self._read_unfiled()
        for value in hashes & self._unfiled.keys():
            others = tuple(one for one in self._unfiled[value] if one != article)
            if others:
                self._unfiled[value] = others
            else:
                del self._unfiled[value]
        self._connection.executemany(
            "delete from shingles where hash = ? and article = ?", [(value, article) for value in hashes]
        )
        self._forget_groups()

    def forget(self) -> None:
        """Drop what was not written, and what is kept at hand: the reports behind it are gone."""
        self._waiting.clear()
        self._forget_groups()
        self._unfiled.clear()
        self._count = 0
        self._is_read = False

    def _file(self) -> None:
        """Many at a time and in order: each page of the table is touched once."""
        self._connection.executemany(
            "insert or ignore into shingles (hash, article) values (?, ?)",
            ((value, article) for value in sorted(self._unfiled) for article in self._unfiled[value]),
        )
        self._connection.execute("delete from unfiled")
        self._unfiled.clear()
        self._count = 0

    def _note(self, article: int, hashes: Sequence[int]) -> None:
        for value in hashes:
            self._unfiled[value] = (*self._unfiled.get(value, ()), article)
        self._count += len(hashes)

    def _read_unfiled(self) -> None:
        """What earlier writers left waiting; only now, since a run with nothing new has no use for it."""
        if self._is_read:
            return
        self._is_read = True
        for article, packed in self._connection.execute("select article, hashes from unfiled order by article"):
            self._note(article, struct.unpack(f"<{len(packed) // 8}q", packed))

    def _forget_groups(self) -> None:
        self._groups.clear()
        self._short.cache_clear()

    def _holders(self, hashes: Fingerprint) -> list[tuple[int, int]]:
        """Each hash with a report that shares it."""
        pairs = [(value, other) for value in hashes & self._unfiled.keys() for other in self._unfiled[value]]
        # As one value: a long report has more hashes than SQLite takes values.
        pairs += self._connection.execute(
            "select s.hash, s.article from json_each(?) h cross join shingles s on s.hash = h.value",
            (msgspec.json.encode(hashes).decode(),),
        ).fetchall()
        return pairs

    def _root(self, pairs: list[tuple[int, int]], given: Prepared, *, sizes: Counter[int]) -> int | None:
        found = Counter(map(itemgetter(1), pairs))
        for other, shared in sorted(found.items(), key=lambda c: (-c[1], c[0]))[:_CANDIDATES]:
            if shared == 1 and not any(sizes[value] < _MOST for value, one in pairs if one == other):
                continue
            row = self._connection.execute(
                "select fingerprints, coalesce(duplicate_of, id) from articles where id = ?", (other,)
            ).fetchone()
            if row is None:  # a report that has gone, and whose hashes another version had picked
                continue
            others, root = row
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
        told = _Told()
        documents: dict[int, Record] = {}
        for number, kind, status, trigger, article, start, end in self._connection.execute(
            "select e.id, e.type, e.status, e.trigger, e.article, e.sentence_start, e.sentence_end from events e "
            "where e.article in (select id from articles where id = ?1 union all select id from articles where duplicate_of = ?1) "
            "and e.copy_of is null and e.made_by not like 'person/%' order by e.id",
            (root,),
        ).fetchall():
            if article not in documents:
                documents[article] = self._read(article)
            words = words_of(documents[article].article.text[start:end])
            told.add(ToldEvent((kind, status), trigger, words), number=number)
        self._groups[root] = told
        if len(self._groups) > _GROUPS:
            self._groups.popitem(last=False)
        return told

    def _read(self, article: int) -> Record:
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        return unpacked(blob)


def told_by(given: Prepared) -> list[ToldEvent]:
    """What every event of a report is known by."""
    sentences: dict[int | None, Words] = {None: frozenset()}
    for event in given.events:
        if event.sentence not in sentences and event.sentence is not None:
            sentences[event.sentence] = words_of(given.words[event.sentence][0])
    return [ToldEvent((event.type, event.status), event.trigger, sentences[event.sentence]) for event in given.events]
