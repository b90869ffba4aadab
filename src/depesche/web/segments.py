"""The text of a report cut where anything begins or ends, each piece knowing which rows rest on it."""

import itertools
from collections.abc import Iterable, Iterator

import msgspec

from depesche.document import Record
from depesche.document.rows import EventRow
from depesche.record import Span
from depesche.web.families import family_of


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """Characters that a row of the record rests on: the row's key in the page ("e3") and what they are to it."""

    span: Span
    row: str
    role: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of characters with the same anchors."""

    text: str
    anchors: tuple[Anchor, ...]

    @property
    def rows(self) -> str:
        """Keys of the rows that rest on it, parted by blanks."""
        return " ".join(dict.fromkeys(a.row for a in self.anchors))

    @property
    def roles(self) -> str:
        """What it is to them, as CSS classes."""
        return " ".join(dict.fromkeys(a.role for a in self.anchors))


def anchors(record: Record) -> Iterator[Anchor]:
    """Every span that a row of the record rests on."""
    for n, event in enumerate(record.events):
        yield from _of_event(event, f"e{n}")
    for n, statement in enumerate(record.statements):
        yield from _all(statement.content, row=f"s{n}", role="said")
        yield from _all((*statement.cue, *filter(None, [statement.speaker_span])), row=f"s{n}", role="cue")
    for n, figure in enumerate(record.figures):
        yield Anchor(span=figure.span, row=f"f{n}", role="figure")
    for n, time in enumerate(record.times):
        yield Anchor(span=time.span, row=f"t{n}", role="time")
    for n, actor in enumerate(record.actors):
        yield from _all(actor.mentions, row=f"a{n}", role="actor")
    for n, place in enumerate(record.places):
        yield from _all(place.mentions, row=f"p{n}", role="place")


def _of_event(event: EventRow, row: str) -> Iterator[Anchor]:
    evidence = event.evidence
    yield Anchor(span=event.trigger, row=row, role=f"trigger {family_of(event.type)}")
    single = (evidence.place, evidence.when, evidence.status, evidence.source)
    yield from _all((*evidence.agents, *evidence.recipients, *filter(None, single)), row=row, role="argument")


def _all(spans: Iterable[Span], *, row: str, role: str) -> Iterator[Anchor]:
    return (Anchor(span=span, row=row, role=role) for span in spans)


def pieces(text: str, *, within: Span, found: Iterable[Anchor]) -> Iterator[Piece]:
    """The characters of one part, cut at every border of an anchor."""
    inside = [a for a in found if a.span.overlaps(within)]
    borders = {within.start, within.end}
    borders.update(b for a in inside for b in a.span if within.start < b < within.end)
    ordered = sorted(borders)
    for start, end in itertools.pairwise(ordered):
        piece = Span(start, end)
        yield Piece(text=text[start:end], anchors=tuple(a for a in inside if a.span.holds(piece)))
