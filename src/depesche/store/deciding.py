"""A person decides about a finding; the decision is kept for good, and what the record says follows it at once."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import UNSET

from depesche.document import Record
from depesche.errors import InputError
from depesche.knowledge import where, who
from depesche.store.database import connect
from depesche.store.days import day_range
from depesche.store.decisions import Correction, Decision, Finding, FindingKind, Verdict, corrected, said
from depesche.store.inserting import statement_for
from depesche.store.judging import Judge, finding_at, span_of
from depesche.store.packing import unpacked


def decide(  # noqa: PLR0913 (one keyword a field of the decision)
    path: str | Path,
    finding: str,
    *,
    verdict: Verdict,
    person: str,
    correction: Correction | None = None,
    note: str | None = None,
) -> Decision:
    """Accept, reject or correct a finding of a record, or withdraw what was decided about it.

    Args:
        path: the record.
        finding: id of an event or figure, or `ARTICLE#START-END` of a statement, as `query` gives them.
        verdict: "accept", "reject", "correct" or "withdraw" (the machine's finding stands again).
        person: who decides.
        correction: what is otherwise; with the verdict "correct" only. Actors and places are ids or names.
        note: why.

    Raises:
        InputError: no such record or finding, a correction without change or with a value that cannot be.
    """
    if not person.strip():
        raise InputError("a decision needs the name of whoever decides", where="person")
    if (verdict == "correct") != (correction is not None and correction != Correction()):
        raise InputError('give a correction with the verdict "correct", and only there: FIELD=VALUE', where=finding)
    with closing(_opened(path)) as connection:
        connection.execute("begin immediate")
        article, kind, record, row = _finding(connection, finding)
        span = span_of(row)
        decision = Decision(
            article=connection.execute("select key from articles where id = ?", (article,)).fetchone()[0],
            kind=kind,
            start=span.start,
            end=span.end,
            quote=record.article.text[span.start : span.end],
            was=said(row),
            verdict=verdict,
            correction=_resolved(connection, correction) if correction else None,
            person=person.strip(),
            note=note,
            decided=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        )
        if correction:
            corrected(row, decision)  # refuses fields that this kind of finding does not have
        _keep(connection, decision)
        Judge(connection).renew_article(article)
        connection.execute("commit")
    return decision


def take_decisions(path: str | Path, decisions: Iterable[Decision]) -> int:
    """Take over decisions that were made in another copy of the record; how many were new.

    Raises:
        InputError: there is no such record.
    """
    with closing(_opened(path)) as connection:
        connection.execute("begin immediate")
        taken = sum(_keep(connection, decision) for decision in decisions)
        if taken:
            Judge(connection).renew(since=0)
        connection.execute("commit")
    return taken


def _opened(path: str | Path) -> sqlite3.Connection:
    if not Path(path).is_file():
        raise InputError("no such record; make one with `depesche build SOURCE --into FILE`", where=str(path))
    return connect(Path(path))


def _finding(connection: sqlite3.Connection, name: str) -> tuple[int, FindingKind, Record, Finding]:
    """Report, kind, document and row of a finding."""
    for kind in ("event", "figure"):
        rows = connection.execute(
            f"select article from {kind}s where {kind}_id = ? and made_by not like 'person/%'",  # noqa: S608 (own names)
            (name.removesuffix("/corrected"),),
        ).fetchall()
        if len(rows) > 1:
            raise InputError(f"stands in {len(rows)} reports; give them ids of their own", where=name)
        if rows:
            record = _document(connection, rows[0][0])
            findings = record.events if kind == "event" else record.figures
            return rows[0][0], kind, record, next(f for f in findings if f.id == name.removesuffix("/corrected"))
    report, _, place = name.rpartition("#")
    row = connection.execute("select id from articles where article_id = ? order by id desc", (report,)).fetchone()
    if row and place:
        record = _document(connection, row[0])
        statement = finding_at(record, place)
        if statement is not None:
            return row[0], "statement", record, statement
    raise InputError(
        "no finding with this id; `depesche query RECORD events --format jsonl` gives them (event_id, figure_id, statement_id)",
        where=name,
    )


def _document(connection: sqlite3.Connection, article: int) -> Record:
    (blob,) = connection.execute("select document from documents where article = ?", (article,)).fetchone()
    return unpacked(blob)


def _keep(connection: sqlite3.Connection, decision: Decision) -> bool:
    """Write a decision, unless this very one is there."""
    value = None if decision.correction is None else msgspec.json.encode(decision.correction).decode()
    row = (
        decision.article, decision.kind, decision.start, decision.end, decision.quote, decision.was, decision.verdict,
        value, decision.person, decision.note, decision.decided,
    )  # fmt: skip
    known = connection.execute(
        "select 1 from decisions where (article, kind, start, end, quote, was, verdict, person, decided) = (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " and value is ? and note is ?",
        (*row[:7], decision.person, decision.decided, value, decision.note),
    ).fetchone()
    if known and decision.verdict != "withdraw":
        return False
    connection.execute(
        "insert into decisions (article, kind, start, end, quote, was, verdict, value, person, note, decided) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    return True


def _resolved(connection: sqlite3.Connection, correction: Correction) -> Correction:
    """The correction with ids for names.

    Raises:
        InputError: a name that nobody bears, or a date that is none.
    """
    changes: dict[str, object] = {}
    for field, one in (("source", _actor), ("speaker", _actor), ("place", _place)):
        value = getattr(correction, field)
        if isinstance(value, str):
            changes[field] = one(connection, value)
    for field in ("agents", "recipients"):
        value = getattr(correction, field)
        if value is not UNSET:
            changes[field] = tuple(_actor(connection, name) for name in value)
    if isinstance(correction.when, str):
        try:
            day_range(correction.when)
        except ValueError as error:
            raise InputError(str(error), where="when") from error
    return msgspec.structs.replace(correction, **changes)


def _actor(connection: sqlite3.Connection, name: str) -> str:
    def known() -> list[tuple[str, tuple[object, ...]]]:
        return [
            (a.id, (a.id, a.name, a.name_de, a.kind, a.country, True))
            for a in dict.fromkeys(w.actor for w in who(name))
        ]

    return _id(connection, "actors", name, known=known)


def _place(connection: sqlite3.Connection, name: str) -> str:
    def known() -> list[tuple[str, tuple[object, ...]]]:
        return [(p.id, (p.id, p.name, p.name_de, p.country, p.lat, p.lon)) for p in where(name)[:1]]

    return _id(connection, "places", name, known=known)


def _id(
    connection: sqlite3.Connection, table: str, name: str, *, known: Callable[[], list[tuple[str, tuple[object, ...]]]]
) -> str:
    """The id of an actor or place of the record, else of the knowledge base, whose row then joins the record."""
    if connection.execute(f"select 1 from {table} where id = ?", (name,)).fetchone():  # noqa: S608 (own names)
        return name
    here = connection.execute(f"select id from {table} where name = ?1 or name_de = ?1", (name,)).fetchall()  # noqa: S608 (own names)
    if len(here) == 1:
        return str(here[0][0])
    there = [] if here else known()
    if len(there) == 1:
        connection.execute(statement_for(table), there[0][1])
        return there[0][0]
    ids = ", ".join([row[0] for row in here] or [key for key, _ in there])
    raise InputError(
        f"{name!r} can be {ids}; give the id"
        if ids
        else f"nothing in the record or the knowledge base is called {name!r}",
        where=table,
    )
