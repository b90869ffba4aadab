"""From what is asked to SQL: every condition once, for every kind of row it makes sense for."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Literal, get_args

import msgspec

from depesche.acquire import checked_date
from depesche.errors import InputError
from depesche.record import ActorKind, EventType, FigureKind, Mode, Status
from depesche.store.days import day_range
from depesche.store.stemming import stemmed
from depesche.words import languages


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; everything given must hold.

    Attributes:
        type: of an event ("CONSULT"), `what` of a figure ("killed"), `mode` of a statement.
        actor: id or part of a name, in any role (of a statement: the speaker).
        agent: likewise, as agent only; `recipient` as recipient only.
        country: of the place (of an actor: its own): ISO 3166-1 alpha-3, or a name.
        place: id or name.
        source: outlet of the report; `said_by` whoever the report names as its source.
        since: first day, ISO date, or the first of a month or year; `until` the last. An event counts by its own date, else by
            its report's.
        verdict: what a person decided: "accept", "correct", "reject" (else left out), or "none" where nobody has yet.
        copies: also what stands word for word in an earlier copy of the report (else it counts once).
        text: words that the sentence holds, in any inflection; in quotation marks, exactly so.
    """

    type: str | None = None
    actor: str | None = None
    agent: str | None = None
    recipient: str | None = None
    country: str | None = None
    place: str | None = None
    status: str | None = None
    source: str | None = None
    said_by: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    verdict: Literal["accept", "correct", "reject", "none"] | None = None
    copies: bool = False
    limit: int | None = None
    offset: int = 0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The variable parts of a query: where its rows come from, their conditions, order and values."""

    source: str
    where: str
    order: str
    values: tuple[object, ...]


_TYPE = {"events": "e.type", "figures": "f.what", "statements": "t.mode", "actors": "c.kind"}
_TYPES: dict[str, tuple[str, ...]] = {
    "events": get_args(EventType),
    "figures": get_args(FigureKind),
    "statements": get_args(Mode),
    "actors": get_args(ActorKind),
}
_COUNTRY = {"events": "e.country", "figures": "f.country", "actors": "c.country"}
_STATUS = {"events": "e.status", "figures": "f.status"}
_PLACE = {"events": "e.place", "figures": "f.place"}
_SAID_BY = {"events": "e.source", "figures": "f.source", "statements": "t.speaker"}
_DAY = {"events": "e.day", "figures": "f.day", "statements": "a.published_lo", "articles": "a.published_lo"}
_FINDING = {"events": "e", "figures": "f", "statements": "t"}
_ACTOR = {"statements": "t.speaker", "figures": "f.source", "actors": "c.id"}
_REPORT = {"events": "e.article", "figures": "f.article", "statements": "t.article", "articles": "a.id"}
_OVERLAPS = "s.article = t.article and t.start < s.end and t.end > s.start"
_FOUND: dict[str, tuple[str, str, str]] = {
    "events": (
        "e.sentence in ({hits})",
        "+e.sentence in ({hits})",
        "exists (select 1 from {table} h where h.rowid = e.sentence and {table} match ?)",
    ),
    "figures": (
        "f.sentence in ({hits})",
        "+f.sentence in ({hits})",
        "exists (select 1 from {table} h where h.rowid = f.sentence and {table} match ?)",
    ),
    "statements": (
        "t.id in (select t.id from sentences s join statements t on {overlaps} where s.id in ({hits}))",
        "exists (select 1 from sentences s where {overlaps} and +s.id in ({hits}))",
        (
            "exists (select 1 from sentences s cross join {table} h on h.rowid = s.id where {overlaps} "
            "and {table} match ?)"
        ),
    ),
    "articles": (
        "a.id in (select s.article from sentences s where s.id in ({hits}))",
        "exists (select 1 from sentences s where s.article = a.id and +s.id in ({hits}))",
        "exists (select 1 from sentences s cross join {table} h on h.rowid = s.id where s.article = a.id and {table} match ?)",
    ),
}
"""How rows are found whose sentence holds a word: from a rare word to its sentences; row by row in the order of the answer,
with a list of all sentences at hand (the sign + keeps an index out of it), where it is common; and with a question to the
full-text index for each, where it is nearly everywhere."""

_ONE_OF = "in (select value from json_each(?))"
_COMMON = 8_000
"""Rows from which it is quicker to go through the record by date and look each one up than to sort all that match."""

_EVERYWHERE = 300_000
"""Sentences from which it is quicker to ask the index about each one than to list what it holds."""


def conditions(kind: str, wanted: Filter, connection: sqlite3.Connection) -> Asked:
    """The SQL for one filter on one kind of row.

    Raises:
        InputError: the filter asks for something that this kind of row does not have.
    """
    builder = _Builder(kind, connection)
    if kind == "events" and not wanted.copies:
        builder.once()
    builder.verdict(wanted.verdict)
    builder.equals("type", _TYPE, _one_of(wanted.type, _TYPES.get(kind, ()), name="type"))
    builder.equals("country", _COUNTRY, wanted.country and builder.country(wanted.country))
    builder.equals("status", _STATUS, _one_of(wanted.status, get_args(Status), name="status"))
    builder.among("place", _PLACE, wanted.place, builder.places)
    builder.among("said_by", _SAID_BY, wanted.said_by, builder.actors)
    builder.roles(wanted)
    if wanted.source:
        builder.outlet(wanted.source)
    first, last = checked_date(wanted.since, where="since"), checked_date(wanted.until, where="until")
    builder.add("since", {k: f"{v} >= ?" for k, v in _DAY.items()}, day_range(first)[0])
    builder.add("until", {k: f"{v} <= ?" for k, v in _DAY.items()}, day_range(last)[1])
    if wanted.text:
        builder.text(wanted.text)
    return builder.asked(wanted)


class _Builder:
    """Collects conditions and their values."""

    def __init__(self, kind: str, connection: sqlite3.Connection) -> None:
        self._kind = kind
        self._connection = connection
        self._where: list[str] = []
        self._values: list[object] = []
        self._source = "events e"
        self._order = "e.day desc, e.id desc"

    def add(self, name: str, columns: dict[str, str], value: object) -> None:
        """One condition with one value, where the value is given."""
        if value is None:
            return
        if self._kind not in columns:
            raise InputError(f"{self._kind} have no {name}; ask for it with {', '.join(columns)}", where="query")
        self._where.append(columns[self._kind])
        self._values.append(value)

    def once(self) -> None:
        """No event that an earlier copy of the report has already told."""
        self._where.append("e.copy_of is null")

    def verdict(self, wanted: str | None) -> None:
        """What holds, and of that what people have decided about."""
        row = _FINDING.get(self._kind)
        if row:
            self._where.append(f"{row}.overruled = {int(wanted == 'reject')}")
        if wanted == "none":
            self.add("verdict", {k: f"coalesce({v}.decision, ?) = 0" for k, v in _FINDING.items()}, 0)
        elif wanted:
            is_verdict = "in (select d.id from decisions d where d.verdict = ?)"
            self.add("verdict", {k: f"{v}.decision {is_verdict}" for k, v in _FINDING.items()}, wanted)

    def equals(self, name: str, columns: dict[str, str], value: str | None) -> None:
        """The column has exactly this value."""
        self.add(name, {k: f"{v} = ?" for k, v in columns.items()}, value)

    def among(self, name: str, columns: dict[str, str], value: str | None, ids: Callable[[str], list[str]]) -> None:
        """The column has one of the ids that a name stands for."""
        if value is None:
            return
        found = ids(value)
        one_of = "= ?" if len(found) == 1 else _ONE_OF
        self.add(name, {k: f"{v} {one_of}" for k, v in columns.items()}, found[0] if len(found) == 1 else _list(found))

    def roles(self, wanted: Filter) -> None:
        """Who acts or is acted upon; of an event through its own index, which also gives the order."""
        if self._kind != "events":
            self.among("actor", _ACTOR, wanted.actor, self.actors)
            self.among("agent", {"events": ""}, wanted.agent, self.actors)
            self.among("recipient", {"events": ""}, wanted.recipient, self.actors)
            return
        for name, value in ((None, wanted.actor), ("agent", wanted.agent), ("recipient", wanted.recipient)):
            if value is None:
                continue
            found = self.actors(value)
            role = f"x.role = '{name}' and " if name else ""
            if len(found) == 1 and self._source == "events e":
                # One actor: its own index finds the events already in order of their days.
                self._source = "event_actors x join events e on e.id = x.event"
                self._order = "x.day desc, x.event desc"
                self._where.append(f"{role}x.actor = ?")
                self._values.append(found[0])
                continue
            those = f"event_actors y where {role.replace('x.', 'y.')}y.actor {_ONE_OF}"
            if self._at_least(_COMMON, f"select 1 from {those}", _list(found)):  # noqa: S608 (own names)
                self._where.append(f"exists (select 1 from {those} and y.event = e.id)")  # noqa: S608 (own names)
            else:
                self._where.append(f"e.id in (select y.event from {those})")  # noqa: S608 (own names)
            self._values.append(_list(found))

    def outlet(self, name: str) -> None:
        """The report is from an outlet with this in its name."""
        like = "coalesce(o.source, o.origin) like ?"
        some = self._at_least(_COMMON // 10, f"select 1 from articles o where {like}", f"%{name}%")  # noqa: S608 (own names)
        column = {k: ("+" if some else "") + v for k, v in _REPORT.items()}
        self.add(
            "source",
            {k: f"{v} in (select o.id from articles o where {like})" for k, v in column.items()},  # noqa: S608 (own names)
            f"%{name}%",
        )

    def text(self, words: str) -> None:
        """The sentence holds these words."""
        if self._kind not in _FOUND:
            raise InputError(f"{self._kind} have no text; ask for it with {', '.join(_FOUND)}", where="query")
        phrase = re.fullmatch(r'\s*"(.*)"\s*', words)
        table = "sentences_plain" if phrase else "sentences_stemmed"
        match = f'"{_plain(phrase[1])}"' if phrase else _stems(words)
        hits = f"select rowid from {table} where {table} match ?"  # noqa: S608 (own names)
        rare, common, everywhere = _FOUND[self._kind]
        way = rare
        if self._at_least(_COMMON, hits, match):
            way = everywhere if self._at_least(_EVERYWHERE, hits, match) else common
        self._where.append(way.format(table=table, hits=hits, overlaps=_OVERLAPS))
        self._values.append(match)

    def _at_least(self, number: int, rows: str, value: object) -> bool:
        """Whether a query has so many rows."""
        counted = f"select count(*) from ({rows} limit {number})"  # noqa: S608 (own names)
        return bool(self._connection.execute(counted, (value,)).fetchone()[0] == number)

    def actors(self, value: str) -> list[str]:
        """Ids that a name or id stands for."""
        return self._ids("actors", value)

    def country(self, value: str) -> str:
        """The code of a country that is given by code or name."""
        if re.fullmatch(r"[A-Za-z]{3}", value):
            return value.upper()
        here = "select country from actors where kind = 'state' and (name = ?1 collate nocase or name_de = ?1 collate nocase)"
        found = self._connection.execute(here, (value,)).fetchone()
        if not found:
            from depesche.knowledge import who  # noqa: PLC0415 (tables that only a state not in the record needs)

            found = [w.actor.country for w in who(value) if w.actor.kind == "state"]
        if not found:
            raise InputError(
                f"no country called {value!r}; give its name or its ISO 3166-1 code, as in SYR", where="country"
            )
        return str(found[0])

    def places(self, value: str) -> list[str]:
        """Ids of places, likewise."""
        return self._ids("places", value)

    def asked(self, wanted: Filter) -> Asked:
        """The finished pieces."""
        where = "where " + " and ".join(self._where) if self._where else ""
        return Asked(
            source=self._source,
            where=where,
            order=self._order,
            values=(*self._values, -1 if wanted.limit is None else wanted.limit, wanted.offset),
        )

    def _ids(self, table: str, value: str) -> list[str]:
        exact = [row[0] for row in self._connection.execute(f"select id from {table} where id = ?", (value,))]  # noqa: S608 (own names)
        like = f"%{value}%"
        found = exact or [
            row[0]
            for row in self._connection.execute(
                f"select id from {table} where name like ? or name_de like ?",  # noqa: S608 (own names)
                (like, like),
            )
        ]
        if not found:
            raise InputError(f"no {table[:-1]} called {value!r} in this record", where="query")
        return found


def _one_of(value: str | None, known: Sequence[str], *, name: str) -> str | None:
    """The value as the record spells it.

    Raises:
        InputError: it is none of those that there are.
    """
    if value is None or not known:
        return value
    spelled = {k.lower(): k for k in known}.get(value.lower().replace(" ", "_"))
    if spelled is None:
        raise InputError(f"{value!r} is none of {', '.join(known)}", where=name)
    return spelled


def _list(values: Sequence[str]) -> str:
    """Values for `_ONE_OF`, however many."""
    return msgspec.json.encode(values).decode()


def _plain(phrase: str) -> str:
    """A phrase for FTS5 with its own quotation marks taken out."""
    return phrase.replace('"', " ")


def _stems(words: str) -> str:
    """Every word, in any inflection of any language we read."""
    wanted = []
    for word in re.findall(r"\w+", words):
        forms = sorted({stemmed(word, language) for language in languages()})
        wanted.append("(" + " OR ".join(f'"{form}"' for form in forms) + ")")
    if not wanted:
        raise InputError("the text to search for holds no word", where="query")
    return " AND ".join(wanted)
