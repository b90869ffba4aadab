"""Records → rows, by the one process that writes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from depesche.document import Record
from depesche.document.rows import ArticleRow, EventRow, FigureRow
from depesche.links import Fingerprint
from depesche.record import digest
from depesche.store.copies import Copies, fingerprint_of
from depesche.store.days import day_range
from depesche.store.packing import packed, unpacked
from depesche.store.stemming import stemmed

_TABLES = ("articles", "sentences", "statements", "events", "figures")
_DAY = 15  # where the day stands among the columns of an event


class Prepared(msgspec.Struct, frozen=True):
    """A record with what a worker can work out before it is loaded.

    Attributes:
        packed: the document as it is stored.
    """

    record: Record
    fingerprint: Fingerprint
    packed: bytes


def prepared(record: Record) -> Prepared:
    """What the loader needs of a record."""
    return Prepared(record, fingerprint_of(record.article), packed(record))


class Loader:
    """Writes records into a database, one transaction a call.

    A record that is there already, made by the same pipeline, only gets its `last_seen` moved; one made by another is
    replaced, its `first_seen` and the decisions of people kept.

    Args:
        connection: from `store.connect`; nobody else may write to the file meanwhile.
        made_by: name and versions of the pipeline that made the records.
    """

    def __init__(self, connection: sqlite3.Connection, *, made_by: str) -> None:
        self._connection = connection
        self._made_by = made_by
        self._copies = Copies(connection)
        self._known_actors = self._read_actors()
        self._waiting: dict[tuple[str, str], list[tuple[object, ...]]] = {}
        self._next = {
            table: int(connection.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0])  # noqa: S608 (own names)
            for table in _TABLES
        }

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
        self._connection.execute("begin immediate")
        before = dict(self._next)
        try:
            written = sum(self._load_one(r if isinstance(r, Prepared) else prepared(r), now) for r in records)
            self._flush()
            self._connection.executemany(
                "insert or replace into inputs (digest, origin, made_by) values (?, ?, ?)",
                [(key, origin, self._made_by) for key, origin in inputs],
            )
            self._connection.executemany("delete from rejects where origin = ?", [(origin,) for _, origin in inputs])
        except BaseException:
            self._connection.execute("rollback")
            self._waiting.clear()
            self._known_actors = self._read_actors()
            self._next = before
            raise
        self._connection.execute("commit")
        return written

    def reject(self, rejects: Iterable[tuple[str, str]], *, now: str) -> None:
        """Note what could not be read: origin and reason."""
        with self._connection:
            self._connection.executemany(
                "insert into rejects (origin, reason, first_seen, last_seen) values (?1, ?2, ?3, ?3) "
                "on conflict (origin) do update set reason = excluded.reason, last_seen = excluded.last_seen",
                [(origin, reason, now) for origin, reason in rejects],
            )

    def _load_one(self, given: Prepared, now: str) -> bool:
        row = given.record.article
        key = article_key(row)
        found = self._connection.execute(
            "select id, made_by, first_seen from articles where key = ?", (key,)
        ).fetchone()
        first_seen = now
        if found:
            number, made_by, first_seen = found
            if made_by == self._made_by:
                self._connection.execute("update articles set last_seen = ? where id = ?", (now, number))
                return False
            self._flush()
            self._remove(number)
        self._insert(given, key, (first_seen, now))
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
        self._connection.execute("update articles set duplicate_of = null where duplicate_of = ?", (article,))
        self._connection.execute("delete from articles where id = ?", (article,))

    def _insert(self, given: Prepared, key: str, seen: tuple[str, str]) -> None:
        record, hashes = given.record, given.fingerprint
        row = record.article
        article = self._numbers("articles", 1)
        low, high = day_range(row.published.edtf)
        self._connection.execute(
            "insert into articles (id, key, article_id, origin, url, source, language, headline, kicker, standfirst, "
            "published, published_lo, published_hi, known_by, not_article, made_by, first_seen, last_seen) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article, key, row.id, row.origin, row.url, row.source, row.language, row.headline, row.kicker,
                row.standfirst, row.published.edtf, low, high, row.published.known_by, row.not_article, self._made_by,
                *seen,
            ),
        )  # fmt: skip
        self._many("documents (article, document)", [(article, given.packed)])
        root = self._copies.place(article, hashes)
        if root is not None:
            self._flush()  # the copies it is compared with may have come in this very call
            self._connection.execute("update articles set duplicate_of = ? where id = ?", (root, article))
        self._sentences(article, row)
        self._actors(article, record)
        self._places(article, record)
        self._times(article, record)
        self._statements(article, record)
        countries = {p.id: p.country for p in record.places}
        self._events(article, record, countries, root)
        self._figures(article, record, countries)

    def _read_actors(self) -> dict[str, bool]:
        return {i: bool(k) for i, k in self._connection.execute("select id, known from actors")}

    def _numbers(self, table: str, count: int) -> int:
        first = self._next[table]
        self._next[table] = first + count
        return first

    def _sentences(self, article: int, row: ArticleRow) -> None:
        first = self._numbers("sentences", len(row.sentences))
        numbered = list(enumerate(row.sentences, start=first))
        texts = [(number, row.text[s.start : s.end]) for number, s in numbered]
        self._many("sentences (id, article, start, end)", [(number, article, *s) for number, s in numbered])
        self._many("sentences_plain (rowid, text)", texts)
        self._many("sentences_stemmed (rowid, text)", [(n, stemmed(text, row.language)) for n, text in texts])

    def _actors(self, article: int, record: Record) -> None:
        self._many(
            "actors (id, name, name_de, kind, country, known)",
            [
                (a.id, a.name, a.name_de, a.kind, a.country, a.known)
                for a in record.actors
                if self._known_actors.get(a.id, -1) < a.known
            ],
            conflict="on conflict (id) do update set name = excluded.name, name_de = excluded.name_de, "
            "kind = excluded.kind, country = excluded.country, known = excluded.known",
        )
        self._known_actors.update((a.id, max(a.known, self._known_actors.get(a.id, False))) for a in record.actors)
        self._many(
            "or ignore into actor_mentions (article, actor, start, end, form, office, made_by, why)",
            [
                (article, a.id, *span, g.form, a.office, g.made_by, g.why)
                for a in record.actors
                for span, g in zip(a.mentions, a.grounds, strict=True)
            ],
        )

    def _places(self, article: int, record: Record) -> None:
        self._many(
            "or ignore into places (id, name, name_de, country, lat, lon)",
            [(p.id, p.name, p.name_de, p.country, p.lat, p.lon) for p in record.places],
        )
        self._many(
            "or ignore into place_mentions (article, place, start, end, made_by, why)",
            [
                (article, p.id, *span, g.made_by, g.why)
                for p in record.places
                for span, g in zip(p.mentions, p.grounds, strict=True)
            ],
        )

    def _times(self, article: int, record: Record) -> None:
        self._many(
            "times (article, start, end, edtf, earliest, latest, type, value, approximate, made_by, why)",
            [
                (
                    article, *t.span, t.edtf, t.earliest and t.earliest.isoformat(), t.latest and t.latest.isoformat(),
                    t.timex3.type, t.timex3.value, t.approximate, t.made_by, t.why,
                )
                for t in record.times
            ],
        )  # fmt: skip

    def _statements(self, article: int, record: Record) -> None:
        text = record.article.text
        rows = [s for s in record.statements if s.content]
        first = self._numbers("statements", len(rows))
        self._many(
            "statements (id, article, speaker, speaker_start, speaker_end, start, end, content, spans, mode, said_at, "
            "hedged, confidence, made_by, why)",
            [
                (
                    number, article, s.speaker, *(s.speaker_span or (None, None)), s.content[0].start, s.content[-1].end,
                    " … ".join(text[a:b] for a, b in s.content), json.dumps(s.content), s.mode, s.said_at, s.hedged,
                    s.confidence, s.made_by, s.why,
                )
                for number, s in enumerate(rows, start=first)
            ],
        )  # fmt: skip

    def _events(self, article: int, record: Record, countries: dict[str, str | None], root: int | None) -> None:
        first = self._numbers("events", len(record.events))
        rows = [
            (
                *self._event(number, article, record.article, event, countries),
                None if root is None else self._copies.original(event, record.article, root),
            )
            for number, event in enumerate(record.events, start=first)
        ]
        self._many(
            "events (id, article, event_id, type, mode, start, end, trigger, sentence_start, sentence_end, place, "
            "country, happened, happened_lo, happened_hi, day, status, source, confidence, same_as, made_by, why, copy_of)",
            rows,
        )
        self._many(
            "event_actors (event, role, n, actor, day)",
            [
                (row[0], role, n, actor, row[_DAY])
                for row, event in zip(rows, record.events, strict=True)
                for role, actors in (("agent", event.agents), ("recipient", event.recipients))
                for n, actor in enumerate(dict.fromkeys(actors))
            ],
        )

    @staticmethod
    def _event(
        number: int, article: int, row: ArticleRow, event: EventRow, countries: dict[str, str | None]
    ) -> tuple[object, ...]:
        low, high = day_range(event.when)
        start, end = event.trigger
        return (
            number, article, event.id, event.type, event.mode, start, end, row.text[start:end], *event.sentence,
            event.place, countries.get(event.place or ""), event.when, low, high,
            low or day_range(row.published.edtf)[0] or "", event.status, event.source, event.confidence, event.same_as,
            event.made_by, event.why,
        )  # fmt: skip

    def _figures(self, article: int, record: Record, countries: dict[str, str | None]) -> None:
        first = self._numbers("figures", len(record.figures))
        self._many(
            "figures (id, article, figure_id, start, end, sentence_start, sentence_end, what, low, high, approximate, "
            "who, place, country, happened, happened_lo, happened_hi, day, source, status, part_of, made_by, why)",
            [
                self._figure(number, article, record.article, f, countries)
                for number, f in enumerate(record.figures, start=first)
            ],
        )

    @staticmethod
    def _figure(
        number: int, article: int, row: ArticleRow, figure: FigureRow, countries: dict[str, str | None]
    ) -> tuple[object, ...]:
        low, high = day_range(figure.when)
        sentence = next((s for s in row.sentences if s.holds(figure.span)), figure.span)
        return (
            number, article, figure.id, *figure.span, *sentence, figure.what, figure.low, figure.high,
            figure.approximate, figure.who, figure.place, countries.get(figure.place or ""), figure.when, low, high,
            low or day_range(row.published.edtf)[0] or "", figure.source, figure.status, figure.part_of, figure.made_by,
            figure.why,
        )  # fmt: skip

    def _many(self, into: str, rows: Sequence[tuple[object, ...]], *, conflict: str = "") -> None:
        """Keep rows until the end of the call: a statement a table costs a tenth of one a report."""
        self._waiting.setdefault((into, conflict), []).extend(rows)

    def _flush(self) -> None:
        for (into, conflict), rows in self._waiting.items():
            if rows:
                verb = "insert" if into.startswith("or ") else "insert into"
                marks = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"{verb} {into} values ({marks}) {conflict}", rows)
        self._waiting.clear()


def article_key(row: ArticleRow) -> str:
    """The content hash that stands for a report in the database: the same report has the same key in every run."""
    return digest(row.id, row.url or row.canonical_url or "", row.text)
