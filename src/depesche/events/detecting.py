"""Which words of a report name an act, and of which type."""

import msgspec

from depesche.events.chances import chances, surest
from depesche.events.scene import Scene
from depesche.events.second_look import second_look, weighed
from depesche.events.triggers import Candidate
from depesche.record import EventType

LEAST = 0.02
"""Chance of being an event below which a word gets no second look."""
_REPORT = 4
"""A text of fewer sentences is no whole report, and need not prove that it is about our subject."""


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
    found, model = [chance for chance in chances(scene) if chance.event > LEAST], second_look()
    if not found:
        return []
    sure = model.probabilities(weighed(found, scene))
    if len(scene.lines) >= _REPORT and sure.max(initial=0.0) <= model.gate:
        return []
    detected = []
    for chance, confidence in zip(found, sure, strict=True):
        if confidence > model.least:
            event_type, _ = surest(chance)
            mode = mode_of(chance.candidate, event_type)
            detected.append(Detected(chance.candidate, event_type, mode, round(float(confidence), 3)))
    return detected
