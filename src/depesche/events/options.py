"""Who may have done it, to whom, and who may say so: the actors among whom the models choose, with their features.

Agents and recipients come from the trigger's sentence, the sentences beside it, and the earlier events of the same type; sources from
those who speak.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from depesche.events.lines import Line
from depesche.events.pairing import PAIR, paired, pairs
from depesche.events.relations import (
    CARRIED,
    ELSEWHERE,
    EVENT,
    SPOKEN,
    Option,
    Parts,
    Question,
    Told,
    carried_table,
    speech_at,
    steps,
)
from depesche.events.scene import Scene
from depesche.events.templates import CODES, NUMBERS, TRUTHS, Table, Templates, filled, side_by_side
from depesche.events.triggers import Candidate
from depesche.record import Actor, ActorMention, Span

_EARLIER_EVENTS = 2
_ACTOR_LINES = (1, -1)
"""Where actors are looked for beyond the trigger's sentence, in sentences before (positive) and after it: a headline is told by what follows."""
_RANKS = 4
_MOST_MENTIONS = 5
ROLES = ("agent", "recipient", "none")

_ACTOR = ("count", "rank", "headed", "kind", "known")
"""An actor in the report: how often it is mentioned, how many are mentioned more often, whether the headline names it, what it is, and
whether the knowledge base has it."""
_WHO = Templates(
    (
        "k:n{count}", "k:n{count}:{type}", "k:rank:{rank}:{type}", "k:head:{headed}:{type}", "k:{kind}:{known}:{type}", "k:{kind}:{lemma}",
    ),
    (*EVENT, *_ACTOR, "speaks"),
)  # fmt: skip
"""Of an event and an actor, wherever that is mentioned."""
_WHO_FAR = Templates(("far:{kind}:{type}", "far:{kind}", "far:s:{speaks}:{type}"), (*EVENT, *_ACTOR, "speaks"))
"""Of an event and an actor in another sentence."""
_FAR_SUBJECT = Templates(("far:subject:{subject}", "bias"), ("subject",))
_MENTION = ("speaks", "form", "held", "followed", "led")
_HERE = Templates(
    (
        "bias", "f:held:{held}", "f:followed:{followed}:{form}", "f:led:{led}", "f:{form}", "f:{form}:{type}",
        "s:{speaks}", "s:{speaks}:{type}",
    ),
    (*EVENT, *PAIR, *_MENTION),
)  # fmt: skip
"""Of a mention in the event's sentence: whether its actor speaks there; what form it has; whether other mentions hold it or stand right
beside it: "US" in "US-Außenminister Kerry" does not act."""
_SPEAKER_HERE = Templates(("bias", "s:{speaks}", "s:{speaks}:{type}"), (*EVENT, *PAIR, *_MENTION))
_SPEAKER_FAR = Templates(("bias", "s:far", "s:far:{type}", "k:{kind}"), (*EVENT, "kind"))
_AS_ACTOR = Templates(("c:role:{role}", "c:role:{role}:{type}"), (*EVENT, "role"))
_AS_ACTOR_FAR = Templates(("c:role:{role}:far",), (*EVENT, "role"))
"""What a speaker is in the event itself."""


class Mentions:
    """The actors in the sentences of a report's events, each with the trigger.

    Attributes:
        of: by event, its mentions; `starts` where they begin among the rows of `table`.
        table: (mentions, `EVENT` and `PAIR` and `_MENTION`).
        speech: by event, the names of features of the speech around it; `speakers` those who speak there.
    """

    def __init__(self, questions: Sequence[Question], scene: Scene, *, events: Table) -> None:
        self.speech: list[list[str]] = []
        self.speakers: list[set[str]] = []
        self.of: list[tuple[ActorMention, ...]] = []
        self.starts: list[int] = []
        asked: list[tuple[Candidate, Span, int]] = []
        rows: list[tuple[int, ...]] = []
        beside: dict[Span, tuple[int, ...]] = {}
        for question in questions:
            trigger = question.trigger
            speech, speakers = speech_at(trigger.span, scene)
            self.speech.append(speech)
            self.speakers.append(speakers)
            self.of.append(trigger.line.actors)
            self.starts.append(len(rows))
            for mention in trigger.line.actors:
                others = beside.get(mention.span)
                if others is None:
                    others = beside[mention.span] = _beside(mention, trigger.line)
                asked.append((trigger, mention.span, CODES[mention.actor.kind]))
                rows.append((_TRUTH[mention.actor.id in speakers], CODES[mention.form], *others))
        columns = (
            np.repeat(events, [len(m) for m in self.of], axis=0),
            pairs(asked, scene),
            filled(rows, columns=len(_MENTION)),
        )
        self.table: Table = np.concatenate(columns, axis=1)

    def tell_speech(self, parts: Parts, *, first: int) -> None:
        """Add what speech holds the event to each mention, the first of which is this part."""
        rows: list[tuple[int, int]] = []
        for start, mentions, speech in zip(self.starts, self.of, self.speech, strict=True):
            owners = range(first + start, first + start + len(mentions))
            rows += [(owner, CODES[name]) for name in speech for owner in owners]
        parts.tell(rows, SPOKEN)


_TRUTH = tuple(TRUTHS.tolist())


def _beside(mention: ActorMention, line: Line) -> tuple[int, ...]:
    """Whether other mentions hold this one, or stand right behind or before it."""
    start, end = mention.span
    held = followed = led = False
    for low, high, _ in line.actor_spans:
        held = held or (low <= start and end <= high and (low, high) != (start, end))
        followed = followed or 0 <= low - end <= 1
        led = led or 0 <= start - high <= 1
    return _TRUTH[held], _TRUTH[followed], _TRUTH[led]


class ActorOptions:
    """Every mention of an actor that may be agent or recipient."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, mentions: Mentions, events: Table) -> None:
        self.parts = Parts()
        self._scene = scene
        self._mentions = mentions
        self._here = self.parts.add(mentions.table, paired(scene.language), _HERE)
        mentions.tell_speech(self.parts, first=self._here)
        actors = {_looks(m.actor): m.actor for line in scene.lines for m in line.actors}
        actors |= {_looks(actor): actor for actor in scene.actors.values()}
        self._places = {looks: place for place, looks in enumerate(actors)}
        who = self._with_actors(events, list(actors.values()))
        self._who = self.parts.add(who, _WHO)
        self._who_far = self.parts.add(who, _WHO_FAR)
        self._subject = self.parts.add(TRUTHS[:, None], _FAR_SUBJECT)
        self._carried = self.parts.add(carried_table(questions, answers=ROLES), CARRIED)
        self._first_of: dict[int, list[tuple[str, Span, int]]] = {}
        self._far = self._sentences(questions, events)

    def _with_actors(self, events: Table, actors: Sequence[Actor]) -> Table:
        """Every event with every actor: (events x actors, `EVENT` and `_ACTOR` and whether it speaks around the event)."""
        known = filled([_known(actor, self._scene) for actor in actors], columns=len(_ACTOR))
        speaks = np.full((len(events), len(actors)), _TRUTH[False])
        for event, speakers in enumerate(self._mentions.speakers):
            if speakers:
                speaks[event] = [_TRUTH[a.id in speakers] for a in actors]
        columns = (np.repeat(events, len(actors), axis=0), np.tile(known, (len(events), 1)), speaks.reshape(-1, 1))
        return np.concatenate(columns, axis=1)

    def _sentences(self, questions: Sequence[Question], events: Table) -> dict[tuple[int, int], int]:
        """The parts of each event and each sentence where actors are looked for, by event and distance."""
        keys, rows, lines = [], [], self._scene.lines
        for number, question in enumerate(questions):
            line = question.trigger.line
            for distance in {*_ACTOR_LINES, *question.distances}:
                if 0 <= line.number - distance < len(lines):
                    keys.append((number, distance))
                    rows.append((steps(distance), _TRUTH[lines[line.number - distance].part == line.part]))
        own = filled(rows, columns=2)
        first = self.parts.add(np.concatenate([events[[number for number, _ in keys]], own], axis=1), ELSEWHERE)
        return {key: first + at for at, key in enumerate(keys)}

    def of(self, number: int, told: Told) -> list[Option]:
        """The options of an event, of whose type the earlier events are told."""
        found = []
        who, carried = number * len(self._places), self._carried + number * len(ROLES)
        part = self._here + self._mentions.starts[number]
        here = set()
        for mention in self._mentions.of[number]:
            actor = mention.actor.id
            here.add(actor)
            parts = (part, self._who + who + self._places[_looks(mention.actor)], carried + _earlier_role(told, actor))
            found.append(Option(actor, mention.span, parts))
            part += 1
        for actor, distance, span, subject in self._not_here(told, here):
            place = who + self._places[_looks(self._scene.actors[actor])]
            own = (self._who + place, self._who_far + place, self._far[number, distance], self._subject + subject)
            found.append(Option(actor, span, (*own, carried + _earlier_role(told, actor))))
        return found

    def _not_here(self, told: Told, here: set[str]) -> Iterator[tuple[str, int, Span | None, int]]:
        """Actors of earlier events and of the sentences beside the trigger's, with how many sentences before it they stand.

        Of those who are mentioned there also where, and 1 if the mention stands in a subject, else 0.
        """
        number, lines = told.trigger.line.number, self._scene.lines
        seen = set(here)
        earlier: Told | None = told.before
        for _ in range(_EARLIER_EVENTS):
            if earlier is None:
                break
            for actor in earlier.agents + earlier.recipients:
                if actor not in seen and actor in self._scene.actors:
                    seen.add(actor)
                    yield actor, number - earlier.trigger.line.number, None, 0
            earlier = earlier.before
        for distance in _ACTOR_LINES:
            if 0 <= number - distance < len(lines):
                for actor, span, subject in self._firsts(number - distance):
                    if actor not in seen:
                        seen.add(actor)
                        yield actor, distance, span, subject

    def _firsts(self, number: int) -> list[tuple[str, Span, int]]:
        """The first mention of each actor of a sentence, and 1 if it stands in a subject, else 0; kept, as many events ask."""
        found = self._first_of.get(number)
        if found is None:
            line = self._scene.lines[number]
            spans = {m.actor.id: m.span for m in reversed(line.actors)}
            subjects = [clause.subject.span for clause in line.clauses if clause.subject is not None]
            firsts = [(m.actor.id, m.span) for m in line.actors if spans[m.actor.id] is m.span]
            found = [(actor, span, int(any(s.holds(span) for s in subjects))) for actor, span in firsts]
            self._first_of[number] = found
        return found


def _looks(actor: Actor) -> tuple[str, str, bool]:
    """An actor with what may differ from mention to mention."""
    return actor.id, actor.kind, actor.known


def _known(actor: Actor, scene: Scene) -> tuple[int, ...]:
    return (
        NUMBERS[min(scene.mention_counts.get(actor.id, 0), _MOST_MENTIONS)],
        NUMBERS[min(scene.ranks.get(actor.id, _RANKS), _RANKS)],
        _TRUTH[actor.id in scene.headed],
        CODES[actor.kind],
        _TRUTH[actor.known],
    )


def _earlier_role(told: Told, actor: str) -> int:
    return ROLES.index(told.before.role_of(actor)) if told.before else 0


class SourceOptions:
    """Those who may assert the event: speakers of the speech around it, and actors of the sentence."""

    def __init__(self, questions: Sequence[Question], scene: Scene, *, mentions: Mentions, events: Table) -> None:
        self.parts = Parts()
        self._mentions = mentions
        self._here = self.parts.add(mentions.table, paired(scene.language), _SPEAKER_HERE)
        mentions.tell_speech(self.parts, first=self._here)
        self._far = self._beyond(scene, events)
        roles = np.tile([CODES[role] for role in ROLES], len(questions))[:, None]
        table = np.concatenate([np.repeat(events, len(ROLES), axis=0), roles], axis=1)
        self._role = self.parts.add(table, _AS_ACTOR)
        self._role_far = self.parts.add(table, _AS_ACTOR_FAR)

    def _beyond(self, scene: Scene, events: Table) -> list[list[tuple[str, int]]]:
        """By event, the speakers who are not in its sentence, with their parts."""
        found: list[list[tuple[str, int]]] = []
        which: list[int] = []
        kinds: list[int] = []
        for number, speakers in enumerate(self._mentions.speakers):
            here = {m.actor.id for m in self._mentions.of[number]}
            far = [speaker for speaker in sorted(speakers - here) if speaker in scene.actors]
            found.append([(speaker, self.parts.count + len(which) + at) for at, speaker in enumerate(far)])
            which += [number] * len(far)
            kinds += [CODES[scene.actors[speaker].kind] for speaker in far]
        first = self.parts.add(side_by_side(events[which], np.array(kinds, np.int64)), _SPEAKER_FAR)
        speech = self._mentions.speech
        self.parts.tell([(first + at, CODES[name]) for at, of in enumerate(which) for name in speech[of]], SPOKEN)
        return found

    def of(self, number: int, told: Told) -> list[Option]:
        """The options of an event whose actors are told."""
        found, role = [], number * len(ROLES)
        part = self._here + self._mentions.starts[number]
        for mention in self._mentions.of[number]:
            actor = mention.actor.id
            own = self._role + role + ROLES.index(told.role_of(actor))
            found.append(Option(actor, mention.span, (part, own)))
            part += 1
        for speaker, part in self._far[number]:
            own = self._role_far + role + ROLES.index(told.role_of(speaker))
            found.append(Option(speaker, None, (part, own)))
        return found
