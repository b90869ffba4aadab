"""Abbreviations that a report introduces itself: "Border Security Force (BSF)" … "the BSF said"."""

from collections.abc import Iterable, Iterator

from depesche.details.actors.reading import Reading
from depesche.record import Actor, ActorMention

_SHORTEST, _LONGEST = 2, 8
_INTRODUCED = 0.9


def introduced(text: str, reading: Reading, mentions: Iterable[ActorMention]) -> Iterator[ActorMention]:
    """A mention of the body for each place where its abbreviation stands, brackets of the introduction included.

    Args:
        text: the article's text.
        reading: the same, read.
        mentions: the bodies found by name or noun so far.
    """
    pieces = reading.pieces
    short: dict[str, Actor] = {}
    for mention in mentions:
        end = mention.span[1]
        piece = pieces.at.get(end + 2)
        if piece is None or text[end : end + 2] != " (" or text[pieces.ends[piece] : pieces.ends[piece] + 1] != ")":
            continue
        written = pieces.texts[piece]
        if mention.actor.kind != "person" and _is_abbreviation(written) and _fits(written, text[mention.span[0] : end]):
            short.setdefault(written, mention.actor)
    for i, word in enumerate(pieces.texts if short else ()):
        if word in short and i not in reading.outside:
            yield ActorMention(
                span=reading.span(i, i),
                actor=short[word],
                confidence=_INTRODUCED,
                why="abbreviation introduced in this report",
            )


def _is_abbreviation(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and sum(c.isupper() for c in word) >= _SHORTEST


def _fits(short: str, name: str) -> bool:
    """Whether the abbreviation begins like one of the name's words: no remark in brackets."""
    return any(word[:1].casefold() == short[0].casefold() for word in name.replace("-", " ").split())
