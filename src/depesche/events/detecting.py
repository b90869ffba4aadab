"""Which words of a report name an act, and of which type."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.events.lexicon import lexicon_of
from depesche.events.model import MODELS, Floats, linear
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate, candidates, context_features, word_features
from depesche.record import EventType

FloatTable = npt.NDArray[np.float64]
_TOP = 5
_REPORT = 4
"""A text of fewer sentences is no whole report, and need not prove that it is about our subject."""
_HOPELESS = 0.008
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


_KEPT_WORDS = 40_000
_WORD_SCORES: dict[tuple[str, str, str], tuple[Floats, bool]] = {}
"""What the model makes of a word wherever it stands, and whether there is any hope that it is a trigger, by language, lemma and part of
speech: words come again and again. Begun anew beyond so many words."""


def chances(scene: Scene) -> list[Chance]:
    """The candidates that may be triggers at all, with their probabilities."""
    model, lexicon = linear("triggers"), lexicon_of(scene.language)
    found, of_words, around = [], [], []
    for line in scene.lines:
        for candidate in candidates(line, lexicon):
            score, hopeful = _of_word(candidate, scene.language)
            if hopeful or candidate.phrases:
                found.append(candidate)
                of_words.append(score)
                around.append(context_features(candidate, scene))
    if not found:
        return []
    types = model.probabilities(np.array(of_words) + model.scores(around))[:, : len(TYPES)]
    return [Chance(candidate, row) for candidate, row in zip(found, types, strict=True)]


def _of_word(candidate: Candidate, language: str) -> tuple[Floats, bool]:
    key = language, candidate.lemma, candidate.upos
    known = _WORD_SCORES.get(key)
    if known is None:
        if len(_WORD_SCORES) >= _KEPT_WORDS:
            _WORD_SCORES.clear()
        model = linear("triggers")
        score = model.score(word_features(candidate.lemma, candidate.upos, found=candidate.found, language=language))
        known = _WORD_SCORES[key] = (score, bool(1 - model.probabilities(score)[-1] >= _HOPELESS))
    return known


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


def weighed(found: Sequence[Chance], scene: Scene) -> FloatTable:
    """What the rest of the report says about each candidate: (candidates, features).

    Sport and business speak of attacks and talks, too; a report of the kind we read has many likely triggers, in the headline first of all.
    """
    if not found:
        return np.zeros((0, len(WEIGHED)))
    types = np.array([c.types for c in found], np.float64)
    event = types.sum(axis=1)
    best = types.argmax(axis=1)
    line = np.array([c.candidate.line.number for c in found])
    top = np.sort(event)[::-1][: min(_TOP, len(scene.lines))].mean()
    density = event.sum() / len(scene.lines)
    head = max((e for e, c in zip(event, found, strict=True) if c.candidate.line.part == "headline"), default=0.0)
    rows = []
    for i, chance in enumerate(found):
        beside = (line == line[i]) & (np.arange(len(found)) != i)
        far = line != line[i]
        own = types[:, best[i]]
        entries = [e.prior for e in chance.candidate.entries if e.type != "NONE"]
        rows.append(
            (
                logit(event[i]),
                logit(types[i, best[i]]),
                logit(top),
                float(np.log(density + 1e-3)),
                head,
                event[beside].max(initial=0.0),
                own[beside].max(initial=0.0),
                own[far].max(initial=0.0),
                max(entries, default=0.0),
                float(chance.candidate.found.how == "exact"),
                float(min(len({m.actor.id for m in chance.candidate.line.actors}), 3)),
                float(np.log1p(event.sum())),
            )
        )
    return np.hstack([np.array(rows), np.eye(len(TYPES))[best]])


WEIGHED = (
    "event", "type", "top", "density", "headline", "beside", "same type beside", "same type elsewhere", "prior", "exact", "actors", "sum",
    *TYPES,
)  # fmt: skip
"""The features of `weighed`, in order."""


def detect(scene: Scene) -> list[Detected]:
    """The triggers of a report, in reading order; none where nothing in it is likely enough."""
    found, model = chances(scene), report_model()
    sure = model.probabilities(weighed(found, scene))
    if len(scene.lines) >= _REPORT and sure.max(initial=0.0) <= model.gate:
        return []
    detected = []
    for chance, confidence in zip(found, sure, strict=True):
        if confidence > model.threshold:
            event_type, _ = surest(chance)
            mode = mode_of(chance.candidate, event_type)
            detected.append(Detected(chance.candidate, event_type, mode, round(float(confidence), 3)))
    return detected


class Logistic(NamedTuple):
    """A logistic regression on a few dense features, with the thresholds for one trigger and for a report's likeliest one."""

    weights: FloatTable
    bias: FloatTable
    threshold: FloatTable
    gate: FloatTable

    def probabilities(self, features: FloatTable) -> FloatTable:
        """(rows,)."""
        result: FloatTable = 1 / (1 + np.exp(-(features @ self.weights + self.bias)))
        return result


@cache
def report_model() -> Logistic:
    """The second look, read once."""
    with np.load(MODELS / "reports.npz", allow_pickle=False) as file:
        return Logistic(**{name: np.asarray(file[name], np.float64) for name in file.files})
