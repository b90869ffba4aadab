"""What the event models learn from."""

import re
from pathlib import Path

import pytest
from training.events.coded import STATUS_LETTERS
from training.events.muc import WORD_LIST, ordinary
from training.events.sentences import written
from training.events.texts import sentences

from depesche.events.ontology import TYPES

FOLDER = Path(__file__).parents[2] / "training" / "events" / "sentences"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.tsv")), ids=lambda f: f.stem)
def test_codings_are_whole(file: Path) -> None:
    """Each line names a sentence that was read, a trigger, a type and a status of the codebook."""
    read = set(file.with_suffix(".ids").read_text("utf-8").split())
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        sentence, trigger, kind, status, *_ = line.split("\t")
        assert sentence in read, number
        assert re.fullmatch(r"[^#]+(#\d)?", trigger), number
        assert kind.partition("/")[0] in TYPES, number
        assert status.strip() in STATUS_LETTERS, number


def test_words_of_a_treebank_become_a_line() -> None:
    """Brackets, quotation marks and stops stand where a writer puts them."""
    words = ["Die", "(", "alte", ")", "SPD", "sagte", ":", '"', "Ja", ",", "gern", '"', "."]
    assert written(words) == 'Die (alte) SPD sagte: "Ja, gern".'


@pytest.mark.skipif(not WORD_LIST.exists(), reason="needs the word list of Debian's wamerican")
def test_capitals_become_ordinary() -> None:
    """Known words are written small, names keep their capital, and no character moves."""
    wire = "POLICE SOURCES IN CARTAGENA REPORTED THAT CASTELLAR'S BODY WAS FOUND. THE REBELS [FMLN] FLED."
    text = ordinary(wire)
    assert text == "Police sources in Cartagena reported that Castellar's body was found. The rebels [FMLN] fled."


def test_plain_text_becomes_sentences() -> None:
    """Words parted at the end of a printed line are joined, figures become zeros, headings fall away."""
    text = "Titel\n\nDie Regie-\nrung sagte 2016 ihre Hilfe zu. Das Parlament stimmte am Ende zu."
    assert list(sentences(text)) == ["die regierung sagte 0000 ihre hilfe zu", "das parlament stimmte am ende zu"]
