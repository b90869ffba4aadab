"""What the trigger model sees of a candidate's sentence: the words beside it, the parse, the clause and the mentions.

The features are the templates below, filled from the tables of the report (`layout`) for all its candidates at once.
"""

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import numba
import numpy as np

from depesche.events.layout import CLAUSE, LINE, WORD, Layout
from depesche.events.scene import Scene
from depesche.events.templates import (
    ABSENT,
    CODES,
    TRUTHS,
    Facts,
    Table,
    Templates,
    codes,
    rows_of_facts,
    side_by_side,
    spread,
)
from depesche.events.triggers import Candidate, entry_features

_MENTION_REACH = 60
_WIDE = 6
LEAST_KIND = 0.35
"""What a word is taken for must be so likely before its surroundings are judged by it."""
_SIDES = ("-2", "-1", "", "+1", "+2")
"""Of the candidate's neighbours, two on either side, and of itself."""

# "lemma-1" is the dictionary form of the word before the candidate, "head.lemma" that of its head; `kind` is the type that the lexicon is
# surest of. "fine" and "coarse" are classes of like company; a word without leaves a template with them empty.
_OWN_COLUMNS = (
    *(f"{name}{side}" for side in _SIDES for name in WORD),
    *(f"head.{name}" for name in WORD),
    *CLAUSE,
    *LINE,
    "own",
    "kind",
)
_OWN = (
    "{language}:n-2:{lemma-2}", "nu-2:{upos-2}:{upos}",
    "{language}:n-1:{lemma-1}", "nu-1:{upos-1}:{upos}", "{language}:n-1:{lemma-1}:{kind}", "{language}:n-1:{lemma-1}:{lemma}",
    "{language}:n1:{lemma+1}", "nu1:{upos+1}:{upos}", "{language}:n1:{lemma+1}:{kind}", "{language}:n1:{lemma+1}:{lemma}",
    "{language}:n2:{lemma+2}", "nu2:{upos+2}:{upos}",
    "rel:{deprel}:{upos}", "rel:{deprel}:{kind}", "{language}:head:{head.lemma}", "{language}:head:{head.lemma}:{kind}",
    "c:own:{own}:{kind}", "c:voice:{voice}:{own}", "c:tense:{tense}:{own}", "c:mood:{mood}:{own}", "c:kind:{clause}:{own}",
    "c:neg:{negated}:{own}", "c:parent:{parent}", "c:lemma:{predicate}:{kind}",
    "{language}:nk-2:{fine-2}", "{language}:nk-2:{coarse-2}:{kind}", "{language}:nk-1:{fine-1}", "{language}:nk-1:{coarse-1}:{kind}",
    "{language}:nk1:{fine+1}", "{language}:nk1:{coarse+1}:{kind}", "{language}:nk2:{fine+2}", "{language}:nk2:{coarse+2}:{kind}",
    "{language}:hk:{head.fine}:{kind}", "{language}:hk:{head.coarse}:{kind}:{deprel}",
    "m:{actors}:{kind}", "m:{actors}", "m:place:{place}:{kind}", "m:time:{time}:{kind}",
    "part:{part}:{upos}", "part:{part}:{kind}",
)  # fmt: skip
"""One of each for every candidate."""
_AROUND = (
    "{language}:w:{lemma}", "{language}:w:{lemma}:{kind}", "{language}:wk:{fine}", "{language}:wk:{coarse}:{kind}",
)  # fmt: skip
"""For each content word within `_WIDE` words."""
_CHILD = (
    "kid:{deprel}:{upos}", "kid:{deprel}:{kind}", "{language}:kid:{deprel}:{telling}", "{language}:kk:{deprel}:{coarse}:{kind}",
)  # fmt: skip
"""For each word that hangs on the candidate, whose part of speech is `upos`."""
_PREPOSITION = ("{language}:prep:{case}:{kind}", "{language}:prep:{case}:{lemma}")
"""For each preposition of such a word."""


class _Asked(NamedTuple):
    """The templates of one language."""

    own: Templates
    around: Templates
    child: Templates
    preposition: Templates


@cache
def _asked(language: str) -> _Asked:
    fixed = {"language": language}
    return _Asked(
        Templates(_OWN, _OWN_COLUMNS, fixed=fixed),
        Templates(_AROUND, (*WORD, "kind"), fixed=fixed),
        Templates(_CHILD, ("deprel", "coarse", "telling", "upos", "kind"), fixed=fixed),
        Templates(_PREPOSITION, ("case", "lemma", "kind"), fixed=fixed),
    )


_MODAL = Templates(("c:modal:{modal}:{own}",), ("modal", "own"))
_FILLED = Templates(("c:{role}:{actor}:{kind}:{own}",), ("role", "actor", "kind", "own"))
_HEAD = Templates(("c:{role}:{head}:{kind}",), ("role", "head", "kind"))
_NEAR = Templates(("m:{actor}:{kind}",), ("actor", "kind"))
_PHRASE = Templates(("{name}",), ("name",))
_prior = attrgetter("prior")
_ITSELF = CODES["="]
_LEMMA, _DEPREL, _COARSE, _TELLING, _CASE = map(WORD.index, ("lemma", "deprel", "coarse", "telling", "case"))


def context_features(found: Sequence[Candidate], scene: Scene) -> list[list[int]]:
    """The feature rows of each candidate, for learning."""
    return rows_of_facts(context_facts(found, scene), items=len(found))


def context_facts(found: Sequence[Candidate], scene: Scene) -> list[Facts]:
    """What the sentence and the report add to each candidate."""
    layout, asked = scene.layout, _asked(scene.language)
    at = np.array([layout.first[c.line.number] + c.at for c in found], np.int64)
    kind = codes([_kind(c) for c in found])
    clause, head = layout.clause[at], layout.head[at]
    own = np.where(clause < 0, ABSENT, TRUTHS[layout.predicate[at].astype(np.int64)])
    clauses = layout.clauses[clause]
    clauses[layout.predicate[at], -1] = _ITSELF
    around = [layout.words[at + offset] for offset in (-2, -1, 0, 1, 2)]
    table = np.concatenate(
        [*around, layout.words[head], clauses, layout.lines[layout.line[at]], own[:, None], kind[:, None]], axis=1
    )
    owners, rows = _beside(at, layout.line, layout.content, _WIDE)
    return [
        *_phrases(found),
        Facts(asked.own, table, np.arange(len(found))),
        Facts(asked.around, side_by_side(layout.words[rows], kind[owners]), owners),
        *_below(at, layout, kind=kind, asked=asked),
        *_of_clauses(clause, layout, kind=kind, own=own),
        _near(at, layout, kind=kind),
    ]


def _kind(candidate: Candidate) -> str:
    """The type that the lexicon is surest of, "?" where it is not sure of any."""
    if not (candidate.phrases or candidate.found.entries):  # most words
        return "?"
    best = max(candidate.entries, key=_prior)
    return "?" if best.prior < LEAST_KIND else best.type


def _phrases(found: Sequence[Candidate]) -> list[Facts]:
    """What the lexicon says of the phrases that stand around candidates."""
    names = [
        (owner, CODES[n]) for owner, c in enumerate(found) if c.phrases for n in entry_features(c.phrases, how="phrase")
    ]
    if not names:
        return []
    table = np.array(names)
    return [Facts(_PHRASE, np.ascontiguousarray(table[:, 1:]), np.ascontiguousarray(table[:, 0]))]


def _below(at: Table, layout: Layout, *, kind: Table, asked: _Asked) -> list[Facts]:
    """The words that hang on each candidate, and their prepositions."""
    words, children = layout.words, layout.children
    owners, places = spread(at, children.ends)
    rows = children.table[places, 0]
    child = side_by_side(words[rows][:, [_DEPREL, _COARSE, _TELLING]], words[at[owners], 1], kind[owners])
    parents, places = spread(rows, children.ends)
    under = children.table[places, 0]
    kept = words[under, _CASE] >= 0
    under, who = under[kept], owners[parents[kept]]
    preposition = side_by_side(words[under, _CASE], words[at[who], _LEMMA], kind[who])
    return [Facts(asked.child, child, owners), Facts(asked.preposition, preposition, who)]


def _of_clauses(clause: Table, layout: Layout, *, kind: Table, own: Table) -> list[Facts]:
    """The modal verbs over each candidate's clause, and what fills its roles."""
    owners, places = spread(clause, layout.modals.ends)
    modals = Facts(_MODAL, side_by_side(layout.modals.table[places], own[owners]), owners)
    owners, places = spread(clause, layout.filled.ends)
    filled = Facts(_FILLED, side_by_side(layout.filled.table[places], kind[owners], own[owners]), owners)
    owners, places = spread(clause, layout.heads.ends)
    heads = Facts(_HEAD, side_by_side(layout.heads.table[places], kind[owners]), owners)
    return [modals, filled, heads]


def _near(at: Table, layout: Layout, *, kind: Table) -> Facts:
    """The kinds of actors that are mentioned near each candidate, each kind once."""
    owners, places = spread(layout.line[at], layout.actors.ends)
    actor, start = layout.actors.table[places].T
    kept = np.abs(start - layout.starts[at][owners]) < _MENTION_REACH
    owners, actor = owners[kept], actor[kept]
    again = np.zeros(len(owners), np.bool_)
    again[1:] = (owners[1:] == owners[:-1]) & (actor[1:] == actor[:-1])
    owners, actor = owners[~again], actor[~again]
    return Facts(_NEAR, side_by_side(actor, kind[owners]), owners)


@numba.njit(cache=True, nogil=True)
def _beside(at, line, wanted, reach):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The wanted tokens within reach of each of some tokens, in its sentence: (owners, rows)."""
    owners, rows = np.empty(len(at) * 2 * reach, np.int64), np.empty(len(at) * 2 * reach, np.int64)
    size = 0
    for owner in range(len(at)):
        here = at[owner]
        for row in range(max(0, here - reach), min(len(line), here + reach + 1)):
            if row != here and wanted[row] and line[row] == line[here]:
                owners[size], rows[size] = owner, row
                size += 1
    return owners[:size].copy(), rows[:size].copy()
