"""What the event models learn from."""

import re
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from training.events.coded import STATUS_LETTERS, read_marked
from training.events.cutting import cut_up
from training.events.descent import Sparse, descend, softmax
from training.events.muc import WORD_LIST, ordinary
from training.events.sentences import written
from training.events.texts import sentences
from training.events.wikinews import dumped_reports, xml_report

from depesche.events.ontology import TYPES

EVENTS = Path(__file__).parents[2] / "training" / "events"
FOLDER = EVENTS / "sentences"
REPORTS = EVENTS / "reports"


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


def sentence_counts() -> dict[str, int]:
    """How many sentences each coded report has."""
    lines = (REPORTS / "sentences.tsv").read_text("utf-8").splitlines()
    return {name: len(spans.split()) for name, _, spans in (line.split("\t") for line in lines)}


@pytest.mark.parametrize("file", sorted(REPORTS.glob("*.txt")), ids=lambda f: f.stem)
def test_report_codings_are_whole(file: Path) -> None:
    """Each event stands in a sentence that there is, has a type and status of the codebook, and is done by actors that the report has."""
    counts = sentence_counts()
    for block in filter(str.strip, file.read_text("utf-8").split("\n\n")):
        name, *lines = [line for line in block.splitlines() if line.strip()]
        report = name.removeprefix("# ").split()[0]
        actors = {line.removeprefix("a ").partition("=")[0].strip() for line in lines if line.startswith("a ")}
        for line in lines:
            assert line[:2] in {"a ", "e "}, (report, line)
            if line.startswith("e "):
                number, trigger, kind, status, agents, recipients, *_ = [c.strip() for c in line[2:].split("|")]
                assert int(number) < counts[report], (report, line)
                assert trigger, (report, line)
                assert kind.partition("/")[0] in TYPES, (report, line)
                assert status in STATUS_LETTERS, (report, line)
                keys = {key.strip() for key in f"{agents};{recipients}".split(";")} - {""}
                assert keys <= actors, (report, line)


def test_marked_reports_keep_their_actors_and_places(tmp_path: Path) -> None:
    """Marks fall away from the text; what they say stays with its words."""
    text = "[Rebellen]1 {greifen|ASSAULT h 1>2@3%4} [Armee]2 an\n[Ein Sprecher]3 meldete den Angriff auf [Aleppo]4."
    (tmp_path / "coded_de.txt").write_text(text, "utf-8")
    [coded] = read_marked(tmp_path, pattern="coded_*.txt")
    assert coded.report is not None
    [event] = coded.report.events
    assert coded.article.text == "Rebellen greifen Armee an\n\nEin Sprecher meldete den Angriff auf Aleppo."
    assert (event.trigger, event.agents, event.recipients, event.source) == ("greifen", ("1",), ("2",), "3")
    assert event.place == "Aleppo"
    cut = cut_up([coded])
    acts = chain.from_iterable(sentence.report.events for _, sentence in cut if sentence.report is not None)
    assert [act.trigger for act in acts] == ["greifen"]


def test_reports_are_read_from_their_source() -> None:
    """The body ends at the sources; captions and hidden words fall away."""
    page = (
        '<text id="x" title="Rebels strike" dateCreated="2010-01-02"><head>Rebels strike</head>'
        "<p>Tuesday, January 5, 2010</p><figure><caption>A map.</caption></figure><p>Rebels struck a town in the north.</p>"
        "<head>Sources</head><p>Some paper.</p></text>"
    )
    report = xml_report("autogum_news_doc007.xml", page)
    assert (report.id, report.headline, report.published) == ("wnews-doc007", "Rebels strike", "2010-01-05")
    assert report.text == "Rebels struck a town in the north."
    dump = (
        '<doc id="12" url="u" title="Talks &amp; truce">\n<h1>Talks</h1>\nThe sides met in the capital on Monday and agreed.\n'
        "Sources\nBULLET::::- A paper.\n</doc>"
    )
    [dumped] = dumped_reports(dump)
    assert (dumped.id, dumped.headline) == ("wndump-12", "Talks & truce")
    assert dumped.text == "The sides met in the capital on Monday and agreed."


def test_descent_tells_classes_apart() -> None:
    """A feature that goes with a class raises it; examples that weigh nothing teach nothing."""
    ends, features = np.arange(0, 402, 2), np.array([0, 1, 0, 2] * 100, np.int32)
    labels = np.array([0, 1] * 100)
    examples, every = Sparse(ends, features, 4), np.arange(200)
    weights = descend(examples, labels, rows=every, weights=np.ones(200), strength=1.0, classes=2)
    chances = softmax(examples.scores(weights, every[:2]))
    assert chances[0, 0] > 0.9
    assert chances[1, 1] > 0.9
    assert np.allclose(chances.sum(axis=1), 1)
    silent = descend(examples, labels, rows=every, weights=np.zeros(200), strength=1.0, classes=2)
    assert not silent.any()
