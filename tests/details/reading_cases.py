"""Reads a literate case through the stages up to actors and places."""

from functools import cache
from pathlib import Path

from depesche.blocks import article_of
from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.words import Words
from depesche.details.actors import Actors, References
from depesche.details.places import Places
from depesche.pipeline import Pipeline, Stage
from depesche.record import Article, Dateline, Part, Row
from tests.literate import CASES, Case


@cache
def pipeline() -> Pipeline:
    """The stages that actors and places stand on, and they themselves."""
    stages: list[Stage] = [Sentences(), Words(), Names(), Actors(), Places(), References()]
    return Pipeline(stages, given=frozenset({Part, Dateline}))


def read_case(case: Case) -> Article:
    """The article of a case, in the language of the folder its file stands in."""
    return pipeline()(
        article_of(
            Row(origin="case", body=case.text, published=case.options.get("published"), language=_language(case))
        )
    )


def _language(case: Case) -> str:
    name = case.where.partition(":")[0]
    files: list[Path] = [f for f in CASES.rglob(f"{name}.md") if f"## {case.title}" in f.read_text("utf-8")]
    return files[0].parent.name
