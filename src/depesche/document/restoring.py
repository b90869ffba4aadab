"""From a document back to its article."""

from collections.abc import Iterator
from typing import TypeVar

from depesche.document.rows import ArticleRow, PlaceRow, Record, Row
from depesche.record import (
    Actor,
    ActorMention,
    Article,
    Dateline,
    Event,
    Figure,
    Mark,
    Meta,
    OfficeHeld,
    Part,
    PartLabel,
    Place,
    PlaceMention,
    Publication,
    Published,
    Sentence,
    Span,
    Statement,
    TimeExpression,
)

M = TypeVar("M", bound=Mark)


def article_of_record(record: Record) -> Article:
    """The article behind a document, with every mark that the document holds.

    Tokens, clauses and what other stages used on the way are not part of the document and do not come back.
    """
    row = record.article
    inferred = row.published.known_by == "inferred"
    meta = Meta(
        origin=row.origin,
        id=row.id,
        url=row.url,
        canonical_url=row.canonical_url,
        source=row.source,
        section=row.section,
        language=row.language,
        bylines=row.bylines,
        agencies=row.agencies,
        published=Published()
        if inferred
        else Published(edtf=row.published.edtf, known_by=row.published.known_by, why=row.published.why),
        updated=row.updated,
        not_article=row.not_article,
        paywalled=row.paywalled,
        live=row.live,
    )
    return Article(text=row.text, meta=meta, marks=(*_article_marks(row), *_finding_marks(record)))


def _restored(kind: type[M], row: Row, **more: object) -> M:
    """A mark with the fields that it shares with the row."""
    names = (name for name in kind.__struct_fields__ if name not in more)
    values = {name: getattr(row, name) for name in names}
    return kind(**values, **more)  # type: ignore[arg-type]  # names are the kind's own; a test reads every kind back


def _article_marks(row: ArticleRow) -> Iterator[Mark]:
    stub_of = {span: (number, teaser.url) for number, teaser in enumerate(row.teasers) for span in teaser.spans}
    for part in row.parts:
        stub, url = stub_of.get(part.span, (None, None))
        yield _restored(Part, part, credit=part.credit_span, stub=stub, url=url)
    if row.dateline_span:
        yield Dateline(span=row.dateline_span, places=row.dateline, why="record document")
    for span in row.sentences:
        label: PartLabel = next((p.label for p in row.parts if p.span.holds(span)), "body")
        yield Sentence(span=span, part=label, why="record document")
    published = row.published
    if published.evidence:
        yield Publication(
            span=published.evidence,
            edtf=published.edtf,
            reasons=(published.why,),
            contradicts=published.contradicts,
            why="record document",
        )


def _finding_marks(record: Record) -> Iterator[Mark]:
    for time in record.times:
        yield _restored(TimeExpression, time, timex=time.timex3.type, value=time.timex3.value)
    for row in record.actors:
        actor = Actor(
            id=row.id, name=row.name, kind=row.kind, name_de=row.name_de, country=row.country, known=row.known
        )
        for span, ground in zip(row.mentions, row.grounds, strict=True):
            yield _restored(ActorMention, ground, span=span, actor=actor)
        if row.office:
            yield OfficeHeld(span=row.mentions[0], actor=row.id, office=row.office, why="record document")
    for spot in record.places:
        place = _restored_place(spot)
        for span, ground in zip(spot.mentions, spot.grounds, strict=True):
            yield _restored(PlaceMention, ground, span=span, place=place)
    for statement in record.statements:
        hull = [*statement.content, *statement.cue, *filter(None, [statement.speaker_span])]
        span = Span(min(s.start for s in hull), max(s.end for s in hull))
        yield _restored(Statement, statement, span=span)
    yield from (_restored(Event, event, span=event.trigger) for event in record.events)
    yield from (_restored(Figure, figure) for figure in record.figures)


def _restored_place(row: PlaceRow) -> Place:
    return Place(id=row.id, name=row.name, name_de=row.name_de, country=row.country, lat=row.lat, lon=row.lon)
