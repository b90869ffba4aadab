"""The last look at time, place and status, with all events of the report in view.

Each event was asked by itself when and where it was and how real it is. But events of one sentence share their day, an attack that is
named five times has one place, and what is planned stands beside what is planned: "Die Außenminister treffen sich am Freitag in Genf. Dort
wollen sie über eine Waffenruhe verhandeln." A regression over what the first models thought of this event and of those around it decides.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from depesche.events.model import MODELS
from depesche.events.ontology import TYPES
from depesche.events.relations import Option, Question
from depesche.events.scene import Scene

Table = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
_LEAST = 0.003
"""Chances are kept so far from 0 and 1 before their odds are taken."""
_MOST = 8
_FAR = 400
"""A mention farther from its trigger, in characters, might as well stand in another sentence."""
_LONG_AGO, _LAST_WEEK, _YESTERDAY = -300, -8, -1

RELATED = ("sentence", "lemma", "type", "report", "before", "after", "type before", "type after", "first")
"""Which other events are asked: those of the sentence, with the same word for a trigger, of the type, all; the one before, the one after,
the same of the type; the first of the report."""
_SAME_ACT = 2
"""The first so many may tell of the same act, or of a part of it."""
_PEERS = len(RELATED) - 5
"""The first so many may be several events."""


class Events(NamedTuple):
    """A report's events: (events,) each.

    Attributes:
        kind: number of the type; `verb` whether the trigger is one; `line` number of its sentence; `start` of the trigger in the text.
        related: (relations, events, events), in the order of `RELATED`: how much each other event counts for each; rows sum to 1 or are empty.
    """

    kind: npt.NDArray[np.int64]
    verb: Truths
    line: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    related: Table

    @property
    def known(self) -> Truths:
        """Whether there is such an event: (relations, events)."""
        found: Truths = np.any(self.related, axis=2)
        return found

    @property
    def of_type(self) -> Table:
        """One column a type: (events, types)."""
        found: Table = (self.kind[:, None] == np.arange(len(TYPES))).astype(np.float64)
        return found


def events_of(questions: Sequence[Question]) -> Events:
    """What is known of each event by itself, and which others each is related to."""
    triggers = [question.trigger for question in questions]
    kind = np.array([TYPES.index(question.type) for question in questions])
    line = np.array([trigger.line.number for trigger in triggers])
    lemmas: dict[str, int] = {}
    lemma = np.array([lemmas.setdefault(trigger.lemma, len(lemmas)) for trigger in triggers])
    every = np.arange(len(questions))
    same = kind[:, None] == kind
    peers = [line[:, None] == line, lemma[:, None] == lemma, same, np.ones_like(same)]
    earlier, later = every < every[:, None], every > every[:, None]
    ones = [_one(earlier, last=True), _one(later), _one(earlier & same, last=True), _one(later & same), _one(earlier)]
    related = np.array([*peers, *ones], np.float64)
    related[:, every, every] = 0
    related /= np.maximum(related.sum(axis=2, keepdims=True), 1)
    verb = np.array([trigger.upos == "VERB" for trigger in triggers])
    return Events(kind, verb, line, np.array([trigger.span.start for trigger in triggers]), related)


def _one(which: Truths, *, last: bool = False) -> Truths:
    """Of each event's others the first, or the last: (events, events)."""
    count = np.cumsum(which, axis=1)
    found: Truths = which & (count == (count[:, -1:] if last else 1))
    return found


class HasChances(Protocol):
    """The options of one event with their chances."""

    @property
    def options(self) -> Sequence[Option]:
        """What it may be."""

    @property
    def chances(self) -> Sequence[float]:
        """How likely each is."""


class Answers(NamedTuple):
    """What the first model thought of the values that a slot may have.

    Attributes:
        events: of each option, the number of its event; `options` their best mention each; `chances` that it is the one.
        grid: (events, values), the chances again; `has` where there is one; `at` the columns of the options.
        names: the values.
    """

    events: npt.NDArray[np.int64]
    options: list[Option]
    chances: Table
    grid: Table
    has: Truths
    at: npt.NDArray[np.int64]
    names: list[str]


def answers_of(judged: Sequence[HasChances]) -> Answers:
    """The options of each event, one a value, by the likeliest mention."""
    values: dict[str, int] = {}
    events: list[int] = []
    at: list[int] = []
    best: list[Option] = []
    sure: list[float] = []
    for event, one in enumerate(judged):
        found: dict[str, tuple[float, Option]] = {}
        for option, chance in zip(one.options, one.chances, strict=True):
            if option.value not in found or chance > found[option.value][0]:
                found[option.value] = chance, option
        for value, (chance, option) in found.items():
            events.append(event)
            at.append(values.setdefault(value, len(values)))
            best.append(option)
            sure.append(chance)
    rows, columns, column = np.array(events, np.int64), np.array(at, np.int64), np.array(sure)
    grid, has = np.zeros((len(judged), len(values))), np.zeros((len(judged), len(values)), np.bool_)
    grid[rows, columns], has[rows, columns] = column, True
    return Answers(rows, best, column, grid, has, columns, list(values))


def _odds(chances: Table) -> Table:
    kept = np.clip(chances, _LEAST, 1 - _LEAST)
    found: Table = np.log(kept / (1 - kept))
    return found


def _counted(numbers: Table | npt.NDArray[np.int64]) -> list[Table]:
    """A count as columns: up to so many, none, one."""
    return [np.minimum(numbers, _MOST).astype(np.float64), (numbers == 0) * 1.0, (numbers == 1) * 1.0]


def of_values(events: Events, answers: Answers, statuses: Table) -> Table:
    """What speaks for each option: (options, columns).

    Args:
        events: the report's.
        answers: to the question at hand.
        statuses: (events, statuses), how likely each is by itself: what is planned lies ahead.
    """
    of, at, grid = answers.events, answers.at, answers.grid
    rivals = _best_other(grid)
    around = events.related @ grid
    # Those that cannot have the value have no say in whether the rest has it.
    able = events.related[1:_PEERS] @ answers.has
    around[1:_PEERS] = np.divide(around[1:_PEERS], able, out=np.zeros_like(able), where=able > 0)
    beside = events.related[0] > 0
    near = np.abs(events.line[:, None] - events.line) == 1
    peaks = [
        np.where(mask[:, :, None], table, 0.0).max(axis=1)
        for mask, table in ((beside, grid), (beside, rivals), (near, grid))
    ]
    views = np.concatenate([around, np.array(peaks)])[:, of, at]
    known = np.concatenate([events.known, np.array([beside.any(axis=1), beside.any(axis=1), near.any(axis=1)])])[:, of]
    own, sums = answers.chances, grid.sum(axis=0)
    views = np.where(known, views, own)  # where there is no other event, none speaks against this one
    same = (events.related[RELATED.index("type")] > 0) * 1.0
    having = answers.has.sum(axis=0)[at]
    alike = (same @ answers.has)[of, at]
    rank = np.empty(len(sums))
    rank[np.argsort(-sums, kind="stable")] = np.arange(len(sums))
    columns = [
        _odds(own), _odds(rivals[of, at]), own,
        *_odds(views), *views,
        *_counted(having), *_counted(alike), *_counted(answers.has.sum(axis=1)[of]), *_counted(rank[at]),
        *_counted(beside.sum(axis=1)[of]), *_counted(events.line[of]),
        np.log1p(sums[at] - own), np.log1p((same @ grid)[of, at]), sums[at] / max(sums.sum(), _LEAST), events.verb[of],
        *_placed(events, answers), *statuses[of].T, *(statuses[of] * _odds(own)[:, None]).T, *events.of_type[of].T,
    ]  # fmt: skip
    return np.column_stack(columns)


def _best_other(grid: Table) -> Table:
    """The chance of the likeliest other value: (events, values)."""
    if grid.shape[1] < 2:  # noqa: PLR2004 (there is no other)
        return np.zeros_like(grid)
    ordered = np.sort(grid, axis=1)
    highest, second = ordered[:, -1:], ordered[:, -2:-1]
    found: Table = np.where(grid < highest, highest, second)
    return found


def _placed(events: Events, answers: Answers) -> list[Table]:
    """Where the mention stands: nowhere but in an earlier event; before or after the trigger, and how far off, or farther."""
    nowhere = np.array([option.span is None for option in answers.options], np.bool_)
    starts = np.array([0 if option.span is None else option.span.start for option in answers.options], np.int64)
    apart = np.where(nowhere, _FAR, starts - events.start[answers.events])
    near = np.abs(apart) < _FAR
    return [nowhere * 1.0, near * (apart < 0) * 1.0, near * (apart > 0) * 1.0, np.log1p(np.abs(apart)) * near]


def of_times(events: Events, answers: Answers, statuses: Table, *, published: dt.date | None) -> Table:
    """The same for times, with their shape and how they lie to the day of publication."""
    columns = of_values(events, answers, statuses)
    if not answers.names:
        return np.zeros((0, columns.shape[1] + _SHAPED))
    shapes = np.array([_shape(value, published) for value in answers.names], np.float64)[answers.at]
    told = shapes[:, -1]
    ahead = told > 0
    planned, happened = statuses[answers.events][:, 2], statuses[answers.events][:, 0]
    with np.errstate(invalid="ignore"):
        days = [
            told == 0, ahead, (told < 0) & (told >= _LAST_WEEK), told < _LONG_AGO, told == _YESTERDAY,
            ahead * planned, ahead * happened, (told <= 0) * planned, (told == 0) * events.verb[answers.events],
        ]  # fmt: skip
    return np.column_stack([columns, shapes[:, :-1], *days])


_SHAPED = 14
"""So many columns times have beyond those of any value."""


def _shape(value: str, published: dt.date | None) -> tuple[float, ...]:
    """Whether it is a year, a month, a day, an interval, an open one; days from publication to its beginning (or to its end)."""
    first, slash, last = value.partition("/")
    told = (last if first in {"", ".."} else first).split("T")[0].strip("~?%")
    try:
        parts = [int(part) for part in told.split("-")]
        day: dt.date | None = dt.date(*(*parts, 7, 15)[:3]) if len(parts) == 1 else dt.date(*(*parts, 15)[:3])
    except ValueError:
        day = None
    off = float("nan") if day is None or published is None else float((day - published).days)
    length = len(told)
    return length == len("2016"), length == len("2016-09"), length >= len("2016-09-09"), bool(slash), ".." in value, off


def of_statuses(
    events: Events, statuses: Table, times: Answers, *, published: dt.date | None, spoken: Sequence[float]
) -> Table:
    """What speaks for each event's status: (events, columns).

    Args:
        events: the report's.
        statuses: (events, statuses), how likely each is by itself.
        times: the times that the events may have; what is told for tomorrow is planned.
        published: the day of publication.
        spoken: (events,), how likely somebody is said to assert it.
    """
    # Only those that may be the same act have a say: that much is proposed in a report makes nothing else in it a proposal. Where there is none,
    # none speaks against this one.
    related, known = events.related[:_SAME_ACT], events.known[:_SAME_ACT]
    around = np.concatenate(list(np.where(known[:, :, None], related @ statuses, statuses)), axis=1)
    sure, off, long = _dates(times, len(statuses), published)
    with np.errstate(invalid="ignore"):
        dated = [sure, sure * (off > 0), sure * (off < _YESTERDAY), sure * (off == 0), sure * long]
    columns = [
        *np.log(np.maximum(statuses, _LEAST)).T, *statuses.T, *around.T, *dated, np.array(spoken),
        *_counted(events.line), *events.of_type.T, events.verb, *(events.verb[:, None] * statuses).T,
    ]  # fmt: skip
    return np.column_stack(columns)


def _dates(times: Answers, count: int, published: dt.date | None) -> tuple[Table, Table, Table]:
    """Of each event, the chance of its likeliest time, how many days after publication that is, and whether it is an interval."""
    sure, off, long = np.zeros(count), np.full(count, np.nan), np.zeros(count)
    if times.names:
        shapes = np.array([_shape(value, published) for value in times.names], np.float64)
        best = times.grid.argmax(axis=1)
        sure = times.grid.max(axis=1)
        off, long = shapes[best, -1], shapes[best, 3]
    return sure, off, long


class Regression(NamedTuple):
    """A logistic regression over the columns above.

    Attributes:
        weights: (columns, classes); `bias`: (classes,).
        threshold: the probability from which on a value is taken; chosen by cross-validation.
    """

    weights: Table
    bias: Table
    threshold: float

    def probabilities(self, columns: Table) -> Table:
        """Of each class, or of the only one: (rows, classes)."""
        scores = columns @ self.weights + self.bias
        if scores.shape[1] == 1:
            found: Table = 1 / (1 + np.exp(-scores))
            return found
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        several: Table = raised / raised.sum(axis=1, keepdims=True)
        return several


@cache
def regression(name: str) -> Regression:
    """A regression by name, read once."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as file:
        return Regression(file["weights"].astype(np.float64), file["bias"].astype(np.float64), float(file["threshold"]))


class Consensus:
    """A report's events with the first answers to when, where and how real.

    Args:
        questions: the events.
        scene: the report.
        statuses: (events, statuses), the first chances.
        times, places: the options with their first chances.
        spoken: how likely each event is asserted by somebody.
    """

    def __init__(  # noqa: PLR0913 (an event has so many sides)
        self, questions: Sequence[Question], scene: Scene, *,
        statuses: Table, times: Answers, places: Answers, spoken: Sequence[float],
    ) -> None:  # fmt: skip
        self._events = events_of(questions)
        self._first, self._spoken, self._published = statuses, spoken, scene.published
        self.times, self.places = times, places

    @cached_property
    def of_times(self) -> Table:
        """Columns of each option for when."""
        return of_times(self._events, self.times, self._first, published=self._published)

    @cached_property
    def of_places(self) -> Table:
        """Columns of each option for where."""
        return of_values(self._events, self.places, self._first)

    @cached_property
    def of_statuses(self) -> Table:
        """Columns of each event for how real."""
        return of_statuses(self._events, self._first, self.times, published=self._published, spoken=self._spoken)

    def chosen(self, name: str) -> list[Option | None]:
        """The times or places of the events, by "times" or "places"; None where nothing is likely enough."""
        answers, columns = (self.times, self.of_times) if name == "times" else (self.places, self.of_places)
        found: list[Option | None] = [None] * len(answers.grid)
        if not answers.options:
            return found
        model = regression(f"all_{name}")
        sure = model.probabilities(columns)[:, 0]
        highest = np.zeros(len(found))
        np.maximum.at(highest, answers.events, sure)
        for option, event, chance in zip(answers.options, answers.events.tolist(), sure.tolist(), strict=True):
            if chance > model.threshold and chance == highest[event] and found[event] is None:
                found[event] = option
        return found

    @cached_property
    def statuses(self) -> list[int]:
        """The likeliest status of each event, by number."""
        found: list[int] = regression("all_status").probabilities(self.of_statuses).argmax(axis=1).tolist()
        return found
