"""Which words of a report name an act, and of which type."""

import math

import msgspec
import numpy as np

from depesche.events.lexicon import lexicon_of
from depesche.events.model import Floats, linear
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate, candidates, context_features, word_features
from depesche.record import EventType

_HOPELESS = 0.004
"""A word whose own features leave it a smaller chance than this is not looked at in its sentence."""


class Detected(msgspec.Struct, frozen=True):
    """A trigger.

    Attributes:
        confidence: probability that it names an event of this type, 0..1.
    """

    trigger: Candidate
    type: EventType
    mode: str | None
    confidence: float


class Chance(msgspec.Struct, frozen=True):
    """A candidate with its probabilities: one a type, in the order of `TYPES`, and what remains for no event."""

    candidate: Candidate
    types: Floats

    @property
    def event(self) -> float:
        """Probability that it is an event at all."""
        return float(self.types.sum())


_WORD_SCORES: dict[tuple[str, str, str], Floats] = {}
"""What the model makes of a word wherever it stands, by language, lemma and part of speech; words come again and again."""


def chances(scene: Scene) -> list[Chance]:
    """The candidates that may be triggers at all, with their probabilities."""
    model, lexicon = linear("triggers"), lexicon_of(scene.language)
    found = []
    for line in scene.lines:
        for candidate in candidates(line, lexicon):
            key = scene.language, candidate.lemma, candidate.upos
            score = _WORD_SCORES.get(key)
            if score is None:
                rows = word_features(candidate.lemma, candidate.upos, found=candidate.found, language=scene.language)
                score = _WORD_SCORES[key] = model.score(rows)
            if not candidate.phrases and 1 - model.probabilities(score)[-1] < _HOPELESS:
                continue
            whole = score + model.score(context_features(candidate, scene))
            found.append(Chance(candidate, model.probabilities(whole)[: len(TYPES)]))
    return found


def mode_of(candidate: Candidate, event_type: EventType) -> str | None:
    """The mode that the lexicon gives for this type, phrases first."""
    fitting = [e for e in candidate.entries if e.type == event_type]
    return max(fitting, key=lambda e: e.prior).mode if fitting else None


def surest(chance: Chance) -> tuple[EventType, float]:
    """The likeliest type and its probability."""
    best = int(np.argmax(chance.types))
    return TYPES[best], float(chance.types[best])


def logit(probability: float) -> float:
    """Log odds, kept finite."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
