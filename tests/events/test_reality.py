"""Words that say how real an act is, and where they stand towards its trigger."""

import pytest

from depesche.blocks import article_of
from depesche.events.reality import Cue, cues_of, stands
from depesche.events.scene import scene_of
from depesche.reading import default_pipeline
from depesche.record import Row
from depesche.words import languages, lexicon


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_line_shows_one_of_its_words(language: str) -> None:
    """An example holds a word of its line, as it stands or inflected, and no line names a word twice."""
    for row in lexicon(language, "events_reality", Cue):
        assert len(set(row.lemmas)) == len(row.lemmas), row.cue
        folded = row.example.lower()
        assert any(lemma[:4] in folded for lemma in row.lemmas), row.cue


@pytest.mark.parametrize(
    ("language", "text", "trigger", "expected"),
    [
        ("en", "Police foiled an attack on the station on Monday.", "attack", ("up0", "foiled")),
        ("de", "Die Polizei vereitelte am Montag einen Anschlag.", "Anschlag", ("up0", "foiled")),
        ("en", "The alleged attack took place on Monday.", "attack", ("kid", "alleged")),
    ],
)
def test_where_a_word_stands(language: str, text: str, trigger: str, expected: tuple[str, str]) -> None:
    """What governs a trigger and what hangs on it are told apart."""
    scene = scene_of(default_pipeline()(article_of(Row(origin="test", body=text, language=language))))
    [line] = scene.lines
    said = cues_of(line, language)
    assert expected in set(stands(line, line.words.index(trigger), said))
