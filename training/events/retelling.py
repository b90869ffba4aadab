"""The coded reports as questions and answers: who, where, when, how real and according to whom, with all options that our stages find."""

from collections.abc import Sequence

import msgspec
import numpy as np
from sklearn.model_selection import GroupKFold
from training.events.coded import Coded, CodedActor, CodedEvent, fold, likeness, place_names
from training.events.fitting import FOLDS, Examples, as_linear, best_threshold, out_of_fold

from depesche.events.circumstances import PlaceOptions, TimeOptions
from depesche.events.filling import STATUSES, Choices, Judged, Sums, roles_of
from depesche.events.model import Linear
from depesche.events.ontology import mutual_types
from depesche.events.options import ROLES, SourceOptions
from depesche.events.relations import Option, Question, Told, asked
from depesche.events.status import StatusParts

ASIDE = 0.4
"""What a place or speaker of a sentence coded by itself counts."""


class Chain(msgspec.Struct, frozen=True):
    """Models whose answers stand in the earlier events, as they do when a report is read; None: the coded answers."""

    roles: Linear | None = None
    places: Linear | None = None
    times: Linear | None = None


CODED = Chain()


class Retold(msgspec.Struct, frozen=True):
    """The coded events of a report with all that may fill them, and each event in terms of our actors and places."""

    questions: list[Question]
    choices: Choices
    events: list[tuple[Told, CodedEvent]]


def retold(coded: Coded, chain: Chain = CODED) -> Retold:
    """The coded events of a report that has some, each with the one of its type before it."""
    by_position = {(c.line.number, c.at): c for line in coded.candidates for c in line}
    events = [(by_position[position], event) for position, event in sorted(coded.triggers.items())]
    questions = asked([(trigger, event.type) for trigger, event in events])
    choices = Choices(questions, coded.scene)
    actors, places, times = choices.actors, choices.places, choices.times
    roles_sums = None if chain.roles is None else Sums(chain.roles, actors.parts)
    places_sums = None if chain.places is None else Sums(chain.places, places.parts)
    times_sums = None if chain.times is None else Sums(chain.times, times.parts)
    latest: dict[str, Told] = {}
    found = []
    for number, (trigger, event) in enumerate(events):
        told = as_coded(Told(trigger, event.type, latest.get(event.type)), event, coded)
        after = told
        if roles_sums is not None:
            agents, recipients = roles_of(told, actors.of(number, told), sums=roles_sums)
            after = msgspec.structs.replace(after, agents=agents.values, recipients=recipients.values)
        if places_sums is not None:
            after = msgspec.structs.replace(after, place=Judged.of(places.of(number, told), places_sums).best.value)
        if times_sums is not None:
            after = msgspec.structs.replace(after, when=Judged.of(times.of(number, told), times_sums).best.value)
        found.append((after, event))
        latest[event.type] = after
    return Retold(questions, choices, found)


def as_coded(told: Told, event: CodedEvent, coded: Coded) -> Told:
    """The event with the coded actors, place and time, as far as our stages found them."""
    ours: dict[str, list[str]] = {}
    for actor, key in coded.stands_for.items():
        ours.setdefault(key, []).append(actor)
    options = [m.place.id for m in coded.scene.possible_places]
    place = next((p for p in options if event.place and fold(event.place) in place_names(coded.scene, p)), None)
    return msgspec.structs.replace(
        told,
        agents=tuple(a for key in event.agents for a in ours.get(key, ())),
        recipients=tuple(a for key in event.recipients for a in ours.get(key, ())),
        place=place,
        when=event.when,
    )


def role_examples(reports: Sequence[Coded], chains: Sequence[Chain]) -> Examples:
    """Every actor that may be agent or recipient of a coded event."""
    found = Examples(ROLES)
    group = 0
    for number, coded in enumerate(reports):
        if not coded.triggers:
            continue
        report = retold(coded, chains[number])
        actors = report.choices.actors
        for at, (told, event) in enumerate(report.events):
            group += 1
            for option in actors.of(at, told):
                if coded.alone and not stands_here(option, told):
                    continue
                key = coded.stands_for.get(option.value)
                role = "agent" if key in event.agents else "recipient" if key in event.recipients else "none"
                if role == "recipient" and event.type in mutual_types():
                    role = "agent"
                found.add(actors.parts.rows_of(option.parts), role, report=number, group=group, value=option.value)
    return found


def link_examples(
    reports: Sequence[Coded], chains: Sequence[Chain], *, kind: str, of_use: Sequence[bool] | None = None
) -> Examples:
    """Every place, time or speaker that may belong to a coded event; those of reports that say nothing of it (`of_use`) count nothing."""
    found = Examples(("yes", "no"))
    group = 0
    for number, coded in enumerate(reports):
        if not coded.triggers:
            continue
        report = retold(coded, chains[number])
        by_kind: dict[str, PlaceOptions | TimeOptions | SourceOptions] = {
            "places": report.choices.places, "times": report.choices.times, "sources": report.choices.sources,
        }  # fmt: skip
        choices = by_kind[kind]
        for at, (told, event) in enumerate(report.events):
            group += 1
            for option in choices.of(at, told):
                if coded.alone and not stands_here(option, told):
                    continue
                label = "yes" if fits(option, event, coded, kind) else "no"
                weight = ASIDE if coded.alone else 1.0
                if of_use is not None and not of_use[number]:
                    weight = 0.0
                rows = choices.parts.rows_of(option.parts)
                found.add(rows, label, report=number, group=group, value=option.value, weight=weight)
    return found


def stands_here(option: Option, told: Told) -> bool:
    """Whether the mention is in the trigger's sentence."""
    return option.span is not None and told.trigger.line.span.holds(option.span)


def fits(option: Option, event: CodedEvent, coded: Coded, kind: str) -> bool:
    """Whether an option is what was coded."""
    if kind == "places":
        return event.place is not None and fold(event.place) in place_names(coded.scene, option.value)
    if kind == "times":
        return event.when is not None and option.value.split("T")[0] == event.when.split("T")[0]
    assert coded.report is not None
    if event.source is None:
        return False
    if event.source in coded.report.actors:
        return coded.stands_for.get(option.value) == event.source
    texts = {
        coded.article.quote(m.span) for line in coded.scene.lines for m in line.actors if m.actor.id == option.value
    }
    return likeness(CodedActor(event.source, "other"), coded.scene.actors[option.value], texts) > 0


def status_examples(reports: Sequence[Coded]) -> Examples:
    """Every coded event."""
    found = Examples(STATUSES)
    for number, coded in enumerate(reports):
        if not coded.triggers:
            continue
        report = retold(coded)
        known = StatusParts(report.questions, coded.scene)
        for (_, event), parts in zip(report.events, known.of, strict=True):
            found.add(known.parts.rows_of(parts), event.status, report=number)
    return found


STRENGTH = {"roles": 0.3, "places": 0.3, "times": 0.3, "sources": 0.05, "status": 0.3}
"""Inverse of the penalty on large weights."""


def answered(reports: Sequence[Coded]) -> list[Chain]:
    """For each report, models that learned from the other folds: what stands in its earlier events is then as wrong as it will be."""
    plain = [CODED] * len(reports)
    examples = {"roles": role_examples(reports, plain)}
    coded = [report for report in reports if not report.marked]  # the marked ones say nothing of place and time
    examples |= {kind: link_examples(coded, plain, kind=kind) for kind in ("places", "times")}
    sure = {
        kind: best_threshold(e, out_of_fold(e, strength=STRENGTH[kind]), negative=e.classes[-1])
        for kind, e in examples.items()
    }
    chains = list(plain)
    for learn, test in GroupKFold(FOLDS).split(reports, groups=np.arange(len(reports))):
        models = {}
        for kind, all_of in examples.items():
            part = all_of.of_reports(set(learn.tolist()))
            models[kind] = as_linear(part, strength=STRENGTH[kind], threshold=sure[kind])
        for number in test:
            chains[number] = Chain(**models)
    return chains
