"""The stage that finds places and says which one is meant (codebook section 3)."""

from collections.abc import Iterable

from depesche.details.actors.reading import reading_of
from depesche.details.places.finding import PlaceFinder
from depesche.details.places.resolving import resolve
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.lookup import place_of
from depesche.record import ActorMention, Article, Mark, Part, PlaceMention


class Places:
    """Finds the words that stand for a place as a place; capitals that act belong to the actors."""

    name = "places"
    version = 2
    needs: frozenset[type[Mark]] = frozenset({Part, ActorMention})
    gives: frozenset[type[Mark]] = frozenset({PlaceMention})

    def __call__(self, article: Article) -> Iterable[PlaceMention]:
        """The mentions, in reading order."""
        reading = reading_of(article)
        candidates = PlaceFinder(article, reading, gazetteer=gazetteer()).find()
        for candidate, row, confidence, why in resolve(candidates, reading.countries):
            first, keys = candidate.first, reading.pieces.keys
            if first and reading.pieces.gaps[first] in {" ", "-"} and reading.words.is_part(keys[first - 1], "compass"):
                first -= 1  # "eastern Nepal"
            yield PlaceMention(
                span=reading.span(first, candidate.last), place=place_of(row), confidence=confidence, why=why
            )
