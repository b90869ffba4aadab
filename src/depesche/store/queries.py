"""Questions to the record: one filter for every kind of row, answers as typed rows."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeVar

import msgspec

from depesche.document import Record
from depesche.errors import InputError
from depesche.store.database import open_for_reading
from depesche.store.decisions import Decision, Judged, judged
from depesche.store.filters import Filter, conditions
from depesche.store.frames import frame_of
from depesche.store.judging import decision_of, judged_in
from depesche.store.packing import unpacked
from depesche.store.rows import Found, FoundActor, FoundArticle, FoundEvent, FoundFigure, FoundStatement

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["events", "statements", "figures", "actors", "articles"]
KINDS: tuple[Kind, ...] = ("events", "statements", "figures", "actors", "articles")

ROWS: dict[Kind, type[Found]] = {
    "events": FoundEvent,
    "statements": FoundStatement,
    "figures": FoundFigure,
    "actors": FoundActor,
    "articles": FoundArticle,
}
"""What a query for each kind gives."""

F = TypeVar("F", bound=Found)

_EVENTS = """
select e.event_id, a.article_id, a.headline, coalesce(a.source, a.origin), a.published, e.type, e.mode, e.trigger, e.id,
       p.name, e.country, p.lat, p.lon, e.happened, e.status, s.name, e.source, e.confidence, e.article,
       e.sentence_start, e.sentence_end, e.start, e.end, e.made_by, e.why, d.verdict, d.person
from {from_} join articles a on a.id = e.article
left join places p on p.id = e.place left join actors s on s.id = e.source left join decisions d on d.id = e.decision
{where} order by {order} limit ? offset ?
"""
_FIGURES = """
select f.figure_id, a.article_id, a.headline, coalesce(a.source, a.origin), a.published, f.what, f.low, f.high,
       f.approximate, f.who, p.name, f.country, f.happened, s.name, f.status, f.article, f.sentence_start, f.sentence_end,
       f.start, f.end, f.made_by, f.why, d.verdict, d.person
from figures f join articles a on a.id = f.article
left join places p on p.id = f.place left join actors s on s.id = f.source left join decisions d on d.id = f.decision
{where} order by f.day desc, f.id desc limit ? offset ?
"""
_STATEMENTS = """
select a.article_id || '#' || t.start || '-' || t.end, a.article_id, a.headline, coalesce(a.source, a.origin), a.published,
       s.name, t.speaker, t.mode, t.said_at, t.content, t.hedged, t.start, t.end, t.made_by, t.why, d.verdict, d.person
from statements t join articles a on a.id = t.article left join actors s on s.id = t.speaker
left join decisions d on d.id = t.decision
{where} order by t.id desc limit ? offset ?
"""
_ACTORS = """
select c.id, c.name, c.name_de, c.kind, c.country, c.known,
       (select count(distinct m.article) from actor_mentions m where m.actor = c.id),
       (select count(*) from event_actors x where x.actor = c.id and x.role = 'agent'),
       (select count(*) from event_actors x where x.actor = c.id and x.role = 'recipient')
from actors c {where} order by c.id limit ? offset ?
"""
_ARTICLES = """
select a.article_id, a.headline, coalesce(a.source, a.origin), a.language, a.published, a.known_by, a.origin, a.url,
       (select count(*) from events e where e.article = a.id and not e.overruled), d.article_id, a.first_seen, a.last_seen
from articles a left join articles d on d.id = a.duplicate_of
{where} order by a.published_lo desc, a.id desc limit ? offset ?
"""

_WITNESSES = """
select coalesce(a.source, a.origin) from events e join articles a on a.id = e.article
where e.copy_of = ?1 or e.copy_of = (
    select machine.id from events person join events machine on machine.decision = person.decision and machine.overruled
    where person.id = ?1 and not person.overruled)
"""
"""Copies refer to the machine's finding, also where a person's correction stands for it."""


class OpenRecord:
    """A record opened for reading.

    Args:
        path: the SQLite file that `depesche build` made.

    Raises:
        InputError: there is no such file, or it is no record.
    """

    def __init__(self, path: str | Path) -> None:
        self._connection = open_for_reading(Path(path))
        self._document = lru_cache(maxsize=256)(self._read_document)
        self._ask: dict[Kind, Callable[[Filter], Iterator[Found]]] = {
            "events": self.events,
            "statements": self.statements,
            "figures": self.figures,
            "actors": self.actors,
            "articles": self.articles,
        }

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for SQL of one's own; it cannot write."""
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, kind: Kind, wanted: Filter | None = None) -> Iterator[Found]:
        """Rows of one kind."""
        return self._ask[kind](wanted or Filter())

    def events(self, wanted: Filter | None = None) -> Iterator[FoundEvent]:
        """Events, the newest first, each with its sentence."""
        asked = conditions("events", wanted or Filter(), self._connection)
        sql = _EVENTS.format(from_=asked.source, where=asked.where, order=asked.order)
        for row in self._connection.execute(sql, asked.values):
            agents, recipients = self._actors_of(row[8])
            yield FoundEvent(
                event_id=row[0], article=row[1], headline=row[2], outlet=row[3], published=row[4], type=row[5],
                mode=row[6], trigger=row[7], agents=tuple(n for _, n in agents), agent_ids=tuple(i for i, _ in agents),
                recipients=tuple(n for _, n in recipients), recipient_ids=tuple(i for i, _ in recipients), place=row[9],
                country=row[10], lat=row[11], lon=row[12], when=row[13], status=row[14], source=row[15],
                source_id=row[16], confidence=row[17], sentence=self._text(row[18])[row[19] : row[20]], start=row[21],
                end=row[22], made_by=row[23], why=row[24], witnesses=self._witnesses(row[8], row[3]), verdict=row[25], decided_by=row[26],
            )  # fmt: skip

    def figures(self, wanted: Filter | None = None) -> Iterator[FoundFigure]:
        """Figures, the newest first, each with its sentence."""
        asked = conditions("figures", wanted or Filter(), self._connection)
        for row in self._connection.execute(_FIGURES.format(where=asked.where), asked.values):
            yield FoundFigure(
                figure_id=row[0], article=row[1], headline=row[2], outlet=row[3], published=row[4], what=row[5],
                low=row[6], high=row[7], approximate=bool(row[8]), who=row[9], place=row[10], country=row[11],
                when=row[12], source=row[13], status=row[14], sentence=self._text(row[15])[row[16] : row[17]],
                start=row[18], end=row[19], made_by=row[20], why=row[21], verdict=row[22], decided_by=row[23],
            )  # fmt: skip

    def statements(self, wanted: Filter | None = None) -> Iterator[FoundStatement]:
        """Statements, the latest read first."""
        asked = conditions("statements", wanted or Filter(), self._connection)
        for row in self._connection.execute(_STATEMENTS.format(where=asked.where), asked.values):
            yield _typed(FoundStatement, row)

    def actors(self, wanted: Filter | None = None) -> Iterator[FoundActor]:
        """Actors by id, with counts."""
        asked = conditions("actors", wanted or Filter(), self._connection)
        for row in self._connection.execute(_ACTORS.format(where=asked.where), asked.values):
            yield _typed(FoundActor, row)

    def articles(self, wanted: Filter | None = None) -> Iterator[FoundArticle]:
        """Reports, the newest first."""
        asked = conditions("articles", wanted or Filter(), self._connection)
        for row in self._connection.execute(_ARTICLES.format(where=asked.where), asked.values):
            yield _typed(FoundArticle, row)

    def frame(self, kind: Kind, wanted: Filter | None = None) -> "pl.DataFrame":
        """Rows of one kind as a polars data frame; `.to_pandas()` makes it one of pandas."""
        return frame_of(self.find(kind, wanted), ROWS[kind])

    def document(self, article_id: str) -> Record:
        """The record document of one report.

        Raises:
            InputError: no report has this id.
        """
        return self._document(self._number(article_id))

    def judged(self, article_id: str) -> tuple[Judged, ...]:
        """The decisions that stand on findings of one report.

        Raises:
            InputError: no report has this id.
        """
        number = self._number(article_id)
        return tuple(judged_in(self._connection, number, self._document(number)))

    def documents(self, *, of: Literal["all", "originals"] = "all") -> Iterator[Record]:
        """The documents of all reports, or of those that are no copies, as they stand after all decisions."""
        decided = {key for (key,) in self._connection.execute("select distinct article from decisions")}
        for number, key, blob in self._connection.execute(
            "select a.id, a.key, d.document from documents d join articles a on a.id = d.article "
            "where ? or a.duplicate_of is null order by a.id",
            (of == "all",),
        ):
            record = unpacked(blob)
            yield judged(record, tuple(judged_in(self._connection, number, record))) if key in decided else record

    def decisions(self) -> Iterator[Decision]:
        """Everything that people have decided, in order, withdrawn or not."""
        for row in self._connection.execute(
            "select article, kind, start, end, quote, was, verdict, value, person, note, decided from decisions order by id"
        ):
            yield decision_of(list(row))

    def rejects(self) -> Iterator[tuple[str, str, str]]:
        """Origin, reason and last day of what could not be read."""
        yield from self._connection.execute("select origin, reason, last_seen from rejects order by origin")

    def _number(self, article_id: str) -> int:
        found = self._connection.execute(
            "select id from articles where article_id = ? or key = ? order by id desc", (article_id, article_id)
        ).fetchone()
        if found is None:
            raise InputError("no report with this id; `depesche query FILE articles` lists them", where=article_id)
        return int(found[0])

    def _text(self, article: int) -> str:
        return self._document(article).article.text

    def _read_document(self, article: int) -> Record:
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        return unpacked(blob)

    def _witnesses(self, event: int, outlet: str) -> tuple[str, ...]:
        """The outlets that carry this event: its own and those of the copies."""
        others = self._connection.execute(_WITNESSES, (event,))
        return tuple(dict.fromkeys((outlet, *(row[0] for row in others))))

    def _actors_of(self, event: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        roles: dict[str, list[tuple[str, str]]] = {"agent": [], "recipient": []}
        for role, actor, name in self._connection.execute(
            "select x.role, x.actor, c.name from event_actors x join actors c on c.id = x.actor "
            "where x.event = ? order by x.n",
            (event,),
        ):
            roles[role].append((actor, name))
        return roles["agent"], roles["recipient"]


def _typed(kind: type[F], row: tuple[object, ...]) -> F:
    """A row whose columns stand in the order of the fields."""
    names = [f.name for f in msgspec.structs.fields(kind)]
    return msgspec.convert(dict(zip(names, row, strict=True)), kind, strict=False)
