"""The last look at time and status, with all events of the report in view.

Each event was asked by itself when it was and how real it is. But events of one sentence share their day, and what is planned stands beside
what is planned: "Die Außenminister treffen sich am Freitag in Genf. Dort wollen sie über eine Waffenruhe verhandeln." A regression over what
the first models thought of this event and of those around it decides. Places are left to the first model: a report has many, and the one
named most is no better for that ("Parallel zur Begegnung in Vientiane berieten in Genf hochrangige Diplomaten").
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Protocol, get_args

import numpy as np
import numpy.typing as npt

from depesche.events.around import LEAST, NOWHERE, Events, Values, columns_of_values, counted, events_of, fill_values
from depesche.events.model import MODELS
from depesche.events.relations import Option, Question
from depesche.events.scene import Scene
from depesche.record import Status

Table = npt.NDArray[np.float64]
_LONG_AGO, _LAST_WEEK, _YESTERDAY = -300, -8, -1
_HAPPENED, _PLANNED = map(get_args(Status).index, ("happened", "planned"))
_SAME_ACT = 2
"""The first so many of `RELATED` may tell of the same act, or of a part of it."""


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
        values: of each option, its event and its value, and the chances of all.
        options: the best mention of each; `chances` that it is the one.
        names: the values.
    """

    values: Values
    options: list[Option]
    chances: Table
    names: list[str]


def answers_of(judged: Sequence[HasChances]) -> Answers:
    """The options of each event, one a value, by the likeliest mention."""
    numbers: dict[str, int] = {}
    events: list[int] = []
    at: list[int] = []
    best: list[Option] = []
    sure: list[float] = []
    for event, one in enumerate(judged):
        met: dict[str, int] = {}
        for option, chance in zip(one.options, one.chances, strict=True):
            value = option.value
            place = met.get(value)
            if place is None:
                met[value] = len(best)
                events.append(event)
                at.append(numbers.setdefault(value, len(numbers)))
                best.append(option)
                sure.append(chance)
            elif chance > sure[place]:
                best[place], sure[place] = option, chance
    rows, columns, chances = np.array(events, np.int64), np.array(at, np.int64), np.array(sure, np.float64)
    grid, has = np.zeros((len(judged), len(numbers))), np.zeros((len(judged), len(numbers)), np.bool_)
    grid[rows, columns], has[rows, columns] = chances, True
    starts = np.array([NOWHERE if option.span is None else option.span.start for option in best], np.int64)
    return Answers(Values(rows, columns, starts, grid, has), best, chances, list(numbers))


def of_values(events: Events, answers: Answers, statuses: Table, *, more: int = 0) -> Table:
    """What speaks for each option: (options, columns).

    Args:
        events: the report's.
        answers: to the question at hand.
        statuses: (events, statuses), how likely each is by itself: what is planned lies ahead.
        more: so many columns are left free at the end.
    """
    found = np.zeros((len(answers.options), columns_of_values(statuses.shape[1]) + more))
    if len(found):
        fill_values(events, answers.values, np.ascontiguousarray(statuses), found)
    return found


def of_times(events: Events, answers: Answers, statuses: Table, *, published: dt.date | None) -> Table:
    """The same for times, with their shape and how they lie to the day of publication."""
    columns = of_values(events, answers, statuses, more=_SHAPED)
    if not answers.names:
        return columns
    of, shapes = answers.values.events, _shapes(answers.names, published)[answers.values.at]
    told = shapes[:, -1]
    ahead = told > 0
    planned, happened = statuses[of, _PLANNED], statuses[of, _HAPPENED]
    with np.errstate(invalid="ignore"):
        days = (
            told == 0, ahead, (told < 0) & (told >= _LAST_WEEK), told < _LONG_AGO, told == _YESTERDAY,
            ahead * planned, ahead * happened, (told <= 0) * planned, (told == 0) * events.verb[of],
        )  # fmt: skip
    columns[:, -_SHAPED : -len(days)] = shapes[:, :-1]
    for place, column in enumerate(days, -len(days)):
        columns[:, place] = column
    return columns


_SHAPED = 14
"""So many columns times have beyond those of any value."""


def _shapes(values: Sequence[str], published: dt.date | None) -> Table:
    """The shape of each time: (values, columns)."""
    return np.array([_shape(value, published) for value in values], np.float64)


@lru_cache(maxsize=4096)
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
    related = events.related[:_SAME_ACT]
    around = np.where(related.any(axis=2, keepdims=True), related @ statuses, statuses)
    around = around.transpose(1, 0, 2).reshape(len(statuses), -1)
    sure, off, long = _dates(times, len(statuses), published)
    with np.errstate(invalid="ignore"):
        dated = np.stack([sure, sure * (off > 0), sure * (off < _YESTERDAY), sure * (off == 0), sure * long], axis=1)
    verb = events.verb[:, None]
    columns = (
        np.log(np.maximum(statuses, LEAST)), statuses, around, dated, np.array(spoken)[:, None],
        counted(events.line), events.of_type, verb, verb * statuses,
    )  # fmt: skip
    return np.concatenate(columns, axis=1)


def _dates(times: Answers, count: int, published: dt.date | None) -> tuple[Table, Table, Table]:
    """Of each event, the chance of its likeliest time, how many days after publication that is, and whether it is an interval."""
    sure, off, long = np.zeros(count), np.full(count, np.nan), np.zeros(count)
    if times.names:
        shapes, grid = _shapes(times.names, published), times.values.grid
        best = grid.argmax(axis=1)
        sure = grid.max(axis=1)
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
        times: the options for when with their first chances.
        spoken: how likely each event is asserted by somebody.
    """

    def __init__(
        self, questions: Sequence[Question], scene: Scene, *,
        statuses: Table, times: Answers, spoken: Sequence[float],
    ) -> None:  # fmt: skip
        self._events = events_of(questions)
        self._first, self._spoken, self._published = statuses, spoken, scene.published
        self.times = times

    @cached_property
    def of_times(self) -> Table:
        """Columns of each option for when."""
        return of_times(self._events, self.times, self._first, published=self._published)

    @cached_property
    def of_statuses(self) -> Table:
        """Columns of each event for how real."""
        return of_statuses(self._events, self._first, self.times, published=self._published, spoken=self._spoken)

    @cached_property
    def when(self) -> list[Option | None]:
        """The time of each event; None where nothing is likely enough."""
        answers = self.times
        found: list[Option | None] = [None] * len(answers.values.grid)
        if not answers.options:
            return found
        model = regression("all_times")
        sure = model.probabilities(self.of_times)[:, 0]
        highest = [0.0] * len(found)
        for at in np.flatnonzero(sure > model.threshold).tolist():
            event, chance = int(answers.values.events[at]), float(sure[at])
            if chance > highest[event]:
                found[event], highest[event] = answers.options[at], chance
        return found

    @cached_property
    def statuses(self) -> list[int]:
        """The likeliest status of each event, by number."""
        found: list[int] = regression("all_status").probabilities(self.of_statuses).argmax(axis=1).tolist()
        return found
