"""Which events of a report are one real-world event named again (codebook section 5)."""

from collections.abc import Sequence

from depesche.record import Event

_REACH = 12
"""How many events of the same type back another naming is looked for."""


def earlier_naming(event: Event, *, lemma: str, before: Sequence[tuple[Event, str]]) -> str | None:
    """The id of the first naming of an event, None where it is new.

    The same word, or two words whose actors agree in full; the times and places that both name must be the same, and so must be how
    real they are: "the talks of February" are not the talks planned for August.

    Args:
        event: the event.
        lemma: of its trigger.
        before: the earlier events of its type in the report with the lemmas of their triggers, in reading order.
    """
    for other, other_lemma in reversed(before[-_REACH:]):
        if _contradict(event, other) or event.sentence == other.sentence:
            continue
        sides, known = {*event.agents, *event.recipients}, {*other.agents, *other.recipients}
        if (lemma == other_lemma and (sides & known or not sides or not known)) or (sides and sides == known):
            return other.same_as or other.id
    return None


def _contradict(event: Event, other: Event) -> bool:
    pairs = ((event.when, other.when), (event.place, other.place))
    return event.status != other.status or any(a is not None and b is not None and a != b for a, b in pairs)
