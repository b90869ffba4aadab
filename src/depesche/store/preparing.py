"""A record as rows of tables: everything that can be worked out before it is known under which numbers they are loaded.

This is done by the workers, so that the one process that writes only has to number rows and hand them over.
"""

from urllib.parse import urlsplit

import msgspec

from depesche.document import Record
from depesche.document.rows import ArticleRow, EventRow, FigureRow, StatementRow
from depesche.links import Fingerprint, fingerprint
from depesche.record import Span, digest
from depesche.store.days import day_range
from depesche.store.packing import packed
from depesche.store.stemming import stemmed

Cells = tuple[object, ...]
"""The values of one row, in the order of the columns in `loading`."""

_REPORT = {"headline", "standfirst", "body", "subheading"}


class PreparedEvent(msgspec.Struct, frozen=True, array_like=True):
    """An event: its type, status and trigger, the position of its sentence, its row, and who takes part (role, order, actor)."""

    type: str
    status: str
    trigger: str
    sentence: int | None
    cells: Cells
    actors: tuple[tuple[str, int, str], ...]
    day: str


class PreparedFigure(msgspec.Struct, frozen=True, array_like=True):
    """A figure: the position of its sentence, and its row."""

    sentence: int | None
    cells: Cells


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """One record, ready to be loaded.

    Attributes:
        key: the content hash that stands for the report in the database: the same report has the same key in every run.
        packed: the document as it is stored.
        words: plain and stemmed words of each sentence, for the full-text indexes.
        known: 1 for every row of `actors` that is in the knowledge base.
    """

    key: str
    article: Cells
    packed: bytes
    fingerprint: Fingerprint
    sentences: tuple[Span, ...]
    words: tuple[tuple[str, str], ...]
    actors: tuple[Cells, ...]
    mentions: tuple[Cells, ...]
    places: tuple[Cells, ...]
    place_mentions: tuple[Cells, ...]
    times: tuple[Cells, ...]
    statements: tuple[Cells, ...]
    events: tuple[PreparedEvent, ...]
    figures: tuple[PreparedFigure, ...]


def prepared(record: Record) -> Prepared:
    """What the loader needs of a record."""
    row = record.article
    texts = [row.text[s.start : s.end] for s in row.sentences]
    by_start = {s.start: n for n, s in enumerate(row.sentences)}
    countries = countries_of(record)
    return Prepared(
        key=digest(row.id, row.url or row.canonical_url or "", row.text),
        article=_article(row),
        packed=packed(record),
        fingerprint=fingerprint(report_text(row)),
        sentences=row.sentences,
        words=tuple((text, stemmed(text, row.language)) for text in texts),
        actors=tuple((a.id, a.name, a.name_de, a.kind, a.country, a.known) for a in record.actors),
        mentions=tuple(
            (a.id, *span, g.form, a.office, g.made_by, g.why)
            for a in record.actors
            for span, g in zip(a.mentions, a.grounds, strict=True)
        ),
        places=tuple((p.id, p.name, p.name_de, p.country, p.lat, p.lon) for p in record.places),
        place_mentions=tuple(
            (p.id, *span, g.made_by, g.why)
            for p in record.places
            for span, g in zip(p.mentions, p.grounds, strict=True)
        ),
        times=tuple(
            (
                *t.span, t.edtf, t.earliest and t.earliest.isoformat(), t.latest and t.latest.isoformat(),
                t.timex3.type, t.timex3.value, t.approximate, t.made_by, t.why,
            )
            for t in record.times
        ),
        statements=tuple(statement_cells(row, s) for s in record.statements if s.content),
        events=tuple(prepared_event(row, e, countries=countries, by_start=by_start) for e in record.events),
        figures=tuple(prepared_figure(row, f, countries=countries, by_start=by_start) for f in record.figures),
    )  # fmt: skip


def countries_of(record: Record) -> dict[str, str | None]:
    """The country of every place of a record."""
    return {p.id: p.country for p in record.places}


def prepared_event(
    row: ArticleRow, event: EventRow, *, countries: dict[str, str | None], by_start: dict[int, int]
) -> PreparedEvent:
    """An event of a report; `by_start` says which sentence begins where."""
    low, high = day_range(event.when)
    day = low or day_range(row.published.edtf)[0] or ""
    start, end = event.trigger
    cells = (
        event.id, event.type, event.mode, start, end, row.text[start:end], *event.sentence, event.place,
        countries.get(event.place or ""), event.when, low, high, day, event.status, event.source, event.confidence,
        event.same_as, event.made_by, event.why,
    )  # fmt: skip
    actors = (*_in_role("agent", event.agents), *_in_role("recipient", event.recipients))
    return PreparedEvent(
        event.type, event.status, row.text[start:end], by_start.get(event.sentence.start), cells, actors, day
    )


def prepared_figure(
    row: ArticleRow, figure: FigureRow, *, countries: dict[str, str | None], by_start: dict[int, int]
) -> PreparedFigure:
    """A figure of a report, likewise."""
    low, high = day_range(figure.when)
    sentence = next((s for s in row.sentences if s.holds(figure.span)), figure.span)
    cells = (
        figure.id, *figure.span, *sentence, figure.what, figure.low, figure.high, figure.approximate, figure.who,
        figure.place, countries.get(figure.place or ""), figure.when, low, high,
        low or day_range(row.published.edtf)[0] or "", figure.source, figure.status, figure.part_of, figure.made_by,
        figure.why,
    )  # fmt: skip
    return PreparedFigure(by_start.get(sentence.start), cells)


def statement_cells(row: ArticleRow, statement: StatementRow) -> Cells:
    """A statement of a report."""
    spans = statement.content
    return (
        statement.speaker, *(statement.speaker_span or (None, None)), spans[0].start, spans[-1].end,
        " … ".join([row.text[a:b] for a, b in spans]), f"[{', '.join([f'[{a}, {b}]' for a, b in spans])}]",
        statement.mode, statement.said_at,
        statement.hedged, statement.confidence, statement.made_by, statement.why,
    )  # fmt: skip


def _article(row: ArticleRow) -> Cells:
    low, high = day_range(row.published.edtf)
    return (
        row.id, row.origin, row.url, _outlet(row), row.language, row.headline, row.kicker, row.standfirst,
        row.published.edtf, low, high, row.published.known_by, row.not_article,
    )  # fmt: skip


def _outlet(row: ArticleRow) -> str | None:
    """The outlet, else the host of the page, if its address is one."""
    try:
        host = urlsplit(row.url or row.canonical_url or "").hostname or ""
    except ValueError:  # "https://[x"
        host = ""
    return row.source or host.removeprefix("www.") or None


def report_text(row: ArticleRow) -> str:
    """What belongs to the report, without what stands around it on its page."""
    return " ".join(row.text[p.span.start : p.span.end] for p in row.parts if p.label in _REPORT)


def _in_role(role: str, actors: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
    if len(actors) > 1:
        return tuple([(role, n, actor) for n, actor in enumerate(dict.fromkeys(actors))])
    return ((role, 0, actors[0]),) if actors else ()
