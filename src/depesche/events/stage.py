"""The stage that finds events."""

from collections.abc import Iterator

import msgspec

from depesche.details.times.edtf import in_months
from depesche.events.detecting import detect
from depesche.events.filling import Filled, fill
from depesche.events.ontology import mutual_types
from depesche.events.sameness import earlier_naming
from depesche.events.scene import Scene, scene_of
from depesche.record import (
    ActorMention,
    Article,
    Clause,
    Event,
    Mark,
    PlaceGuess,
    PlaceMention,
    Sentence,
    Statement,
    TimeExpression,
    Token,
    mark_id,
)


class Events:
    """Finds the acts that a report tells of, in reading order.

    Words that may name an act come from the lexicon and from what was learned; models decide which of them do, who did it to whom,
    where, when, how real it is and who says so.
    """

    name = "events"
    version = 5
    needs: frozenset[type[Mark]] = frozenset(
        {Sentence, Token, Clause, ActorMention, PlaceMention, PlaceGuess, TimeExpression, Statement}
    )
    gives: frozenset[type[Mark]] = frozenset({Event, PlaceMention})

    def __call__(self, article: Article) -> Iterator[Event | PlaceMention]:
        """The events of one article, and the places that only they show to be places."""
        scene = scene_of(article)
        shown = {mention.place.id for mention in scene.place_mentions}
        told: dict[str, list[tuple[Event, str]]] = {}
        for filled in fill(detect(scene), scene):
            event, lemma = _event(filled, scene), filled.detected.trigger.lemma
            before = told.setdefault(event.type, [])
            event = msgspec.structs.replace(event, same_as=earlier_naming(event, lemma=lemma, before=before))
            before.append((event, lemma))
            yield event
            if event.place is not None and event.place not in shown:
                shown.add(event.place)
                yield _shown(scene, event.place, trigger=filled.detected.trigger.lemma)


def _shown(scene: Scene, place: str, *, trigger: str) -> PlaceMention:
    """The place of an event that had been a guess."""
    guess = next(g for g in scene.possible_places if g.place.id == place)
    return PlaceMention(
        span=guess.span, place=guess.place, confidence=guess.confidence, why=f"{guess.why}; place of {trigger!r}"
    )


def _event(filled: Filled, scene: Scene) -> Event:
    told, detected = filled.told, filled.detected
    trigger = detected.trigger
    entries = [e.lemma for e in trigger.entries if e.type == detected.type]
    return Event(
        span=trigger.span,
        why=f"lexicon: {entries[0]}" if entries else f"learned: {trigger.lemma}",
        id=mark_id(scene.article, "event", trigger.span),
        type=detected.type,
        mode=detected.mode,
        sentence=trigger.line.span,
        agents=told.agents + told.recipients if detected.type in mutual_types() else told.agents,
        recipients=() if detected.type in mutual_types() else told.recipients,
        place=told.place,
        when=in_months(told.when),
        status=filled.status,
        source=told.source,
        confidence=detected.confidence,
        evidence=filled.evidence,
    )
