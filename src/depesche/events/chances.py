"""What the first look makes of each word: the chance that it names an act, by type."""

from collections.abc import Sequence

import msgspec
import numpy as np

from depesche.events.context import context_features
from depesche.events.lexicon import lexicon_of
from depesche.events.model import Floats, linear
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate, candidates, word_features
from depesche.record import EventType

_HOPELESS = 0.008
"""A word whose own features leave it a smaller chance than this is not looked at in its sentence."""


class Chance(msgspec.Struct, frozen=True):
    """A candidate with its probabilities: one a type, in the order of `TYPES`, and what remains for no event."""

    candidate: Candidate
    types: Floats

    @property
    def event(self) -> float:
        """Probability that it is an event at all."""
        return float(self.types.sum())


_KEPT_WORDS = 40_000
_WORD_SCORES: dict[tuple[str, str, str], tuple[Floats, bool]] = {}
"""What the model makes of a word wherever it stands, and whether there is any hope that it is a trigger, by language, lemma and part of
speech: words come again and again. Begun anew beyond so many words."""


def chances(scene: Scene) -> list[Chance]:
    """The candidates that may be triggers at all, with their probabilities."""
    model, lexicon = linear("triggers"), lexicon_of(scene.language)
    every = [candidate for line in scene.lines for candidate in candidates(line, lexicon)]
    scored = zip(every, _of_words(every, scene.language), strict=True)
    kept = [(candidate, score) for candidate, (score, hopeful) in scored if hopeful or candidate.phrases]
    if not kept:
        return []
    found = [candidate for candidate, _ in kept]
    around = model.scores([context_features(candidate, scene) for candidate in found])
    types = model.probabilities(np.array([score for _, score in kept]) + around)[:, : len(TYPES)]
    return [Chance(candidate, row) for candidate, row in zip(found, types, strict=True)]


def _of_words(every: Sequence[Candidate], language: str) -> list[tuple[Floats, bool]]:
    if len(_WORD_SCORES) >= _KEPT_WORDS:
        _WORD_SCORES.clear()
    keys = [(language, candidate.lemma, candidate.upos) for candidate in every]
    new = {key: candidate.found for key, candidate in zip(keys, every, strict=True) if key not in _WORD_SCORES}
    if new:
        model = linear("triggers")
        scores = model.scores(
            [word_features(lemma, upos, found=found, language=language) for (_, lemma, upos), found in new.items()]
        )
        hopeful = 1 - model.probabilities(scores)[:, -1] >= _HOPELESS
        _WORD_SCORES.update(zip(new, zip(scores, hopeful.tolist(), strict=True), strict=True))
    return [_WORD_SCORES[key] for key in keys]


def surest(chance: Chance) -> tuple[EventType, float]:
    """The likeliest type and its probability."""
    best = int(np.argmax(chance.types))
    return TYPES[best], float(chance.types[best])
