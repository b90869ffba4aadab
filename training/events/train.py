"""Train all event models: `python training/events/train.py GOLD_FOLDER`, in a few minutes on one core.

GOLD_FOLDER holds `train.jsonl` and `train.input.jsonl`. Thresholds are chosen by cross-validation over reports; nothing else is read. Writes
`src/depesche/models/events/*.npz`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from coded import Coded, CodedEvent, fold, likeness, place_names, read_coded, read_silence
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from depesche.events.filling import ROLES, STATUSES
from depesche.events.model import MODELS
from depesche.events.ontology import TYPES, mutual_types
from depesche.events.options import Option, actor_options, place_options, source_options, time_options
from depesche.events.relations import Told
from depesche.events.status import status_features
from depesche.events.triggers import BITS, context_features, word_features

Floats = npt.NDArray[np.float64]
FOLDS = 5


class Examples:
    """Rows of features with their labels, the report each comes from, and a group whose members compete."""

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes = tuple(classes)
        self.rows: list[list[int]] = []
        self.labels: list[int] = []
        self.reports: list[int] = []
        self.groups: list[int] = []

    def add(self, rows: list[int], label: str, *, report: int, group: int = -1) -> None:
        """One example."""
        self.rows.append(rows)
        self.labels.append(self.classes.index(label))
        self.reports.append(report)
        self.groups.append(group)

    @property
    def matrix(self) -> csr_matrix:
        """(examples, 2 ** BITS) counts."""
        ends = np.cumsum([0] + [len(r) for r in self.rows])
        flat = np.fromiter((i for r in self.rows for i in r), np.int32, ends[-1])
        found = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(self.rows), 1 << BITS))
        found.sum_duplicates()
        return found


def fitted(matrix: csr_matrix, labels: npt.NDArray[np.int64], *, strength: float) -> LogisticRegression:
    """A multinomial logistic regression; `strength` is the inverse of the penalty."""
    return LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(matrix, labels)


def out_of_fold(examples: Examples, *, strength: float) -> Floats:
    """Probabilities of each example by a model that did not see its report: (examples, classes)."""
    matrix, labels, reports = examples.matrix, np.array(examples.labels), np.array(examples.reports)
    found = np.zeros((len(labels), len(examples.classes)))
    for learn, test in GroupKFold(FOLDS).split(matrix, labels, reports):
        model = fitted(matrix[learn], labels[learn], strength=strength)
        found[np.ix_(test, model.classes_)] = model.predict_proba(matrix[test])
    return found


def write(name: str, examples: Examples, *, strength: float, threshold: float) -> None:
    """Fit on everything and write the weights as half floats."""
    model = fitted(examples.matrix, np.array(examples.labels), strength=strength)
    weights = np.zeros((1 << BITS, len(examples.classes)), np.float32)
    if len(examples.classes) == 2:
        weights[:, model.classes_[1]] = model.coef_[0]
        weights[:, model.classes_[0]] = 0
    else:
        weights[:, model.classes_] = model.coef_.T
    # What the intercept says goes to the row of "bias", which every example has once.
    from depesche.events.triggers import slot  # noqa: PLC0415

    intercept = model.intercept_ if len(examples.classes) > 2 else np.array([0.0, model.intercept_[0]])
    weights[slot("bias"), model.classes_] += intercept
    weights[np.abs(weights) < 1e-3] = 0
    MODELS.mkdir(exist_ok=True, parents=True)
    np.savez_compressed(
        MODELS / f"{name}.npz", weights=weights.astype(np.float16), classes=np.array(examples.classes),
        temperature=np.float32(1), threshold=np.float32(threshold),
    )  # fmt: skip


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


def told_events(coded: Coded) -> list[tuple[Told, CodedEvent]]:
    """The coded events in terms of our actors and places, each with the one of its type before it."""
    report = coded.report
    assert report is not None
    latest: dict[str, Told] = {}
    found = []
    by_position = {(c.line.number, c.at): c for line in coded.candidates for c in line}
    ours: dict[str, list[str]] = {}
    for actor, key in coded.stands_for.items():
        ours.setdefault(key, []).append(actor)
    for position, event in sorted(coded.triggers.items()):
        options = [m.place.id for m in coded.scene.place_mentions]
        place = next((p for p in options if event.place and fold(event.place) in place_names(coded.scene, p)), None)
        told = Told(
            by_position[position], event.type, latest.get(event.type),
            agents=tuple(a for key in event.agents for a in ours.get(key, ())),
            recipients=tuple(a for key in event.recipients for a in ours.get(key, ())),
            place=place, when=event.when, source=None,
        )  # fmt: skip
        latest[event.type] = told
        found.append((told, event))
    return found


def role_examples(reports: Sequence[Coded]) -> Examples:
    """Every actor that may be agent or recipient of a coded event."""
    found = Examples(ROLES)
    group = 0
    for number, coded in enumerate(reports):
        for told, event in told_events(coded):
            group += 1
            for option in actor_options(told, coded.scene):
                key = coded.stands_for.get(option.value)
                role = "agent" if key in event.agents else "recipient" if key in event.recipients else "none"
                if role == "recipient" and event.type in mutual_types():
                    role = "agent"
                found.add(option.rows, role, report=number, group=group)
    return found


def link_examples(reports: Sequence[Coded], kind: str) -> Examples:
    """Every place, time or speaker that may belong to a coded event."""
    found = Examples(("yes", "no"))
    group = 0
    for number, coded in enumerate(reports):
        for told, event in told_events(coded):
            group += 1
            for option in {"places": place_options, "times": time_options, "sources": source_options}[kind](
                told, coded.scene
            ):
                found.add(option.rows, "yes" if fits(option, event, coded, kind) else "no", report=number, group=group)
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
    from coded import CodedActor  # noqa: PLC0415

    texts = {
        coded.article.quote(m.span) for line in coded.scene.lines for m in line.actors if m.actor.id == option.value
    }
    return likeness(CodedActor(event.source, "other"), coded.scene.actors[option.value], texts) > 0


def status_examples(reports: Sequence[Coded]) -> Examples:
    """Every coded event."""
    found = Examples(STATUSES)
    for number, coded in enumerate(reports):
        for told, event in told_events(coded):
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


def main() -> None:
    """Train and write."""
    gold = Path(sys.argv[1])
    reports = read_coded(gold, "train")
    silence = read_silence(Path(__file__).parent)
    plans = [
        ("triggers", trigger_examples([*reports, *silence]), 0.1, "NONE"),
        ("roles", role_examples(reports), 0.1, "none"),
        ("places", link_examples(reports, "places"), 0.1, "no"),
        ("times", link_examples(reports, "times"), 0.1, "no"),
        ("sources", link_examples(reports, "sources"), 0.1, "no"),
    ]
    for name, examples, strength, negative in plans:
        threshold, score = best_threshold(examples, out_of_fold(examples, strength=strength), negative=negative)
        print(f"{name:10} {len(examples.rows):6} examples  cross-validated F1 {100 * score:.1f} at {threshold:.3f}")
        write(name, examples, strength=strength, threshold=threshold)
    examples = status_examples(reports)
    chances = out_of_fold(examples, strength=0.1)
    right = (chances.argmax(axis=1) == np.array(examples.labels)).mean()
    print(f"status     {len(examples.rows):6} examples  cross-validated accuracy {100 * right:.1f}")
    write("status", examples, strength=0.1, threshold=0.5)


if __name__ == "__main__":
    main()
