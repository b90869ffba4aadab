"""Stages and the order they run in."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from depesche.clauses.names import Names
from depesche.clauses.sentences import Sentences
from depesche.clauses.view import Clauses
from depesche.clauses.words import Words
from depesche.details.actors import Actors
from depesche.details.actors.references import References
from depesche.details.dating import Dating
from depesche.details.figures import Figures
from depesche.details.places import Places
from depesche.details.speech import Speech
from depesche.details.times import Resolve, Times
from depesche.errors import PipelineError, SpanError
from depesche.events import Events
from depesche.record import Article, Mark
from depesche.record.collecting import uncollected
from depesche.words import languages


@runtime_checkable
class Stage(Protocol):
    """One step of reading: looks at an article and returns marks, never changing anything.

    Attributes:
        name: as it appears in `made_by`.
        version: rises whenever the stage's output can change.
        needs: kinds of mark that must have been offered by an earlier stage (or by `blocks/`).
        gives: kinds of mark it may return.
    """

    name: str
    version: int
    needs: frozenset[type[Mark]]
    gives: frozenset[type[Mark]]

    def __call__(self, article: Article) -> Iterable[Mark]:
        """The marks this stage finds in one article."""
        ...


@runtime_checkable
class BatchStage(Stage, Protocol):
    """A stage that gains from seeing several articles at once."""

    def many(self, articles: Sequence[Article]) -> Iterable[list[Mark]]:
        """The marks of each article, in the same order."""
        ...


class Pipeline:
    """A checked sequence of stages.

    Args:
        stages: in the order they run.
        given: kinds of mark that articles carry before the first stage (what `blocks/` made).

    Raises:
        PipelineError: a stage needs what no earlier stage gives, or two stages have one name.
    """

    def __init__(self, stages: Sequence[Stage], *, given: frozenset[type[Mark]]) -> None:
        self.stages = tuple(stages)
        offered = set(given)
        names: set[str] = set()
        for stage in self.stages:
            lacking = sorted(kind.__name__ for kind in stage.needs - offered)
            if lacking:
                raise PipelineError(f"stage {stage.name!r} needs {', '.join(lacking)}, but no earlier stage gives it")
            if stage.name in names:
                raise PipelineError(f"two stages are called {stage.name!r}; names must differ")
            names.add(stage.name)
            offered |= stage.gives

    @property
    def made_by(self) -> str:
        """Name and version of every stage: what decides whether a report must be read again."""
        return " ".join(f"{stage.name}@{stage.version}" for stage in self.stages)

    def __call__(self, article: Article) -> Article:
        """Run every stage on one article; a language without words gets its parts only."""
        return next(self.many([article]))

    def many(self, articles: Iterable[Article], *, batch: int = 32) -> Iterator[Article]:
        """Run every stage on a stream of articles, in order, `batch` at a time."""
        stream = iter(articles)
        while chunk := list(itertools.islice(stream, batch)):
            readable = [i for i, a in enumerate(chunk) if a.language in languages() and a.meta.not_article is None]
            with uncollected():
                for stage in self.stages:
                    found = (
                        stage.many([chunk[i] for i in readable])
                        if isinstance(stage, BatchStage)
                        else (stage(chunk[i]) for i in readable)
                    )
                    for i, marks in zip(readable, found, strict=True):
                        chunk[i] = chunk[i].with_marks(tuple(_stamped(stage, chunk[i], marks)))
            yield from chunk


def _stamped(stage: Stage, article: Article, marks: Iterable[Mark]) -> Iterator[Mark]:
    made_by, length, gives = f"{stage.name}@{stage.version}", len(article.text), stage.gives
    put = msgspec.structs.force_setattr
    for mark in marks:
        if type(mark) not in gives:
            raise PipelineError(f"stage {stage.name!r} gave a {type(mark).__name__}, which it does not declare")
        start, end = mark.span
        if not 0 <= start < end <= length:
            raise SpanError(
                f"{article.meta.origin}: {made_by} marked [{start}, {end}) in a text of {length} characters"
            )
        # The mark is fresh and nobody else holds it yet; copying a hundred thousand tokens to stamp them would double the cost.
        put(mark, "made_by", made_by)
        yield mark


def default_stages() -> list[Stage]:
    """What happens to every article, in order: the table of contents of the reading."""
    return [
        Sentences(),
        Words(),
        Names(),
        Clauses(),
        Times(),
        Actors(),
        Places(),
        Dating(),
        Resolve(),
        References(),
        Speech(),
        Figures(),
        Events(),
    ]
