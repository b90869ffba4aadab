"""The record document: every kind of mark goes out and comes back."""

import datetime as dt
import json
from pathlib import Path
from typing import TypedDict

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from depesche.document import Record, article_of_record, json_schema, record_of
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
    Place,
    PlaceMention,
    Publication,
    Sentence,
    Span,
    Statement,
    TimeExpression,
)

TEXT = "Kerry trifft Lawrow\n\nGenf - Am Dienstag starben 30 Menschen, sagte Kerry.\n\nMehr Nachrichten\n\nMehr Nachrichten"
KERRY = Actor(id="person/john-kerry", name="John Kerry", kind="person", country="USA", known=True)
GENEVA = Place(id="place/geneva", name="Geneva", name_de="Genf", country="CHE", lat=46.2, lon=6.15)


class By(TypedDict):
    """What every mark carries."""

    why: str
    made_by: str


def spans(length: int) -> st.SearchStrategy[Span]:
    """Any non-empty span of a text of that length."""
    pairs = st.tuples(st.integers(0, length - 1), st.integers(1, length))
    return pairs.map(lambda p: Span(min(p), max(p[0] + 1, p[1])))


def test_every_kind_of_mark_comes_back_and_gives_the_same_bytes() -> None:
    """Reading a document back and writing it again changes no byte (record.md)."""
    article = Article(text=TEXT, meta=Meta(origin="a.html", language="de"), marks=_marks())
    record = record_of(article)
    again = msgspec.json.decode(record.json(), type=Record)
    assert record_of(article_of_record(again)).json() == record.json()


def test_the_document_says_what_the_marks_say() -> None:
    """Names, spans and fields stand where record.md puts them."""
    record = json.loads(record_of(Article(text=TEXT, meta=Meta(origin="a.html"), marks=_marks())).json())
    assert record["schema"] == 1
    assert record["article"]["headline"] == "Kerry trifft Lawrow"
    assert record["article"]["dateline"] == ["Genf"]
    assert record["article"]["standfirst"] == "Am Dienstag starben 30 Menschen, sagte Kerry."
    assert record["article"]["published"]["known_by"] == "inferred"
    assert record["article"]["teasers"] == [
        {"headline": "Mehr Nachrichten", "text": "", "spans": [[75, 91], [93, 109]], "url": "/mehr"}
    ]
    kerry = record["actors"][0]
    assert (kerry["office"], kerry["mentions"]) == ("Secretary of State", [[0, 5], [68, 73]])
    assert record["events"][0]["trigger"] == [6, 12]
    assert record["times"][0]["timex3"] == {"type": "DATE", "value": "2016-07-26"}


@given(st.lists(spans(len(TEXT)), max_size=5))
def test_any_sentences_survive_the_round_trip(found: list[Span]) -> None:
    """A document with arbitrary spans still gives the same bytes when read back."""
    marks = tuple(Sentence(span=s, part="body", why="test", made_by="test@1") for s in found)
    record = record_of(Article(text=TEXT, meta=Meta(origin="a.html"), marks=marks))
    assert record_of(article_of_record(msgspec.json.decode(record.json(), type=Record))).json() == record.json()


def test_the_published_schema_is_the_one_of_the_types() -> None:
    """`docs/record.schema.json` is generated; `make schema` writes it anew."""
    assert (Path(__file__).parent.parent / "docs" / "record.schema.json").read_bytes() == json_schema()


def _marks() -> tuple[Mark, ...]:
    by: By = {"why": "test", "made_by": "test@1"}
    return (
        Part(span=Span(0, 19), label="headline", at="line 1", **by),
        Part(span=Span(21, 74), label="standfirst", at="line 3", **by),
        Part(span=Span(75, 91), label="teaser", stub=0, url="/mehr", **by),
        Part(span=Span(93, 109), label="teaser", stub=0, url="/mehr", **by),
        Dateline(span=Span(21, 28), places=("Genf",), **by),
        Sentence(span=Span(0, 19), part="headline", **by),
        Sentence(span=Span(28, 74), part="standfirst", **by),
        Publication(span=Span(28, 39), edtf="2013/2017", reasons=("Kerry was Secretary of State",), **by),
        TimeExpression(
            span=Span(28, 39),
            timex="DATE",
            value="2016-07-26",
            edtf="2016-07-26",
            earliest=dt.date(2016, 7, 26),
            latest=dt.date(2016, 7, 26),
            **by,
        ),
        ActorMention(span=Span(0, 5), actor=KERRY, **by),
        ActorMention(span=Span(68, 73), actor=KERRY, **by),
        OfficeHeld(span=Span(0, 5), actor=KERRY.id, office="Secretary of State", **by),
        PlaceMention(span=Span(21, 25), place=GENEVA, **by),
        Statement(
            span=Span(28, 73),
            speaker=KERRY.id,
            speaker_span=Span(68, 73),
            cue=(Span(62, 67),),
            content=(Span(28, 60),),
            mode="indirect",
            **by,
        ),
        Event(
            span=Span(6, 12), id="e1", type="CONSULT", mode="meeting", sentence=Span(0, 19), agents=(KERRY.id,), **by
        ),
        Figure(span=Span(48, 59), id="f1", what="killed", low=30, high=30, who="Menschen", source=KERRY.id, **by),
    )
