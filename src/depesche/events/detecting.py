"""Which words of a report name an act, and of which type."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.events.context import context_features
from depesche.events.lexicon import lexicon_of
from depesche.events.model import MODELS, Floats, linear
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate, candidates, word_features
from depesche.record import EventType

FloatTable = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
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


def mode_of(candidate: Candidate, event_type: EventType) -> str | None:
    """The mode that the lexicon gives for this type, phrases first."""
    fitting = [e for e in candidate.entries if e.type == event_type]
    return max(fitting, key=lambda e: e.prior).mode if fitting else None


def surest(chance: Chance) -> tuple[EventType, float]:
    """The likeliest type and its probability."""
    best = int(np.argmax(chance.types))
    return TYPES[best], float(chance.types[best])


def logits(probabilities: FloatTable) -> FloatTable:
    """Log odds, kept finite."""
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    result: FloatTable = np.log(p / (1 - p))
    return result


def weighed(found: Sequence[Chance], scene: Scene) -> FloatTable:
    """What the rest of the report says about each candidate: (candidates, features).

    Sport and business speak of attacks and talks, too; a report of the kind we read has many likely triggers, in the headline first of all.
    """
    if not found:
        return np.zeros((0, len(WEIGHED)))
    types = np.array([c.types for c in found]).astype(np.float64)
    event = types.sum(axis=1)
    best = types.argmax(axis=1)
    line = np.array([c.candidate.line.number for c in found])
    top = np.sort(event)[::-1][: min(_TOP, len(scene.lines))].mean()
    density = event.sum() / len(scene.lines)
    head = max((e for e, c in zip(event, found, strict=True) if c.candidate.line.part == "headline"), default=0.0)
    own = types[np.arange(len(found)), best]
    beside, same_beside, same_far = _elsewhere(types, line)
    columns = (
        logits(event),
        logits(own),
        logits(top),
        np.log(density + 1e-3),
        head,
        beside,
        same_beside,
        same_far,
        [_prior(c.candidate) for c in found],
        [c.candidate.found.how == "exact" for c in found],
        [min(c.candidate.line.actor_count, 3) for c in found],
        np.log1p(event.sum()),
    )
    table = np.zeros((len(found), len(WEIGHED)))
    for at, column in enumerate(columns):
        table[:, at] = column
    table[np.arange(len(found)), len(columns) + best] = 1
    return table


def _prior(candidate: Candidate) -> float:
    return max((e.prior for e in candidate.entries if e.type != "NONE"), default=0.0)


def _elsewhere(types: FloatTable, line: Numbers) -> tuple[FloatTable, FloatTable, FloatTable]:
    """The likeliest other candidate of each one's sentence, of its type there, and of its type in other sentences: three times (candidates,).

    Args:
        types: (candidates, types).
        line: (candidates,), the number of each one's sentence, in reading order.
    """
    every, best = np.arange(len(line)), types.argmax(axis=1)
    _, first, row = np.unique(line, return_index=True, return_inverse=True)
    place = every - first[row]
    # A table of sentences, padded with zeros, in which each candidate in turn finds those beside it.
    laid = np.zeros((len(first), int(place.max()) + 1, types.shape[1]))
    laid[row, place] = types
    events = np.zeros(laid.shape[:2])
    events[row, place] = types.sum(axis=1)
    beside, same = events[row], laid[row, :, best]
    beside[every, place] = same[every, place] = 0
    highest = laid.max(axis=1)
    leader = highest.argmax(axis=0)
    others = highest.copy()
    others[leader, np.arange(types.shape[1])] = 0
    far = np.where(leader[best] == row, others.max(axis=0)[best], highest.max(axis=0)[best])
    return beside.max(axis=1), same.max(axis=1), far


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
