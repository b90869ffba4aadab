"""Who claims a figure, and what it is a part of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.details.figures import Figures
from depesche.details.speech import Speech
from depesche.record import Article, Figure, Row


def read(text: str) -> Article:
    """A German text with statements and figures."""
    article = article_of(Row(origin="test", body=text, language="de"))
    for stage in (Sentences(), Speech(), Figures()):
        article = article.with_marks(tuple(stage(article)))
    return article


def test_conflicting_claims_stay_two_rows_with_two_sources() -> None:
    """Each number keeps the source that stands before it, in one sentence too."""
    found = read("Es starben laut dem Ministerium zehn Soldaten und laut den Aktivisten 30 Soldaten.").of(Figure)
    assert [figure.low for figure in found] == [10, 30]
    assert all(figure.source for figure in found)
    assert found[0].source != found[1].source


def test_a_figure_in_reported_speech_has_its_speaker_as_source() -> None:
    """What somebody says is what he claims; what the outlet tells has no source."""
    found = read("Es seien 30 Menschen gestorben, sagte Petra Alt. Am Freitag starben zwölf Menschen.").of(Figure)
    assert [figure.source is not None for figure in found] == [True, False]


def test_a_part_points_to_its_whole() -> None:
    """The word "darunter" refers to the figure before it, by id."""
    whole, part = read("Bei dem Angriff starben 120 Menschen, darunter 68 Kinder.").of(Figure)
    assert part.part_of == whole.id


def test_ids_are_stable() -> None:
    """The same text gives the same ids."""
    text = "Am Freitag starben zwölf Menschen."
    assert [f.id for f in read(text).of(Figure)] == [f.id for f in read(text).of(Figure)]


WORDS = [
    "zehn",
    "250",
    "000",
    "Tote",
    "Verletzte",
    ",",
    ".",
    "und",
    "darunter",
    "Soldaten",
    "starben",
    "wurden",
    "getötet",
    "laut",
    "bis",
    "zu",
    "mehr",
    "als",
    "die",
    "Zahl",
    "der",
    "auf",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_figures_stay_inside_their_sentence(words: list[str]) -> None:
    """Whatever is read, every figure lies inside the text, with its bounds in order and its whole among the figures."""
    article = read(" ".join(words))
    ids = {figure.id for figure in article.of(Figure)}
    for figure in article.of(Figure):
        assert 0 <= figure.span.start < figure.span.end <= len(article.text)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.part_of is None or figure.part_of in ids
