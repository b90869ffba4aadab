"""Words with the shipped models: literate cases, and the parts of the models by themselves."""

import numpy as np
import pytest

from depesche.clauses.parsing import model
from depesche.clauses.sentences import Sentences
from depesche.clauses.weights import rows_in, size_of, width_of
from depesche.clauses.words import Words
from depesche.record import Article, Meta, Part, Sentence, Span, Token
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"words/{language}")]


def _read(text: str, language: str) -> Article:
    part = Part(span=Span(0, len(text)), why="", label="body")
    article = Article(text=text, meta=Meta(origin="test", language=language), marks=(part,))
    article = article.with_marks(tuple(Sentences()(article)))
    return article.with_marks(tuple(Words()(article)))


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}: {case.where}" for language, case in CASES])
def test_case(language: str, case: Case) -> None:
    """The words that a case names have the grammar that it gives them."""
    article = _read(case.text, language)
    tokens = article.of(Token)
    told = {}
    for token in tokens:
        head = article.quote(tokens[token.head].span) if token.head >= 0 else "-"
        told[article.quote(token.span)] = ((token.lemma, token.upos, token.deprel, head), set(token.feats.split("|")))
    for line in case.expected:
        form, *grammar = line.split(" | ")
        assert tuple(grammar[:4]) == told[form][0]
        assert set("|".join(grammar[4:]).split("|")) - {""} <= told[form][1]


TEXT = "Die Rebellen griffen an. Am Montag starben drei Soldaten, weil niemand half! Wer hat Genf angerufen?"


def test_trees() -> None:
    """Each sentence has one root, heads lie inside it, and no token is above itself."""
    article = _read(TEXT, "de")
    for sentence in article.of(Sentence):
        heads = [token.head for token in article.within(Token, sentence.span)]
        assert heads.count(-1) == 1
        for i in range(len(heads)):
            seen, at = set(), i
            while at >= 0:
                assert at not in seen
                seen.add(at)
                at = heads[at]


def test_endless_sentence() -> None:
    """A sentence without an end is read in pieces, and still one tree."""
    article = _read("Rebellen und Soldaten, " * 150, "de")
    heads = [token.head for token in article.of(Token)]
    assert len(article.of(Sentence)) == 1
    assert heads.count(-1) == 1
    assert max(heads) > 400


def test_again() -> None:
    """The same text gives the same words."""
    assert _read(TEXT, "de").of(Token) == _read(TEXT, "de").of(Token)


@pytest.mark.parametrize("text", ["!", "...", "2016", "ʻOkina 漢字 𝔘", "x" * 3000, "„“ - ( )"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_odd_texts(text: str, language: str) -> None:
    """Signs, foreign scripts and overlong words are read without complaint."""
    article = _read(text, language)
    assert "".join(article.quote(token.span) for token in article.of(Token)) == text.replace(" ", "")


@pytest.mark.parametrize("language", ["de", "en"])
def test_model(language: str) -> None:
    """The tables of a model fit its tags, and its weights have powers of two of rows."""
    known = model(language)
    assert known.tables.sizes.shape == (len(known.grammar.tags),)
    assert known.reach.shape == (len(known.grammar.tags), len(known.grammar.tags), 2)
    counts = [rows_in(w) for w in (known.weights.tags, known.weights.feats, known.weights.labels)]
    counts += [size_of(w) for w in (known.weights.arcs, known.weights.trees)]
    for count in counts:
        assert count > 1
        assert np.log2(count).is_integer()
    assert width_of(known.weights.labels) == len(known.grammar.labels)
