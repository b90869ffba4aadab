"""Small articles with findings, for tests that need records and no reading."""

from typing import TypedDict

from depesche.document import Record
from depesche.record import (
    Actor,
    ActorMention,
    Article,
    Event,
    Figure,
    Mark,
    Meta,
    Part,
    Place,
    PlaceMention,
    Published,
    Sentence,
    Span,
    Statement,
    Status,
)

KERRY = Actor(id="person/john-kerry", name="John Kerry", kind="person", country="USA", known=True)
LAVROV = Actor(
    id="person/sergey-lavrov", name="Sergey Lavrov", name_de="Sergej Lawrow", kind="person", country="RUS", known=True
)
GENEVA = Place(id="place/geneva", name="Geneva", name_de="Genf", country="CHE", lat=46.2, lon=6.15)

HEADLINE = "Kerry trifft Lawrow"
BODY = "Kerry traf Lawrow am Freitag in Genf und bei Luftangriffen starben 30 Menschen."


class By(TypedDict):
    """What every mark carries."""

    why: str
    made_by: str


BY: By = {"why": "test", "made_by": "test@1"}


def article(
    *, tail: str = "", outlet: str = "Tagesblick", published: str | None = "2016-09-09", status: Status = "happened"
) -> Article:
    """A report of a meeting in Geneva and of 30 dead; `tail` is text added after it."""
    body = BODY + tail
    text = f"{HEADLINE}\n\n{body}"
    start = len(HEADLINE) + 2
    sentence = Span(start, start + len(BODY))

    def span(word: str) -> Span:
        at = text.index(word, start)
        return Span(at, at + len(word))

    marks: tuple[Mark, ...] = (
        Part(span=Span(0, len(HEADLINE)), label="headline", **BY),
        Part(span=Span(start, len(text)), label="body", **BY),
        Sentence(span=Span(0, len(HEADLINE)), part="headline", **BY),
        Sentence(span=sentence, part="body", **BY),
        ActorMention(span=span("Kerry"), actor=KERRY, **BY),
        ActorMention(span=span("Lawrow"), actor=LAVROV, **BY),
        PlaceMention(span=span("Genf"), place=GENEVA, **BY),
        Statement(
            span=span("Kerry traf"),
            speaker=KERRY.id,
            speaker_span=span("Kerry"),
            cue=(),
            content=(span("am Freitag"),),
            mode="indirect",
            **BY,
        ),
        Event(
            span=span("traf"),
            id=f"meeting-{len(text)}",
            type="CONSULT",
            mode="meeting",
            sentence=sentence,
            agents=(KERRY.id, LAVROV.id),
            place=GENEVA.id,
            when="2016-09-09",
            status=status,
            **BY,
        ),
        Figure(span=span("30 Menschen"), id=f"dead-{len(text)}", what="killed", low=30, high=30, who="Menschen", **BY),
    )
    date = Published(edtf=published, known_by="given", why="test") if published else Published()
    return Article(
        text=text, meta=Meta(origin=f"{outlet}.html", language="de", source=outlet, published=date), marks=marks
    )


def record(
    *, tail: str = "", outlet: str = "Tagesblick", published: str | None = "2016-09-09", status: Status = "happened"
) -> Record:
    """The document of `article`."""
    return article(tail=tail, outlet=outlet, published=published, status=status).record
