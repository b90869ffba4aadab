"""The second look at each likely trigger, with the whole report in view: boosted trees on a few dense columns."""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple, get_args

import numba
import numpy as np
import numpy.typing as npt

from depesche.blocks.forest import Forest
from depesche.events.chances import Chance
from depesche.events.layout import CLAUSE
from depesche.events.lines import Line
from depesche.events.model import MODELS
from depesche.events.ontology import TYPES
from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, CODES, filled, spread
from depesche.events.triggers import Candidate
from depesche.record import PartLabel, Tense

FloatTable = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_TOP = 5
_PARTS: dict[str, int] = {label: number for number, label in enumerate(get_args(PartLabel))}
_TENSES: dict[int, int] = {ABSENT: -1, **{CODES[tense]: number for number, tense in enumerate(get_args(Tense))}}
"""By code."""
_SPEECH = {"VERB": 0, "NOUN": 1, "ADJ": 2}
_FOUND = {"exact": 0, "tail": 1, "other": 2, "none": 3}
_OWN_COLUMNS = 7
_MOST_ACTORS = 3
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
    every, candidates = np.arange(len(found)), [c.candidate for c in found]
    line = np.array([candidate.line.number for candidate in candidates])
    top = np.sort(event)[::-1][: min(_TOP, len(scene.lines))].mean()
    density = event.sum() / len(scene.lines)
    part, places, times, length, actors = np.array([_sentence(one) for one in scene.lines]).T[:, line]
    head = event[part == _PARTS["headline"]].max(initial=0.0)
    beside, same_beside, same_far = _elsewhere(types, event, best, line)
    own = [_own(candidate, TYPES[kind]) for candidate, kind in zip(candidates, best.tolist(), strict=True)]
    prior, upos, entries, phrase, how, own_prior, no_prior = (
        np.fromiter(chain.from_iterable(own), np.float64, len(own) * _OWN_COLUMNS).reshape(-1, _OWN_COLUMNS).T
    )
    ordered, at = np.sort(types, axis=1), np.array([candidate.at for candidate in candidates])
    layout = scene.layout
    rows = np.array(layout.first)[line] + at
    tense = [_TENSES[code] for code in layout.clauses[layout.clause[rows], CLAUSE.index("tense")].tolist()]
    columns = (
        logits(event),
        logits(types[every, best]),
        logits(top),
        np.log(density + 1e-3),
        head,
        beside,
        same_beside,
        same_far,
        prior,
        how == _FOUND["exact"],
        actors,
        np.log1p(event.sum()),
        *(upos, part, line, len(scene.lines), entries, phrase, how, places, times),
        *(ordered[:, -1], ordered[:, -2], at / length, length),
        *(
            layout.predicate[rows],
            tense,
            own_prior,
            no_prior,
            _actors_near(candidates, line, scene),
            _said(candidates, scene),
        ),
    )
    table = np.zeros((len(found), len(WEIGHED)))
    for number, column in enumerate(columns):
        table[:, number] = column
    table[every, len(WEIGHED) - len(TYPES) + best] = 1
    return table


def _sentence(line: Line) -> tuple[int, bool, bool, int, int]:
    """A sentence: the part of the report, whether it has places and times, how many tokens and how many actors."""
    return _PARTS[line.part], bool(line.places), bool(line.times), len(line.tokens), min(line.actor_count, _MOST_ACTORS)


def _own(candidate: Candidate, kind: str) -> tuple[float, ...]:
    """What a candidate itself shows.

    How sure the lexicon is of its surest type; its part of speech; how many entries, whether a phrase, how they were found; how sure the
    lexicon is of this kind and of no event.
    """
    entries, upos = candidate.entries, _SPEECH.get(candidate.upos, len(_SPEECH))
    if not entries:
        return 0.0, upos, 0, False, _FOUND[candidate.found.how], 0.0, 0.0
    priors = [(entry.type, entry.prior) for entry in entries]
    return (
        max([prior for type_, prior in priors if type_ != "NONE"], default=0.0),
        upos,
        len(entries),
        bool(candidate.phrases),
        _FOUND[candidate.found.how],
        max([prior for type_, prior in priors if type_ == kind], default=0.0),
        max([prior for type_, prior in priors if type_ == "NONE"], default=0.0),
    )


def _actors_near(candidates: Sequence[Candidate], line: Numbers, scene: Scene) -> Numbers:
    """How many actors are mentioned near each candidate, whose sentences are given by number."""
    start = np.array([candidate.span.start for candidate in candidates])
    actors = scene.layout.actors
    owners, mentions = spread(line, actors.ends)
    near = np.abs(actors.table[mentions, 1] - start[owners]) < _NEAR
    return np.bincount(owners[near], minlength=len(candidates))


def _said(candidates: Sequence[Candidate], scene: Scene) -> npt.NDArray[np.bool_]:
    """Whether each candidate stands in the speech of somebody who is known."""
    known = [(start, end) for start, end, number in scene.spoken if scene.statements[number].speaker is not None]
    start, end = filled(known, columns=2).T
    low, high = filled([candidate.span for candidate in candidates], columns=2).T[:, :, None]
    result: npt.NDArray[np.bool_] = ((start <= low) & (high <= end)).any(axis=1)
    return result


@numba.njit(cache=True, nogil=True)
def _elsewhere(types, event, best, line):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The likeliest other candidate of each one's sentence, of its type there, and of its type in other sentences: three times (candidates,).

    Args:
        types: (candidates, types).
        event: (candidates,), the chance that each is an event at all.
        best: (candidates,), the likeliest type of each.
        line: (candidates,), the number of each one's sentence.
    """
    beside, same, far = np.zeros(len(line)), np.zeros(len(line)), np.zeros(len(line))
    for one in range(len(line)):
        for other in range(len(line)):
            likely = types[other, best[one]]
            if line[other] != line[one]:
                far[one] = max(far[one], likely)
            elif other != one:
                beside[one], same[one] = max(beside[one], event[other]), max(same[one], likely)
    return beside, same, far


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
