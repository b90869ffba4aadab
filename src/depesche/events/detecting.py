"""Which words of a report name an act, and of which type."""

import msgspec

from depesche.events.chances import Chance, chances, surest
from depesche.events.scene import Scene
from depesche.events.second_look import second_look, weighed
from depesche.events.triggers import Candidate
from depesche.record import EventType

LEAST = 0.02
"""Chance of being an event below which a word gets no second look."""
_REPORT = 4
"""A text of fewer sentences is no whole report: a second look that has learned from single sentences decides there."""


class Detected(msgspec.Struct, frozen=True):
    """A trigger.

    Attributes:
        confidence: probability that it names an event of this type, 0..1.
    """

    trigger: Candidate
    type: EventType
    mode: str | None
    confidence: float


def mode_of(candidate: Candidate, event_type: EventType) -> str | None:
    """The mode that the lexicon gives for this type, phrases first."""
    fitting = [e for e in candidate.entries if e.type == event_type]
    return max(fitting, key=lambda e: e.prior).mode if fitting else None


def detect(scene: Scene) -> list[Detected]:
    """The triggers of a report, in reading order; none where nothing in it is likely enough."""
    found = chances(scene, least=LEAST)
    if not found:
        return []
    model = second_look("reports" if len(scene.lines) >= _REPORT else "sentences")
    sure = model.probabilities(weighed(found, scene))
    if sure.max() <= model.gate:
        return []
    return [_detected(c, float(chance)) for c, chance in zip(found, sure, strict=True) if chance > model.least]


def _detected(chance: Chance, confidence: float) -> Detected:
    event_type, _ = surest(chance)
    return Detected(chance.candidate, event_type, mode_of(chance.candidate, event_type), round(confidence, 3))
