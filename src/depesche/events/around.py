"""Which events of a report bear on one another, and what those around an event make of a value that it may have.

The tables are small and many, so that they are filled by compiled loops: a dozen calls for each column would take longer than all of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from depesche.events.ontology import TYPES
from depesche.events.relations import Question

Table = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
LEAST = 0.003
"""Chances are kept so far from 0 and 1 before their odds are taken."""
_MOST = 8
_FAR = 400
"""A mention farther from its trigger, in characters, might as well stand in another sentence."""
NOWHERE = -1
"""Where a value is mentioned that only an earlier event tells."""

RELATED = ("sentence", "lemma", "type", "report", "before", "after", "type before", "type after", "first")
"""Which other events are asked: those of the sentence, with the same word for a trigger, of the type, all; the one before, the one after,
the same of the type; the first of the report."""
_PEERS = len(RELATED) - 5
"""The first so many may be several events."""
_SENTENCE, _LEMMA, _TYPE, _REPORT, _BEFORE, _AFTER, _TYPE_BEFORE, _TYPE_AFTER, _FIRST = range(len(RELATED))
_VIEWS = len(RELATED) + 3
"""What those related make of a value on average; what the sentence and the neighbouring ones make of it at most, and of its rivals."""


class Events(NamedTuple):
    """A report's events: (events,) each.

    Attributes:
        kind: number of the type; `verb` whether the trigger is one; `line` number of its sentence; `start` of the trigger in the text.
        related: (relations, events, events), in the order of `RELATED`: how much each other event counts for each; rows sum to 1 or are empty.
    """

    kind: Numbers
    verb: Truths
    line: Numbers
    start: Numbers
    related: Table

    @property
    def of_type(self) -> Table:
        """One column a type: (events, types)."""
        return _ONE_OF[self.kind]


_ONE_OF: Table = np.eye(len(TYPES))
_NUMBER_OF: dict[str, int] = {kind: number for number, kind in enumerate(TYPES)}


def events_of(questions: Sequence[Question]) -> Events:
    """What is known of each event by itself, and which others each is related to."""
    triggers = [question.trigger for question in questions]
    lemmas: dict[str, int] = {}
    lemma = np.array([lemmas.setdefault(trigger.lemma, len(lemmas)) for trigger in triggers], np.int64)
    kind = np.array([_NUMBER_OF[question.type] for question in questions], np.int64)
    line = np.array([trigger.line.number for trigger in triggers], np.int64)
    verb = np.array([trigger.upos == "VERB" for trigger in triggers], np.bool_)
    related = np.zeros((len(RELATED), len(questions), len(questions)))
    _relate(kind, lemma, line, related)
    return Events(kind, verb, line, np.array([trigger.span.start for trigger in triggers], np.int64), related)


@numba.njit(cache=True, nogil=True)
def _relate(kind, lemma, line, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill `Events.related`."""
    for event in range(len(kind)):
        for other in range(len(kind)):
            if other != event:
                same = kind[other] == kind[event]
                found[_SENTENCE, event, other] = line[other] == line[event]
                found[_LEMMA, event, other] = lemma[other] == lemma[event]
                found[_TYPE, event, other] = same
                found[_REPORT, event, other] = 1
                if same and other < event:
                    found[_TYPE_BEFORE, event, :other] = 0
                    found[_TYPE_BEFORE, event, other] = 1
                elif same and not found[_TYPE_AFTER, event].any():
                    found[_TYPE_AFTER, event, other] = 1
        for peers in range(_PEERS):
            found[peers, event] /= max(found[peers, event].sum(), 1)
        if event > 0:
            found[_FIRST, event, 0] = found[_BEFORE, event, event - 1] = 1
        if event + 1 < len(kind):
            found[_AFTER, event, event + 1] = 1


class Values(NamedTuple):
    """The values that events may have.

    Attributes:
        events: of each option, the number of its event; `at` the number of its value; `starts` where that is mentioned, or `NOWHERE`.
        grid: (events, values), the chance of each; `has` whether there is one.
    """

    events: Numbers
    at: Numbers
    starts: Numbers
    grid: Table
    has: Truths


def columns_of_values(statuses: int) -> int:
    """How many columns `fill_values` fills."""
    return 3 + 2 * _VIEWS + 6 * 3 + 4 + 4 + 2 * statuses + len(TYPES)


@numba.njit(cache=True, nogil=True)
def fill_values(events, values, statuses, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Fill the first columns with what speaks for each option: (options, columns).

    Args:
        events: the report's.
        values: among which the options are.
        statuses: (events, statuses), how likely each is by itself.
        found: is filled.
    """
    of, at, grid, has = values.events, values.at, values.grid, values.has
    rivals, known = _best_other(grid), _known(events)
    sums, same, views = np.zeros(grid.shape[1]), events.related[_TYPE], np.empty(_VIEWS)
    for event in range(len(grid)):
        sums += grid[event]
    rank = _ranked(sums)
    for option in range(len(of)):
        event, value, row = of[option], at[option], found[option]
        own = grid[event, value]
        odds = _odds(own)
        _look_around(event, value, events, values, rivals, views)
        row[0], row[1], row[2] = odds, _odds(rivals[event, value]), own
        for view in range(_VIEWS):
            # Where there is no other event, none speaks against this one.
            seen = views[view] if known[view, event] else own
            row[3 + view], row[3 + _VIEWS + view] = _odds(seen), seen
        alike, likely, beside = 0, 0.0, 0
        for other in range(len(grid)):
            beside += events.related[_SENTENCE, event, other] > 0
            if same[event, other] > 0:
                alike += has[other, value]
                likely += grid[other, value]
        counts = (has[:, value].sum(), alike, has[event].sum(), rank[value], beside, events.line[event])
        column = 3 + 2 * _VIEWS
        for count in counts:
            row[column], row[column + 1], row[column + 2] = min(count, _MOST), count == 0, count == 1
            column += 3
        row[column], row[column + 1] = np.log1p(sums[value] - own), np.log1p(likely)
        row[column + 2], row[column + 3] = sums[value] / max(sums.sum(), LEAST), events.verb[event]
        _place(values.starts[option], events.start[event], row[column + 4 : column + 8])
        column += 8
        for status in range(statuses.shape[1]):
            row[column + status] = statuses[event, status]
            row[column + statuses.shape[1] + status] = statuses[event, status] * odds
        row[column + 2 * statuses.shape[1] + events.kind[event]] = 1


@numba.njit(cache=True, nogil=True)
def _look_around(event, value, events, values, rivals, views):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917
    """What the other events make of a value: `_VIEWS`."""
    views[:] = 0
    able = np.zeros(_PEERS)
    for other in range(len(rivals)):
        beside = events.related[_SENTENCE, event, other] > 0
        if beside:
            views[_VIEWS - 2] = max(views[_VIEWS - 2], rivals[other, value])
        if not values.has[other, value]:
            continue
        chance = values.grid[other, value]
        for relation in range(len(RELATED)):
            views[relation] += events.related[relation, event, other] * chance
        for peers in range(1, _PEERS):
            able[peers] += events.related[peers, event, other]
        if beside:
            views[_VIEWS - 3] = max(views[_VIEWS - 3], chance)
        elif abs(events.line[event] - events.line[other]) == 1:
            views[_VIEWS - 1] = max(views[_VIEWS - 1], chance)
    for peers in range(1, _PEERS):
        # Those that cannot have the value have no say in whether the rest has it.
        views[peers] = views[peers] / able[peers] if able[peers] > 0 else 0.0


@numba.njit(cache=True, nogil=True)
def _known(events):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Whether there is any event that is asked for each view: (`_VIEWS`, events)."""
    found = np.zeros((_VIEWS, len(events.line)), np.bool_)
    for event in range(len(events.line)):
        for relation in range(len(RELATED)):
            found[relation, event] = (events.related[relation, event] > 0).any()
        found[_VIEWS - 3, event] = found[_VIEWS - 2, event] = found[_SENTENCE, event]
        found[_VIEWS - 1, event] = (np.abs(events.line - events.line[event]) == 1).any()
    return found


@numba.njit(cache=True, nogil=True)
def _best_other(grid):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The chance of the likeliest other value, 0 where there is no other: (events, values)."""
    found = np.zeros_like(grid)
    for event in range(len(grid)):
        first, second = 0.0, 0.0
        for chance in grid[event]:
            first, second = max(first, chance), max(second, min(first, chance))
        for value in range(grid.shape[1]):
            found[event, value] = first if grid[event, value] < first else second
    return found


@numba.njit(cache=True, nogil=True)
def _ranked(sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """How many values have a higher sum, or the same and stand before: (values,)."""
    found = np.zeros(len(sums), np.int64)
    for value in range(len(sums)):
        found[value] = (sums > sums[value]).sum() + (sums[:value] == sums[value]).sum()
    return found


@numba.njit(cache=True, nogil=True)
def _place(start, trigger, row):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Where the mention stands: nowhere but in an earlier event; before or after the trigger, and how far off, or farther."""
    apart = start - trigger
    if start == NOWHERE:
        row[0] = 1
    elif abs(apart) < _FAR:
        row[1], row[2], row[3] = apart < 0, apart > 0, np.log1p(abs(apart))


@numba.njit(cache=True, nogil=True)
def _odds(chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    kept = min(max(chance, LEAST), 1 - LEAST)
    return np.log(kept / (1 - kept))


def counted(numbers: Numbers) -> Table:
    """A count as three columns: up to so many, none, one."""
    return np.stack([np.minimum(numbers, _MOST), numbers == 0, numbers == 1], axis=1).astype(np.float64)
