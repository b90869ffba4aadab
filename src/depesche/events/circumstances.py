"""Where and when it may have been: the places and times among which the models choose, with their features.

Places come from the whole report, times from the sentences around the trigger and from the earlier event of the same type.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from depesche.events.pairing import paired, pairs
from depesche.events.relations import (
    CARRIED,
    ELSEWHERE_TAGGED,
    EVENT,
    Option,
    Parts,
    Question,
    Told,
    carried_table,
    steps,
)
from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, CODES, NUMBERS, TRUTHS, Table, Templates, filled, number
from depesche.events.triggers import Candidate
from depesche.record import PlaceGuess, PlaceMention, Span, TimeExpression

Placing = PlaceMention | PlaceGuess
_PLACES = 8
_TIME_LINES = (0, 1, -1, -2, 2)
"""Where times are looked for, in sentences before (positive) and after the trigger's: a headline is dated by what follows."""
_LONGEST_GAP = 6
_TRUTH = tuple(TRUTHS.tolist())
_PLACE, _TIME = CODES["place"], CODES["time"]

_WHERE_COLUMNS = ("count", "rank", "away", "first", "made", "stands", "sentences", "state")
_WHERE = Templates(
    (
        "bias", "k:n{count}", "k:n{count}:{away}", "k:rank:{rank}:{away}", "k:first:{first}:{away}", "k:here:{stands}:{sentences}",
        "k:state:{state}:{type}", "k:status:{type}:{away}", "k:made:{made}", "k:made:{made}:{away}", "k:made:{made}:{type}",
    ),
    (*EVENT, *_WHERE_COLUMNS),
)  # fmt: skip
"""Of an event and a place: how often that is mentioned; how many stand nearer; whether it stands in another sentence, is the report's first,
is a state, or is held by a table at all and if not, why it may be a place; how many places the event's sentence has, and how many sentences off this one stands."""
_WHEN_COLUMNS = ("shape", "count", "distance", "timex")
_WHEN = Templates(
    ("bias", "k:{shape}", "k:{shape}:{type}", "k:n{count}:{distance}", "k:t:{timex}"), (*EVENT, *_WHEN_COLUMNS)
)
"""Of an event and a time: whether that is a day or longer, how exact it is, how many stand in its sentence, and how far off that is."""
_AGAIN = Templates(
    ("bias", "e:when:{type}", "e:when:{gap}:{same}", "e:when:{upos}", "e:when:n{count}", "e:when:{part}"),
    (*EVENT, "gap", "same", "count"),
)
"""Of an event and the time of the earlier one of its type."""
_ANSWERS = ("same", "other", "none")


class _Mentions:
    """Mentions of places or times as options of a report's events, gathered one by one."""

    def __init__(self, scene: Scene, *, tag: int) -> None:
        self._scene = scene
        self._tag = tag
        self._near: list[int] = []
        self._pairs: list[tuple[Candidate, Span, int]] = []
        self._far: list[tuple[int, tuple[int, ...]]] = []
        self.events: list[int] = []
        self.rows: list[tuple[int, ...]] = []

    def add(  # noqa: PLR0913 (one mention has so many sides)
        self, event: int, question: Question, span: Span, *, distance: int, same_part: bool, row: tuple[int, ...]
    ) -> int:
        """A mention; gives its number."""
        mine = len(self.rows)
        self.events.append(event)
        self.rows.append(row)
        if distance:
            self._far.append((mine, (steps(distance), _TRUTH[same_part], self._tag)))
        else:
            self._near.append(mine)
            self._pairs.append((question.trigger, span, self._tag))
        return mine

    def parts(self, events: Table, templates: Templates, *, columns: int) -> Parts:
        """The mentions as parts, in order."""
        found = Parts()
        own = events[self.events]
        found.add(np.concatenate([own, filled(self.rows, columns=columns)], axis=1), templates)
        found.tell_table(
            np.array(self._near, np.int64),
            np.concatenate([own[self._near], pairs(self._pairs, self._scene)], axis=1),
            paired(self._scene.language),
        )
        far = [mine for mine, _ in self._far]
        beyond = filled([row for _, row in self._far], columns=3)
        found.tell_table(np.array(far, np.int64), np.concatenate([own[far], beyond], axis=1), ELSEWHERE_TAGGED)
        return found


class PlaceOptions:
    """The places of the report, nearest first, each by its mention nearest to the trigger."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, events: Table) -> None:
        mentions = [(mention, scene.line_at(mention.span)) for mention in scene.possible_places]
        counts = Counter(mention.place.id for mention, _ in mentions)
        gathered = _Mentions(scene, tag=_PLACE)
        self._of: list[list[tuple[Placing, int]]] = []
        for event, question in enumerate(questions):
            line, own = question.trigger.line, []
            stands = NUMBERS[min(len(line.places), 3)]
            for rank, mention, sentence in _nearest(mentions, question):
                place, distance = mention.place.id, line.number - sentence
                row = (
                    NUMBERS[min(counts[place], 4)], NUMBERS[min(rank, 4)], _TRUTH[distance != 0], _TRUTH[mention is mentions[0][0]], _made(mention),
                    stands, NUMBERS[min(abs(distance), 3)], _TRUTH[place.startswith("state")],
                )  # fmt: skip
                own.append(
                    (mention, gathered.add(event, question, mention.span, distance=distance, same_part=False, row=row))
                )
            self._of.append(own)
        self.parts = gathered.parts(events, _WHERE, columns=len(_WHERE_COLUMNS))
        self._carried = self.parts.add(carried_table(questions, answers=("same", "other", "nowhere")), CARRIED)

    def of(self, event: int, told: Told) -> list[Option]:
        """The options of an event, of whose type the earlier events are told."""
        known = None if told.before is None else told.before.place
        first = self._carried + event * len(_ANSWERS)
        return [Option(m.place.id, m.span, (part, first + _answer(known, m.place.id))) for m, part in self._of[event]]


def _answer(known: str | None, value: str) -> int:
    """What the earlier event had: the same, something else, or nothing."""
    return 2 if known is None else 0 if known == value else 1


def _made(mention: Placing) -> int:
    """Whether a table holds the place, and if not, why it may be one."""
    return CODES["listed" if isinstance(mention, PlaceMention) else mention.why.partition(" ")[0]]


def _nearest(mentions: Sequence[tuple[Placing, int]], question: Question) -> list[tuple[int, Placing, int]]:
    """The mentions nearest to a trigger, one a place: (rank among all mentions, mention, number of its sentence)."""
    number, start = question.trigger.line.number, question.trigger.span.start
    order = sorted((abs(line - number), abs(m.span.start - start), at) for at, (m, line) in enumerate(mentions))
    seen: set[str] = set()
    found = []
    for rank, (_, _, at) in enumerate(order):
        mention, line = mentions[at]
        if mention.place.id not in seen:
            seen.add(mention.place.id)
            found.append((rank, mention, line))
            if len(seen) == _PLACES:
                break
    return found


class TimeOptions:
    """The resolved times of the sentences around the trigger, and the time of the earlier event of the same type."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, events: Table) -> None:
        resolved = [
            [(t.edtf, t) for t in line.times if t.edtf is not None and t.timex in {"DATE", "TIME"}]
            for line in scene.lines
        ]
        gathered = _Mentions(scene, tag=_TIME)
        self._of: list[list[tuple[str, TimeExpression, int]]] = []
        for event, question in enumerate(questions):
            line, own = question.trigger.line, []
            seen: set[str] = set()
            for distance in _TIME_LINES:
                if not 0 <= line.number - distance < len(scene.lines):
                    continue
                times = resolved[line.number - distance]
                same_part = scene.lines[line.number - distance].part == line.part
                for edtf, time in times:
                    if edtf in seen and distance:
                        continue
                    seen.add(edtf)
                    shape = f"{'i' if '/' in edtf else 'd'}{len(edtf.split('T')[0])}"
                    row = (CODES[shape], NUMBERS[min(len(times), 4)], number(distance), CODES[time.timex])
                    part = gathered.add(event, question, time.span, distance=distance, same_part=same_part, row=row)
                    own.append((edtf, time, part))
            self._of.append(own)
        self.parts = gathered.parts(events, _WHEN, columns=len(_WHEN_COLUMNS))
        self._carried = self.parts.add(carried_table(questions, answers=("same", "other", "never")), CARRIED)
        again = [
            _again(question, {edtf for edtf, _, _ in own}) for question, own in zip(questions, self._of, strict=True)
        ]
        self._again = self.parts.add(np.concatenate([events, filled(again, columns=3)], axis=1), _AGAIN)

    def of(self, event: int, told: Told) -> list[Option]:
        """The options of an event, of whose type the earlier events are told."""
        known = None if told.before is None else told.before.when
        first = self._carried + event * len(_ANSWERS)
        found = [Option(edtf, time.span, (part, first + _answer(known, edtf))) for edtf, time, part in self._of[event]]
        if known is not None and all(edtf != known for edtf, _, _ in self._of[event]):
            found.append(Option(known, None, (self._again + event,)))
        return found


def _again(question: Question, seen: set[str]) -> tuple[int, int, int]:
    """How far back the earlier event of the type stands, whether it has the same word for a trigger, and how many times stand around this one."""
    earlier, trigger = question.before, question.trigger
    if earlier is None:
        return ABSENT, ABSENT, ABSENT
    gap = min(trigger.line.number - earlier.trigger.line.number, _LONGEST_GAP)
    return number(gap), CODES[str(earlier.trigger.lemma == trigger.lemma)], NUMBERS[min(len(seen), 3)]
