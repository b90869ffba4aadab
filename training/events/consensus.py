"""Learn the last look at when and how real from what the first models think of reports that they have not seen."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from training.events.coded import Coded
from training.events.fitting import FOLDS, Examples, most_right
from training.events.retelling import Retold, fits

from depesche.events.circumstances import TimeOptions
from depesche.events.consensus import Consensus, Regression, answers_of
from depesche.events.filling import STATUSES
from depesche.events.model import MODELS
from depesche.events.options import SourceOptions
from depesche.events.relations import Option

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
STRENGTH = 0.1
"""Inverse of the penalty on large weights."""
CHOOSING = 2.0
"""What an event counts in a report that is most like what will be read."""
_PASSES = 300


class First(NamedTuple):
    """The examples of a first model, with what models that did not see their reports think of them: (examples, classes)."""

    examples: Examples
    chances: Floats


class _Own(NamedTuple):
    """The options of one event with their first chances."""

    options: Sequence[Option]
    chances: Sequence[float]


class _Told(NamedTuple):
    """A report's events with their codings, before the last look."""

    number: int
    coded: Coded
    retold: Retold
    consensus: Consensus


Report = tuple[int, Coded, Retold]


def consense(reports: Sequence[Report], first: dict[str, First], *, choosing: int, judges: int) -> None:
    """Learn and write the two regressions.

    Args:
        reports: whole reports that tell of events, each with its number.
        first: the first models' examples, by name.
        choosing: the first so many reports are most like what will be read.
        judges: the first so many choose the threshold for times.
    """
    told = [_told(report, first) for report in reports]
    times = first["times"].examples
    counts = np.bincount(times.reports, times.weights, minlength=1 + max(one.number for one in told))
    _learn_times([one for one in told if counts[one.number] > 0], choosing=choosing, judges=judges)
    _learn_statuses(told, choosing=choosing)


def _told(report: Report, first: dict[str, First]) -> _Told:
    number, coded, retold = report
    chances = {name: _of_report(one, number) for name, one in first.items() if name in {"times", "sources"}}
    found: dict[str, list[_Own]] = {name: [] for name in chances}
    choices: dict[str, TimeOptions | SourceOptions] = {
        "times": retold.choices.times, "sources": retold.choices.sources,
    }  # fmt: skip
    for at, (told, _) in enumerate(retold.events):
        for name, slot in choices.items():
            options = slot.of(at, told)
            found[name].append(_Own(options, [next(chances[name]) for _ in options]))
    status = first["status"]
    consensus = Consensus(
        retold.questions,
        coded.scene,
        statuses=status.chances[_rows(status.examples, number)],
        times=answers_of(found["times"]),
        spoken=[max(one.chances, default=0.0) for one in found["sources"]],
    )
    return _Told(number, coded, retold, consensus)


def _rows(examples: Examples, report: int) -> slice:
    """Where a report's examples stand; they are in the order of the reports."""
    low, high = np.searchsorted(examples.reports, [report, report + 1]).tolist()
    return slice(low, high)


def _of_report(first: First, report: int) -> Iterator[float]:
    """What the first model thinks of each option of a report, in order."""
    return iter(first.chances[_rows(first.examples, report), 0].tolist())


def _learn_times(told: Sequence[_Told], *, choosing: int, judges: int) -> None:
    """Is this time the one?"""
    tables, labels, groups, reports, events = [], [], [], [], 0
    for one in told:
        answers = one.consensus.times
        tables.append(one.consensus.of_times)
        for option, event in zip(answers.options, answers.values.events.tolist(), strict=True):
            labels.append(fits(option, one.retold.events[event][1], one.coded, "times"))
            groups.append(events + event)
            reports.append(one.number)
        events += len(one.retold.events)
    columns, right, report = np.concatenate(tables), np.array(labels, np.int64), np.array(reports)
    weights = np.where(report < choosing, CHOOSING, 1.0)
    sure = _out_of_fold(columns, right, report, weights)[:, 1]
    values = {(groups[at], str(at)): (float(sure[at]), 0, 1 - int(right[at])) for at in np.flatnonzero(report < judges)}
    threshold, score = most_right(values)
    print(f"all_times    {len(right):6} examples  cross-validated {100 * score:.1f} at {threshold:.3f}")
    _write("all_times", columns, right, weights, threshold=threshold)


def _learn_statuses(told: Sequence[_Told], *, choosing: int) -> None:
    columns = np.concatenate([one.consensus.of_statuses for one in told])
    labels = np.array([STATUSES.index(event.status) for one in told for _, event in one.retold.events])
    report = np.array([one.number for one in told for _ in one.retold.events])
    weights = np.where(report < choosing, CHOOSING, 1.0)
    chances = _out_of_fold(columns, labels, report, weights)
    right = (chances.argmax(axis=1) == labels)[report < choosing].mean()
    print(f"all_status   {len(labels):6} examples  cross-validated {100 * right:.1f}")
    _write("all_status", columns, labels, weights, threshold=0.5)


def _out_of_fold(columns: Floats, labels: Numbers, reports: Numbers, weights: Floats) -> Floats:
    """Probabilities by a regression that did not see the report: (rows, classes)."""
    found = np.zeros((len(labels), labels.max() + 1))
    for learn, test in GroupKFold(FOLDS).split(columns, labels, reports):
        model = _fitted(columns[learn], labels[learn], weights[learn])
        chances = model.probabilities(columns[test])
        found[test] = np.column_stack([1 - chances, chances]) if chances.shape[1] == 1 else chances
    return found


def _fitted(columns: Floats, labels: Numbers, weights: Floats, *, threshold: float = 0.5) -> Regression:
    """A regression over columns brought to one scale, written out for columns as they are."""
    scaler = StandardScaler().fit(columns)
    model = LogisticRegression(C=STRENGTH, max_iter=_PASSES).fit(scaler.transform(columns), labels, weights)
    own = model.coef_.T / scaler.scale_[:, None]
    return Regression(own, model.intercept_ - scaler.mean_ @ own, threshold)


def _write(name: str, columns: Floats, labels: Numbers, weights: Floats, *, threshold: float) -> None:
    model = _fitted(columns, labels, weights, threshold=threshold)
    np.savez_compressed(
        MODELS / f"{name}.npz",
        weights=model.weights.astype(np.float32),
        bias=model.bias.astype(np.float32),
        threshold=np.float32(threshold),
    )
