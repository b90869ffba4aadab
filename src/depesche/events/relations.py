"""What stands between a trigger and a mention in its report: the features of the models that say who, where, when and according to whom.

All of them look at one trigger and one mention (of an actor, a place, a time) and ask how they are related: by the clause, by the
parse, by order and distance, by the words beside the mention, and by what an earlier event of the same type had.
"""

from bisect import bisect_right

import msgspec

from depesche.events.lines import Line
from depesche.events.scene import Scene
from depesche.events.slots import SLOTS, rows_of
from depesche.events.triggers import Candidate
from depesche.record import Argument, Clause, Span

_LONGEST_PATH = 5
_BETWEEN = 3
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20)


class Told(msgspec.Struct, frozen=True):
    """What is already known of the event when its relations are asked for.

    Attributes:
        type: its type; `before` the earlier event of the same type, if any.
    """

    trigger: Candidate
    type: str
    before: "Told | None" = None
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    when: str | None = None
    source: str | None = None

    def role_of(self, actor: str) -> str:
        """What an actor was in this event."""
        return "agent" if actor in self.agents else "recipient" if actor in self.recipients else "none"


def bucket(number: int) -> int:
    """A number as one of a few steps, so that close ones share what is learned."""
    return bisect_right(_STEPS, abs(number))


def paired(told: Told, span: Span, *, tag: str, scene: Scene) -> list[int]:
    """The rows of the features of `between`, which several models ask for."""
    key = told.trigger.span, told.type, span, tag
    known = scene.pairs.get(key)
    if known is None:
        names, worded = between(told, span, tag=tag)
        known = scene.pairs[key] = SLOTS.rows(names) + rows_of(worded, f"{scene.language}:".encode())
    return known


def between(told: Told, span: Span, *, tag: str) -> tuple[list[str], list[str]]:
    """The features of a mention in the trigger's own sentence: those that languages share, and those that hold words of one.

    Args:
        told: the event.
        span: the mention.
        tag: what kind of mention it is ("person", "place"), joined to the strongest features.
    """
    trigger = told.trigger
    line, at = trigger.line, trigger.at
    first, last = line.token_at(span.start), line.token_at(span.end - 1)
    side = "a" if first > at else "b" if last < at else "i"
    gap = bucket(first - at if side == "a" else at - last)
    here = f"{told.type}:{trigger.upos}"
    role = clause_role(line, at, span)
    head = _head_of(line, first, last)
    path = path_between(line, at, head)
    names = [
        f"r:{role}",
        f"r:{role}:{told.type}",
        f"r:{role}:{tag}",
        f"r:{role}:{trigger.lemma}",
        f"p:{path}",
        f"p:{path}:{told.type}",
        f"p:{path}:{trigger.upos}:{side}",
        f"o:{side}:{gap}",
        f"o:{side}:{gap}:{here}",
        f"o:{side}:{tag}:{told.type}",
        f"k:{tag}:{told.type}",
        f"k:{tag}",
    ]
    worded = _beside(line, first, last, here=here, side=side)
    if side != "i":
        low, high = (at + 1, first) if side == "a" else (last + 1, at)
        if high - low <= _BETWEEN:
            inner = " ".join(line.lemmas[low:high])
            worded += [f"b:{side}:{inner}", f"b:{side}:{inner}:{told.type}"]
        commas, verbs = line.commas[high] - line.commas[low], line.verbs[high] - line.verbs[low]
        actors = (
            sum(1 for m in line.actors if line.tokens[low].span.start <= m.span.start < line.tokens[high - 1].span.end)
            if high > low
            else 0
        )
        names += [
            f"i:{side}:c{min(commas, 3)}:v{min(verbs, 3)}",
            f"i:{side}:n{min(actors, 3)}",
            f"i:{side}:n{min(actors, 3)}:{here}",
        ]
    case = next((f for f in line.tokens[head].feats.split("|") if f.startswith("Case=")), "")
    names += [f"case:{case}:{side}:{trigger.upos}", f"case:{case}:{told.type}:{trigger.upos}"]
    names.append(f"part:{line.part}:{side}:{told.type}")
    return names, worded


def _beside(line: Line, first: int, last: int, *, here: str, side: str) -> list[str]:
    before = line.lemmas[first - 1] if first else "·"
    before2 = line.lemmas[first - 2] if first > 1 else "·"
    after = line.lemmas[last + 1] if last + 1 < len(line.lemmas) else "·"
    return [
        f"w-1:{before}:{side}",
        f"w-1:{before}:{here}:{side}",
        f"w-2:{before2} {before}:{side}",
        f"w+1:{after}:{side}",
        f"w+1:{after}:{here}",
    ]


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
    up, seen = [start], {start: 0}
    while 0 <= line.tokens[up[-1]].head < len(line.tokens) and len(up) <= _LONGEST_PATH:
        up.append(line.tokens[up[-1]].head)
        seen.setdefault(up[-1], len(up) - 1)
    down: list[str] = []
    at = end
    while at not in seen and len(down) <= _LONGEST_PATH:
        down.append(line.tokens[at].deprel)
        at = line.tokens[at].head
        if at < 0:
            return "far"
    if at not in seen or seen[at] + len(down) > _LONGEST_PATH:
        return "far"
    climbed = [line.tokens[i].deprel for i in up[: seen[at]]]
    return ">".join(climbed) + "|" + "<".join(reversed(down))


def elsewhere(told: Told, *, tag: str, distance: int, same_part: bool) -> list[str]:
    """The features of a mention that stands in another sentence.

    Args:
        told: the event.
        tag: what kind of mention it is.
        distance: how many sentences before (positive) or after (negative) the trigger's.
        same_part: whether the mention stands in a part with the same label.
    """
    actors = min(len({m.actor.id for m in told.trigger.line.actors}), 3)
    return [
        "far",
        f"far:{told.type}",
        f"far:{tag}:{told.type}",
        f"far:{tag}",
        f"far:d:{max(-3, min(distance, 6))}",
        f"far:n:{actors}:{told.type}",
        f"far:u:{told.trigger.upos}:{actors}",
        f"far:part:{same_part}:{told.trigger.line.part}",
    ]


def carried(told: Told, *, role: str) -> list[str]:
    """What the mention was in the earlier event of the same type."""
    earlier = told.before
    if earlier is None:
        return ["e:first", f"e:first:{told.type}"]
    same = earlier.trigger.lemma == told.trigger.lemma
    gap = min(told.trigger.line.number - earlier.trigger.line.number, 4)
    return [f"e:{role}", f"e:{role}:{told.type}", f"e:{role}:{same}:{gap}", f"e:{role}:{told.trigger.upos}:{same}"]


def spoken(told: Told, scene: Scene) -> tuple[list[str], set[str]]:
    """Features of the speech that holds the trigger, and the actors who speak there."""
    return speech_at(told.trigger.span, scene)


def speech_at(span: Span, scene: Scene) -> tuple[list[str], set[str]]:
    """The same of any span."""
    known = scene.speech.get(span)
    if known is None:
        known = scene.speech[span] = _spoken(span, scene)
    return known


def _spoken(trigger: Span, scene: Scene) -> tuple[list[str], set[str]]:
    names, speakers = [], set()
    for statement in scene.statements:
        if any(piece.holds(trigger) for piece in statement.content):
            names.append(f"c:said:{statement.mode}")
            if statement.speaker is not None:
                speakers.add(statement.speaker)
    return names or ["c:unsaid"], speakers
