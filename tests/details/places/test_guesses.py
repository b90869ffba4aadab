"""Words that may be the place of an act though no table holds them, and mentions with the word for their kind."""

from depesche.blocks import article_of
from depesche.pipeline import Pipeline, default_stages
from depesche.record import Article, Dateline, Part, PlaceGuess, PlaceMention, Row


def read(text: str, *, language: str) -> Article:
    """A text read by all stages but the events, which would turn guesses into mentions."""
    stages = [stage for stage in default_stages() if stage.name != "events"]
    article = article_of(Row(origin="test", body=text, language=language))
    return Pipeline(stages, given=frozenset({Part, Dateline}))(article)


def guessed(article: Article) -> dict[str, PlaceGuess]:
    """The guesses by their words."""
    return {article.quote(guess.span): guess for guess in article.of(PlaceGuess)}


def test_a_country_that_acts_may_be_where_it_acts() -> None:
    """The country is an actor and no place, but an event may take place there."""
    article = read("Cambodia destroyed hundreds of missiles on Monday.", language="en")
    assert not article.of(PlaceMention)
    guess = guessed(article)["Cambodia"]
    assert (guess.place.id, guess.place.country) == ("place/cambodia", "KHM")


def test_a_name_in_no_table_gets_the_position_of_its_neighbour() -> None:
    """An unlisted village is guessed to lie where the listed place beside it does, and says so."""
    article = read(
        "Fighting broke out in the village of Qarfaliyah near Aleppo on Monday, residents said.", language="en"
    )
    listed = {m.place.name: m.place for m in article.of(PlaceMention)}
    guess = guessed(article)["Qarfaliyah"]
    assert "Qarfaliyah" not in listed
    assert guess.place.id == "place/qarfaliyah-syr"
    assert "given the position of Aleppo" in guess.why
    assert (guess.place.lat, guess.place.lon) == (listed["Aleppo"].lat, listed["Aleppo"].lon)


def test_the_word_for_its_kind_belongs_to_the_place() -> None:
    """A mention holds the airport or province that it is, in both languages."""
    english = read("Rockets hit Baghdad airport on Monday.", language="en")
    german = read("Am Flughafen Bagdad schlugen am Montag Raketen ein.", language="de")
    assert "Baghdad airport" in {english.quote(m.span) for m in english.of(PlaceMention)}
    assert "Flughafen Bagdad" in {german.quote(m.span) for m in german.of(PlaceMention)}
