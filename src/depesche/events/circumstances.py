"""Where and when it may have been: the places and times among which the models choose, with their features.

Places come from the whole report, times from the sentences around the trigger and from the earlier event of the same type.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numba
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
    steps_of,
)
from depesche.events.scene import Scene
from depesche.events.templates import ABSENT, CODES, NUMBERS, TRUTHS, Table, Templates, filled, number, side_by_side
from depesche.record import PlaceGuess, PlaceMention, Span, TimeExpression

Placing = PlaceMention | PlaceGuess
_PLACES = 8
_TIME_LINES = (0, 1, -1, -2, 2)
"""Where times are looked for, in sentences before (positive) and after the trigger's: a headline is dated by what follows."""
_LONGEST_GAP = 6
_TRUTH = tuple(TRUTHS.tolist())
_DIGITS: Table = np.array(NUMBERS)
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


class _Gathered(NamedTuple):
    """Mentions of places or times as options of a report's events.

    Attributes:
        event: (options,), the number of each one's event; `distance` how many sentences before the trigger's it stands, `same_part` whether
            its part of the report has the same label.
        spans: of each, the mention.
        own: (options, columns of the templates beyond `EVENT`).
    """

    event: Table
    distance: Table
    same_part: Table
    spans: list[Span]
    own: Table

    def parts(
        self, questions: Sequence[Question], scene: Scene, *, events: Table, templates: Templates, tag: int
    ) -> Parts:
        """The options as parts, in order."""
        found, known = Parts(), events[self.event]
        found.add(np.concatenate([known, self.own], axis=1), templates)
        near, far = np.flatnonzero(self.distance == 0), np.flatnonzero(self.distance)
        beside = [(questions[self.event[at]].trigger, self.spans[at], tag) for at in near.tolist()]
        table = np.concatenate([known[near], pairs(beside, scene)], axis=1)
        found.tell_table(near, table, paired(scene.language))
        steps = (steps_of(self.distance[far]), TRUTHS[self.same_part[far]], np.full(len(far), tag))
        found.tell_table(far, side_by_side(known[far], *steps), ELSEWHERE_TAGGED)
        return found


class PlaceOptions:
    """The places of the report, nearest first, each by its mention nearest to the trigger."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, events: Table) -> None:
        mentions = scene.possible_places
        event, rank, which, distance = _nearest(mentions, questions, scene)
        counts = Counter(mention.place.id for mention in mentions)
        rows = [
            (NUMBERS[min(counts[m.place.id], 4)], _made(m), _TRUTH[m.place.id.startswith("state")]) for m in mentions
        ]
        count, made, state = filled(rows, columns=3).T[:, which]
        stands = _column([NUMBERS[min(len(question.trigger.line.places), 3)] for question in questions])[event]
        away, off = TRUTHS[(distance != 0).astype(np.int64)], _DIGITS[np.minimum(np.abs(distance), 3)]
        ranks, first = _DIGITS[np.minimum(rank, 4)], TRUTHS[(which == 0).astype(np.int64)]
        chosen = [mentions[at] for at in which.tolist()]
        self.parts = _Gathered(
            event=event,
            distance=distance,
            same_part=np.zeros_like(event),
            spans=[mention.span for mention in chosen],
            own=side_by_side(count, ranks, away, first, made, stands, off, state),
        ).parts(questions, scene, events=events, templates=_WHERE, tag=_PLACE)
        self._of: list[list[tuple[Placing, int]]] = [[] for _ in questions]
        for part, (of, mention) in enumerate(zip(event.tolist(), chosen, strict=True)):
            self._of[of].append((mention, part))
        self._carried = self.parts.add(carried_table(questions, answers=("same", "other", "nowhere")), CARRIED)

    def of(self, event: int, told: Told) -> list[Option]:
        """The options of an event, of whose type the earlier events are told."""
        known = None if told.before is None else told.before.place
        first = self._carried + event * len(_ANSWERS)
        return [Option(m.place.id, m.span, (part, first + _answer(known, m.place.id))) for m, part in self._of[event]]


def _column(values: Sequence[int]) -> Table:
    return np.fromiter(values, np.int64, len(values))


def _answer(known: str | None, value: str) -> int:
    """What the earlier event had: the same, something else, or nothing."""
    return 2 if known is None else 0 if known == value else 1


def _made(mention: Placing) -> int:
    """Whether a table holds the place, and if not, why it may be one."""
    return CODES["listed" if isinstance(mention, PlaceMention) else mention.why.partition(" ")[0]]


def _nearest(
    mentions: Sequence[Placing], questions: Sequence[Question], scene: Scene
) -> tuple[Table, Table, Table, Table]:
    """The mentions nearest to each trigger, one a place, as four columns.

    They are: number of the event; rank among all mentions; number of the mention; how many sentences before the trigger's it stands.
    """
    numbers: dict[str, int] = {}
    place = _column([numbers.setdefault(mention.place.id, len(numbers)) for mention in mentions])
    line, start = _column([scene.line_at(m.span) for m in mentions]), _column([m.span.start for m in mentions])
    own_line = _column([question.trigger.line.number for question in questions])
    own_start = _column([question.trigger.span.start for question in questions])
    apart = own_line[:, None] - line
    order = np.argsort((np.abs(apart) << _CHARACTERS) + np.abs(own_start[:, None] - start), axis=1, kind="stable")
    event, rank, which = _one_each(order, place, _PLACES)
    return event, rank, which, apart[event, which]


_CHARACTERS = 32
"""No report has so many characters that their number takes more bits."""


@numba.njit(cache=True, nogil=True)
def _one_each(order, place, most):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The first mentions of each event's first places: (events, ranks, mentions).

    Args:
        order: (events, mentions), the mentions as each event orders them.
        place: of each mention, the number of its place.
        most: so many places an event.
    """
    found = np.empty((3, len(order) * most), np.int64)
    size = 0
    for event in range(len(order)):
        seen = np.zeros(len(place), np.bool_)
        left = most
        for rank in range(len(place)):
            mention = order[event, rank]
            if left and not seen[place[mention]]:
                seen[place[mention]] = True
                found[0, size], found[1, size], found[2, size] = event, rank, mention
                size += 1
                left -= 1
    return found[0, :size].copy(), found[1, :size].copy(), found[2, :size].copy()


class TimeOptions:
    """The resolved times of the sentences around the trigger, and the time of the earlier event of the same type."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, events: Table) -> None:
        resolved = [
            [(t.edtf, t) for t in line.times if t.edtf is not None and t.timex in {"DATE", "TIME"}]
            for line in scene.lines
        ]
        stands: list[tuple[int, int, bool]] = []
        rows: list[tuple[int, ...]] = []
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
                    own.append((edtf, time, len(rows)))
                    stands.append((event, distance, same_part))
                    rows.append((CODES[shape], NUMBERS[min(len(times), 4)], number(distance), CODES[time.timex]))
            self._of.append(own)
        of, distances, same = filled(stands, columns=3).T
        spans = [time.span for own in self._of for _, time, _ in own]
        gathered = _Gathered(of, distances, same, spans, filled(rows, columns=len(_WHEN_COLUMNS)))
        self.parts = gathered.parts(questions, scene, events=events, templates=_WHEN, tag=_TIME)
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
