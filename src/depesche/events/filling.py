"""Who, where, when, according to whom, and whether it really happened: the models' answers for one trigger at a time, in reading order."""

from collections.abc import Sequence
from math import exp, inf, log
from typing import NamedTuple, get_args

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.events.circumstances import PlaceOptions, TimeOptions
from depesche.events.consensus import Consensus, answers_of
from depesche.events.detecting import Detected
from depesche.events.model import Linear, linear
from depesche.events.ontology import mutual_types
from depesche.events.options import ActorOptions, Mentions, SourceOptions
from depesche.events.relations import Option, Parts, Question, Told, asked, event_table
from depesche.events.scene import Scene
from depesche.events.status import StatusParts
from depesche.record import Evidence, Span, Status

STATUSES: tuple[Status, ...] = get_args(Status)
_FAR = 0.4
"""An actor of another sentence must be so sure: what is carried on wrongly once is carried on for the rest of the report."""


_HOPELESS = -3.0
"""A role whose sum stays so far below that of none has less than a twentieth of a chance, whatever the other."""


_PARTIES = 2
"""An act of several sides has two at least."""
_BESIDE = 0.6
"""How sure one must be of a further actor on the same side: most acts have one agent, and who stands near by is easily taken for another."""


class Filled(msgspec.Struct, frozen=True):
    """A trigger with everything that was found of its event."""

    detected: Detected
    told: Told
    status: Status
    evidence: Evidence


class Chosen(msgspec.Struct, frozen=True):
    """What one model chose: values with the mentions they rest on."""

    values: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def value(self) -> str | None:
        """The only value, if any."""
        return self.values[0] if self.values else None

    @property
    def span(self) -> Span | None:
        """Where it stands, if anywhere."""
        return self.spans[0] if self.spans else None


NOTHING = Chosen()


class _Side(NamedTuple):
    """An actor of one side of an act, with the chance that it is."""

    actor: str
    span: Span | None
    sure: float


class Sums:
    """What a model makes of the parts of a report's options: by class and part, the summed weights beyond those of the last class."""

    def __init__(self, model: Linear, parts: Parts) -> None:
        scores = model.of_facts(parts.facts, items=parts.count) / model.temperature
        self.threshold = model.threshold
        self.hopeless = max(_HOPELESS, _least_sum(model.threshold))
        self._beyond = [column.__getitem__ for column in (scores[:, :-1] - scores[:, -1:]).T.tolist()]

    def of(self, options: Sequence[Option]) -> list[list[float]]:
        """The sums of some options, by class but the last."""
        return [[sum(map(of_part, option.parts)) for option in options] for of_part in self._beyond]


class Judged(NamedTuple):
    """The options of a slot with their chances, and the likeliest, the first of equals, if it is likely enough."""

    options: Sequence[Option]
    chances: Sequence[float]
    best: Chosen

    @classmethod
    def of(cls, options: Sequence[Option], sums: Sums) -> "Judged":
        """What a model makes of some options."""
        if not options:
            return cls((), (), NOTHING)
        chances = [_chance_beyond(beyond) for beyond in sums.of(options)[0]]
        highest = max(chances)
        if highest <= sums.threshold:
            return cls(options, chances, NOTHING)
        option = options[chances.index(highest)]
        return cls(options, chances, Chosen((option.value,), () if option.span is None else (option.span,)))


class Choices:
    """All options of a report's events."""

    def __init__(self, questions: Sequence[Question], scene: Scene) -> None:
        events = event_table(questions)
        mentions = Mentions(questions, scene, events=events)
        self.actors = ActorOptions(questions, scene, mentions=mentions, events=events)
        self.sources = SourceOptions(questions, scene, mentions=mentions, events=events)
        self.places = PlaceOptions(questions, scene, events=events)
        self.times = TimeOptions(questions, scene, events=events)


def fill(detected: Sequence[Detected], scene: Scene) -> list[Filled]:
    """Complete events, in reading order; each sees the earlier one of its type."""
    if not detected:
        return []
    questions = asked([(found.trigger, found.type) for found in detected])
    choices = Choices(questions, scene)
    roles, sources = Sums(linear("roles"), choices.actors.parts), Sums(linear("sources"), choices.sources.parts)
    places, times = Sums(linear("places"), choices.places.parts), Sums(linear("times"), choices.times.parts)
    latest: dict[str, Told] = {}
    first: list[_First] = []
    for number, found in enumerate(detected):
        told = Told(found.trigger, found.type, latest.get(found.type))
        agents, recipients = roles_of(told, choices.actors.of(number, told), sums=roles)
        told = msgspec.structs.replace(told, agents=agents.values, recipients=recipients.values)
        place = Judged.of(choices.places.of(number, told), places)
        when = Judged.of(choices.times.of(number, told), times)
        source = Judged.of(choices.sources.of(number, told), sources)
        told = msgspec.structs.replace(told, place=place.best.value, when=when.best.value, source=source.best.value)
        latest[found.type] = told
        evidence = Evidence(
            agents=agents.spans, recipients=recipients.spans, place=place.best.span, source=source.best.span
        )
        first.append(_First(told, evidence, when, source))
    consensus = Consensus(
        questions,
        scene,
        statuses=status_chances(questions, scene),
        times=answers_of([one.when for one in first]),
        spoken=[max(one.source.chances, default=0.0) for one in first],
    )
    rows = zip(detected, first, consensus.when, consensus.statuses, strict=True)
    return [_filled(found, one, when=when, status=STATUSES[status]) for found, one, when, status in rows]


class _First(NamedTuple):
    """The first answers about one event: what is told of it so far, the evidence, and how likely each time and speaker is."""

    told: Told
    evidence: Evidence
    when: Judged
    source: Judged


def _filled(found: Detected, first: _First, *, when: Option | None, status: Status) -> Filled:
    """The event with the time of the last look."""
    value, span = (None, None) if when is None else (when.value, when.span)
    told, evidence = first.told, first.evidence
    return Filled(
        found, msgspec.structs.replace(told, when=value), status, msgspec.structs.replace(evidence, when=span)
    )


def roles_of(told: Told, options: Sequence[Option], *, sums: Sums) -> tuple[Chosen, Chosen]:
    """Agents and recipients: each actor has the role of its best mention; in mutual types all sides are agents."""
    best: dict[str, tuple[float, float, Span | None]] = {}
    for option, *beyond in zip(options, *sums.of(options), strict=True):
        agent, recipient = chances_beyond(beyond) if max(beyond) > sums.hopeless else (0.0, 0.0)
        known = best.get(option.value)
        if known is None or agent + recipient > known[0] + known[1]:
            best[option.value] = (agent, recipient, option.span)
    mutual = told.type in mutual_types()
    sides: tuple[list[_Side], list[_Side]] = ([], [])
    for actor, (agent, recipient, span) in best.items():
        if agent + recipient <= sums.threshold:
            continue
        near = span is not None and told.trigger.line.span.holds(span)
        least = sums.threshold if near else max(sums.threshold, _FAR)
        sure = agent + recipient if mutual else max(agent, recipient)
        if sure > least:
            sides[0 if mutual or agent >= recipient else 1].append(_Side(actor, span, sure))
    return _chosen(sides[0], likely=_PARTIES if mutual else 1), _chosen(sides[1], likely=1)


def _least_sum(threshold: float) -> float:
    """An option none of whose two sums is higher than this stays below a threshold for both together."""
    return log(threshold / (1 - threshold) / 2) - _MARGIN if 0 < threshold < 1 else -inf


_MARGIN = 1e-6
"""More than what is lost by rounding."""


def _chance_beyond(beyond: float) -> float:
    """The probability of the first of two classes, from what its sum is beyond the other's: options are many."""
    if beyond > 0:
        return 1 / (1 + exp(-beyond))
    raised = exp(beyond)
    return raised / (raised + 1)


def chances_beyond(beyond: Sequence[float]) -> list[float]:
    """The probabilities of all classes but the last, from what their sums are beyond its."""
    highest = max(0.0, *beyond)
    raised = [exp(one - highest) for one in beyond]
    total = sum(raised) + exp(-highest)
    return [one / total for one in raised]


def _chosen(side: Sequence[_Side], *, likely: int) -> Chosen:
    """The surest so many of a side, and of the others those that are sure enough to stand beside them."""
    surest = sorted((one.sure for one in side), reverse=True)[:likely]
    kept = [one for one in side if one.sure > _BESIDE or one.sure in surest]
    return Chosen(tuple(one.actor for one in kept), tuple(one.span for one in kept if one.span is not None))


def status_chances(questions: Sequence[Question], scene: Scene) -> npt.NDArray[np.float64]:
    """How likely each event has each status, looked at by itself: (events, `STATUSES`)."""
    known = StatusParts(questions, scene)
    model = linear("status")
    scores = model.of_facts(known.parts.facts, items=known.parts.count)[np.array(known.of)].sum(axis=1)
    return model.probabilities(scores).astype(np.float64)
