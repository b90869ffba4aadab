"""The literate cases of `tests/cases/speech`: sentences and every statement that must come out, no other."""

import pytest

from depesche.blocks import article_of
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.speech import Speech
from depesche.record import Article, Row, Span, Statement
from tests.literate import Case, cases

CASES = [(language, case) for language in ("de", "en") for case in cases(f"speech/{language}")]


def read(text: str, *, language: str) -> Article:
    """A text with its statements, without the stages that they can do without."""
    article = article_of(Row(origin="test", body=text, language=language))
    for stage in (Sentences(), Words(), Speech()):
        article = article.with_marks(tuple(stage(article)))
    return article


def line(article: Article, statement: Statement) -> str:
    """A statement as the cases write it."""

    def quoted(spans: tuple[Span, ...]) -> str:
        return " … ".join(article.quote(span).replace("\n", " ") for span in spans) or "-"

    speaker = article.quote(statement.speaker_span) if statement.speaker_span else "-"
    return " | ".join([statement.mode, speaker, quoted(statement.cue), quoted(statement.content)])


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language} {case.where}" for language, case in CASES])
def test_statements(language: str, case: Case) -> None:
    """Exactly the statements named come out, in reading order."""
    article = read(case.text, language=language)
    assert list(case.expected) == [line(article, statement) for statement in article.of(Statement)]
