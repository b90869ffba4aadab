"""Every finding as a W3C Web Annotation (Web Annotation Data Model, 2017), one JSON-LD object a line."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from depesche.document import Record
from depesche.record import Span
from depesche.store.queries import OpenRecord

_CONTEXT = 32


class QuoteSelector(msgspec.Struct, frozen=True, kw_only=True, tag="TextQuoteSelector"):
    """The words with some before and after."""

    exact: str
    prefix: str
    suffix: str


class PositionSelector(msgspec.Struct, frozen=True, kw_only=True, tag="TextPositionSelector"):
    """Code points of the canonical text."""

    start: int
    end: int


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where in which report."""

    source: str
    selector: tuple[QuoteSelector | PositionSelector, ...]


class Body(msgspec.Struct, frozen=True, kw_only=True, tag="TextualBody"):
    """What was found there."""

    value: str
    purpose: str = "classifying"


class Annotation(msgspec.Struct, frozen=True, kw_only=True, tag="Annotation", rename={"context": "@context"}):
    """One finding."""

    id: str
    body: Body
    target: Target
    generator: str
    context: str = "http://www.w3.org/ns/anno.jsonld"


def write_annotations(record: OpenRecord, path: Path) -> None:
    """Events, statements and figures of every report, as people have accepted or corrected them."""
    with path.open("wb") as stream:
        for document in record.documents():
            for annotation in _of(document):
                stream.write(msgspec.json.encode(annotation) + b"\n")


def _of(document: Record) -> Iterator[Annotation]:
    for event in document.events:
        value = f"{event.type}{'/' + event.mode if event.mode else ''} {event.status}"
        yield _annotation(document, (f"event:{event.id}", value, event.made_by), event.trigger)
    for number, statement in enumerate(document.statements):
        key = f"statement:{document.article.id}-{number}"
        for span in statement.content:
            yield _annotation(
                document, (key, f"{statement.mode} speech by {statement.speaker}", statement.made_by), span
            )
    for figure in document.figures:
        value = f"{figure.what} {figure.low}..{figure.high}"
        yield _annotation(document, (f"figure:{figure.id}", value, figure.made_by), figure.span)


def _annotation(document: Record, finding: tuple[str, str, str], span: Span) -> Annotation:
    key, value, made_by = finding
    text = document.article.text
    return Annotation(
        id=f"urn:depesche:{key}",
        body=Body(value=value),
        target=Target(
            source=document.article.url or f"urn:depesche:article:{document.article.id}",
            selector=(
                QuoteSelector(
                    exact=text[span.start : span.end],
                    prefix=text[max(0, span.start - _CONTEXT) : span.start],
                    suffix=text[span.end : span.end + _CONTEXT],
                ),
                PositionSelector(start=span.start, end=span.end),
            ),
        ),
        generator=made_by,
    )
