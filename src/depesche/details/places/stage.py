"""The stage that finds places and says which one is meant (codebook section 3)."""

from collections.abc import Iterable, Iterator

from depesche.details.actors.reading import Reading, reading_of
from depesche.details.places.finding import PlaceFinder
from depesche.details.places.guessing import guesses
from depesche.details.places.resolving import resolve
from depesche.knowledge.lookup import place_of
from depesche.record import ActorMention, Article, Mark, Part, PlaceGuess, PlaceMention, Span


class Places:
    """Finds the words that stand for a place as a place; capitals that act belong to the actors."""

    name = "places"
    version = 5
    needs: frozenset[type[Mark]] = frozenset({Part, ActorMention})
    gives: frozenset[type[Mark]] = frozenset({PlaceMention, PlaceGuess})

    def __call__(self, article: Article) -> Iterable[PlaceMention | PlaceGuess]:
        """The mentions in reading order, then the guesses."""
        reading = reading_of(article)
        listed = list(_listed(article, reading))
        return [*listed, *guesses(article, reading, listed=listed)]


def _listed(article: Article, reading: Reading) -> Iterator[PlaceMention]:
    """The mentions of places that the gazetteer holds."""
    candidates = PlaceFinder(article, reading).find()
    for candidate, row, confidence, why in resolve(candidates, reading.countries):
        span = _with_kind(reading, candidate.first, candidate.last)
        yield PlaceMention(span=span, place=place_of(row), confidence=confidence, why=why)


def _with_kind(reading: Reading, first: int, last: int) -> Span:
    """The name with the words that say which part or kind of place it is: "eastern Nepal", "Narathiwat city", "Flughafen Bagdad"."""
    pieces, words = reading.pieces, reading.words
    keys, gaps = pieces.keys, pieces.gaps
    if first and gaps[first] in {" ", "-"} and words.is_part(keys[first - 1], "compass"):
        first -= 1
    if first and gaps[first] == " " and words.is_part(keys[first - 1], "kind_before_place"):
        first -= 1
    after = last + 1
    if after < len(keys) and gaps[after] == " " and words.is_part(keys[after], "kind_after_place"):
        last = after
    return reading.span(first, last)
