"""Words that say how real an act is ("scheiterten", "angeblich", "tried to"), by what they say, and where they stand towards a trigger."""

from collections.abc import Iterator
from functools import cache

import msgspec

from depesche.events.lines import Line
from depesche.words import lexicon

_NEAR = 4
_UPWARD = 4


class Cue(msgspec.Struct, frozen=True):
    """One line of `words/{language}/events_reality.tsv`.

    Attributes:
        cue: what the words say: not, failed, foiled, tried, denied, cancelled, alleged, possible, feared, planned, promised, demanded ...
        lemmas: their dictionary forms.
    """

    cue: str
    lemmas: tuple[str, ...]
    example: str


@cache
def cues(language: str) -> dict[str, tuple[str, ...]]:
    """What each word says, by dictionary form; a word may say several things."""
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicon(language, "events_reality", Cue):
        for lemma in row.lemmas:
            found[lemma] = (*found.get(lemma, ()), row.cue)
    return found


def cues_of(line: Line, language: str) -> list[tuple[int, str]]:
    """The words of a sentence that say how real something is: (token, what it says)."""
    known = cues(language)
    return [(at, cue) for at, lemma in enumerate(line.lemmas) if lemma in known for cue in known[lemma]]


def stands(line: Line, at: int, said: list[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Where each of these words stands towards a trigger: (place, what it says).

    Places: "up0" to "up3", the words above the trigger in the parse; "kid", what hangs on it; "side0" to "side3", what hangs on those
    above; "before" and "after", the words near by; "clause", its clause; "sentence".
    """
    above: dict[int, int] = {}
    here = at
    for step in range(_UPWARD):
        here = line.tokens[here].head
        if here < 0:
            break
        above[here] = step
    clause = line.clause_around(at)
    for word, cue in said:
        if word == at:
            yield "self", cue
            continue
        head = line.tokens[word].head
        if word in above:
            yield f"up{above[word]}", cue
        elif head == at:
            yield "kid", cue
        elif head in above:
            yield f"side{above[head]}", cue
        if abs(word - at) <= _NEAR:
            yield "before" if word < at else "after", cue
        yield "clause" if clause is not None and clause.span.holds(line.tokens[word].span) else "sentence", cue
