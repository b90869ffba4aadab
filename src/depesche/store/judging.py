"""Decisions meet the findings they are about: again after every time a report was read anew."""

import sqlite3
from collections.abc import Iterator

import msgspec

from depesche.document import Record
from depesche.document.rows import EventRow, FigureRow, StatementRow
from depesche.record import Span
from depesche.store.decisions import Correction, Decision, Finding, FindingKind, Judged, corrected, key_of, said
from depesche.store.inserting import statement_for
from depesche.store.packing import unpacked
from depesche.store.preparing import Cells, countries_of, prepared_event, prepared_figure, statement_cells

_DECISIONS = """
select id, article, kind, start, end, quote, was, verdict, value, person, note, decided from decisions
where article = (select key from articles where id = ?) order by id
"""


class Judge:
    """Ties decisions to findings.

    Args:
        connection: a writer's, inside a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def renew(self, *, since: int) -> None:
        """All reports from this number on that people have decided about."""
        for (article,) in self._connection.execute(
            "select distinct a.id from decisions d join articles a on a.key = d.article where a.id >= ?", (since,)
        ).fetchall():
            self.renew_article(article)

    def renew_article(self, article: int) -> None:
        """One report: what was tied is loosened, then the last decision on every finding is tied to it."""
        for table in ("events", "figures", "statements"):
            self._connection.execute(
                f"delete from {table} where article = ? and made_by like 'person/%'",  # noqa: S608 (own names)
                (article,),
            )
            self._connection.execute(
                f"update {table} set decision = null, overruled = 0 where article = ? and decision is not null",  # noqa: S608 (own names)
                (article,),
            )
        (blob,) = self._connection.execute("select document from documents where article = ?", (article,)).fetchone()
        record = unpacked(blob)
        for number, decision in last_decisions(self._connection, article):
            finding = found(record, decision)
            if finding is not None:
                self._tie(article, record, finding, decision=decision, number=number)

    def _tie(self, article: int, record: Record, finding: Finding, *, decision: Decision, number: int) -> None:
        overruled = decision.verdict in {"reject", "correct"}
        if isinstance(finding, EventRow | FigureRow):
            column = "event_id" if isinstance(finding, EventRow) else "figure_id"
            self._connection.execute(
                f"update {decision.kind}s set decision = ?, overruled = ? where article = ? and {column} = ?",  # noqa: S608 (own names)
                (number, overruled, article, finding.id),
            )
        else:
            self._connection.execute(
                "update statements set decision = ?, overruled = ? where article = ? and start = ? and end = ?",
                (number, overruled, article, finding.content[0].start, finding.content[-1].end),
            )
        if decision.verdict == "correct":
            self._insert(article, record, corrected(finding, decision), kind=decision.kind)
            self._connection.execute(
                f"update {decision.kind}s set decision = ? where article = ? and id = (select max(id) from {decision.kind}s)",  # noqa: S608 (own names)
                (number, article),
            )

    def _insert(self, article: int, record: Record, finding: Finding, *, kind: FindingKind) -> None:
        (number,) = self._connection.execute(f"select coalesce(max(id), 0) + 1 from {kind}s").fetchone()  # noqa: S608 (own names)
        if not isinstance(finding, EventRow | FigureRow):
            self._write("statements", (number, article, *statement_cells(record.article, finding)))
            return
        finding = msgspec.structs.replace(finding, id=f"{finding.id}/corrected")
        countries = dict(self._connection.execute("select id, country from places where id = ?", (finding.place,)))
        countries = {**countries_of(record), **countries}
        if isinstance(finding, EventRow):
            event = prepared_event(record.article, finding, countries=countries, by_start={})
            sentence = self._sentence(article, finding.sentence)
            self._write("events", (number, article, sentence, None, *event.cells))
            for part in event.actors:
                self._write("event_actors", (number, *part, event.day))
        else:
            figure = prepared_figure(record.article, finding, countries=countries, by_start={})
            self._write("figures", (number, article, self._sentence(article, finding.span), *figure.cells))

    def _sentence(self, article: int, span: Span) -> int | None:
        row = self._connection.execute(
            "select id from sentences where article = ? and start <= ? and end >= ?", (article, *span)
        ).fetchone()
        return row[0] if row else None

    def _write(self, table: str, row: Cells) -> None:
        self._connection.execute(statement_for(table), row)


def last_decisions(connection: sqlite3.Connection, article: int) -> list[tuple[int, Decision]]:
    """Number and content of the decisions that stand: the last on each finding, unless it was withdrawn."""
    last: dict[tuple[str, int, int, str], tuple[int, Decision]] = {}
    for number, *cells in connection.execute(_DECISIONS, (article,)):
        decision = decision_of(cells)
        last[decision.kind, decision.start, decision.end, decision.was] = (number, decision)
    return [pair for pair in last.values() if pair[1].verdict != "withdraw"]


def decision_of(cells: list[object]) -> Decision:
    """A decision from its row: article, kind, start, end, quote, was, verdict, value, person, note, decided."""
    names = ("article", "kind", "start", "end", "quote", "was", "verdict", "correction", "person", "note", "decided")
    values = dict(zip(names, cells, strict=True))
    if values["correction"] is not None:
        values["correction"] = msgspec.json.decode(str(values["correction"]), type=Correction)
    return msgspec.convert(values, Decision)


def found(record: Record, decision: Decision) -> Finding | None:
    """The finding that a decision is about.

    It is the one at the same place with the same words, or, where the machine now draws its borders otherwise, one that
    overlaps it and says the same. A correction also holds for what now says something else.
    """
    span = Span(decision.start, decision.end)
    if record.article.text[span.start : span.end] != decision.quote:
        return None
    here = [f for f in _findings(record, decision.kind) if span_of(f) == span]
    same = [f for f in here if said(f) == decision.was]
    if same or (here and decision.verdict == "correct"):
        return (same or here)[0]
    return next(
        (f for f in _findings(record, decision.kind) if span_of(f).overlaps(span) and said(f) == decision.was), None
    )


def judged_in(connection: sqlite3.Connection, article: int, record: Record) -> Iterator[Judged]:
    """The decisions that stand on findings of a document."""
    for _, decision in last_decisions(connection, article):
        finding = found(record, decision)
        if finding is not None:
            yield Judged(kind=decision.kind, finding=key_of(finding), decision=decision)


def _findings(record: Record, kind: FindingKind) -> tuple[Finding, ...]:
    if kind == "event":
        return record.events
    return record.figures if kind == "figure" else tuple(s for s in record.statements if s.content)


def finding_at(record: Record, place: str) -> StatementRow | None:
    """The statement whose content spans "start-end"."""
    return next((s for s in record.statements if s.content and key_of(s) == place), None)


def span_of(finding: Finding) -> Span:
    """Where a finding stands: the trigger of an event, the number of a figure, the content of a statement."""
    if isinstance(finding, EventRow):
        return finding.trigger
    return finding.span if isinstance(finding, FigureRow) else Span(finding.content[0].start, finding.content[-1].end)
