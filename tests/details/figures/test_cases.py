"""The literate cases of `tests/cases/figures`: a sentence and every figure that must come out, no other."""

import pytest

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.details.figures import Figures
from depesche.record import Article, Figure, Row
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"figures/{language}")]


def read(text: str, *, language: str) -> Article:
    """A text with its figures, without the stages that figures can do without."""
    article = article_of(Row(origin="test", body=text, language=language))
    for stage in (Sentences(), Figures()):
        article = article.with_marks(tuple(stage(article)))
    return article


def line(article: Article, figure: Figure) -> str:
    """A figure as the cases write it."""
    low, high = ("null" if bound is None else bound for bound in (figure.low, figure.high))
    cells = [article.quote(figure.span), figure.what, f"{low}-{high}" + " ~" * figure.approximate, figure.who or "-"]
    cells += ["part"] * (figure.part_of is not None) + [figure.status] * (figure.status != "happened")
    return " | ".join(cells)


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language} {case.where}" for language, case in CASES])
def test_figures(language: str, case: Case) -> None:
    """Exactly the figures named come out."""
    article = read(case.text, language=language)
    assert list(case.expected) == [line(article, figure) for figure in article.of(Figure)]
