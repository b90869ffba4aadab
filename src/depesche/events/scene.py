"""An article laid out for event reading: its sentences with the words, clauses and mentions inside them."""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from functools import cached_property

import msgspec

from depesche.events.layout import Layout, layout_of
from depesche.events.lines import Line
from depesche.record import (
    Actor,
    ActorMention,
    Article,
    Clause,
    PlaceGuess,
    PlaceMention,
    Sentence,
    Span,
    Statement,
    TimeExpression,
    Token,
)


class Scene(msgspec.Struct, frozen=True, dict=True):
    """A whole report."""

    article: Article
    language: str
    lines: tuple[Line, ...]

    @cached_property
    def layout(self) -> Layout:
        """Its sentences as tables."""
        return layout_of(self.lines, language=self.language)

    @cached_property
    def published(self) -> dt.date | None:
        """The day of publication, where one day is known."""
        try:
            return dt.date.fromisoformat((self.article.meta.published.edtf or "").split("T")[0])
        except ValueError:
            return None

    @cached_property
    def speech(self) -> dict[Span, tuple[list[str], set[str]]]:
        """Features of the speech around a trigger, and who speaks there, by trigger: kept for all models that ask."""
        return {}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what in it."""
        return self.article.of(Statement)

    @cached_property
    def spoken(self) -> list[tuple[int, int, int]]:
        """Where each piece of what is said begins and ends, and the number of its statement."""
        return [(*piece, number) for number, said in enumerate(self.statements) for piece in said.content]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Everybody who is mentioned in it, by id."""
        return {m.actor.id: m.actor for m in self.article.of(ActorMention)}

    @cached_property
    def mention_counts(self) -> Counter[str]:
        """How often each actor is mentioned."""
        return Counter(m.actor.id for m in self.article.of(ActorMention))

    @cached_property
    def ranks(self) -> dict[str, int]:
        """How many actors are mentioned more often than each."""
        return {actor: rank for rank, (actor, _) in enumerate(self.mention_counts.most_common())}

    @cached_property
    def headed(self) -> frozenset[str]:
        """The actors of the headline."""
        return frozenset(m.actor.id for line in self.lines if line.part == "headline" for m in line.actors)

    @cached_property
    def place_mentions(self) -> tuple[PlaceMention, ...]:
        """All mentions of places inside its sentences."""
        return tuple(m for line in self.lines for m in line.places)

    @cached_property
    def possible_places(self) -> tuple[PlaceMention | PlaceGuess, ...]:
        """All words inside its sentences that may say where something happens."""
        guesses = [g for line in self.lines for g in self.article.within(PlaceGuess, line.span)]
        return (*self.place_mentions, *guesses)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def line_at(self, span: Span) -> int:
        """The number of the sentence that a span begins in."""
        return max(0, bisect_right(self._line_starts, span.start) - 1)


def scene_of(article: Article) -> Scene:
    """Lay out an article; the spans of its marks stay what they are."""
    lines: list[Line] = []
    text = article.text
    for sentence in article.of(Sentence):
        span = sentence.span
        tokens = article.within(Token, span)
        if tokens:
            spans = [token.span for token in tokens]
            lines.append(
                Line(
                    number=len(lines),
                    span=span,
                    part=sentence.part,
                    tokens=tokens,
                    words=tuple([text[start:end] for start, end in spans]),
                    lemmas=tuple([token.lemma.lower() for token in tokens]),
                    clauses=article.within(Clause, span),
                    actors=article.within(ActorMention, span),
                    places=article.within(PlaceMention, span),
                    times=article.within(TimeExpression, span),
                )
            )
    return Scene(article, article.language, tuple(lines))
