"""A trigger and a mention in one sentence: how they are related by the clause, by the parse, by order and distance, and by the words between."""

from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from depesche.events.lines import NOTHING, Line
from depesche.events.relations import EVENT
from depesche.events.templates import ABSENT, CODES, NUMBERS, Templates
from depesche.events.triggers import Candidate
from depesche.record import Argument, Clause, Span

_LONGEST_PATH = 5
_BETWEEN = 3
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20)
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


class _Standing(NamedTuple):
    """A mention in its sentence: its tokens, the one of them that hangs outside of it; codes of the words beside it and of its case."""

    first: int
    last: int
    head: int
    beside: tuple[int, int, int, int]


class Pairing:
    """Looks at the triggers and mentions of one report."""

    def __init__(self) -> None:
        self._standing: dict[Span, _Standing] = {}

    def row(self, trigger: Candidate, span: Span, *, tag: int) -> tuple[int, ...]:
        """What is known of a trigger and a mention in its sentence: `PAIR`.

        Args:
            trigger: of the event.
            span: the mention.
            tag: code of its kind ("person", "place"), joined to the strongest features.
        """
        line, at = trigger.line, trigger.at
        standing = self._standing.get(span)
        if standing is None:
            standing = self._standing[span] = _stand(line, span)
        first, last, head, beside = standing
        role, path = CODES[clause_role(line, at, span)], CODES[path_between(line, at, head)]
        if first > at:
            return *beside, role, path, _AFTER, _STEP[bucket(first - at)], *_inner(line, at + 1, first), tag
        gap = _STEP[bucket(at - last)]
        if last < at:
            return *beside, role, path, _BEFORE, gap, *_inner(line, last + 1, at), tag
        return *beside, role, path, _INSIDE, gap, ABSENT, ABSENT, ABSENT, ABSENT, tag


_AFTER, _BEFORE, _INSIDE = CODES["a"], CODES["b"], CODES["i"]
_STEP = NUMBERS[: len(_STEPS) + 1]
_NOTHING = CODES[NOTHING]


def bucket(distance: int) -> int:
    """A number as one of a few steps, so that close ones share what is learned."""
    return bisect_right(_STEPS, abs(distance))


def _stand(line: Line, span: Span) -> _Standing:
    first, last = line.token_at(span.start), line.token_at(span.end - 1)
    lemmas, head = line.lemmas, _head_of(line, first, last)
    before2 = CODES[lemmas[first - 2]] if first > 1 else _NOTHING
    before = CODES[lemmas[first - 1]] if first else _NOTHING
    after = CODES[lemmas[last + 1]] if last + 1 < len(lemmas) else _NOTHING
    return _Standing(first, last, head, (before2, before, after, _case(line.tokens[head].feats)))


@lru_cache(maxsize=10_000)
def _case(feats: str) -> int:
    return CODES[next((f for f in feats.split("|") if f.startswith("Case=")), "")]


def _inner(line: Line, low: int, high: int) -> tuple[int, int, int, int]:
    """What stands between trigger and mention: the words themselves where they are few; how many commas, verbs and actors."""
    words = CODES[" ".join(line.lemmas[low:high])] if high - low <= _BETWEEN else ABSENT
    commas, verbs, actors = line.commas[high] - line.commas[low], line.verbs[high] - line.verbs[low], 0
    if high > low:
        start, end = line.starts[low], line.tokens[high - 1].span.end
        actors = sum([start <= position < end for _, position in line.actor_starts])
    return words, NUMBERS[min(commas, _MOST)], NUMBERS[min(verbs, _MOST)], NUMBERS[min(actors, _MOST)]


def _head_of(line: Line, first: int, last: int) -> int:
    """The token of a mention that hangs outside of it."""
    for i in range(first, last + 1):
        if not first <= line.tokens[i].head <= last:
            return i
    return last


def clause_role(line: Line, at: int, span: Span) -> str:
    """Where a mention stands in the trigger's clause, else in the clause that embeds it: "own:s:passive", "up:x:in"."""
    clause = line.clause_around(at)
    own = "own" if at in line.predicates else "in"
    for _ in range(3):
        if clause is None:
            return "none"
        found = _role_in(clause, span)
        if found:
            negative = ":not" if clause.negated and own == "own" else ""
            return f"{own}:{found}:{clause.voice}:{clause.kind}{negative}"
        parent = clause.parent
        clause = None if parent is None else line.clause_of(line.token_at(parent.start))
        own = "up" if own != "up" else "upper"
    return "far"


def _role_in(clause: Clause, span: Span) -> str | None:
    if clause.subject is not None and clause.subject.span.holds(span):
        return f"s{_deep(clause.subject, span)}"
    for argument in clause.objects:
        if argument.span.holds(span):
            return f"o:{argument.case}{_deep(argument, span)}"
    for argument in clause.obliques:
        if argument.span.holds(span):
            return f"x:{argument.preposition or argument.case}{_deep(argument, span)}"
    return None


def _deep(argument: Argument, span: Span) -> str:
    """Whether the mention is the argument's head or stands deeper in it."""
    return "" if span.start <= argument.head.start < span.end else "+"


def path_between(line: Line, start: int, end: int) -> str:
    """The relations from one token up to the common ancestor and down to the other; "far" where they are many."""
    tokens, up = line.tokens, line.ancestors(start, most=_LONGEST_PATH)
    down: list[str] = []
    at = end
    while at not in up and len(down) <= _LONGEST_PATH:
        down.append(tokens[at].deprel)
        at = tokens[at].head
        if at < 0:
            return "far"
    if at not in up or up.index(at) + len(down) > _LONGEST_PATH:
        return "far"
    climbed = [tokens[i].deprel for i in up[: up.index(at)]]
    return ">".join(climbed) + "|" + "<".join(reversed(down))
