"""The pipeline checks its order and what its stages give."""

from collections.abc import Iterable, Iterator

import pytest

from depesche.errors import PipelineError, SpanError
from depesche.pipeline import Pipeline, default_stages
from depesche.record import Article, Dateline, Event, Mark, Meta, Part, Sentence, Span


class Cutter:
    """A stage that marks what it is told to."""

    version = 3
    needs: frozenset[type[Mark]] = frozenset({Part})
    gives: frozenset[type[Mark]] = frozenset({Sentence})

    def __init__(self, name: str, *marks: Mark) -> None:
        self.name = name
        self.marks = marks

    def __call__(self, article: Article) -> Iterable[Mark]:
        """The marks it was given."""
        assert article.text
        return self.marks


class Batched(Cutter):
    """The same, several articles at once."""

    def many(self, articles: Iterable[Article]) -> Iterator[list[Mark]]:
        """One list an article."""
        for article in articles:
            yield [Sentence(span=Span(0, len(article.text)), part="body", why="batch")]


def article(text: str = "Ein Satz.", language: str = "de") -> Article:
    """A small article."""
    return Article(text=text, meta=Meta(origin="test", language=language))


def sentence(start: int, end: int) -> Sentence:
    """A fresh sentence mark."""
    return Sentence(span=Span(start, end), part="body", why="test")


def test_a_stage_that_comes_too_early_is_named() -> None:
    """The message says which stage, and what it lacks."""
    with pytest.raises(PipelineError, match="stage 'cutter' needs Part, but no earlier stage gives it"):
        Pipeline([Cutter("cutter")], given=frozenset())


def test_two_stages_of_one_name_are_refused() -> None:
    """`made_by` would be ambiguous."""
    with pytest.raises(PipelineError, match="two stages are called 'x'"):
        Pipeline([Cutter("x"), Cutter("x")], given=frozenset({Part}))


def test_marks_are_stamped() -> None:
    """Name and version of the stage."""
    read = Pipeline([Cutter("cutter", sentence(0, 9))], given=frozenset({Part}))(article())
    assert [m.made_by for m in read.marks] == ["cutter@3"]


@pytest.mark.parametrize("span", [(0, 10), (-1, 4), (4, 4), (5, 4)])
def test_marks_outside_the_text_are_refused(span: tuple[int, int]) -> None:
    """Empty and turned-round spans too."""
    pipeline = Pipeline([Cutter("cutter", sentence(*span))], given=frozenset({Part}))
    with pytest.raises(SpanError, match="cutter@3 marked"):
        pipeline(article())


def test_undeclared_marks_are_refused() -> None:
    """A stage gives what it says."""
    mark = Event(span=Span(0, 3), why="x", id="1", type="AID", mode=None, sentence=Span(0, 9))
    with pytest.raises(PipelineError, match="gave a Event, which it does not declare"):
        Pipeline([Cutter("cutter", mark)], given=frozenset({Part}))(article())


def test_a_language_without_words_keeps_its_parts_only() -> None:
    """No stage runs on it (record.md)."""
    assert Pipeline([Cutter("c", sentence(0, 3))], given=frozenset({Part}))(article(language="fr")).marks == ()


def test_batches_keep_the_order_and_skip_other_languages() -> None:
    """Every article gets its own marks, in the order it came."""
    pipeline = Pipeline([Batched("b")], given=frozenset({Part}))
    texts = [("eins", "de"), ("deux", "fr"), ("three", "en")]
    read = list(pipeline.many([article(t, language) for t, language in texts], batch=2))
    assert [a.text for a in read] == ["eins", "deux", "three"]
    assert [len(a.marks) for a in read] == [1, 0, 1]


def test_the_default_stages_fit_together() -> None:
    """In the order in which they are listed."""
    assert Pipeline(default_stages(), given=frozenset({Part, Dateline})).stages


def test_text_that_is_not_canonical_is_refused() -> None:
    """Decomposed characters and lone surrogates would move every offset."""
    for text in ("Tu\u0308rkei", "a\ud800b"):
        with pytest.raises(SpanError):
            article(text)
