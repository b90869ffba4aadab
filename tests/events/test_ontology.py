"""The ontology as data, and the rows made for PLOVER and CAMEO."""

import pytest

from depesche.events.export import coded_rows, plover_type
from depesche.events.ontology import TYPES, kind_of, kinds, mutual_types
from depesche.record import Actor, ActorMention, Article, Event, EventType, Meta, Span, Status


def event(
    event_type: EventType, *, mode: str | None = None, status: Status = "happened", agents: tuple[str, ...] = ()
) -> Event:
    """An event of no importance."""
    return Event(
        span=Span(0, 4),
        why="test",
        id="e",
        type=event_type,
        mode=mode,
        sentence=Span(0, 10),
        status=status,
        agents=agents,
    )


def test_every_type_stands_as_a_whole() -> None:
    """A mode that the table lacks falls back on its type."""
    assert [t for t in TYPES if (t, None) not in kinds()] == []
    assert kind_of("ASSAULT", "by trebuchet") == kinds()["ASSAULT", None]


def test_mutual_types() -> None:
    """Codebook section 5: in these all sides are agents."""
    assert frozenset({"CONSULT", "AGREE", "COOPERATE"}) == mutual_types()


@pytest.mark.parametrize(
    ("event_type", "mode", "status", "expected"),
    [
        ("CONSULT", "meeting", "happened", "CONSULT"),
        ("CONSULT", "meeting", "planned", "AGREE"),
        ("CONSULT", "meeting", "proposed", "REQUEST"),
        ("ASSAULT", "aerial", "threatened", "THREATEN"),
        ("BREACH", "ceasefire", "happened", "ASSAULT"),
        ("SANCTION", "convict", "happened", "COERCE"),
    ],
)
def test_plover_has_no_status(event_type: EventType, mode: str, status: Status, expected: str) -> None:
    """What is only planned or asked for is another type there."""
    assert expected == plover_type(event(event_type, mode=mode, status=status))


def test_a_ceasefire_of_one_side_is_a_concession() -> None:
    """In PLOVER what one side declares is CONCEDE, what both agree is AGREE."""
    one, both = (event("AGREE", mode="ceasefire", agents=sides) for sides in (("group/a",), ("group/a", "group/b")))
    assert (plover_type(one), plover_type(both)) == ("CONCEDE", "AGREE")


def test_mutual_events_are_two_rows() -> None:
    """Each side is source once and target once; what did not happen is no row."""
    text = "Kerry und Lawrow sprachen."
    people = [
        Actor(id=f"person/{n}", name=n, kind="person", country=c) for n, c in (("Kerry", "USA"), ("Lawrow", "RUS"))
    ]
    mentions = tuple(
        ActorMention(span=Span(text.index(p.name), text.index(p.name) + len(p.name)), why="test", actor=p)
        for p in people
    )
    ids = tuple(p.id for p in people)
    met = event("CONSULT", mode="meeting", agents=ids)
    failed = event("AGREE", status="not_happened", agents=ids)
    rows = list(coded_rows(Article(text=text, meta=Meta(origin="test"), marks=(*mentions, met, failed))))
    assert [(r.source_country, r.target_country) for r in rows] == [("USA", "RUS"), ("RUS", "USA")]
    assert {("CONSULT", "040", 1.0)} == {(r.plover, r.cameo, r.goldstein) for r in rows}
