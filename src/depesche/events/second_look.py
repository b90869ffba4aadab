"""The second look at each likely trigger, with the whole report in view: boosted trees on a few dense columns."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from depesche.blocks.forest import Forest
from depesche.events.chances import Chance, surest
from depesche.events.model import MODELS
from depesche.events.ontology import TYPES
from depesche.events.relations import speech_at
from depesche.events.scene import Scene
from depesche.events.triggers import Candidate
from depesche.record import PartLabel, Tense

FloatTable = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_TOP = 5
_PARTS: dict[str, int] = {label: number for number, label in enumerate(get_args(PartLabel))}
_TENSES: dict[str, int] = {tense: number for number, tense in enumerate(get_args(Tense))}
_SPEECH = {"VERB": 0, "NOUN": 1, "ADJ": 2}
_FOUND = {"exact": 0, "tail": 1, "other": 2, "none": 3}
_NEAR = 40
"""An actor within so many characters stands beside a trigger."""


def logits(probabilities: FloatTable) -> FloatTable:
    """Log odds, kept finite."""
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    result: FloatTable = np.log(p / (1 - p))
    return result


def weighed(found: Sequence[Chance], scene: Scene) -> FloatTable:
    """What the rest of the report says about each candidate: (candidates, features).

    Sport and business speak of attacks and talks, too; a report of the kind we read has many likely triggers, in the headline first of all.
    """
    if not found:
        return np.zeros((0, len(WEIGHED)))
    types = np.array([c.types for c in found]).astype(np.float64)
    event = types.sum(axis=1)
    best = types.argmax(axis=1)
    line = np.array([c.candidate.line.number for c in found])
    top = np.sort(event)[::-1][: min(_TOP, len(scene.lines))].mean()
    density = event.sum() / len(scene.lines)
    head = max((e for e, c in zip(event, found, strict=True) if c.candidate.line.part == "headline"), default=0.0)
    own = types[np.arange(len(found)), best]
    beside, same_beside, same_far = _elsewhere(types, line)
    columns = (
        logits(event),
        logits(own),
        logits(top),
        np.log(density + 1e-3),
        head,
        beside,
        same_beside,
        same_far,
        [_prior(c.candidate) for c in found],
        [c.candidate.found.how == "exact" for c in found],
        [min(c.candidate.line.actor_count, 3) for c in found],
        np.log1p(event.sum()),
    )
    table = np.zeros((len(found), len(WEIGHED)))
    for at, column in enumerate(columns):
        table[:, at] = column
    own_columns = np.array([_own(chance, scene) for chance in found])
    table[:, len(columns) : len(columns) + own_columns.shape[1]] = own_columns
    table[np.arange(len(found)), len(WEIGHED) - len(TYPES) + best] = 1
    return table


def _own(chance: Chance, scene: Scene) -> list[float]:
    """What the candidate itself shows: its word, its place in sentence and report, its clause, who stands and who speaks near by."""
    candidate, line = chance.candidate, chance.candidate.line
    at, entries = candidate.at, candidate.entries
    clause = line.clause_around(at)
    best, _ = surest(chance)
    *_, second, first = sorted(chance.types.tolist())
    start = candidate.span.start
    return [
        _SPEECH.get(candidate.upos, len(_SPEECH)),
        _PARTS[line.part],
        line.number,
        len(scene.lines),
        len(entries),
        bool(candidate.phrases),
        _FOUND[candidate.found.how],
        bool(line.places),
        bool(line.times),
        first,
        second,
        at / len(line.tokens),
        len(line.tokens),
        at in line.predicates,
        -1 if clause is None else _TENSES[clause.tense],
        max([e.prior for e in entries if e.type == best], default=0.0),
        max([e.prior for e in entries if e.type == "NONE"], default=0.0),
        sum([abs(position - start) < _NEAR for _, position in line.actor_starts]),
        bool(speech_at(candidate.span, scene)[1]),
    ]


def _prior(candidate: Candidate) -> float:
    return max([e.prior for e in candidate.entries if e.type != "NONE"], default=0.0)


def _elsewhere(types: FloatTable, line: Numbers) -> tuple[FloatTable, FloatTable, FloatTable]:
    """The likeliest other candidate of each one's sentence, of its type there, and of its type in other sentences: three times (candidates,).

    Args:
        types: (candidates, types).
        line: (candidates,), the number of each one's sentence, in reading order.
    """
    every, best = np.arange(len(line)), types.argmax(axis=1)
    _, first, row = np.unique(line, return_index=True, return_inverse=True)
    place = every - first[row]
    # A table of sentences, padded with zeros, in which each candidate in turn finds those beside it.
    laid = np.zeros((len(first), int(place.max()) + 1, types.shape[1]))
    laid[row, place] = types
    events = np.zeros(laid.shape[:2])
    events[row, place] = types.sum(axis=1)
    beside, same = events[row], laid[row, :, best]
    beside[every, place] = same[every, place] = 0
    highest = laid.max(axis=1)
    leader = highest.argmax(axis=0)
    others = highest.copy()
    others[leader, np.arange(types.shape[1])] = 0
    far = np.where(leader[best] == row, others.max(axis=0)[best], highest.max(axis=0)[best])
    return beside.max(axis=1), same.max(axis=1), far


WEIGHED = (
    "event", "type", "top", "density", "headline", "beside", "same type beside", "same type elsewhere", "prior", "exact", "actors", "sum",
    "upos", "part", "line", "lines", "entries", "phrase", "found", "places", "times", "first", "second", "position", "length", "predicate", "tense",
    "prior of type", "prior of none", "actors near", "said", *TYPES,
)  # fmt: skip
"""The columns of `weighed`, in order."""


class SecondLook(NamedTuple):
    """The trees, with the thresholds for one trigger and for a report's likeliest one."""

    forest: Forest
    least: float
    gate: float

    def probabilities(self, table: FloatTable) -> FloatTable:
        """That the likeliest type is the right one: (rows,)."""
        return judged(self.forest, table)


def judged(forest: Forest, table: FloatTable) -> FloatTable:
    """The probability of the one class of some trees: (rows,)."""
    result: FloatTable = 1 / (1 + np.exp(-forest.scores(table.astype(np.float32))[:, 0].astype(np.float64)))
    return result


@cache
def second_look(name: str) -> SecondLook:
    """The trees, read once: "reports" for whole reports, "sentences" for texts of a few sentences."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as file:
        forest = Forest(**{name: file[name] for name in Forest.__struct_fields__})
        return SecondLook(forest, float(file["least"]), float(file["gate"]))
