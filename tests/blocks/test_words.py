"""The lexicons of the reader: every entry has an example that holds it."""

import pytest

from depesche.blocks.cues import KINDS, Cue, cue_matrix
from depesche.blocks.dateline import Agency
from depesche.blocks.dates import Month
from depesche.blocks.languages import FunctionWord
from depesche.words import languages, lexicon

CUES = [cue for language in languages() for cue in lexicon(language, "blocks_cues", Cue)]


@pytest.mark.parametrize("language", languages())
def test_examples_hold_their_entries(language: str) -> None:
    """An example that does not show its entry explains nothing."""
    for word in lexicon(language, "blocks_function_words", FunctionWord):
        assert word.word in word.example.lower().replace(".", "").replace(",", "").replace("?", "").split()
    for agency in lexicon(language, "blocks_agencies", Agency):
        assert agency.agency in agency.example.lower()
    for month in lexicon(language, "blocks_months", Month):
        assert month.name in month.example.lower()
        assert 1 <= month.number <= 12


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: f"{cue.kind}-{cue.cue}")
def test_a_cue_is_found_in_its_example(cue: Cue) -> None:
    """The matcher finds the kind in the line that the lexicon gives for it."""
    assert cue_matrix([cue.example])[0, KINDS.index(cue.kind)] == 1


def test_a_cue_is_not_found_inside_a_word() -> None:
    """A "Von" opens a byline, "Vonseiten" does not; a long paragraph is no cue."""
    matrix = cue_matrix(["Vonseiten der Regierung hieß es", "Newsletter " + "Wort " * 80])
    assert not matrix.any()
