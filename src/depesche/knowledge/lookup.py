"""Two questions to the knowledge base: who is this (on that day), and where is this."""

import datetime as dt
from functools import cache, lru_cache

import msgspec

from depesche.knowledge.actors import Office, known_actors
from depesche.knowledge.forms import forms
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.rows import PlaceRow
from depesche.knowledge.spelling import edit_distance, fold, name_keys
from depesche.record import Actor, Place
from depesche.words import languages

_EXACT, _SURNAME, _SPELLED = 1.0, 0.8, 0.75
_OUT_OF_OFFICE, _NOT_THERE = 0.9, 0.5
_FARTHEST = 0.45
"""Share of letters that may differ between two spellings of one name: Jazenjuk, Yatsenyuk."""


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to `who`: an actor, the offices held (on the day, where one was given), and how surely it is meant (0..1)."""

    actor: Actor
    offices: tuple[Office, ...]
    score: float
    why: str


def who(name: str, *, on: dt.date | None = None) -> tuple[Who, ...]:
    """The known actors that a name can stand for, likeliest first; none where nothing is near enough.

    German and English spellings, transliterations, aliases, abbreviations and surnames are all understood. With a day, those
    in office on it come first, and those who were dead or not yet founded come last.
    """
    found: dict[str, tuple[float, str]] = {}
    for language in languages():
        for sense in forms(language).senses.get(fold(name), ()):
            if sense.exact and sense.exact != name:
                continue
            score = _SURNAME if sense.how == "surname" else _EXACT
            found[sense.entity] = max(found.get(sense.entity, (0.0, "")), (score, f"{sense.how} {name!r}"))
    if not found:
        found = _spelled_otherwise(name)
    base = known_actors()
    answers = []
    for entity, (score, why) in found.items():
        offices = tuple(o for o in base.terms.get(entity, ()) if on is None or o.held(on))
        first, last = base.life.get(entity, (dt.date.min, dt.date.max))
        there = 1.0 if on is None or offices else _OUT_OF_OFFICE if first <= on <= last else _NOT_THERE
        answers.append(Who(actor=base.actors[entity], offices=offices, score=score * there, why=why))
    return tuple(sorted(answers, key=lambda w: (-w.score, -len(w.offices), w.actor.id)))


@lru_cache(maxsize=4096)
def person_candidates(name: str) -> tuple[str, ...]:
    """Ids of the persons whose name, spelled in another way, is this one; nearest first."""
    wanted = fold(name)
    ids = {i for key in name_keys(name) for i in _keys().get(key, ())}
    near = sorted((_farness(wanted, i), i) for i in ids)
    return tuple(i for distance, i in near if distance <= _FARTHEST)


def _spelled_otherwise(name: str) -> dict[str, tuple[float, str]]:
    wanted = fold(name)
    return {
        i: (_SPELLED * (1 - _farness(wanted, i)), f"spelled like {known_actors().actors[i].name!r}")
        for i in person_candidates(name)
    }


def _farness(wanted: str, person: str) -> float:
    return min(edit_distance(wanted, known) / max(len(wanted), len(known)) for known in _spellings()[person])


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    spellings: dict[str, list[str]] = {}
    for language in languages():
        for form, senses in forms(language).senses.items():
            for sense in senses:
                if sense.entity.startswith("person/") and sense.how == "name":
                    spellings.setdefault(sense.entity, []).append(form)
    return {person: tuple(dict.fromkeys(forms_)) for person, forms_ in spellings.items()}


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    keys: dict[str, list[str]] = {}
    for person, spellings in _spellings().items():
        for key in {key for spelling in spellings for key in name_keys(spelling)}:
            keys.setdefault(key, []).append(person)
    return {key: tuple(persons) for key, persons in keys.items()}


def holders(role: str, *, country: str | None = None, body: str | None = None, on: dt.date) -> tuple[Office, ...]:
    """The terms in that role held on the day, latest begun first.

    Args:
        role: as in `offices.tsv`: head_of_state, foreign_minister, envoy…
        country: ISO 3166-1 alpha-3, for an office in a state's service.
        body: id of a group, for an office in it.
        on: the day.
    """
    base = known_actors()
    terms = base.by_body.get((role, body), []) if body else base.by_country.get((role, country or ""), [])
    return tuple(term for term in terms if term.held(on))


def where(name: str) -> tuple[Place, ...]:
    """The places of that name, biggest first; countries before regions before cities of the same size."""
    found = gazetteer().named(fold(name))
    return tuple(place_of(row) for row in sorted(found, key=prominence, reverse=True))


def prominence(row: PlaceRow) -> float:
    """How likely a place is meant when nothing else is known: its population, where unknown that usual for its kind."""
    usual = {"country": 5_000_000, "region": 800_000, "water": 1_000_000, "site": 50_000, "city": 5_000}
    return max(row.population, usual.get(row.kind, 0)) * (3.0 if row.kind in {"country", "region"} else 1.0)


def place_of(row: PlaceRow) -> Place:
    """The public type of a row."""
    return Place(
        id=row.id, name=row.name, name_de=row.name_de or row.name, country=row.country or None, lat=row.lat, lon=row.lon
    )
