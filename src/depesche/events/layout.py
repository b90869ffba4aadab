"""A report's sentences as tables of codes, from which the features of all its words are made at once.

One row a token, with two rows that hold nothing before each sentence and after the last, so that the neighbours of every token are rows, too.
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.events.extents import EXTENT, rows_at, stretched
from depesche.events.kinship import STRANGER, kinship
from depesche.events.lines import CONTENT, NOTHING, Line
from depesche.events.templates import ABSENT, CODES, Table, codes, filled, number, side_by_side
from depesche.record import Clause

WORD = ("lemma", "upos", "deprel", "fine", "coarse", "telling", "case")
"""Columns of a token: its dictionary form, part of speech and relation; the classes of its company; and its dictionary form once more if
it is related to its head in a way that says much about the head (`_TELLING`), or is its preposition."""
CLAUSE = ("voice", "tense", "mood", "clause", "negated", "parent", "predicate")
LINE = ("part", "actors", "place", "time")
ARGUMENT = ("label", "start", "end", "head")
"""Columns of a clause's argument: what it is ("s", "o:Acc", "x:in"); where it begins and ends in the text, and where its head begins."""
_TELLING = frozenset({"case", "det", "amod", "compound", "compound:prt", "nmod:poss", "advmod"})
"""Relations of words that say much about the word they hang on."""
_MOST_ACTORS = 3
_PADDING = 2
_KEPT_WORDS = 60_000


class Members(msgspec.Struct, frozen=True):
    """What belongs to each of a report's things, in one table.

    Attributes:
        ends: (things + 1,), where the rows of each begin; one more for the end of the last.
        table: (rows, columns).
    """

    ends: Table
    table: Table


class Layout(msgspec.Struct, frozen=True):
    """The tables of a report.

    Attributes:
        first: by sentence, the row of its first token.
        words: (tokens, `WORD`); `content` marks those that may be triggers though no lexicon knows them.
        line: of each token, the number of its sentence, -1 where it is none.
        starts: where each token begins in the text; `ends` where it ends.
        case: of each token, the code of its "Case=..."; `comma` whether it is one.
        head: of each token, the row of its head; 0, which holds nothing, where it has none.
        children: of each token, the rows of those that hang on it.
        clause: of each token, the number of its clause, -1 where it has none; `predicate` whether it is the clause's predicate.
        clauses: (clauses + 1, `CLAUSE`); the last row, which -1 finds, holds nothing.
        parents: of each clause, the number of the one that embeds it, -1 for none.
        modals: of each clause, the modal verbs over it.
        filled: of each clause, (role, kind of actor in it, "-" for none); `heads`: (role, dictionary form of its head).
        arguments: of each clause, `ARGUMENT`, the subject first, then objects, then obliques.
        lines: (sentences, `LINE`).
        actors: of each sentence, (kind, where the mention begins), by kind.
    """

    first: list[int]
    words: Table
    content: npt.NDArray[np.bool_]
    line: Table
    starts: Table
    ends: Table
    case: Table
    comma: npt.NDArray[np.bool_]
    head: Table
    children: Members
    clause: Table
    predicate: npt.NDArray[np.bool_]
    clauses: Table
    parents: Table
    modals: Members
    filled: Members
    heads: Members
    arguments: Members
    lines: Table
    actors: Members


class _Words(dict[str, tuple[int, int, int]]):
    """The codes of a lemma and of its two classes, by lemma. Begun anew beyond so many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._kinship = kinship(language)

    def __missing__(self, lemma: str) -> tuple[int, int, int]:
        """What is known of a lemma met for the first time."""
        if len(self) >= _KEPT_WORDS:
            self.clear()
        kin = self._kinship.of(lemma)
        company = (ABSENT, ABSENT) if kin is STRANGER else (number(kin.fine), number(kin.coarse))
        found = self[lemma] = (CODES[lemma], *company)
        return found


class _Cases(dict[str, int]):
    """The code of the case among the features of a token, by those features."""

    def __missing__(self, feats: str) -> int:
        """The case of features met for the first time."""
        if len(self) >= _KEPT_WORDS:
            self.clear()
        found = self[feats] = CODES[next((f for f in feats.split("|") if f.startswith("Case=")), "")]
        return found


_CASES = _Cases()
_words = cache(_Words)
_NOWHERE: Table = np.array([CODES[NOTHING], CODES[NOTHING], *[ABSENT] * (len(WORD) - 2)])
_CASE = CODES["case"]
_TELLING_CODES: Table = codes(sorted(_TELLING))
_CONTENT_CODES: Table = codes(sorted(CONTENT))


def layout_of(lines: Sequence[Line], *, language: str) -> Layout:
    """The tables of a report."""
    lengths = np.array([len(line.tokens) for line in lines], np.int64)
    first = _PADDING + np.cumsum(lengths + _PADDING) - lengths - _PADDING
    number_of = np.repeat(np.arange(len(lines)), lengths)
    rows, size = (
        np.arange(len(number_of)) + _PADDING * (1 + number_of),
        int(lengths.sum()) + _PADDING * (len(lines) + 1),
    )

    def laid(values: npt.NDArray[np.int64], empty: int) -> Table:
        found = np.full(size, empty)
        found[rows] = values
        return found

    tokens = [token for line in lines for token in line.tokens]
    words = np.tile(_NOWHERE, (size, 1))
    words[rows] = _words_of(lines, language)
    within = _column([token.head for token in tokens])
    rooted = (within < 0) | (within >= lengths[number_of])
    head = laid(np.where(rooted, 0, first[number_of] + within), 0)
    spans = filled([token.span for token in tokens], columns=2)
    starts, ends = laid(spans[:, 0], -1), laid(spans[:, 1], -1)
    clauses = _clauses_of(lines, first=first.tolist())
    clause, predicate, parents = stretched(clauses.extents, starts, ends)
    heads = rows_at(clauses.heads, starts)
    return Layout(
        first=first.tolist(),
        words=words,
        content=(words[:, 1, None] == _CONTENT_CODES).any(axis=1),
        line=laid(number_of, -1),
        starts=starts,
        ends=ends,
        case=laid(_column([_CASES[token.feats] for token in tokens]), ABSENT),
        comma=laid(_column([word == "," for line in lines for word in line.words]), 0) > 0,
        head=head,
        children=_grouped(head, size=size),
        clause=clause,
        predicate=predicate,
        clauses=clauses.rows,
        parents=parents,
        modals=clauses.modals,
        filled=clauses.filled,
        heads=Members(clauses.arguments.ends, side_by_side(clauses.roles, words[heads, 0])),
        arguments=clauses.arguments,
        lines=_lines_of(lines),
        actors=_members(
            [sorted([(CODES[kind], start) for start, _, kind in line.actor_spans]) for line in lines], columns=2
        ),
    )


def _column(values: Sequence[int]) -> Table:
    return np.fromiter(values, np.int64, len(values))


def _words_of(lines: Sequence[Line], language: str) -> Table:
    """The rows of all tokens, in reading order."""
    known = _words(language)
    company = filled([known[lemma] for line in lines for lemma in line.lemmas], columns=3)
    upos = codes([upos for line in lines for upos in line.parts])
    relation = codes([token.deprel for line in lines for token in line.tokens])
    lemma = company[:, 0]
    telling = np.where((relation[:, None] == _TELLING_CODES).any(axis=1), lemma, ABSENT)
    case = np.where(relation == _CASE, lemma, ABSENT)
    return np.stack([lemma, upos, relation, company[:, 1], company[:, 2], telling, case], axis=1)


def _grouped(head: Table, *, size: int) -> Members:
    """The rows that have each row for their head; those without a head are nobody's."""
    order = np.argsort(head, kind="stable")
    ends = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(head, minlength=size), out=ends[1:])
    return Members(ends, order[:, None])


def _members(groups: Sequence[Sequence[tuple[int, ...]]], *, columns: int) -> Members:
    """From the rows of each thing."""
    ends = np.fromiter(accumulate(map(len, groups), initial=0), np.int64, len(groups) + 1)
    return Members(ends, filled([*chain.from_iterable(groups)], columns=columns))


class _Clauses(NamedTuple):
    """The clauses of a report.

    Attributes:
        rows: as `Layout.clauses`; so `modals`, `filled` and `arguments`.
        extents: (clauses, `EXTENT`).
        heads: of each argument, (row of its sentence's first token, its tokens, where the head begins); `roles` what it is.
    """

    rows: Table
    extents: Table
    modals: Members
    filled: Members
    arguments: Members
    heads: Table
    roles: Table


def _clauses_of(lines: Sequence[Line], *, first: Sequence[int]) -> _Clauses:
    """All clauses of a report, whose sentences begin at these rows."""
    rows: list[tuple[int, ...]] = []
    extents: list[tuple[int, ...]] = []
    modals: list[tuple[int, ...]] = []
    roles = _Roles([], [], [])
    ends: list[tuple[int, ...]] = [(0, 0, 0)]
    for base, line in zip(first, lines, strict=True):
        here = base, len(line.tokens)
        for clause in line.clauses:
            grammar = _grammar(clause.voice, clause.tense, clause.mood, clause.kind, negated=clause.negated)
            rows.append((*grammar, CODES[str(clause.parent_lemma)], CODES[clause.lemma]))
            parent = -1 if clause.parent is None else clause.parent.start
            extents.append((*here, *clause.span, clause.predicate.start, parent))
            modals += [(CODES[modal],) for modal in clause.modals]
            _add_roles(line, clause, here=here, roles=roles)
            ends.append((len(modals), len(roles.kinds), len(roles.heads)))
    rows.append((ABSENT,) * len(CLAUSE))
    of_modals, of_kinds, of_arguments = np.array(ends).T.copy()
    heads = filled(roles.heads, columns=4)
    return _Clauses(
        rows=filled(rows, columns=len(CLAUSE)),
        extents=filled(extents, columns=len(EXTENT)),
        modals=Members(of_modals, filled(modals, columns=1)),
        filled=Members(of_kinds, filled(roles.kinds, columns=2)),
        arguments=Members(of_arguments, filled(roles.arguments, columns=len(ARGUMENT))),
        heads=heads[:, 1:],
        roles=heads[:, 0],
    )


@cache
def _grammar(voice: str, tense: str, mood: str, kind: str, *, negated: bool) -> tuple[int, ...]:
    """The codes of what a clause shows; there are few such."""
    return CODES[voice], CODES[tense], CODES[mood], CODES[kind], CODES[str(negated)]


class _Roles(NamedTuple):
    """What fills the roles of clauses, gathered: rows of `Layout.filled`, `_Clauses.roles` with `_Clauses.heads`, and `Layout.arguments`."""

    kinds: list[tuple[int, ...]]
    heads: list[tuple[int, ...]]
    arguments: list[tuple[int, ...]]


def _add_roles(line: Line, clause: Clause, *, here: tuple[int, int], roles: _Roles) -> None:
    """Add the kinds of actors in each argument of a clause, and where it and its head stand; `here` are the rows of its sentence."""
    arguments = [(_SUBJECT, _SUBJECT, clause.subject)] if clause.subject is not None else []
    arguments += [(_OBJECT, CODES[f"o:{argument.case}"], argument) for argument in clause.objects]
    arguments += [(_OBLIQUE, CODES[f"x:{a.preposition or a.case}"], a) for a in clause.obliques]
    for role, label, argument in arguments:
        low, high = argument.span
        head = argument.head.start
        inside = {kind for start, end, kind in line.actor_spans if low <= start and end <= high}
        roles.kinds.extend([(role, CODES[kind]) for kind in inside] if inside else [(role, _NOBODY)])
        roles.heads.append((role, *here, head))
        roles.arguments.append((label, low, high, head))


_SUBJECT, _OBJECT, _OBLIQUE, _NOBODY = CODES["s"], CODES["o"], CODES["x"], CODES["-"]


def _lines_of(lines: Sequence[Line]) -> Table:
    rows = [
        (
            CODES[line.part],
            number(min(line.actor_count, _MOST_ACTORS)),
            CODES[str(bool(line.places))],
            CODES[str(bool(line.times))],
        )
        for line in lines
    ]
    return np.array(rows)
