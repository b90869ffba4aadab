"""What the first look makes of each word: the chance that it names an act, by type."""

from functools import cache
from itertools import chain

import msgspec
import numpy as np

from depesche.events.context import context_facts
from depesche.events.lexicon import lexicon_of
from depesche.events.model import Floats, linear
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate, candidates, may_be_trigger, word_features
from depesche.record import EventType

_HOPELESS = 0.008
"""A word whose own features leave it a smaller chance than this is not looked at in its sentence."""
_KEPT_WORDS = 40_000


class Chance(msgspec.Struct, frozen=True):
    """A candidate with its probabilities: one a type, in the order of `TYPES`, and what remains for no event."""

    candidate: Candidate
    types: Floats

    @property
    def event(self) -> float:
        """Probability that it is an event at all."""
        return float(self.types.sum())


class _Met:
    """What the model makes of the words of a language wherever they stand: words come again and again. Begun anew beyond so many.

    Attributes:
        scores: by lemma and part of speech.
        hopeless: those that are hardly ever triggers.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.scores: dict[tuple[str, str], Floats] = {}
        self.hopeless: set[tuple[str, str]] = set()

    def meet(self, scene: Scene) -> None:
        """Get to know the words of a report."""
        if len(self.scores) + len(self.hopeless) >= _KEPT_WORDS:
            self.scores.clear()
            self.hopeless.clear()
        words = set(chain.from_iterable([zip(line.lemmas, line.parts, strict=True) for line in scene.lines]))
        new = words.difference(self.hopeless, self.scores)
        if not new:
            return
        lexicon, model = lexicon_of(self.language), linear("triggers")
        self.hopeless |= {(lemma, upos) for lemma, upos in new if not may_be_trigger(lemma, upos, lexicon)}
        worth = [word for word in new if word not in self.hopeless or word[0] in lexicon.phrases]
        if worth:
            found = [lexicon.of_word(lemma, upos) for lemma, upos in worth]
            rows = [
                word_features(*word, found=entries, language=self.language)
                for word, entries in zip(worth, found, strict=True)
            ]
            scores = model.scores(rows)
            self.scores.update(zip(worth, scores, strict=True))
            no_event = model.probabilities(scores)[:, -1]
            self.hopeless.update(
                word for word, none in zip(worth, no_event.tolist(), strict=True) if 1 - none < _HOPELESS
            )


_met = cache(_Met)


def chances(scene: Scene, *, least: float = 0.0) -> list[Chance]:
    """The candidates that are events with more than the least probability."""
    met, model, lexicon = _met(scene.language), linear("triggers"), lexicon_of(scene.language)
    met.meet(scene)
    found = [c for line in scene.lines for c in candidates(line, lexicon, hopeless=met.hopeless)]
    if not found:
        return []
    words = np.array([met.scores[candidate.lemma, candidate.upos] for candidate in found])
    types = model.probabilities(words + model.of_facts(context_facts(found, scene), items=len(found)))[:, : len(TYPES)]
    likely = np.flatnonzero(types.sum(axis=1) > least).tolist()
    return [Chance(found[i], types[i]) for i in likely]


def surest(chance: Chance) -> tuple[EventType, float]:
    """The likeliest type and its probability."""
    best = int(np.argmax(chance.types))
    return TYPES[best], float(chance.types[best])
