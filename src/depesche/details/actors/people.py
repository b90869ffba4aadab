"""Persons by name: known ones by any spelling, later short names, and unknown ones under an id of their own."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from depesche.clauses.forms import lookup
from depesche.details.actors.drafts import Phrase
from depesche.details.actors.reading import Reading
from depesche.details.actors.vocabulary import CAPITAL
from depesche.knowledge.actors import known_actors
from depesche.knowledge.gazetteer import gazetteer
from depesche.knowledge.lookup import person_candidates, prominence
from depesche.knowledge.rows import slug
from depesche.knowledge.spelling import edit_distance, fold
from depesche.record import Actor, Article, Name, Span, TimeMention

_THRESHOLD = 0.5
_YEARS_AROUND = 4
_DAYS = 365.25
_NEAR_SPELLING = 0.34
_KNOWN_PLACE = 50_000
_SHORTEST_NAME = 3
_LONGEST_BARE = 3
_CALLED_BY_FIRST = frozenset(
    {"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "THA", "LAO", "MMR", "ETH", "ERI", "IRQ", "IDN", "TLS"}
)
"""Where people are called by the first word of their name: Ban Ki-moon is Ban, Thaksin Shinawatra is Thaksin."""


class Found(NamedTuple):
    """A person at the pieces `first` to `last`."""

    first: int
    last: int
    actor: Actor
    confidence: float
    why: str


class PeopleFinder:
    """Finds the persons of one article.

    Args:
        article: for its names and date.
        reading: its pieces, known names and noun phrases, and how often each country is spoken of.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        pieces, hits = reading.pieces, reading.hits
        self._article = article
        self._p = pieces
        self._hits = hits
        self._capitals = reading.able(CAPITAL)
        self._countries = reading.countries
        self._title_before = {_after(p): p for p in reading.phrases if p.head.role}
        self._date = day_of(article)
        self._names = [n for n in article.of(Name) if n.kind == "person"]
        self._tagged = bool(article.of(Name))
        self._full: dict[str, Actor] = {}
        self._parts: dict[str, Actor] = {}
        self._known_persons: set[int] = set()
        self._things: set[int] = set()
        for hit in hits:
            if any(s.entity.startswith("person/") for s in hit.senses):
                self._known_persons.add(hit.first)
            else:
                self._things.update(range(hit.first, hit.last + 1))
        self._times = {i for t in article.of(TimeMention) for i in pieces.within(t.span)}
        self._titles = {i for p in self._title_before.values() for i in range(p.first, p.last + 1)}

    def find(self) -> list[Found]:
        """All persons, in reading order; no two overlap."""
        found: list[Found] = []
        taken: set[int] = set()
        for batch in (self._by_full_name(), self._tagged_names(), self._by_surname()):
            for person in batch:
                spot = set(range(person.first, person.last + 1))
                if not spot & taken:
                    taken |= spot
                    found.append(person)
                    self._remember(person)
        return sorted(found, key=lambda f: f.first)

    def _remember(self, person: Found) -> None:
        for name in (person.actor.name, person.actor.name_de or "", self._p.joined(person.first, person.last)):
            words = _words(name)
            if words and len(words[-1]) >= _SHORTEST_NAME:
                self._full.setdefault(words[-1], person.actor)
            if len(words) > 1 and person.actor.country in _CALLED_BY_FIRST:
                self._full.setdefault(words[0], person.actor)
            for word in words[:-1]:
                if len(word) > _SHORTEST_NAME:
                    self._parts.setdefault(word, person.actor)

    def _by_full_name(self) -> Iterator[Found]:
        for hit in self._hits:
            persons = [s.entity for s in hit.senses if s.how == "name" and s.entity.startswith("person/")]
            if persons and not hit.prefix:
                best, score = self._best(persons, near=hit.first)
                yield Found(hit.first, hit.last, known_actors().actors[best], max(score, _THRESHOLD), "known name")

    def _tagged_names(self) -> Iterator[Found]:
        """Names that the tagger found: those of several words first, so that short ones can refer to them."""
        spots = [spot for name in self._names if (spot := self._spot(name.span)) and self._may_be_person(*spot)]
        for first, last in sorted(spots, key=lambda s: (s[0] == s[1], s[0])):
            text = self._text(first, last)
            if first == last:
                if (actor := self._short(first)) is not None:
                    yield Found(first, last, *actor)
            else:
                yield Found(first, last, *self._long(text, first))

    def _may_be_person(self, first: int, last: int) -> bool:
        """Not a known place, body, day or word that the tagger took for a person: "Darfur", "Sri Lanka", "Sunday", "Reportern"."""
        spot = set(range(first, last + 1))
        if spot & self._times or spot <= self._things:
            return False
        if first in self._things and first < last and self._p.gaps[first + 1] == "-":
            return False  # "Ukraine-Friedensmarsch"
        known = first in self._known_persons or self._p.keys[first] in self._full
        if known or first in self._title_before:
            return True
        if first < last:
            return self._p.joined(first, last) not in gazetteer()  # "L'Aquila", "Mar del Plata"
        if any(prominence(r) >= _KNOWN_PLACE for r in gazetteer().named(self._p.keys[first])):
            return False
        readings = lookup(self._article.language, self._p.texts[first])
        return not readings or any(a.sort or a.upos == "PROPN" for a in readings)

    def _spot(self, span: Span) -> tuple[int, int] | None:
        inside = list(self._p.within(span))
        while inside and inside[0] in self._titles:
            inside.pop(0)
        if len(inside) > 1 and self._p.keys[inside[-1]] == "s":
            inside.pop()
        if len(inside) > _LONGEST_BARE and self._begins_small(*inside[:2]):
            inside = inside[-2:]  # "Minister | for Foreign Trade Christine Lagardo"
        return (inside[0], inside[-1]) if inside else None

    def _begins_small(self, first: int, second: int) -> bool:
        """Whether a name begins with a word that belongs to the title before it, and with no particle ("von der Leyen")."""
        texts = self._p.texts
        small = texts[first][0].islower() and texts[second][0].isupper() and self._p.gaps[second] == " "
        return small and first in self._title_before

    def _text(self, first: int, last: int) -> str:
        return self._article.text[self._p.starts[first] : self._p.ends[last]]

    def _long(self, text: str, at: int) -> tuple[Actor, float, str]:
        known = [i for i in person_candidates(text) if _nearly(text, i)]
        if known:
            best, score = self._best(known, near=at)
            if score >= _THRESHOLD:
                return known_actors().actors[best], score, "known name in another spelling"
        own = _words(text)
        if (actor := self._full.get(own[-1])) and own[0] in _words(actor.name):
            return actor, 0.8, "name of this report"
        return unknown_person(text, country=self._country_of_title(at)), 0.6, "name tagger"

    def _short(self, at: int) -> tuple[Actor, float, str] | None:
        key = self._p.keys[at]
        for form in (key, key.removesuffix("s")):
            if actor := self._full.get(form):
                return actor, 0.9, "short name of a person of this report"
            if actor := self._parts.get(form):  # "Noordin Moh Top", later "Noordin"
                return actor, 0.7, "part of the name of a person of this report"
        hit = next((h for h in self._hits if h.first <= at <= h.last), None)
        if hit:
            persons = [s.entity for s in hit.senses if s.entity.startswith("person/")]
            if persons:
                best, score = self._best(persons, near=at)
                if score >= _THRESHOLD:
                    return known_actors().actors[best], score, "known surname"
            if any(
                s.how in {"name", "capital", "adjective", "metonym"}
                for s in hit.senses
                if not s.entity.startswith("person/")
            ):
                return None
        return unknown_person(self._p.texts[at], country=self._country_of_title(at)), 0.5, "name tagger"

    def _by_surname(self) -> Iterator[Found]:
        """Surnames that the tagger did not mark: later short names of this report, or a title before a known surname."""
        keys, full, parts = self._p.keys, self._full, self._parts
        for i in self._capitals if full or parts else ():
            key = keys[i]
            if key not in full and key not in parts and key[:-1] not in full:
                continue
            if i + 1 < len(keys) and self._p.gaps[i + 1] == "-":
                continue
            actor = self._full.get(key) or (self._full.get(key[:-1]) if key.endswith("s") else None)
            if actor and self._p.gaps[i] != "-" and i not in self._times:
                yield Found(i, i, actor, 0.85, "short name of a person of this report")
            elif (part := self._parts.get(key)) and self._is_bare_part(i):
                yield Found(i, i, part, 0.7, "part of the name of a person of this report")
        for hit in self._hits:
            persons = [s.entity for s in hit.senses if s.how == "surname"]
            if not persons or len(persons) < len(hit.senses) or hit.prefix or hit.suffix:
                continue
            titled = hit.first in self._title_before
            if self._tagged and not titled:
                continue
            best, score = self._best(persons, near=hit.first)
            if score >= (_THRESHOLD if titled else 0.75):
                yield Found(hit.first, hit.last, known_actors().actors[best], score, "known surname")

    def _is_bare_part(self, i: int) -> bool:
        """Whether a first name stands alone for a person: "Noordin Moh Top", later "Noordin"."""
        before = self._p.gaps[i] == " " and i > 0 and self._p.texts[i - 1][0].isupper()
        after = i + 1 < len(self._p.keys) and self._p.gaps[i + 1] == " " and self._p.texts[i + 1][0].isupper()
        if before or after or self._p.gaps[i] == "-" or i in self._things | self._times:
            return False
        readings = lookup(self._article.language, self._p.texts[i])
        return self._p.keys[i] not in gazetteer() and (not readings or all(a.upos == "PROPN" for a in readings))

    def _best(self, persons: list[str] | tuple[str, ...], *, near: int) -> tuple[str, float]:
        """The likeliest person of several, and how likely: in office about the report's date, of the title's or the report's country."""
        scores = {p: self._score(p, near=near) for p in dict.fromkeys(persons)}
        best = max(scores, key=lambda p: scores[p])
        others = sum(s for p, s in scores.items() if p != best and s > scores[best] - 0.1)
        return best, round(scores[best] - (0.25 if others else 0.0), 2)

    def _score(self, person: str, *, near: int) -> float:
        base = known_actors()
        actor, score = base.actors[person], 0.5
        title_country = self._country_of_title(near)
        if title_country:
            score += 0.3 if actor.country == title_country else -0.3
        elif actor.country and self._countries.get(actor.country):
            score += 0.2
        terms = base.terms.get(person, [])
        if self._date and terms:
            gap = min(_gap(self._date, t.first, t.last) for t in terms)
            score += 0.3 if gap <= 0 else 0.15 if gap <= _YEARS_AROUND else -0.2
        if title := self._title_before.get(near):
            role = title.head.role.role if title.head.role else ""
            if any(
                t.role == role and (self._date is None or _gap(self._date, t.first, t.last) <= _YEARS_AROUND)
                for t in terms
            ):
                score += 0.2
        return min(score, 1.0)

    def _country_of_title(self, at: int) -> str | None:
        title = self._title_before.get(at)
        if title is None:
            return None
        if title.head.role and title.head.role.country:
            return title.head.role.country
        if title.owner is None:
            return None
        base = known_actors()
        return next((c for s in title.owner.senses if (a := base.actors.get(s.entity)) and (c := a.country)), None)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


@lru_cache(maxsize=4096)
def _nearly(text: str, person: str) -> bool:
    """Whether a name is nearly one of the person's two names."""
    actor = known_actors().actors[person]
    wanted = fold(text)
    names = [fold(actor.name), fold(actor.name_de or actor.name)]
    return any(edit_distance(wanted, n) <= _NEAR_SPELLING * max(len(wanted), len(n)) for n in names)


def unknown_person(text: str, *, country: str | None) -> Actor:
    """A person that no table knows; the id is made of the name, so that it is the same in every report."""
    name = text.strip().removesuffix("’s").removesuffix("'s")
    return Actor(id=f"person/{slug(name)}", name=name, name_de=name, kind="person", country=country, known=False)


def day_of(article: Article) -> dt.date | None:
    """The first day of the report's date, where it is known."""
    edtf = article.meta.published.edtf
    if not edtf:
        return None
    try:
        return dt.date.fromisoformat(edtf[:10])
    except ValueError:
        return None


def _after(phrase: Phrase) -> int:
    return phrase.last + 1


def _gap(day: dt.date, first: dt.date, last: dt.date) -> float:
    """Years between a day and a term; 0 inside it."""
    if first <= day <= last:
        return 0.0
    return abs(((first - day) if day < first else (day - last)).days) / _DAYS
