"""Words that may say where something happens though no table tells where that is, and countries that act.

"Palestinian militants threw a bomb in the refugee camp of Balata in the West Bank city of Nablus": Balata is where it happened, although
we do not know where Balata is. "Cambodia destroys more missiles": Cambodia acts, and does so in Cambodia. Only an event can tell
whether it took place there, so these are guesses; why they are made stands with each.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from depesche.details.actors.reading import Reading
from depesche.details.places.finding import pieces_of_actors
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.lookup import place_of
from depesche.knowledge.rows import slug
from depesche.knowledge.spelling import fold
from depesche.record import ActorMention, Article, Name, Place, PlaceGuess, PlaceMention, Span

_UNLISTED, _ACTING = 0.3, 0.5
_SHORTEST = 4
_CLOSE = 60
"""A listed place that follows within so many characters holds the unlisted one: "in al-Ferkah, 60 miles north of Basra"."""


def guesses(article: Article, reading: Reading, *, listed: Sequence[PlaceMention]) -> list[PlaceGuess]:
    """The guesses of one article, in reading order.

    Args:
        article: for its names and the states that act in it.
        reading: its pieces.
        listed: the mentions of places that the gazetteer holds, in reading order.
    """
    found = [*_unlisted(article, reading, listed), *_acting(article)]
    return sorted(found, key=lambda guess: guess.span)


def _unlisted(article: Article, reading: Reading, listed: Sequence[PlaceMention]) -> Iterator[PlaceGuess]:
    """The places that the tagger names and the gazetteer does not; none where the report names no listed place that could hold them."""
    if not listed:
        return
    taken = pieces_of_actors(article, reading) | reading.outside
    taken |= {i for m in listed for i in _pieces(reading, m.span)}
    for name in article.of(Name):
        if name.kind != "place" or len(text := article.quote(name.span)) < _SHORTEST or not text[0].isupper():
            continue
        if "\n" in text or not taken.isdisjoint(_pieces(reading, name.span)):
            continue
        holder = _holder(listed, name.span)
        # Its country is in its id: another report may tell of another Balata.
        own_id = "-".join(filter(None, (slug(text), (holder.country or "").lower())))
        place = Place(
            id=f"place/{own_id}", name=text, name_de=None, country=holder.country, lat=holder.lat, lon=holder.lon
        )
        why = f"tagger; in no table, given the position of {holder.name}"
        yield PlaceGuess(span=name.span, place=place, confidence=_UNLISTED, why=why)


def _acting(article: Article) -> Iterator[PlaceGuess]:
    """The countries that act under their own name."""
    for mention in article.of(ActorMention):
        actor = mention.actor
        if actor.kind == "state" and actor.country is not None and mention.form == "name":
            place = _country(actor.name)
            if place is not None and place.country == actor.country:
                yield PlaceGuess(span=mention.span, place=place, confidence=_ACTING, why="the country acts here")


@cache
def _country(name: str) -> Place | None:
    rows = (row for row in gazetteer().named(fold(name)) if row.kind == "country")
    return next((place_of(row) for row in rows), None)


def _pieces(reading: Reading, span: Span) -> set[int]:
    return set(reading.pieces.within(span))


def _holder(listed: Sequence[PlaceMention], span: Span) -> Place:
    """The listed place right after the name, else the last one before it, else the first."""
    after = next((m for m in listed if 0 <= m.span.start - span.end <= _CLOSE), None)
    before = next((m for m in reversed(listed) if m.span.end <= span.start), None)
    return (after or before or listed[0]).place
