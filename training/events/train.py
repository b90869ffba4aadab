"""Train all event models: `python -m training.events.train GOLD_FOLDER [PATTERN]`, in a few minutes on one core.

GOLD_FOLDER holds `train.jsonl` and `train.input.jsonl`. Thresholds are chosen by cross-validation over reports; nothing else is read. Writes
`src/depesche/models/events/*.npz`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
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

from depesche.events.context import context_features
from depesche.events.detecting import Chance, surest, weighed
from depesche.events.filling import ROLES, STATUSES, best_of, roles_of
from depesche.events.model import MODELS, Linear
from depesche.events.ontology import TYPES, mutual_types
from depesche.events.options import Option, actor_options, place_options, source_options, time_options
from depesche.events.relations import Told
from depesche.events.slots import BITS, slot
from depesche.events.status import status_features
from depesche.events.triggers import word_features

Floats = npt.NDArray[np.float64]
FOLDS = 5
WRITTEN_FILES = "coded_??.txt"
WRITTEN = 1.0
"""What an example from a report written for training counts beside one from a real report."""
LEAST = 0.02
"""Chance of being an event below which the second look need not learn from a candidate."""


class Examples:
    """Rows of features with their labels, the report each comes from, and a group whose members compete."""

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes = tuple(classes)
        self.rows: list[list[int]] = []
        self.labels: list[int] = []
        self.reports: list[int] = []
        self.groups: list[int] = []
        self.values: list[str] = []
        self.weights: list[float] = []

    def add(self, rows: list[int], label: str, *, report: int, group: int = -1, value: str = "") -> None:
        """One example; `value` is what its group may choose by it."""
        self.values.append(value)
        self.weights.append(1.0)
        self.rows.append(rows)
        self.labels.append(self.classes.index(label))
        self.reports.append(report)
        self.groups.append(group)

    def of_reports(self, wanted: set[int]) -> "Examples":
        """Those of some reports."""
        found = Examples(self.classes)
        for rows, label, report, group in zip(self.rows, self.labels, self.reports, self.groups, strict=True):
            if report in wanted:
                found.add(rows, self.classes[label], report=report, group=group)
        return found

    def weigh(self, reports: Sequence[Coded]) -> "Examples":
        """The same; those from reports written for training count less than those from real ones."""
        self.weights = [WRITTEN if reports[number].marked else 1.0 for number in self.reports]
        return self

    @property
    def matrix(self) -> csr_matrix:
        """(examples, 2 ** BITS) counts."""
        ends = np.cumsum([0] + [len(r) for r in self.rows])
        flat = np.fromiter((i for r in self.rows for i in r), np.int32, ends[-1])
        found = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(self.rows), 1 << BITS))
        found.sum_duplicates()
        return found


def fitted(
    matrix: csr_matrix, labels: npt.NDArray[np.int64], *, strength: float, weights: Floats
) -> LogisticRegression:
    """A multinomial logistic regression; `strength` is the inverse of the penalty."""
    return LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(matrix, labels, weights)


def out_of_fold(examples: Examples, *, strength: float) -> Floats:
    """Probabilities of each example by a model that did not see its report: (examples, classes)."""
    matrix, labels, reports = examples.matrix, np.array(examples.labels), np.array(examples.reports)
    weights = np.array(examples.weights)
    found = np.zeros((len(labels), len(examples.classes)))
    for learn, test in GroupKFold(FOLDS).split(matrix, labels, reports):
        model = fitted(matrix[learn], labels[learn], strength=strength, weights=weights[learn])
        found[np.ix_(test, model.classes_)] = model.predict_proba(matrix[test])
    return found


def as_linear(examples: Examples, *, strength: float, threshold: float = 0.5) -> Linear:
    """A model fitted on all examples, in the form in which it is used."""
    model = fitted(examples.matrix, np.array(examples.labels), strength=strength, weights=np.array(examples.weights))
    weights = np.zeros((1 << BITS, len(examples.classes)), np.float32)
    if len(examples.classes) == 2:
        weights[:, 1] = model.coef_[0]
        weights[slot("bias"), 1] += model.intercept_[0]
    else:
        weights[:, model.classes_] = model.coef_.T
        # Every example has the feature "bias" once, so its row carries the intercept.
        weights[slot("bias"), model.classes_] += model.intercept_
        unseen = np.setdiff1d(np.arange(len(examples.classes)), model.classes_)
        weights[slot("bias"), unseen] = -20
    weights[np.abs(weights) < 1e-3] = 0
    return Linear(weights, classes=examples.classes, threshold=threshold)


def write(name: str, model: Linear) -> None:
    """Write a model's weights as half floats."""
    MODELS.mkdir(exist_ok=True, parents=True)
    np.savez_compressed(
        MODELS / f"{name}.npz",
        weights=model.weights.astype(np.float16),
        classes=np.array(model.classes),
        temperature=np.float32(model.temperature),
        threshold=np.float32(model.threshold),
    )


def trigger_examples(reports: Sequence[Coded]) -> Examples:
    """Every candidate of every report."""
    found = Examples((*TYPES, "NONE"))
    for number, coded in enumerate(reports):
        for line in coded.candidates:
            for candidate in line:
                event = coded.triggers.get((candidate.line.number, candidate.at))
                rows = word_features(
                    candidate.lemma, candidate.upos, found=candidate.found, language=coded.scene.language
                )
                rows = rows + context_features(candidate, coded.scene)
                found.add(rows, event.type if event else "NONE", report=number)
    return found


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


def second_look(reports: Sequence[Coded], lists: Sequence[Sequence[Chance]], *, weight: Sequence[float]) -> None:
    """Fit and write the model that looks at each trigger again, with the whole report in view; thresholds from coded reports and silence only."""
    tables, labels, right, numbers = [], [], [], []
    for number, (coded, chances) in enumerate(zip(reports, lists, strict=True)):
        likely = [c for c in chances if c.event > LEAST]
        tables.append(weighed(likely, coded.scene))
        for chance in likely:
            event = coded.triggers.get((chance.candidate.line.number, chance.candidate.at))
            labels.append(event is not None)
            right.append(event is not None and event.type == surest(chance)[0])
            numbers.append(number)
    table, label, kind = np.concatenate(tables), np.array(labels), np.array(right)
    origin = np.array(numbers)
    importance = np.array(weight)[origin]
    sure = np.zeros(len(label))
    for learn, test in GroupKFold(FOLDS).split(table, label, origin):
        model = LogisticRegression(C=1.0, max_iter=500).fit(table[learn], label[learn], importance[learn])
        sure[test] = model.predict_proba(table[test])[:, 1]
    real = np.array([coded.report is not None and not coded.marked for coded in reports])[origin]
    total = sum(len(c.report.events) for c in reports if c.report is not None and not c.marked)
    best = max(
        (2 * (kind & real & (sure > t)).sum() / ((real & (sure > t)).sum() + total), t)
        for t in np.arange(0.2, 0.6, 0.02)
    )
    tops = [
        (sure[origin == n].max(initial=0.0), coded.report is not None and bool(coded.report.events))
        for n, coded in enumerate(reports)
        if not coded.marked
    ]
    gates = np.arange(best[1], 0.9, 0.01)
    right_at = np.array([sum((top > g) == has for top, has in tops) for g in gates])
    gate = float(np.median(gates[right_at >= right_at.max() - 2]))  # the middle of the plateau, not its luckiest point
    print(
        f"second look: cross-validated F1 {100 * best[0]:.1f} at {best[1]:.2f}, gate {gate:.2f}, reports right {sum((t > gate) == h for t, h in tops)} of {len(tops)}"
    )
    model = LogisticRegression(C=1.0, max_iter=500).fit(table, label, importance)
    np.savez_compressed(
        MODELS / "reports.npz", weights=model.coef_[0], bias=model.intercept_[0], threshold=best[1], gate=gate
    )


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
    options = [m.place.id for m in coded.scene.place_mentions]
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
                label = "yes" if fits(option, event, coded, kind) else "no"
                found.add(option.rows, label, report=number, group=group, value=option.value)
    return found


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


def best_threshold(examples: Examples, chances: Floats, *, negative: str) -> tuple[float, float]:
    """The threshold with the best F1 of the labels other than the negative one, and that F1."""
    labels = np.array(examples.labels)
    none = examples.classes.index(negative)
    positive = np.delete(chances, none, axis=1)
    names = np.delete(np.arange(len(examples.classes)), none)
    answer, sure = names[positive.argmax(axis=1)], positive.max(axis=1) if negative != "NONE" else positive.sum(axis=1)
    best = (0.5, 0.0)
    for threshold in np.arange(0.1, 0.75, 0.025):
        said = sure > threshold
        right = (said & (answer == labels)).sum()
        score = 2 * right / max(1, said.sum() + (labels != none).sum())
        if score > best[1]:
            best = (float(threshold), float(score))
    return best


STRENGTH = {"triggers": 0.1, "roles": 0.1, "places": 0.1, "times": 0.1, "sources": 0.1, "status": 0.1}


def answered(reports: Sequence[Coded]) -> list[Chain]:
    """For each report, models that learned from the other folds: what stands in its earlier events is then as wrong as it will be."""
    plain = [CODED] * len(reports)
    examples = {"roles": role_examples(reports, plain)}
    coded = [report for report in reports if not report.marked]  # the marked ones say nothing of place and time
    examples |= {kind: link_examples(coded, plain, kind=kind) for kind in ("places", "times")}
    sure = {
        kind: best_threshold(e, out_of_fold(e, strength=STRENGTH[kind]), negative=e.classes[-1])[0]
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
    gold = Path(sys.argv[1])
    reports = read_coded(gold, "train")
    here = Path(__file__).parent
    silence, marked = read_silence(here), read_marked(here, pattern=sys.argv[2] if len(sys.argv) > 2 else WRITTEN_FILES)
    everything = [*reports, *silence, *marked]
    triggers = trigger_examples(everything).weigh(everything)
    chances = out_of_fold(triggers, strength=STRENGTH["triggers"])
    _, score = best_threshold(triggers, chances, negative="NONE")
    print(f"triggers   {len(triggers.rows):6} examples  cross-validated F1 {100 * score:.1f}")
    write("triggers", as_linear(triggers, strength=STRENGTH["triggers"]))
    weight = [1.0] * len(reports) + [1.0] * len(silence) + [0.3] * len(marked)
    second_look(everything, chance_lists(everything, chances), weight=weight)
    relations([*reports, *marked], judged=len(reports))


def relations(reports: Sequence[Coded], *, judged: int) -> None:
    """Train and write what says who, where, when, how real and according to whom; the first `judged` reports choose the thresholds."""
    chains = answered(reports)
    plans = {
        "roles": role_examples(reports, chains),
        "places": link_examples(reports[:judged], chains, kind="places"),
        "times": link_examples(reports[:judged], chains, kind="times"),
        "sources": link_examples(reports, chains, kind="sources"),
        "status": status_examples(reports, chains),
    }
    for name, examples in plans.items():
        examples.weigh(reports)
        chances = out_of_fold(examples, strength=STRENGTH[name])
        kept = np.array(examples.reports) < judged
        if name == "status":
            right = (chances.argmax(axis=1) == np.array(examples.labels))[kept].mean()
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated accuracy {100 * right:.1f}")
            threshold = 0.5
        else:
            threshold, score = best_choice(examples, chances, kept=kept)
            print(f"{name:10} {len(examples.rows):6} examples  cross-validated F1 {100 * score:.1f} at {threshold:.3f}")
        write(name, as_linear(examples, strength=STRENGTH[name], threshold=threshold))


def best_choice(examples: Examples, chances: Floats, *, kept: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold that serves best where each value counts once an event, by its best mention, and the score: F1, or share of events right."""
    none = len(examples.classes) - 1
    best_of_value: dict[tuple[int, str], tuple[float, int, int]] = {}
    for i in np.flatnonzero(kept):
        key = examples.groups[i], examples.values[i]
        answer = int(chances[i, :none].argmax())
        sure = float(chances[i, answer])
        known = best_of_value.get(key)
        label = examples.labels[i] if known is None or known[2] == none else known[2]
        if known is None or sure > known[0]:
            best_of_value[key] = (sure, answer, label)
        else:
            best_of_value[key] = (known[0], known[1], label)
    if none == 1:
        return _most_right(best_of_value)
    table = np.array(list(best_of_value.values()))
    found = (0.0, 0.5)
    for threshold in np.arange(0.15, 0.75, 0.02):
        said = table[:, 0] > threshold
        right = (said & (table[:, 1] == table[:, 2])).sum()
        score = 2 * right / max(1, said.sum() + (table[:, 2] != none).sum())
        found = max(found, (float(score), float(threshold)))
    return found[1], found[0]


def _most_right(values: dict[tuple[int, str], tuple[float, int, int]]) -> tuple[float, float]:
    """The threshold with which most events have the right place, time or source, none at all where none is coded; and their share."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for (group, _), (sure, _, label) in values.items():
        groups.setdefault(group, []).append((sure, label == 0))
    best = (0.0, 0.5)
    for threshold in np.arange(0.15, 0.9, 0.02):
        right = 0
        for options in groups.values():
            sure, fitting = max(options)
            right += fitting if sure > threshold else not any(f for _, f in options)
        best = max(best, (right / len(groups), float(threshold)))
    return best[1], best[0]


if __name__ == "__main__":
    main()
