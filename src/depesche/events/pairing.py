"""A trigger and a mention in one sentence: how they are related by the clause, by the parse, by order and distance, and by the words between."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from depesche.events.layout import CLAUSE, Layout
from depesche.events.relations import EVENT
from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, NUMBERS, Table, Templates, codes, filled, joined, shifts
from depesche.events.triggers import Candidate
from depesche.record import Span

_LONGEST_PATH = 5
_CLAUSES_UP = 3
_BETWEEN = 3
_STEPS: Table = np.array([0, 1, 2, 3, 5, 8, 12, 20])
"""Distances as a few steps, so that close ones share what is learned."""
_MOST = 3

PAIR = (
    "before2", "before", "after", "case", "role", "path", "side", "gap", "inner", "commas", "verbs", "between", "tag",
)  # fmt: skip
"""What is known of the two: the words beside the mention and its case; where it stands in the trigger's clause and in the parse; on which
side and how far off; what stands between; what kind of mention it is."""
_PAIRED = (
    "r:{role}", "r:{role}:{type}", "r:{role}:{tag}", "r:{role}:{lemma}",
    "p:{path}", "p:{path}:{type}", "p:{path}:{upos}:{side}",
    "o:{side}:{gap}", "o:{side}:{gap}:{type}:{upos}", "o:{side}:{tag}:{type}", "k:{tag}:{type}", "k:{tag}",
    "i:{side}:c{commas}:v{verbs}", "i:{side}:n{between}", "i:{side}:n{between}:{type}:{upos}",
    "case:{case}:{side}:{upos}", "case:{case}:{type}:{upos}", "part:{part}:{side}:{type}",
    "{language}:w-1:{before}:{side}", "{language}:w-1:{before}:{type}:{upos}:{side}", "{language}:w-2:{before2} {before}:{side}",
    "{language}:w+1:{after}:{side}", "{language}:w+1:{after}:{type}:{upos}",
    "{language}:b:{side}:{inner}", "{language}:b:{side}:{inner}:{type}",
)  # fmt: skip


@cache
def paired(language: str) -> Templates:
    """The templates of a trigger and a mention in its sentence, over the columns `EVENT` and `PAIR`."""
    return Templates(_PAIRED, (*EVENT, *PAIR), fixed={"language": language})


def pairs(asked: Sequence[tuple[Candidate, Span, int]], scene: Scene) -> Table:
    """What is known of some triggers, each with a mention in its sentence: (pairs, `PAIR`).

    Args:
        asked: trigger, mention, and the code of the mention's kind ("person", "place"), which is joined to the strongest features.
        scene: the report.
    """
    layout = scene.layout
    rows = [
        (layout.first[trigger.line.number], len(trigger.line.tokens), trigger.at, *span, tag)
        for trigger, span, tag in asked
    ]
    found = np.empty((len(asked), len(PAIR)), np.int64)
    _look(filled(rows, columns=6), _ground(layout), shifts(), found)
    return found


class _Ground(NamedTuple):
    """What the kernels see of a layout."""

    words: Table
    starts: Table
    ends: Table
    case: Table
    comma: npt.NDArray[np.bool_]
    head: Table
    clause: Table
    predicate: npt.NDArray[np.bool_]
    clauses: Table
    parents: Table
    first_argument: Table
    arguments: Table
    first_actor: Table
    actors: Table
    line: Table


def _ground(layout: Layout) -> _Ground:
    return _Ground(
        *(layout.words, layout.starts, layout.ends, layout.case, layout.comma, layout.head, layout.clause),
        *(layout.predicate, layout.clauses, layout.parents, layout.arguments.ends, layout.arguments.table),
        *(layout.actors.ends, layout.actors.table, layout.line),
    )


_NUMBERS: Table = np.array(NUMBERS[: max(_MOST, len(_STEPS)) + 1])
_AFTER, _BEFORE, _INSIDE = codes("abi").tolist()
_COLON, _SPACE, _BAR, _UP, _DOWN, _DEEP = codes(": |><+").tolist()
_NOWHERE, _FAR, _NOT, _TRUE = codes(["none", "far", ":not", "True"]).tolist()
_OWN: Table = codes(["in", "up", "upper", "own"])
"""By how many clauses up; the last for the clause whose predicate the trigger is."""
_VERB, _AUX = codes(["VERB", "AUX"]).tolist()
_VOICE, _KIND, _NEGATED = map(CLAUSE.index, ("voice", "clause", "negated"))


@numba.njit(cache=True, nogil=True)
def _look(asked, ground, shift, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill the row of each pair."""
    for pair in range(len(asked)):
        base, size, at = asked[pair, 0], asked[pair, 1], asked[pair, 0] + asked[pair, 2]
        start, end = asked[pair, 3], asked[pair, 4]
        starts = ground.starts[base : base + size]
        first = base + max(0, np.searchsorted(starts, start, side="right") - 1)
        last = base + max(0, np.searchsorted(starts, end - 1, side="right") - 1)
        head = last
        for token in range(first, last + 1):
            if not first <= ground.head[token] <= last:
                head = token
                break
        row = found[pair]
        row[0], row[1], row[2] = ground.words[first - 2, 0], ground.words[first - 1, 0], ground.words[last + 1, 0]
        row[3] = ground.case[head]
        row[4] = _role(at, start, end, ground, shift)
        row[5] = _path(at, head, ground, shift)
        if first > at:
            row[6], row[7] = _AFTER, _NUMBERS[np.searchsorted(_STEPS, first - at, side="right")]
            _between(at + 1, first, ground, shift, row[8:12])
        else:
            row[6], row[7] = _INSIDE, _NUMBERS[np.searchsorted(_STEPS, abs(at - last), side="right")]
            row[8:12] = ABSENT
            if last < at:
                row[6] = _BEFORE
                _between(last + 1, at, ground, shift, row[8:12])
        row[12] = asked[pair, 5]


@numba.njit(cache=True, nogil=True)
def _role(at, start, end, ground, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Where a mention stands in the trigger's clause, else in one that embeds it: "own:s:passive:main", "up:x:in:active:main"."""
    clause = ground.clause[at]
    for up in range(_CLAUSES_UP):
        if clause < 0:
            return _NOWHERE
        for row in range(ground.first_argument[clause], ground.first_argument[clause + 1]):
            argument = ground.arguments[row]
            if argument[1] <= start and end <= argument[2]:
                itself = up == 0 and ground.predicate[at]
                code = joined(joined(_OWN[3 if itself else up], _COLON, shift), argument[0], shift)
                if not start <= argument[3] < end:  # it stands deeper in the phrase
                    code = joined(code, _DEEP, shift)
                for column in (_VOICE, _KIND):
                    code = joined(joined(code, _COLON, shift), ground.clauses[clause, column], shift)
                return joined(code, _NOT, shift) if itself and ground.clauses[clause, _NEGATED] == _TRUE else code
        clause = ground.parents[clause]
    return _FAR


@numba.njit(cache=True, nogil=True)
def _path(start, end, ground, shift):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The relations from one token up to the common ancestor and down to the other: "obl>nsubj|obj<nmod"; "far" where they are many."""
    up = np.zeros(_LONGEST_PATH + 1, np.int64)
    down = np.zeros(_LONGEST_PATH + 1, np.int64)
    up[0], height = start, 1
    while height <= _LONGEST_PATH and ground.head[up[height - 1]] > 0:
        up[height] = ground.head[up[height - 1]]
        height += 1
    at, depth, climbed = end, 0, -1
    while climbed < 0:
        for step in range(height):
            if up[step] == at:
                climbed = step
                break
        if climbed < 0:
            if depth > _LONGEST_PATH or ground.head[at] == 0:
                return _FAR
            down[depth] = at
            at = ground.head[at]
            depth += 1
    if climbed + depth > _LONGEST_PATH:
        return _FAR
    code = np.int64(0)
    for step in range(climbed):
        code = joined(code, _UP, shift) if step else code
        code = joined(code, ground.words[up[step], 2], shift)
    code = joined(code, _BAR, shift)
    for step in range(depth - 1, -1, -1):
        code = joined(code, ground.words[down[step], 2], shift)
        code = joined(code, _DOWN, shift) if step else code
    return code


@numba.njit(cache=True, nogil=True)
def _between(low, high, ground, shift, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """What stands between trigger and mention: the words themselves where they are few; how many commas, verbs and actors."""
    found[0] = ABSENT
    if high - low <= _BETWEEN:
        code = np.int64(0)
        for token in range(low, high):
            code = joined(code, _SPACE, shift) if token > low else code
            code = joined(code, ground.words[token, 0], shift)
        found[0] = code
    commas, verbs, actors = 0, 0, 0
    for token in range(low, high):
        commas += ground.comma[token]
        verbs += ground.words[token, 1] == _VERB or ground.words[token, 1] == _AUX
    if high > low:
        line, start, end = ground.line[low], ground.starts[low], ground.ends[high - 1]
        for actor in range(ground.first_actor[line], ground.first_actor[line + 1]):
            actors += start <= ground.actors[actor, 1] < end
    found[1], found[2], found[3] = (
        _NUMBERS[min(commas, _MOST)],
        _NUMBERS[min(verbs, _MOST)],
        _NUMBERS[min(actors, _MOST)],
    )
