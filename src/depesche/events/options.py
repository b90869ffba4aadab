"""Who may have done it, where, when, and who may say so: the mentions among which the models choose, with their features.

Agents and recipients come from the trigger's sentence, the sentences beside it, and the earlier events of the same type; places from the
whole report; times from the sentences around; sources from those who speak.
"""

from collections.abc import Iterator

import msgspec

from depesche.events.lines import Line
from depesche.events.relations import Told, carried, elsewhere, paired, spoken
from depesche.events.scene import Scene
from depesche.events.slots import SLOTS
from depesche.record import Actor, ActorMention, PlaceGuess, PlaceMention, Span

_EARLIER_EVENTS = 2
_ACTOR_LINES = (1, -1)
"""Where actors are looked for beyond the trigger's sentence, in sentences before (positive) and after it: a headline is told by what follows."""
_RANKS = 4
_PLACES = 8
_TIME_LINES = (0, 1, -1, -2, 2)
"""Where times are looked for, in sentences before (positive) and after the trigger's: a headline is dated by what follows."""


class Option(msgspec.Struct, frozen=True):
    """One mention as a filler.

    Attributes:
        value: actor id, place id, or EDTF.
        span: the mention, None where only an earlier event tells.
        rows: feature rows.
    """

    value: str
    span: Span | None
    rows: list[int]


def actor_options(told: Told, scene: Scene) -> Iterator[Option]:
    """Every mention of an actor that may be agent or recipient."""
    line = told.trigger.line
    speech, speakers = spoken(told, scene)
    here = set()
    for mention in line.actors:
        actor = mention.actor
        here.add(actor.id)
        pair = paired(told, mention.span, tag=actor.kind, scene=scene)
        names = carried(told, role=told.before.role_of(actor.id) if told.before else "none")
        names += _of_actor(actor, scene, told=told)
        names += _company(mention, line)
        names += [
            f"f:{mention.form}",
            f"f:{mention.form}:{told.type}",
            f"s:{actor.id in speakers}",
            f"s:{actor.id in speakers}:{told.type}",
            *speech,
        ]
        yield Option(actor.id, mention.span, [*pair, *SLOTS.rows(["bias", *names])])
    for actor_id, distance, span in _not_here(told, scene, here=here):
        actor = scene.actors[actor_id]
        other = scene.lines[line.number - distance] if 0 <= line.number - distance < len(scene.lines) else line
        names = elsewhere(told, tag=actor.kind, distance=distance, same_part=other.part == line.part)
        names += carried(told, role=told.before.role_of(actor_id) if told.before else "none")
        names += _of_actor(actor, scene, told=told)
        names += [f"far:s:{actor_id in speakers}:{told.type}", f"far:subject:{_subject(other, span)}"]
        yield Option(actor_id, span, SLOTS.rows(["bias", *names]))


def _company(mention: ActorMention, line: Line) -> list[str]:
    """Whether other mentions hold this one or stand right beside it: "US" in "US-Außenminister Kerry" does not act."""
    start, end = mention.span
    held = any(m.span != mention.span and m.span.holds(mention.span) for m in line.actors)
    followed = any(0 <= m.span.start - end <= 1 for m in line.actors)
    led = any(0 <= start - m.span.end <= 1 for m in line.actors)
    return [f"f:held:{held}", f"f:followed:{followed}:{mention.form}", f"f:led:{led}"]


def _not_here(told: Told, scene: Scene, *, here: set[str]) -> Iterator[tuple[str, int, Span | None]]:
    number = told.trigger.line.number
    seen = set(here)
    earlier: Told | None = told.before
    for _ in range(_EARLIER_EVENTS):
        if earlier is None:
            break
        for actor_id in earlier.agents + earlier.recipients:
            if actor_id not in seen and actor_id in scene.actors:
                seen.add(actor_id)
                yield actor_id, number - earlier.trigger.line.number, None
        earlier = earlier.before
    for distance in _ACTOR_LINES:
        if not 0 <= number - distance < len(scene.lines):
            continue
        for mention in scene.lines[number - distance].actors:
            if mention.actor.id not in seen:
                seen.add(mention.actor.id)
                yield mention.actor.id, distance, mention.span


def _subject(line: Line, span: Span | None) -> bool:
    return span is not None and any(c.subject is not None and c.subject.span.holds(span) for c in line.clauses)


def _of_actor(actor: Actor, scene: Scene, *, told: Told) -> list[str]:
    count = min(scene.mention_counts.get(actor.id, 0), 5)
    rank = min(scene.ranks.get(actor.id, _RANKS), _RANKS)
    return [
        f"k:n{count}",
        f"k:n{count}:{told.type}",
        f"k:rank:{rank}:{told.type}",
        f"k:head:{actor.id in scene.headed}:{told.type}",
        f"k:{actor.kind}:{actor.known}:{told.type}",
        f"k:{actor.kind}:{told.trigger.lemma}",
    ]


def place_options(told: Told, scene: Scene) -> Iterator[Option]:
    """The places of the report, nearest first, each by its mention nearest to the trigger."""
    line = told.trigger.line
    before = told.before
    ranked = sorted(
        scene.possible_places,
        key=lambda m: (abs(scene.line_at(m.span) - line.number), abs(m.span.start - told.trigger.span.start)),
    )
    seen: set[str] = set()
    for rank, mention in enumerate(ranked):
        place = mention.place.id
        if place in seen or len(seen) >= _PLACES:
            continue
        seen.add(place)
        distance = line.number - scene.line_at(mention.span)
        count = min(sum(m.place.id == place for m in scene.possible_places), 4)
        pair = (
            paired(told, mention.span, tag="place", scene=scene)
            if distance == 0
            else SLOTS.rows(elsewhere(told, tag="place", distance=distance, same_part=False))
        )
        names = [
            f"k:n{count}",
            f"k:n{count}:{bool(distance)}",
            f"k:rank:{min(rank, 4)}:{bool(distance)}",
            f"k:first:{mention is scene.possible_places[0]}:{bool(distance)}",
            f"k:made:{_made(mention)}",
            f"k:made:{_made(mention)}:{bool(distance)}",
            f"k:made:{_made(mention)}:{told.type}",
        ]
        names += [
            f"k:here:{min(len(line.places), 3)}:{min(abs(distance), 3)}",
            f"k:state:{place.startswith('state')}:{told.type}",
        ]
        names += carried(
            told,
            role="none"
            if before is None
            else "same"
            if before.place == place
            else "other"
            if before.place
            else "nowhere",
        )
        names += [f"k:status:{told.type}:{bool(distance)}"]
        yield Option(place, mention.span, [*pair, *SLOTS.rows(["bias", *names])])


def _made(mention: PlaceMention | PlaceGuess) -> str:
    """Whether a table holds the place, and if not, why it may be one."""
    return "listed" if isinstance(mention, PlaceMention) else mention.why.partition(" ")[0]


def time_options(told: Told, scene: Scene) -> Iterator[Option]:
    """The resolved times of the sentences around the trigger, and the time of the earlier event of the same type."""
    line = told.trigger.line
    before = told.before
    seen = set()
    for distance in _TIME_LINES:
        number = line.number - distance
        if not 0 <= number < len(scene.lines):
            continue
        times = [t for t in scene.lines[number].times if t.edtf is not None and t.timex in {"DATE", "TIME"}]
        for time in times:
            edtf = time.edtf
            assert edtf is not None
            if edtf in seen and distance:
                continue
            seen.add(edtf)
            other_part = scene.lines[number].part
            pair = (
                paired(told, time.span, tag="time", scene=scene)
                if distance == 0
                else SLOTS.rows(elsewhere(told, tag="time", distance=distance, same_part=other_part == line.part))
            )
            shape = f"{'i' if '/' in edtf else 'd'}{len(edtf.split('T')[0])}"
            names = [
                f"k:{shape}",
                f"k:{shape}:{told.type}",
                f"k:n{min(len(times), 4)}:{distance}",
                f"k:t:{time.timex}",
            ]
            names += carried(
                told,
                role="none"
                if before is None
                else "same"
                if before.when == edtf
                else "other"
                if before.when
                else "never",
            )
            yield Option(edtf, time.span, [*pair, *SLOTS.rows(["bias", *names])])
    if before is not None and before.when is not None and before.when not in seen:
        gap = min(line.number - before.trigger.line.number, 6)
        same = before.trigger.lemma == told.trigger.lemma
        names = [
            f"e:when:{told.type}",
            f"e:when:{gap}:{same}",
            f"e:when:{told.trigger.upos}",
            f"e:when:n{min(len(seen), 3)}",
            f"e:when:{line.part}",
        ]
        yield Option(before.when, None, SLOTS.rows(["bias", *names]))


def source_options(told: Told, scene: Scene) -> Iterator[Option]:
    """Those who may assert the event: speakers of the speech around it, actors of the sentence and of the sentence before."""
    line = told.trigger.line
    speech, speakers = spoken(told, scene)
    here = set()
    for mention in line.actors:
        here.add(mention.actor.id)
        pair = paired(told, mention.span, tag=mention.actor.kind, scene=scene)
        names = [
            f"s:{mention.actor.id in speakers}",
            f"s:{mention.actor.id in speakers}:{told.type}",
            f"c:role:{told.role_of(mention.actor.id)}",
            f"c:role:{told.role_of(mention.actor.id)}:{told.type}",
            *speech,
        ]
        yield Option(mention.actor.id, mention.span, [*pair, *SLOTS.rows(["bias", *names])])
    for speaker in sorted(speakers - here):
        if speaker in scene.actors:
            names = [
                "s:far",
                f"s:far:{told.type}",
                f"c:role:{told.role_of(speaker)}:far",
                f"k:{scene.actors[speaker].kind}",
            ]
            yield Option(speaker, None, SLOTS.rows(["bias", *names, *speech]))
