"""Train all event models: `python -m training.events.train GOLD_FOLDER DATA_FOLDER NEWS_FILE`, in ten minutes on one core.

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
from training.events.fitting import (
    FOLDS,
    Examples,
    Recipe,
    as_linear,
    best_choice,
    best_threshold,
    grown,
    out_of_fold,
    write,
)
from training.events.reports import read_reports
from training.events.sentences import read_sentences

from depesche.events.chances import Chance, surest
from depesche.events.context import context_features
from depesche.events.detecting import LEAST
from depesche.events.filling import ROLES, STATUSES, best_of, roles_of
from depesche.events.model import MODELS, Linear
from depesche.events.ontology import TYPES, mutual_types
from depesche.events.options import Option, actor_options, place_options, source_options, time_options
from depesche.events.relations import Told
from depesche.events.second_look import judged, weighed
from depesche.events.status import status_features
from depesche.events.triggers import word_features

Floats = npt.NDArray[np.float64]
TRIGGER_FILES = ("germeval_*", "weblogs", "defence")
"""The coded sentences from which the trigger model learns: all but those of the wire reports, which are denser in acts than the gold."""
SENTENCE = 0.7
"""What an example from a sentence coded alone, or from a report written for training, counts beside one from a real report."""
ASIDE = 0.4
"""What a place or speaker of such a sentence counts."""
ENOUGH = 250
"""A type with so many examples stands on its own feet; of a rarer one each counts the more, up to `MOST_LIFT` times."""
MOST_LIFT = 5.0
MORE = "_more-"
"""Written reports so dense in acts that only what is asked of an act is learned from them, not what is one."""
WRITTEN = 0.3
"""What a report written for training counts in the second look."""
THINNED = 0.3
"""Share of the words beyond the lexicon in sentences coded alone that are learned from, when they name no act; each counts the more."""
TREES = Recipe(rounds=150, leaves=4, rate=0.06, leaf=30, penalty=5.0)


def trigger_examples(reports: Sequence[Coded]) -> Examples:
    """Every candidate of every report; of the least telling ones in sentences coded alone a part."""
    found = Examples((*TYPES, "NONE"))
    chance = np.random.default_rng(0)
    for number, coded in enumerate(reports):
        usual = SENTENCE if coded.marked or coded.alone else 1.0
        learned = []
        for candidate in (c for line in coded.candidates for c in line):
            event = coded.triggers.get((candidate.line.number, candidate.at))
            weight = usual
            if coded.alone and event is None and not candidate.entries:
                if chance.random() > THINNED:
                    continue
                weight /= THINNED
            learned.append((candidate, event.type if event else "NONE", weight))
        around = context_features([candidate for candidate, _, _ in learned], coded.scene)
        for (candidate, label, weight), rows in zip(learned, around, strict=True):
            word = word_features(candidate.lemma, candidate.upos, found=candidate.found, language=coded.scene.language)
            found.add(word + rows, label, report=number, weight=weight)
    return found


def lift_rare(examples: Examples) -> None:
    """Let each act of a rare type count for several: a broken truce stands in few reports, and a model that saw few believes none."""
    often = np.bincount(examples.labels, minlength=len(examples.classes))
    lift = np.clip(ENOUGH / np.maximum(often, 1), 1, MOST_LIFT)
    examples.weights = [w * float(lift[label]) for w, label in zip(examples.weights, examples.labels, strict=True)]


class Chain(msgspec.Struct, frozen=True):
    """Models whose answers stand in the earlier events, as they do when a report is read; None: the coded answers."""

    roles: Linear | None = None
    places: Linear | None = None
    times: Linear | None = None


CODED = Chain()


def chance_lists(reports: Sequence[Coded], probabilities: Floats) -> list[list[Chance]]:
    """The candidates of each report with probabilities of its examples, as the reader sees them."""
    rows = iter(probabilities)
    return [
        [
            Chance(candidate, next(rows)[: len(TYPES)].astype(np.float32))
            for line in coded.candidates
            for candidate in line
        ]
        for coded in reports
    ]


def second_look(
    reports: Sequence[Coded], lists: Sequence[Sequence[Chance]], *, weight: Sequence[float], choosing: int
) -> None:
    """Fit and write the model that looks at each trigger again, with the whole report in view; thresholds from the first `choosing` reports only.

    It learns whether the likeliest type is the right one, not whether there is an event at all: what is said is the type.
    """
    tables, right, numbers = [], [], []
    for number, (coded, chances) in enumerate(zip(reports, lists, strict=True)):
        likely = [c for c in chances if c.event > LEAST]
        tables.append(weighed(likely, coded.scene))
        for chance in likely:
            event = coded.triggers.get((chance.candidate.line.number, chance.candidate.at))
            right.append(event is not None and event.type == surest(chance)[0])
            numbers.append(number)
    table, kind = np.concatenate(tables), np.array(right)
    origin = np.array(numbers)
    importance = np.array(weight)[origin]
    sure = np.zeros(len(kind))
    for learn, test in GroupKFold(FOLDS).split(table, kind, origin):
        sure[test] = judged(grown(table[learn], kind[learn], recipe=TREES, weights=importance[learn]), table[test])
    real = np.array([n < choosing and coded.report is not None for n, coded in enumerate(reports)])[origin]
    total = sum(len(c.report.events) for c in reports[:choosing] if c.report is not None)
    best = max(
        (2 * (kind & real & (sure > t)).sum() / ((real & (sure > t)).sum() + total), t)
        for t in np.arange(0.14, 0.6, 0.02)
    )
    tops = [
        (sure[origin == n].max(initial=0.0), coded.report is not None and bool(coded.report.events))
        for n, coded in enumerate(reports[:choosing])
    ]
    gates = np.arange(best[1], 0.9, 0.01)
    right_at = np.array([sum((top > g) == has for top, has in tops) for g in gates])
    gate = float(np.median(gates[right_at >= right_at.max() - 2]))  # the middle of the plateau, not its luckiest point
    print(
        f"second look: cross-validated F1 {100 * best[0]:.1f} at {best[1]:.2f}, gate {gate:.2f}, reports right {sum((t > gate) == h for t, h in tops)} of {len(tops)}"
    )
    forest = grown(table, kind, recipe=TREES, weights=importance)
    arrays = msgspec.structs.asdict(forest) | {"least": np.float32(best[1]), "gate": np.float32(gate)}
    np.savez_compressed(MODELS / "reports.npz", allow_pickle=False, **arrays)


def told_events(coded: Coded, chain: Chain = CODED) -> list[tuple[Told, CodedEvent]]:
    """The coded events in terms of our actors and places, each with the one of its type before it."""
    latest: dict[str, Told] = {}
    found = []
    by_position = {(c.line.number, c.at): c for line in coded.candidates for c in line}
    for position, event in sorted(coded.triggers.items()):
        told = as_coded(Told(by_position[position], event.type, latest.get(event.type)), event, coded)
        after = told
        if chain.roles is not None:
            agents, recipients = roles_of(told, coded.scene, chain.roles)
            after = msgspec.structs.replace(after, agents=agents.values, recipients=recipients.values)
        if chain.places is not None:
            after = msgspec.structs.replace(after, place=best_of(place_options(told, coded.scene), chain.places).value)
        if chain.times is not None:
            after = msgspec.structs.replace(after, when=best_of(time_options(told, coded.scene), chain.times).value)
        found.append((after, event))
        latest[event.type] = after
    return found


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
        for told, event in told_events(coded, chains[number]):
            group += 1
            for option in actor_options(told, coded.scene):
                if coded.alone and not stands_here(option, told):
                    continue
                key = coded.stands_for.get(option.value)
                role = "agent" if key in event.agents else "recipient" if key in event.recipients else "none"
                if role == "recipient" and event.type in mutual_types():
                    role = "agent"
                found.add(option.rows, role, report=number, group=group, value=option.value)
    return found


def link_examples(reports: Sequence[Coded], chains: Sequence[Chain], *, kind: str) -> Examples:
    """Every place, time or speaker that may belong to a coded event."""
    options = {"places": place_options, "times": time_options, "sources": source_options}[kind]
    found = Examples(("yes", "no"))
    group = 0
    for number, coded in enumerate(reports):
        for told, event in told_events(coded, chains[number]):
            group += 1
            for option in options(told, coded.scene):
                if coded.alone and not stands_here(option, told):
                    continue
                label = "yes" if fits(option, event, coded, kind) else "no"
                weight = ASIDE if coded.alone else 1.0
                found.add(option.rows, label, report=number, group=group, value=option.value, weight=weight)
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


def status_examples(reports: Sequence[Coded], chains: Sequence[Chain]) -> Examples:
    """Every coded event."""
    found = Examples(STATUSES)
    for number, coded in enumerate(reports):
        for told, event in told_events(coded, chains[number]):
            found.add(status_features(told, coded.scene), event.status, report=number)
    return found


STRENGTH = {"triggers": 0.05, "roles": 0.1, "places": 0.1, "times": 0.1, "sources": 0.1, "status": 0.1}
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
    reports, silence, marked = read_coded(gold, "train"), read_silence(here), read_marked(here)
    news = read_reports(here / "reports", texts)
    usual = [coded for coded in marked if coded.report is not None and MORE not in coded.report.id]
    whole = [*reports, *silence, *news, *usual]
    alone = {
        pattern: read_sentences(data, here / "sentences", pattern=pattern) for pattern in (*TRIGGER_FILES, "wire_*")
    }
    learned = [coded for pattern in TRIGGER_FILES for coded in alone[pattern]]
    triggers = trigger_examples([*whole, *learned])
    lift_rare(triggers)
    chances = out_of_fold(triggers, strength=STRENGTH["triggers"], judged=len(whole))
    write("triggers", as_linear(triggers, strength=STRENGTH["triggers"]))
    weight = [1.0] * (len(reports) + len(silence) + len(news)) + [WRITTEN] * len(usual)
    second_look(whole, chance_lists(whole, chances), weight=weight, choosing=len(reports) + len(silence))
    every = [coded for found in alone.values() for coded in found if coded.report is not None and coded.report.events]
    relations([*reports, *news, *marked, *every], choosing=len(reports))


def relations(reports: Sequence[Coded], *, choosing: int) -> None:
    """Train and write what says who, where, when, how real and according to whom.

    Args:
        reports: with their codings.
        choosing: the first so many reports choose the thresholds.
    """
    whole = [coded for coded in reports if not coded.alone]
    chains = [*answered(whole), *[CODED] * (len(reports) - len(whole))]
    placed = [n for n, coded in enumerate(reports) if not coded.marked or coded.alone or coded.placed]
    timed = [n for n, coded in enumerate(reports) if not coded.marked and not coded.alone]
    plans = {
        "roles": role_examples(reports, chains),
        "places": link_examples([reports[n] for n in placed], [chains[n] for n in placed], kind="places"),
        "times": link_examples([reports[n] for n in timed], [chains[n] for n in timed], kind="times"),
        "sources": link_examples(reports, chains, kind="sources"),
        "status": status_examples(reports, chains),
    }
    for name, examples in plans.items():
        chances = out_of_fold(examples, strength=STRENGTH[name], judged=choosing)
        kept = np.array(examples.reports) < choosing
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
