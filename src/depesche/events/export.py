"""Events as rows of the field's own ontologies: PLOVER with its contexts, and CAMEO with a Goldstein-style score.

PLOVER and CAMEO know no status. What is scheduled or announced becomes the type that the ontology has for an intention (a planned meeting
is AGREE, an announced attack is THREATEN), what is asked for becomes REQUEST; what did not happen and what may have happened is left out.
In mutual events each pair of sides is two rows, one in either direction, as in POLECAT and ICEWS.
"""

from collections.abc import Iterator
from itertools import permutations, product

import msgspec

from depesche.events.ontology import kind_of, mutual_types
from depesche.record import Actor, ActorMention, Article, Event, EventType, Status

_TOLD: frozenset[Status] = frozenset({"happened", "ongoing", "planned", "threatened", "proposed"})


class CodedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event for one pair of actors.

    Attributes:
        id: the event's id in the record.
        date: EDTF of the event, else of the report; None where neither is known.
        source: English name of who acts; `target` of the other side. Either is None where the text names nobody.
        plover: PLOVER type; `mode` our mode.
        cameo: CAMEO code; `goldstein` its score from -10 to 10. Both describe the act itself, also where it is only planned.
        status: the record's status, which PLOVER and CAMEO lack.
    """

    id: str
    date: str | None
    source: str | None
    source_country: str | None
    target: str | None
    target_country: str | None
    plover: EventType
    mode: str | None
    cameo: str
    goldstein: float
    status: Status
    place: str | None
    text: str


def plover_type(event: Event) -> EventType:
    """The PLOVER type of an event with its status.

    >>> from depesche.record import Event, Span
    >>> meeting = dict(id="e", span=Span(0, 7), why="", sentence=Span(0, 20), type="CONSULT", mode="meeting")
    >>> plover_type(Event(**meeting, status="planned")), plover_type(Event(**meeting, status="proposed"))
    ('AGREE', 'REQUEST')
    """
    kind = kind_of(event.type, event.mode)
    if event.status in {"planned", "threatened"}:
        return kind.plover_planned
    if event.status == "proposed":
        return "REQUEST"
    alone = len(event.agents) == 1 and not event.recipients
    return kind.plover_alone if alone and kind.plover_alone is not None else kind.plover


def coded_rows(article: Article) -> Iterator[CodedRow]:
    """The events of an article as PLOVER and CAMEO rows."""
    actors = {mention.actor.id: mention.actor for mention in article.of(ActorMention)}
    for event in article.of(Event):
        if event.status in _TOLD:
            for source, target in _pairs(event):
                yield _row(article, event, source=actors.get(source or ""), target=actors.get(target or ""))


def _pairs(event: Event) -> list[tuple[str | None, str | None]]:
    sides = event.agents + event.recipients
    if event.type in mutual_types() and len(sides) > 1:
        return list(permutations(sides, 2))
    return list(product(event.agents or (None,), event.recipients or (None,)))


def _row(article: Article, event: Event, *, source: Actor | None, target: Actor | None) -> CodedRow:
    kind = kind_of(event.type, event.mode)
    return CodedRow(
        id=event.id,
        date=event.when or article.meta.published.edtf,
        source=source.name if source else None,
        source_country=source.country if source else None,
        target=target.name if target else None,
        target_country=target.country if target else None,
        plover=plover_type(event),
        mode=event.mode,
        cameo=kind.cameo,
        goldstein=kind.goldstein,
        status=event.status,
        place=event.place,
        text=article.quote(event.span),
    )
