"""Train all event models: `python -m training.events.train GOLD_FOLDER DATA_FOLDER NEWS_FILE`, in five minutes on one core.

GOLD_FOLDER holds `train.jsonl` and `train.input.jsonl`; DATA_FOLDER the corpora of which single sentences were coded (`sentences/`); NEWS_FILE
the texts of the coded reports (`reports/`), as `training.events.wikinews` writes them. Thresholds are chosen by cross-validation over the reports
of the gold; of that nothing else is read. Writes `src/depesche/models/events/*.npz`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold
from training.events.coded import (
    Coded,
    CodedActor,
    CodedEvent,
    fold,
    likeness,
    place_names,
    read_coded,
    read_marked,
    read_silence,
)
from training.events.cutting import cut_up
from training.events.fitting import FOLDS, Examples, as_linear, best_choice, best_threshold, out_of_fold, write
from training.events.reports import read_reports
from training.events.sentences import read_sentences
from training.events.spotting import Text, spotting

from depesche.events.circumstances import PlaceOptions, TimeOptions
from depesche.events.filling import STATUSES, Choices, Sums, best_of, roles_of
from depesche.events.model import Linear
from depesche.events.ontology import mutual_types
from depesche.events.options import ROLES, SourceOptions
from depesche.events.relations import Option, Question, Told, asked
from depesche.events.status import StatusParts

Floats = npt.NDArray[np.float64]
TRIGGER_FILES = ("germeval_*", "weblogs", "defence")
"""The coded sentences from which the trigger model learns: all but those of the wire reports, which are denser in acts than the gold."""
ASIDE = 0.4
"""What a place or speaker of such a sentence counts."""
CHOOSING = 2.0
"""What a report counts in the second look by which thresholds are chosen."""
WRITTEN = 0.3
"""What a report written for training counts in the second look."""
MORE = "_more-"
"""Written reports so dense in acts that only what is asked of an act is learned from them, not what is one."""


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
            after = msgspec.structs.replace(after, place=best_of(places.of(number, told), places_sums).value)
        if times_sums is not None:
            after = msgspec.structs.replace(after, when=best_of(times.of(number, told), times_sums).value)
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


def link_examples(reports: Sequence[Coded], chains: Sequence[Chain], *, kind: str) -> Examples:
    """Every place, time or speaker that may belong to a coded event."""
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


def main() -> None:
    """Train and write."""
    gold, data, texts = (Path(argument) for argument in sys.argv[1:4])
    here = Path(__file__).parent
    reports, silence = read_coded(gold, "train"), read_silence(here)
    news, translated = read_reports(here / "reports", texts), read_marked(here, pattern="translated_*.txt")
    written = read_marked(here, pattern="coded_*.txt")
    usual = [coded for coded in written if coded.report is not None and MORE not in coded.report.id]
    alone = {
        pattern: read_sentences(data, here / "sentences", pattern=pattern) for pattern in (*TRIGGER_FILES, "wire_*")
    }
    learned = [coded for pattern in TRIGGER_FILES for coded in alone[pattern]]
    choosing = len(reports) + len(silence)
    whole = [
        Text(c, n, weight=CHOOSING if n < choosing else 1.0, choosing=n < choosing)
        for n, c in enumerate([*reports, *silence, *news, *translated])
    ]
    others = [Text(c, len(whole) + n, weight=WRITTEN) for n, c in enumerate(usual)]
    others += [Text(c, len(whole) + len(usual) + n, choosing=True, alone=True) for n, c in enumerate(learned)]
    spotting([*whole, *others, *cut(whole)])
    every = [coded for found in alone.values() for coded in found if coded.report is not None and coded.report.events]
    relations([*reports, *news, *translated, *written, *every], choosing=len(reports))


def cut(whole: Sequence[Text]) -> list[Text]:
    """The sentences of some reports, to be looked at as texts of their own."""
    return [
        Text(coded, whole[number].origin, learned=False, choosing=whole[number].choosing, alone=True)
        for number, coded in cut_up([text.coded for text in whole])
    ]


def relations(reports: Sequence[Coded], *, choosing: int) -> None:
    """Train and write what says who, where, when, how real and according to whom.

    Args:
        reports: with their codings.
        choosing: the first so many reports choose the thresholds, but for places and times.
    """
    whole = [coded for coded in reports if not coded.alone]
    chains = [*answered(whole), *[CODED] * (len(reports) - len(whole))]
    placed = [n for n, coded in enumerate(reports) if not coded.marked or coded.alone or coded.placed]
    timed = [n for n, coded in enumerate(reports) if coded.scene.published and not coded.marked and not coded.alone]
    plans = {
        "roles": role_examples(reports, chains),
        "places": link_examples([reports[n] for n in placed], [chains[n] for n in placed], kind="places"),
        "times": link_examples([reports[n] for n in timed], [chains[n] for n in timed], kind="times"),
        "sources": link_examples(reports, chains, kind="sources"),
        "status": status_examples(reports),
    }
    # How often a report tells where and when differs from collection to collection: there all real reports choose, which stand first.
    real = sum(not coded.marked and not coded.alone for coded in reports)
    judges = {"places": real, "times": len(timed)}
    for name, examples in plans.items():
        judged = judges.get(name, choosing)
        chances = out_of_fold(examples, strength=STRENGTH[name], judged=judged)
        kept = np.array(examples.reports) < judged
        if name == "status":
            right = (chances.argmax(axis=1) == np.array(examples.labels))[kept].mean()
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated accuracy {100 * right:.1f}")
            threshold = 0.5
        else:
            threshold, score = best_choice(examples, chances, kept=kept)
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated F1 {100 * score:.1f} at {threshold:.3f}")
        write(name, as_linear(examples, strength=STRENGTH[name], threshold=threshold))


if __name__ == "__main__":
    main()
