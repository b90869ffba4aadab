"""Names: literate cases read with the shipped models, and the parts of the model by themselves."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.names.corpora import Tagged
from training.names.measure import bioes, measured

from depesche.blocks import article_of
from depesche.clauses.cutting import tokens
from depesche.clauses.names import Names, features, neighbours
from depesche.clauses.names.model import Floats, name_model, spans_of
from depesche.clauses.names.spelled import spelled
from depesche.clauses.names.viterbi import best_path, span_confidence
from depesche.clauses.sentences import Sentences
from depesche.record import Article, Row, Sentence, Span, Token
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"names/{language}")]


def _cut(text: str, language: str) -> Article:
    """An article with sentences and bare words: names ask for no grammar."""
    article = article_of(Row(origin="case", body=text, language=language))
    article = article.with_marks(tuple(Sentences()(article)))
    words = [
        Token(
            span=Span(s.span.start + a, s.span.start + b), why="", lemma="", upos="X", feats="", head=-1, deprel="root"
        )
        for s in article.of(Sentence)
        for a, b in tokens(article.quote(s.span), language)
    ]
    return article.with_marks(tuple(words))


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}: {case.where}" for language, case in CASES])
def test_case(language: str, case: Case) -> None:
    """The names of a text and their kinds, and no others."""
    article = _cut(case.text, language)
    found = tuple(f"{article.quote(n.span)} | {n.kind}" for n in Names()(article))
    assert case.expected == found


def test_language_without_model_has_no_names() -> None:
    """A language without a model yields nothing and raises nothing."""
    article = _cut("John Kerry", "en")
    other = Article(text=article.text, meta=type(article.meta)(origin="x", language="fr"), marks=article.marks)
    assert list(Names()(other)) == []


def test_reading_twice_gives_the_same() -> None:
    """What the model remembers of words it has met changes no result."""
    article = _cut("Angela Merkel reiste nach Paris. Merkel traf dort Emmanuel Macron.", "de")
    assert list(Names()(article)) == list(Names()(article))


@given(st.text(min_size=1, max_size=60), st.sampled_from(["de", "en"]))
def test_any_text_is_read(text: str, language: str) -> None:
    """Names lie inside the text, do not overlap, and are probable to some degree, whatever the text is."""
    model = name_model(language)
    assert model is not None
    words = text.split() or ["x"]
    (scores,) = model.emissions([words])
    found = model.read(scores)
    assert all(0 <= start < end <= len(words) for start, end, _, _ in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert all(0 <= p <= 1 + 1e-6 for *_, p in found)


def test_derived_adjectives_help_no_name() -> None:
    """A word that is surely derived from a name ("deutsche", twice) stays unmarked, and the report is read all the same."""
    article = _cut("Die deutsche Regierung schweigt. Die deutsche Armee wartet.", "de")
    assert list(Names()(article)) == []


def test_spans_of_labels() -> None:
    """BIOES and BIO labels both give spans; a new beginning ends the name before it."""
    labels = ["B-PER", "E-PER", "O", "S-LOC", "S-LOC", "B-ORG", "I-ORG", "E-ORG"]
    assert spans_of(labels) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC"), (5, 8, "ORG")]
    assert spans_of(["B-PER", "I-PER", "B-PER"]) == [(0, 2, "PER"), (2, 3, "PER")]


class _Fixed:
    """A model that finds the same names whatever it reads."""

    def __init__(self, found: list[tuple[int, int, str, float]]) -> None:
        self.found = found

    def emissions(self, sentences: list[list[str]]) -> list[Floats]:
        """Scores that nobody looks at."""
        return [np.zeros((len(words), 1), np.float32) for words in sentences]

    def read(self, _scores: Floats) -> list[tuple[int, int, str, float]]:
        """The same names."""
        return self.found


def test_scores_are_strict() -> None:
    """A name counts only with both borders and its kind; kinds that are not asked for count nowhere."""
    gold = Tagged(["John", "Kerry", "in", "Genf", "dpa"], ["B-PER", "I-PER", "O", "B-LOC", "B-OTH"])
    model = _Fixed([(0, 1, "PER", 1.0), (3, 4, "LOC", 1.0), (4, 5, "OTH", 1.0)])
    scores = measured(model, [gold])
    assert {kind: figures[2] for kind, figures in scores.items()} == {"PER": 0, "LOC": 100, "ORG": 0, "all": 50}
    assert bioes(gold.labels) == ["B-PER", "E-PER", "O", "S-LOC", "S-OTH"]


def test_best_path_follows_transitions() -> None:
    """A forbidden transition is not taken although each label alone would score best, and its confidence is of the path taken."""
    scores = np.array([[2.0, 0.0], [0.0, 1.0]], np.float32)
    open_road = np.zeros((2, 2), np.float32)
    barred = np.array([[0.0, -30.0], [0.0, 0.0]], np.float32)
    assert best_path(scores, open_road).tolist() == [0, 1]
    assert best_path(scores, barred).tolist() == [0, 0]
    sure = span_confidence(scores, np.exp(barred), np.array([0, 0]), np.array([[0, 2]]))
    paths = np.exp([2.0, 0.0, 1.0])  # 00, 10, 11
    assert sure[0] == pytest.approx(paths[0] / paths.sum(), rel=1e-4)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("aZß-ÄsΣ9١İ"), min_size=1),
        min_size=1,
        max_size=5,
    )
)
def test_compiled_spelling_is_the_plain_one(words: list[str]) -> None:
    """Compiled code gives each word the slots and keys that its letters have by definition, whatever they are."""
    told = spelled(words)
    assert told.slots.tolist() == [features.spelling(word) for word in words]
    assert told.exact.tolist() == [features.key(word) for word in words]
    assert told.lower.tolist() == [features.key(word.lower()) for word in words]
    assert told.zeroed.tolist() == [features.key(features.digitless(word)) for word in words]
    assert told.first.tolist() == [features.key(word.split("-")[0]) if "-" in word else 0 for word in words]
    assert told.last.tolist() == [features.key(word.split("-")[-1]) if "-" in word else 0 for word in words]
    assert told.stripped.tolist() == [features.key(word[:-1]) if word.endswith("s") else 0 for word in words]


def test_listed_phrases_prefer_the_longest() -> None:
    """A longer listed name overrides a shorter one inside it, and says where in it each word stands."""
    low = np.array([features.key(f"l:{w}") for w in ("the", "united", "arab", "emirates")], np.uint64)
    phrases = [features.phrase_keys(low[1:3], 2), features.phrase_keys(low[1:4], 3)]
    keys = np.concatenate(phrases)
    kinds = np.array([1, 2], np.uint64)
    order = np.argsort(keys)
    found = neighbours.listed_phrases(low, keys[order], neighbours.phrase_borders(keys[order]), kinds[order])
    assert found.tolist() == [0, 2 << 2 | 1, 2 << 2 | 2, 2 << 2 | 3]


@pytest.mark.parametrize(
    ("word", "expected"), [("US-Armee", "X-Xx"), ("1991", "9"), ("McCain", "XxXx"), ("Österreich", "Xx")]
)
def test_shape(word: str, expected: str) -> None:
    """Shapes fold letters and digits and shorten runs."""
    assert features.shape(word) == expected
