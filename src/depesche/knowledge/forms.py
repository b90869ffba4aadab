"""Which written forms stand for which actor, per language: the dictionary that the actor stage looks names up in."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

import msgspec

from depesche.knowledge.rows import GroupRow, PersonRow, StateRow, rows, state_slug
from depesche.knowledge.spelling import fold
from depesche.words import lexicon

How = Literal["name", "surname", "adjective", "demonym", "people", "capital", "metonym"]
_LONGEST_ACRONYM = 6
_SHORTEST_STEM = 4


class Sense(msgspec.Struct, frozen=True, gc=False):
    """One reading of a written form.

    Attributes:
        entity: id of an actor; of an adjective or demonym that of its state.
        how: what kind of form it is; `people` is the plural demonym ("die Russen").
        exact: the form as it must be written, where case carries meaning ("US", "IS", "WHO"); else empty.
    """

    entity: str
    how: How
    exact: str = ""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a class of words inflects: `endings` are what may follow the stem, "-" for nothing."""

    what: Literal["name", "adjective", "noun", "place"]
    endings: tuple[str, ...]
    example: str


@cache
def endings(language: str) -> dict[str, tuple[str, ...]]:
    """The endings of each class of words; "" where the bare stem is a form."""
    return {e.what: tuple("" if x == "-" else x for x in e.endings) for e in lexicon(language, "endings", Ending)}


class Forms(msgspec.Struct, frozen=True):
    """All written forms of one language.

    Attributes:
        senses: folded form → its readings.
        longest: first word of a form → the most words a form that begins with it has.
    """

    senses: dict[str, list[Sense]]
    longest: dict[str, int]


@cache
def forms(language: str) -> Forms:
    """The forms of states, bodies and persons in one language."""
    senses: dict[str, list[Sense]] = {}
    for form, sense in (*_state_forms(language), *_body_forms(language), *_person_forms()):
        readings = senses.setdefault(form, [])
        same = next((i for i, r in enumerate(readings) if r.entity == sense.entity and r.how == sense.how), None)
        if same is None:
            readings.append(sense)
        elif readings[same].exact and not sense.exact:
            readings[same] = sense  # "UNICEF" and "Unicef" are both written: capitals do not decide
    longest: dict[str, int] = {}
    for form in senses:
        first, count = form.partition(" ")[0], form.count(" ") + 1
        if longest.get(first, 0) < count:
            longest[first] = count
    return Forms(senses, longest)


def _state_forms(language: str) -> Iterator[tuple[str, Sense]]:
    adjectives = endings(language).get("adjective", ("",))
    for state in rows("states", StateRow):
        yield from _of_state(state, language, adjectives)


def _body_forms(language: str) -> Iterator[tuple[str, Sense]]:
    adjectives = endings(language).get("adjective", ("",))
    for group in rows("groups", GroupRow):
        for name in dict.fromkeys((group.name, group.name_de, *group.aliases, *group.aliases_de)):
            yield from _inflected(name, group.id, adjectives)


@cache
def _person_forms() -> tuple[tuple[str, Sense], ...]:
    """The names of persons are the same in every language: a German report may spell them in English."""
    found: list[tuple[str, Sense]] = []
    for person in rows("persons", PersonRow):
        full, last = Sense(person.id, "name"), Sense(person.id, "surname")
        names = dict.fromkeys((person.name, person.name_de, *person.aliases, *person.aliases_de))
        found += [(fold(name), full if " " in name or "-" in name else last) for name in names if name]
        own = dict.fromkeys(word for name in (person.name, person.name_de) if (word := surname(name)))
        others = dict.fromkeys(word for name in (*person.aliases, *person.aliases_de) if (word := surname(name)))
        found += [(word, last) for word in own]
        found += [
            (word, last)
            for word in others
            if word not in own and len(word) > _SHORTEST and any(_alike(word, o) for o in own)
        ]
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    """Whether two surnames can be one in two spellings: they share most letters ("Janukowytsch"), as a nom de guerre does not."""
    letters, others = set(one), set(other)
    return len(letters & others) * 2 > max(len(letters), len(others))


_SHORTEST = 3
_PLAIN = "en"
"""The language of the columns that name none; the others end in a language code."""


def _of_state(state: StateRow, language: str, adjectives: tuple[str, ...]) -> Iterator[tuple[str, Sense]]:
    own = state_slug(state)
    entity = f"state/{own}"

    def localised(field: str) -> tuple[str, ...]:
        value = getattr(state, f"{field}_{language}", None) or (getattr(state, field) if language == _PLAIN else ())
        return (value,) if isinstance(value, str) else value

    for name in (state.name, state.name_de, *state.aliases, *state.aliases_de):
        yield from _inflected(name, entity, adjectives)
    for stem in localised("adjective"):
        for ending in adjectives:
            yield fold(stem + ending), Sense(entity, "adjective", _if_acronym(stem))
    for one in localised("demonym"):
        yield fold(one), Sense(entity, "demonym")
    for people in localised("demonym_plural"):
        yield fold(people), Sense(entity, "people")
    seats = {*localised("capital")}
    for seat in seats:
        yield fold(seat), Sense(entity, "capital")
    for metonym in localised("metonyms"):
        if metonym not in seats:
            yield from _inflected(metonym, f"government/{own}", adjectives, how="metonym")


def _inflected(
    name: str, entity: str, adjectives: tuple[str, ...], *, how: How = "name"
) -> Iterable[tuple[str, Sense]]:
    """A name, and where it begins with declined adjectives ("Freie Syrische Armee") its other cases."""
    if not name:
        return
    sense = Sense(entity, how, _if_acronym(name))
    yield fold(name), sense
    words = name.split(" ")
    last = next((i for i, word in enumerate(words) if not _declined(word)), 0)
    if 0 < last < len(words) and len(adjectives) > 1:
        tail = words[last:]
        for ending in adjectives:
            if ending:
                declined = [word.rstrip("rsnm").removesuffix("e") + ending for word in words[:last]]
                yield fold(" ".join([*declined, *tail])), sense


def _declined(word: str) -> bool:
    return len(word) > _SHORTEST_STEM and word.endswith(("e", "er", "es", "en"))


def _if_acronym(name: str) -> str:
    """The name itself where its capitals matter: "US", "IS", "PiS", "U.S."."""
    short = len(name) <= _LONGEST_ACRONYM and " " not in name
    return name if short and sum(c.isupper() for c in name) > 1 and "-" not in name else ""


_PARTICLES = {"al", "el", "ul", "as", "ar", "at", "an", "de", "van", "von", "bin", "ben", "abu", "la", "le", "di", "du"}


def surname(name: str) -> str:
    """The folded last name, with particles before it left out: "Baschar al-Assad" → "assad"; empty for one-word names."""
    words = fold(name).split()
    return words[-1] if len(words) > 1 and words[-1] not in _PARTICLES and len(words[-1]) > 1 else ""
