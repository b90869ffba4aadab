"""Who, where, when, according to whom, and whether it really happened: the models' answers for one trigger at a time, in reading order."""

from collections.abc import Iterable
from typing import get_args

import msgspec

from depesche.events.detecting import Detected
from depesche.events.model import Linear, linear
from depesche.events.ontology import mutual_types
from depesche.events.options import Option, actor_options, place_options, source_options, time_options
from depesche.events.relations import Told
from depesche.events.scene import Scene
from depesche.events.status import status_features
from depesche.record import Evidence, Span, Status

STATUSES: tuple[Status, ...] = get_args(Status)
_FAR = 0.5
"""An actor of another sentence must be so sure: what is carried on wrongly once is carried on for the rest of the report."""
ROLES = ("agent", "recipient", "none")


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


def fill(detected: Iterable[Detected], scene: Scene) -> list[Filled]:
    """Complete events, in reading order; each sees the earlier one of its type."""
    latest: dict[str, Told] = {}
    done = []
    for found in detected:
        told = Told(found.trigger, found.type, latest.get(found.type))
        agents, recipients = roles_of(told, scene, linear("roles"))
        told = msgspec.structs.replace(told, agents=agents.values, recipients=recipients.values)
        place = best_of(place_options(told, scene), linear("places"))
        when = best_of(time_options(told, scene), linear("times"))
        source = best_of(source_options(told, scene), linear("sources"))
        told = msgspec.structs.replace(told, place=place.value, when=when.value, source=source.value)
        latest[found.type] = told
        evidence = Evidence(
            agents=agents.spans, recipients=recipients.spans, place=place.span, when=when.span, source=source.span
        )
        done.append(Filled(found, told, _status(told, scene), evidence))
    return done


def roles_of(told: Told, scene: Scene, model: Linear) -> tuple[Chosen, Chosen]:
    """Agents and recipients: each actor has the role of its best mention; in mutual types all sides are agents."""
    best: dict[str, tuple[float, float, Span | None]] = {}
    options = list(actor_options(told, scene))
    chances = model.probabilities(model.scores([o.rows for o in options])).tolist()
    for option, (agent, recipient, _) in zip(options, chances, strict=True):
        known = best.get(option.value)
        if known is None or agent + recipient > known[0] + known[1]:
            best[option.value] = (agent, recipient, option.span)
    mutual = told.type in mutual_types()
    agents: list[tuple[str, Span | None]] = []
    recipients: list[tuple[str, Span | None]] = []
    for actor, (agent, recipient, span) in best.items():
        near = span is not None and told.trigger.line.span.holds(span)
        least = model.threshold if near else max(model.threshold, _FAR)
        if mutual and agent + recipient > least:
            agents.append((actor, span))
        elif not mutual and max(agent, recipient) > least:
            (agents if agent >= recipient else recipients).append((actor, span))
    return _chosen(agents), _chosen(recipients)


def _chosen(pairs: list[tuple[str, Span | None]]) -> Chosen:
    return Chosen(tuple(value for value, _ in pairs), tuple(span for _, span in pairs if span is not None))


def best_of(options: Iterable[Option], model: Linear) -> Chosen:
    """The likeliest option, if it is likely enough."""
    found, sure = NOTHING, model.threshold
    options = list(options)
    chances = model.probabilities(model.scores([o.rows for o in options]))[:, 0].tolist()
    for option, chance in zip(options, chances, strict=True):
        if chance > sure:
            found, sure = Chosen((option.value,), () if option.span is None else (option.span,)), chance
    return found


def _status(told: Told, scene: Scene) -> Status:
    model = linear("status")
    chances = model.probabilities(model.score(status_features(told, scene)))
    return STATUSES[int(chances.argmax())]
