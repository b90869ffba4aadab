"""A sentence laid out for event reading: its words, clauses and the mentions inside it."""

from bisect import bisect_right
from functools import cached_property

import msgspec

from depesche.record import ActorMention, Clause, PartLabel, PlaceMention, Span, TimeExpression, Token

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
    def parts(self) -> list[str]:
        """The part of speech of each token."""
        return [token.upos for token in self.tokens]

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins, in the article's text."""
        return [token.span.start for token in self.tokens]

    def token_at(self, position: int) -> int:
        """The number of the token that holds a character (the one before it, where it stands between two)."""
        return max(0, bisect_right(self.starts, position) - 1)

    @cached_property
    def predicates(self) -> dict[int, int]:
        """The number of the clause whose predicate a token is, by token number."""
        return {self.token_at(clause.predicate.start): number for number, clause in enumerate(self.clauses)}

    def clause_of(self, at: int) -> Clause | None:
        """The clause whose predicate a token is."""
        number = self.predicates.get(at)
        return None if number is None else self.clauses[number]

    def clause_around(self, at: int) -> Clause | None:
        """The clause of which a token is the predicate, else the smallest that holds it, the first of equals."""
        known = self._around
        if at not in known:
            known[at] = self.clause_of(at) or self._smallest_around(at)
        return known[at]

    @cached_property
    def _around(self) -> dict[int, Clause | None]:
        """The clauses around the tokens that were asked for."""
        return {}

    def _smallest_around(self, at: int) -> Clause | None:
        low, high = self.tokens[at].span
        holding = [clause for clause in self.clauses if clause.span.start <= low and high <= clause.span.end]
        return min(holding, key=_length, default=None)

    @cached_property
    def actor_spans(self) -> list[tuple[int, int, str]]:
        """Where each mention of an actor begins and ends, and the actor's kind."""
        return [(*m.span, m.actor.kind) for m in self.actors]

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


def _length(clause: Clause) -> int:
    return clause.span.end - clause.span.start
