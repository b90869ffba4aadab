"""What stands between a trigger and a mention in its report: the features of the models that say who, where, when and according to whom.

All of them look at one trigger and one mention (of an actor, a place, a time) and ask how they are related: by the clause, by the
parse, by order and distance, by the words beside the mention, and by what an earlier event of the same type had. The features are
templates, filled for all events of a report at once; those that depend on earlier answers are reckoned for each answer there can be.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec
import numpy as np

from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, CODES, NUMBERS, Facts, Table, Templates, filled, number, rows_of_facts
from depesche.events.triggers import Candidate
from depesche.record import Span

_MOST = 3
_LONGEST_GAP = 4
_FARTHEST = (-3, 6)


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


class Question(msgspec.Struct, frozen=True):
    """An event whose relations are asked for, before any answer is known.

    Attributes:
        before: the earlier event of the same type, if any; `distances`: how many sentences before this one that event stands, and the one
            of the same type before that.
    """

    trigger: Candidate
    type: str
    before: "Question | None" = None

    @property
    def distances(self) -> tuple[int, ...]:
        """How many sentences back the earlier events of the same type stand, the last two."""
        found, earlier = [], self.before
        for _ in range(_EARLIER_EVENTS):
            if earlier is None:
                break
            found.append(self.trigger.line.number - earlier.trigger.line.number)
            earlier = earlier.before
        return tuple(found)


_EARLIER_EVENTS = 2


def asked(events: Iterable[tuple[Candidate, str]]) -> list[Question]:
    """The questions about a report's events, each a trigger and a type, in reading order."""
    latest: dict[str, Question] = {}
    found = []
    for trigger, kind in events:
        latest[kind] = question = Question(trigger, kind, latest.get(kind))
        found.append(question)
    return found


class Option(msgspec.Struct, frozen=True):
    """One mention as a filler.

    Attributes:
        value: actor id, place id, or EDTF.
        span: the mention, None where only an earlier event tells.
        parts: its features are those of these parts, by number.
    """

    value: str
    span: Span | None
    parts: tuple[int, ...]


class Parts:
    """What the options of a report are made of: each part has features of its own, so that what options share is reckoned once.

    Attributes:
        facts: of all parts.
        count: how many parts there are.
    """

    def __init__(self) -> None:
        self.facts: list[Facts] = []
        self.count = 0

    def add(self, table: Table, *templates: Templates) -> int:
        """Parts, one a row of the table; gives the number of the first."""
        first = self.count
        self.count += len(table)
        owners = np.arange(first, self.count)
        self.facts += [Facts(kind, table, owners) for kind in templates]
        return first

    def tell(self, rows: Sequence[tuple[int, ...]], templates: Templates) -> None:
        """More of parts that there are: rows of (part, columns of the templates)."""
        if rows:
            table = filled(rows, columns=1 + len(templates.columns))
            self.facts.append(Facts(templates, np.ascontiguousarray(table[:, 1:]), np.ascontiguousarray(table[:, 0])))

    def tell_table(self, owners: Table, table: Table, templates: Templates) -> None:
        """The same with the parts and their rows as tables."""
        self.facts.append(Facts(templates, table, owners))

    @cached_property
    def rows(self) -> list[list[int]]:
        """The feature rows of each part, for learning; asked for when all is told."""
        return rows_of_facts(self.facts, items=self.count)

    def rows_of(self, parts: Sequence[int]) -> list[int]:
        """The feature rows of an option that has these parts."""
        return [row for part in parts for row in self.rows[part]]


EVENT = ("type", "upos", "lemma", "part", "actors")
"""What is known of an event: its type, its trigger's part of speech and dictionary form, the part of the report, how many act in its sentence."""


def event_table(questions: Sequence[Question]) -> Table:
    """(events, `EVENT`)."""
    rows = []
    for question in questions:
        trigger, line = question.trigger, question.trigger.line
        texts = (question.type, trigger.upos, trigger.lemma, line.part)
        rows.append((*map(CODES.__getitem__, texts), NUMBERS[min(line.actor_count, _MOST)]))
    return filled(rows, columns=len(EVENT))


_AT = (
    "far", "far:{type}", "far:d:{steps}", "far:n:{actors}:{type}", "far:u:{upos}:{actors}", "far:part:{same_part}:{part}",
)  # fmt: skip
_TAG = ("far:{tag}:{type}", "far:{tag}")
FAR = (*EVENT, "steps", "same_part")
"""What is known of an event and another sentence: how many sentences before (positive) or after (negative) the trigger's that stands; whether
its part of the report has the same label."""
ELSEWHERE = Templates(_AT, FAR)
"""Of any mention in another sentence."""
ELSEWHERE_TAGGED = Templates((*_AT, *_TAG), (*FAR, "tag"))
"""The same with the kind of mention."""


def steps(distance: int) -> int:
    """The code of a distance in sentences."""
    least, most = _FARTHEST
    return number(max(least, min(distance, most)))


def steps_of(distances: Table) -> Table:
    """The same for many."""
    least, most = _FARTHEST
    return _STEPS[np.clip(distances, least, most) - least]


_STEPS: Table = np.array([number(distance) for distance in range(_FARTHEST[0], _FARTHEST[1] + 1)])


_CARRIED = ("type", "upos", "first", "same", "gap", "answer")
CARRIED = Templates(
    (
        "e:first{first}", "e:first{first}:{type}",
        "e:{answer}", "e:{answer}:{type}", "e:{answer}:{same}:{gap}", "e:{answer}:{upos}:{same}",
    ),
    _CARRIED,
)  # fmt: skip
"""What the mention was in the earlier event of the same type, whether that had the same word for a trigger, and how many sentences before."""


def carried_table(questions: Sequence[Question], *, answers: Sequence[str]) -> Table:
    """(events x answers, `_CARRIED`): what each answer to the earlier event says about each event."""
    rows = []
    for question in questions:
        own, earlier = (CODES[question.type], CODES[question.trigger.upos]), question.before
        if earlier is None:
            rows += [(*own, _EMPTY, ABSENT, ABSENT, ABSENT)] * len(answers)
            continue
        same = CODES[str(earlier.trigger.lemma == question.trigger.lemma)]
        gap = number(min(question.trigger.line.number - earlier.trigger.line.number, _LONGEST_GAP))
        rows += [(*own, ABSENT, same, gap, CODES[answer]) for answer in answers]
    return filled(rows, columns=len(_CARRIED))


_EMPTY = CODES[""]


SPOKEN = Templates(("{name}",), ("name",))


def speech_at(span: Span, scene: Scene) -> tuple[list[str], set[str]]:
    """Names of features of the speech that holds a span, and the actors who speak there."""
    known = scene.speech.get(span)
    if known is None:
        known = scene.speech[span] = _spoken(span, scene)
    return known


def _spoken(trigger: Span, scene: Scene) -> tuple[list[str], set[str]]:
    low, high = trigger
    around = {number for start, end, number in scene.spoken if start <= low and high <= end}
    said = [scene.statements[number] for number in sorted(around)]
    names = [f"c:said:{statement.mode}" for statement in said]
    return names or ["c:unsaid"], {statement.speaker for statement in said if statement.speaker is not None}
