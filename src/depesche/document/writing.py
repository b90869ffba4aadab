"""From an article to its document."""

from collections.abc import Iterable
from typing import TypeVar

from depesche.document.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    FigureRow,
    Ground,
    PartRow,
    PlaceRow,
    PublishedRow,
    Record,
    Row,
    StatementRow,
    TeaserRow,
    TimeRow,
    Timex3,
)
from depesche.record import (
    ActorMention,
    Article,
    Dateline,
    Event,
    Figure,
    Mark,
    OfficeHeld,
    Part,
    PartLabel,
    PlaceMention,
    Publication,
    Sentence,
    Span,
    Statement,
    TimeExpression,
)

T = TypeVar("T")
R = TypeVar("R", bound=Row)


def record_of(article: Article) -> Record:
    """The document of an article: pure, the same article always gives the same bytes."""
    return Record(
        article=_article_row(article),
        times=tuple(
            TimeRow(
                span=t.span,
                edtf=t.edtf,
                earliest=t.earliest,
                latest=t.latest,
                approximate=t.approximate,
                timex3=Timex3(type=t.timex, value=t.value),
                made_by=t.made_by,
                why=t.why,
            )
            for t in article.of(TimeExpression)
        ),
        actors=_actor_rows(article),
        places=_place_rows(article),
        statements=tuple(_copied(StatementRow, s) for s in article.of(Statement)),
        events=tuple(_copied(EventRow, e, trigger=e.span) for e in article.of(Event)),
        figures=tuple(_copied(FigureRow, f) for f in article.of(Figure)),
    )


def _article_row(article: Article) -> ArticleRow:
    meta, parts = article.meta, article.of(Part)
    dateline = next(iter(article.of(Dateline)), None)
    return ArticleRow(
        id=article.id,
        origin=meta.origin,
        url=meta.url,
        canonical_url=meta.canonical_url,
        source=meta.source,
        section=meta.section,
        language=meta.language,
        headline=_field(article, "headline"),
        kicker=_field(article, "kicker"),
        standfirst=_field(article, "standfirst", without=dateline.span if dateline else None),
        bylines=meta.bylines,
        agencies=tuple(dict.fromkeys((*meta.agencies, *(dateline.agencies if dateline else ())))),
        dateline=dateline.places if dateline else (),
        dateline_span=dateline.span if dateline else None,
        published=_published(article),
        updated=meta.updated,
        not_article=meta.not_article,
        paywalled=meta.paywalled,
        live=meta.live,
        text=article.text,
        parts=tuple(
            PartRow(label=p.label, span=p.span, at=p.at, credit_span=p.credit, made_by=p.made_by, why=p.why)
            for p in parts
        ),
        teasers=_teasers(article, parts),
        sentences=tuple(s.span for s in article.of(Sentence)),
    )


def _field(article: Article, label: PartLabel, *, without: Span | None = None) -> str | None:
    """The text of all parts with one label, less a dateline that opens one of them."""
    pieces = []
    for part in article.of(Part):
        if part.label == label:
            start = without.end if without and part.span.holds(without) else part.span.start
            pieces.append(article.text[start : part.span.end].strip())
    return "\n\n".join(pieces) or None


def _published(article: Article) -> PublishedRow:
    stated = article.meta.published
    found = next(iter(article.of(Publication)), None)
    if stated.known_by == "unknown" and found is not None and found.edtf is not None:
        return PublishedRow(edtf=found.edtf, known_by="inferred", why="; ".join(found.reasons), evidence=found.span)
    return PublishedRow(
        edtf=stated.edtf,
        known_by=stated.known_by,
        why=stated.why,
        evidence=found.span if found and found.contradicts else None,
        contradicts=found.contradicts if found else None,
    )


def _teasers(article: Article, parts: Iterable[Part]) -> tuple[TeaserRow, ...]:
    """One row a stub: its first part is the headline, what differs from it the text."""
    stubs: dict[int, list[Part]] = {}
    for number, part in enumerate(parts):
        if part.label == "teaser":
            stubs.setdefault(-1 - number if part.stub is None else part.stub, []).append(part)
    rows = []
    for stub in stubs.values():
        headline, *rest = dict.fromkeys(article.quote(p.span) for p in stub)
        url = next((p.url for p in stub if p.url), None)
        rows.append(TeaserRow(headline=headline, text="\n\n".join(rest), spans=tuple(p.span for p in stub), url=url))
    return tuple(rows)


def _actor_rows(article: Article) -> tuple[ActorRow, ...]:
    offices = {held.actor: held.office for held in reversed(article.of(OfficeHeld))}
    rows = []
    for mentions in _grouped(article.of(ActorMention), [m.actor.id for m in article.of(ActorMention)]):
        actor, first = mentions[0].actor, mentions[0]
        rows.append(
            ActorRow(
                id=actor.id,
                name=actor.name,
                name_de=actor.name_de,
                kind=actor.kind,
                country=actor.country,
                office=offices.get(actor.id),
                known=actor.known,
                mentions=tuple(m.span for m in mentions),
                grounds=tuple(
                    Ground(form=m.form, confidence=m.confidence, made_by=m.made_by, why=m.why) for m in mentions
                ),
                made_by=first.made_by,
                why=first.why,
            )
        )
    return tuple(rows)


def _place_rows(article: Article) -> tuple[PlaceRow, ...]:
    rows = []
    for mentions in _grouped(article.of(PlaceMention), [m.place.id for m in article.of(PlaceMention)]):
        place, first = mentions[0].place, mentions[0]
        rows.append(
            PlaceRow(
                id=place.id,
                name=place.name,
                name_de=place.name_de,
                country=place.country,
                lat=place.lat,
                lon=place.lon,
                mentions=tuple(m.span for m in mentions),
                grounds=tuple(
                    Ground(form="name", confidence=m.confidence, made_by=m.made_by, why=m.why) for m in mentions
                ),
                made_by=first.made_by,
                why=first.why,
            )
        )
    return tuple(rows)


def _grouped(items: Iterable[T], keys: Iterable[str]) -> Iterable[list[T]]:
    groups: dict[str, list[T]] = {}
    for item, key in zip(items, keys, strict=True):
        groups.setdefault(key, []).append(item)
    return groups.values()


def _copied(row_type: type[R], mark: Mark, **more: object) -> R:
    """A row with the fields that it shares with the mark."""
    # The tuple that the class holds anyway: `structs.fields` works out every type anew, a tenth of the time of a report.
    return row_type(**{name: getattr(mark, name) for name in row_type.__struct_fields__ if name not in more}, **more)
