"""An article laid out for event reading: its sentences with the words, clauses and mentions inside them."""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate

import msgspec

from depesche.events.kinship import Kin
from depesche.record import (
    Actor,
    ActorMention,
    Article,
    Clause,
    PartLabel,
    PlaceMention,
    Sentence,
    Span,
    Statement,
    TimeExpression,
    Token,
)

CONTENT = frozenset({"VERB", "NOUN", "ADJ"})
"""Parts of speech of the words that may be triggers though the lexicon does not know them."""
NOTHING = "·"
"""Stands for a word beyond the ends of a sentence."""


class Line(msgspec.Struct, frozen=True, dict=True):
    """One sentence.

    Attributes:
        number: counted from 0 over the report's sentences.
        lemmas: lower-case dictionary forms, one a token.
    """

    number: int
    span: Span
    part: PartLabel
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    clauses: tuple[Clause, ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    times: tuple[TimeExpression, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins, in the article's text."""
        return [token.span.start for token in self.tokens]

    def token_at(self, position: int) -> int:
        """The number of the token that holds a character (the one before it, where it stands between two)."""
        return max(0, bisect_right(self.starts, position) - 1)

    @cached_property
    def clause_of(self) -> dict[int, Clause]:
        """The clause whose predicate a token is, by token number."""
        return {self.token_at(clause.predicate.start): clause for clause in self.clauses}

    def clause_around(self, at: int) -> Clause | None:
        """The clause of which a token is the predicate, else the smallest that holds it."""
        if at in self.clause_of:
            return self.clause_of[at]
        span = self.tokens[at].span
        return next((c for c in self._smallest_first if c.span.holds(span)), None)

    @cached_property
    def _smallest_first(self) -> list[Clause]:
        return sorted(self.clauses, key=lambda c: c.span.end - c.span.start)

    @cached_property
    def beyond(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Lemmas and parts of speech, with two places that hold nothing before the first word and after the last."""
        around = (NOTHING, NOTHING)
        return (*around, *self.lemmas, *around), (*around, *(token.upos for token in self.tokens), *around)

    @cached_property
    def remembered(self) -> dict[str, list[int]]:
        """Feature rows of its content words, by kind of candidate."""
        return {}

    @cached_property
    def kin(self) -> dict[str, tuple[Kin, ...]]:
        """What is known of each word's company, by language: kept for all its candidates."""
        return {}

    @cached_property
    def content(self) -> tuple[int, ...]:
        """How many content words (`CONTENT`) stand before each token and before the end."""
        return tuple(accumulate((token.upos in CONTENT for token in self.tokens), initial=0))

    @cached_property
    def content_lemmas(self) -> list[str]:
        """Lemmas of its content words."""
        return [lemma for lemma, token in zip(self.lemmas, self.tokens, strict=True) if token.upos in CONTENT]

    @cached_property
    def commas(self) -> tuple[int, ...]:
        """How many commas stand before each token and before the end."""
        return tuple(accumulate((word == "," for word in self.words), initial=0))

    @cached_property
    def verbs(self) -> tuple[int, ...]:
        """How many verbs and auxiliaries stand before each token and before the end."""
        return tuple(accumulate((token.upos in {"VERB", "AUX"} for token in self.tokens), initial=0))

    @cached_property
    def of_clauses(self) -> dict[tuple[int, bool, str], list[int]]:
        """Feature rows of its clauses, by the clause, whether the candidate is its predicate, and kind of candidate."""
        return {}

    @cached_property
    def actor_starts(self) -> list[tuple[str, int]]:
        """The kind and the beginning of each actor mentioned."""
        return [(m.actor.kind, m.span.start) for m in self.actors]

    @cached_property
    def actor_count(self) -> int:
        """How many different actors it mentions."""
        return len({m.actor.id for m in self.actors})

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Token numbers of the dependents of each token."""
        found: dict[int, list[int]] = {}
        for i, token in enumerate(self.tokens):
            found.setdefault(token.head, []).append(i)
        return found


class Scene(msgspec.Struct, frozen=True, dict=True):
    """A whole report."""

    article: Article
    language: str
    lines: tuple[Line, ...]

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
    def pairs(self) -> dict[tuple[Span, str, Span, str], list[int]]:
        """Feature rows of a trigger and a mention, by trigger, its type, mention and kind of mention: kept likewise."""
        return {}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Who said what in it."""
        return self.article.of(Statement)

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
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def line_at(self, span: Span) -> int:
        """The number of the sentence that a span begins in."""
        return max(0, bisect_right(self._line_starts, span.start) - 1)


def scene_of(article: Article) -> Scene:
    """Lay out an article; the spans of its marks stay what they are."""
    lines: list[Line] = []
    for sentence in article.of(Sentence):
        tokens = article.within(Token, sentence.span)
        if tokens:
            lines.append(
                Line(
                    number=len(lines),
                    span=sentence.span,
                    part=sentence.part,
                    tokens=tokens,
                    words=tuple(article.quote(t.span) for t in tokens),
                    lemmas=tuple(t.lemma.lower() for t in tokens),
                    clauses=article.within(Clause, sentence.span),
                    actors=article.within(ActorMention, sentence.span),
                    places=article.within(PlaceMention, sentence.span),
                    times=article.within(TimeExpression, sentence.span),
                )
            )
    return Scene(article, article.language, tuple(lines))
