"""Known names in a text: the longest form of the knowledge base at each piece, whole words only."""

from collections.abc import Iterator
from typing import NamedTuple

from depesche.details.actors.lexicon import actor_words
from depesche.details.actors.pieces import Pieces
from depesche.details.actors.vocabulary import Vocabulary, fitting, vocabulary
from depesche.knowledge.forms import Sense, forms


class Hit(NamedTuple):
    """A known form at the pieces `first` to `last`, both included, with its readings.

    Attributes:
        inflected: what was cut from its end: "s" of "Lawrows", the possessive not counted.
        prefix: a hyphen follows, so that it is the first part of a compound ("Syrien-Konflikt", "US-Soldaten").
        suffix: a hyphen precedes ("Nord-Syrien").
    """

    first: int
    last: int
    senses: list[Sense]
    inflected: str
    prefix: bool
    suffix: bool


def known_names(pieces: Pieces, language: str, *, starts: list[int]) -> list[Hit]:
    """The known names of a text, longest first at each place, not overlapping, in reading order.

    Args:
        pieces: the text in pieces.
        language: its language.
        starts: the pieces where a known name can begin, in order (`vocabulary.NAME`).
    """
    return list(_walk(pieces, language, starts))


def _walk(pieces: Pieces, language: str, starts: list[int]) -> Iterator[Hit]:
    known, longest = vocabulary(language), forms(language).longest
    keys, gaps, texts, reach = pieces.keys, pieces.gaps, pieces.texts, pieces.reach
    count, free = len(keys), 0
    for i in starts:
        if i < free:
            continue
        senses, cut, _ = known.word(texts[i])
        last, end = i, min(i + longest.get(keys[i], 1) - 1, reach[i])
        if end > i and known.opens(f"{keys[i]} {keys[i + 1]}"):
            last, several, ending = _longest(pieces, known, i, end)
            if last > i:
                senses, cut = several, ending
        if senses:
            after = gaps[last + 1] if last + 1 < count else "|"
            small = i < last and texts[i][0].islower() and actor_words(language).is_part(keys[i], "determiner")
            yield Hit(i + small, last, senses, cut, after == "-", gaps[i] == "-")  # small: "die Grünen"
            free = last + 1


def _longest(pieces: Pieces, known: Vocabulary, first: int, end: int) -> tuple[int, list[Sense], str]:
    """The last piece of the longest known name of several pieces, its readings and what was cut; `first` where there is none."""
    for last in range(end, first, -1):
        found, ending = known.name(" ".join(pieces.keys[first : last + 1]))
        if ending and pieces.texts[last][0].islower():
            continue  # "Kyrill in den Wäldern" is no "Kyrill I."
        if found and (fit := fitting(found, pieces.texts[first : last + 1], ending)):
            return last, fit, ending
    return first, [], ""
