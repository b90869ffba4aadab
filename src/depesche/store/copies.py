"""Copies of reports among those that are there already: found as they are loaded, in one pass."""

import sqlite3
from collections import Counter
from functools import lru_cache

from depesche.document.rows import ArticleRow, EventRow
from depesche.links import Fingerprint, fingerprint, same_report, same_sentence
from depesche.store.packing import unpacked

_MOST = 64
"""Reports that may share one hash; a commoner one is boilerplate and says nothing."""

_CANDIDATES = 8
_REPORT = {"headline", "standfirst", "body", "subheading"}


def fingerprint_of(row: ArticleRow) -> Fingerprint:
    """The fingerprint of what belongs to the report, without what stands around it on its page."""
    return fingerprint(" ".join(row.text[p.span.start : p.span.end] for p in row.parts if p.label in _REPORT))


class Copies:
    """The fingerprints of all reports of a record.

    Args:
        connection: the writer's.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._text = lru_cache(maxsize=64)(self._read_text)

    def place(self, article: int, hashes: Fingerprint) -> int | None:
        """Take a report in; the first report of which it is a copy, or None."""
        if not hashes:
            return None
        marks = ", ".join("?" * len(hashes))
        holders: dict[int, list[int]] = {}
        for value, other in self._connection.execute(
            f"select hash, article from shingles where hash in ({marks})",  # noqa: S608 (marks only)
            tuple(hashes),
        ):
            holders.setdefault(value, []).append(other)
        self._connection.executemany(
            "insert into shingles (hash, article) values (?, ?)",
            [(value, article) for value in hashes if len(holders.get(value, ())) < _MOST],
        )
        self._connection.execute("update articles set fingerprints = ? where id = ?", (len(hashes), article))
        found = Counter(other for others in holders.values() for other in others).most_common(_CANDIDATES)
        for other, shared in found:
            size, root = self._connection.execute(
                "select fingerprints, coalesce(duplicate_of, id) from articles where id = ?", (other,)
            ).fetchone()
            if same_report(shared, smaller=min(size, len(hashes))):
                return int(root)
        return None

    def original(self, event: EventRow, row: ArticleRow, root: int) -> int | None:
        """The event of an earlier copy with the same status in the same sentence, or None."""
        sentence = row.text[event.sentence.start : event.sentence.end]
        for number, article, start, end in self._connection.execute(
            "select e.id, e.article, e.sentence_start, e.sentence_end from events e join articles a on a.id = e.article "
            "where (a.id = ?1 or a.duplicate_of = ?1) and e.type = ?2 and e.status = ?3 and e.copy_of is null",
            (root, event.type, event.status),
        ).fetchall():
            if same_sentence(sentence, self._text(article)[start:end]):
                return int(number)
        return None

    def _read_text(self, article: int) -> str:
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        return unpacked(blob).article.text
