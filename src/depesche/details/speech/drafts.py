"""A statement before its actors are known."""

from typing import NamedTuple

from depesche.record import Span


class Draft(NamedTuple):
    """What one rule found.

    Attributes:
        speaker: the words that name the speaker, None where nobody is named.
        content: spans of what is said, in reading order.
        tell: "clause" for reported clauses and quotations, "act" for a speech act told in a few words.
        carried: the speaker was taken over from an earlier statement.
        clause: the span of the words that tell of the saying, where the time of it is looked for.
    """

    speaker: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    why: str
    confidence: float
    tell: str = "clause"
    carried: bool = False
    clause: Span | None = None

    @property
    def span(self) -> Span:
        """From the first to the last character that belongs to it."""
        parts = (*self.content, *self.cue)
        return Span(min(p.start for p in parts), max(p.end for p in parts))
