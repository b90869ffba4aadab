"""The actors we know, and who held which office when."""

import datetime as dt
import re
from functools import cache, lru_cache

import msgspec

from depesche.knowledge.rows import GroupRow, OfficeRow, PersonRow, StateRow, rows, state_slug
from depesche.record import Actor

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Office(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A term in an office; `first` and `last` are the days it can have begun and ended at the outside."""

    person: str
    role: str
    body: str
    country: str
    title: str
    title_de: str
    first: dt.date
    last: dt.date

    def held(self, on: dt.date) -> bool:
        """Whether the person was in office on that day (a term known only by its year counts for the whole year)."""
        return self.first <= on <= self.last


class KnownActors(msgspec.Struct, frozen=True):
    """The knowledge base of actors.

    Attributes:
        actors: id → actor.
        gender: id of a person → `m` or `f`, where known.
        terms: id of a person → terms in office, latest first.
        by_country: (role, country) → terms in that country's service, latest first; `by_body` likewise for bodies.
        state_of: ISO 3166-1 alpha-3 → id of the state.
        life: id → first and last day, where known; `9999-12-31` for what still exists.
    """

    actors: dict[str, Actor]
    gender: dict[str, str]
    terms: dict[str, list[Office]]
    by_country: dict[tuple[str, str], list[Office]]
    by_body: dict[tuple[str, str], list[Office]]
    state_of: dict[str, str]
    life: dict[str, tuple[dt.date, dt.date]]


@lru_cache(maxsize=512)
def first_day(edtf: str) -> dt.date:
    """The first day that an EDTF year, month or day can mean; the earliest date there is for an open start."""
    match = _DAY.match(edtf)
    return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else dt.date.min


def last_day(edtf: str) -> dt.date:
    """The last day that an EDTF year, month or day can mean; the latest date there is for an open end."""
    match = _DAY.match(edtf)
    if not match:
        return dt.date.max
    year, month = int(match[1]), int(match[2] or 12)
    if match[3]:
        return dt.date(year, month, int(match[3]))
    return (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)


@cache
def known_actors() -> KnownActors:
    """All actors of the tables; states also as governments (`government/syria`)."""
    actors: dict[str, Actor] = {}
    state_of: dict[str, str] = {}
    life: dict[str, tuple[dt.date, dt.date]] = {}
    for state in rows("states", StateRow):
        for actor in _state_actors(state):
            actors.setdefault(actor.id, actor)
            life[actor.id] = first_day(state.founded), last_day(state.ended)
        state_of.setdefault(state.iso3, f"state/{state_slug(state)}")
    for group in rows("groups", GroupRow):
        actors.setdefault(group.id, _actor(group, kind=group.kind))
        life.setdefault(group.id, (first_day(group.start), last_day(group.end)))
    gender = {}
    for person in rows("persons", PersonRow):
        actors.setdefault(person.id, _actor(person, kind="person"))
        life.setdefault(person.id, (first_day(person.born), last_day(person.died)))
        if person.gender:
            gender[person.id] = person.gender
    terms, by_country, by_body = _terms()
    return KnownActors(actors, gender, terms, by_country, by_body, state_of, life)


def _state_actors(state: StateRow) -> tuple[Actor, Actor]:
    own = state_slug(state)
    adjective = state.adjective[0] if state.adjective else state.name
    german = f"{state.adjective_de[0]}e Regierung" if state.adjective_de else None
    return (
        Actor(
            id=f"state/{own}", name=state.name, name_de=state.name_de or None, kind="state",
            country=state.iso3, known=True,
        ),
        Actor(
            id=f"government/{own}", name=f"Government of {state.name}" if not state.adjective else f"{adjective} government",
            name_de=german, kind="government", country=state.iso3, known=True,
        ),
    )  # fmt: skip


def _actor(row: GroupRow | PersonRow, *, kind: str) -> Actor:
    return Actor(
        id=row.id,
        name=row.name,
        name_de=row.name_de or row.name,
        kind=kind,  # type: ignore[arg-type]  # the tables are checked when they are read
        country=row.country or None,
        known=True,
    )


def _terms() -> tuple[
    dict[str, list[Office]], dict[tuple[str, str], list[Office]], dict[tuple[str, str], list[Office]]
]:
    persons: dict[str, list[Office]] = {}
    countries: dict[tuple[str, str], list[Office]] = {}
    bodies: dict[tuple[str, str], list[Office]] = {}
    for row in rows("offices", OfficeRow):
        office = Office(
            person=row.person, role=row.role, body=row.body, country=row.country, title=row.title,
            title_de=row.title_de or row.title, first=first_day(row.start), last=last_day(row.end),
        )  # fmt: skip
        persons.setdefault(row.person, []).append(office)
        if row.body:
            bodies.setdefault((row.role, row.body), []).append(office)
        if row.country:
            countries.setdefault((row.role, row.country), []).append(office)
    for lists in (persons, countries, bodies):
        for offices in lists.values():
            offices.sort(key=lambda o: (o.first, o.last), reverse=True)
    return persons, countries, bodies
