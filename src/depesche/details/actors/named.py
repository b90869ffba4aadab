"""Actors by their own name: states, bodies, peoples, and the capitals and buildings that stand for governments."""

import datetime as dt
from collections.abc import Iterator

from depesche.clauses.forms import lookup
from depesche.details.actors.dictionary import Hit
from depesche.details.actors.reading import Reading
from depesche.knowledge.actors import known_actors
from depesche.knowledge.forms import Sense
from depesche.knowledge.gazetteer import gazetteer
from depesche.record import Actor, ActorMention, Span

_SURE, _LIKELY, _WEAK = 0.95, 0.8, 0.5
_BACK = 3
_NOUNS = frozenset({"landscape", "party_word", "country_word", "former"})
_NAMED_LIKE_THINGS = frozenset({"media", "business", "party", "ngo"})
_CLAIMS = {"name": 0, "metonym": 1, "people": 2, "demonym": 3, "capital": 4, "adjective": 5, "surname": 6}


class NamedActors:
    """Turns the known names of one article into mentions.

    Args:
        reading: the article, read.
        day: the report's date, if known: what did not exist on it is not meant.
        taken: pieces that belong to persons.
        tagged: pieces that the name tagger takes for an organisation.
        language: ISO 639-1.
    """

    def __init__(
        self,
        reading: Reading,
        *,
        day: dt.date | None,
        taken: set[int],
        tagged: set[int],
        language: str,
    ) -> None:
        self._r = reading
        self._tagged = tagged
        self._language = language
        self._day = day or dt.date(2100, 1, 1)
        self._taken = taken
        self._owned = {
            i
            for p in reading.phrases
            for o in (p.owner, p.about, p.beside)
            if o and not self._separate(o.senses, o.by)
            for i in range(o.first, o.last + 1)
        }

    def find(self) -> Iterator[ActorMention]:
        """The mentions, in reading order."""
        for hit in self._r.hits:
            spot = range(hit.first, hit.last + 1)
            if self._taken.isdisjoint(spot) and hit.first not in self._r.dateline and not self._ends_place(hit):
                sense = self.choose(self._as_used(hit))
                if sense is not None and hit.first not in self._owned and (mention := self._mention(hit, sense)):
                    yield mention

    def _ends_place(self, hit: Hit) -> bool:
        """Whether the tagger's name of a place begins before the known one: "Rhode Island" is not "Island"."""
        start, places = self._r.pieces.starts[hit.first], self._r.grammar.places
        return start in places and start - 1 in places

    def _as_used(self, hit: Hit) -> list[Sense]:
        """Of a form that is adjective and demonym ("Iranian"), the reading that what follows allows."""
        hows = {s.how for s in hit.senses}
        if "adjective" not in hows or not hows & {"demonym", "people"}:
            return hit.senses
        pieces, words = self._r.pieces, self._r.words
        after = hit.last + 1
        noun = hit.prefix
        if after < len(pieces.keys) and pieces.gaps[after] == " ":
            upos = self._r.grammar.upos(pieces.starts[after])
            small = bool(words.parts_of.get(pieces.keys[after], frozenset()) - _NOUNS)
            noun = upos in {"NOUN", "ADJ", "PROPN", "NUM"} if upos else not small
        wanted = {"adjective"} if noun else {"demonym", "people"}
        return [s for s in hit.senses if s.how in wanted] or hit.senses

    def _separate(self, senses: list[Sense], by: str) -> bool:
        """A body that follows ("Sprecher der Hamas") is an actor of its own; a state or an adjective only says where."""
        chosen = self.choose(senses)
        following = by.startswith(("preposition", "genitive"))
        return chosen is not None and following and not chosen.entity.startswith(("state/", "government/"))

    def choose(self, senses: list[Sense]) -> Sense | None:
        """The reading meant: one that existed on the day, a name rather than a nickname, of the country spoken of most."""
        base = known_actors()

        def rank(sense: Sense) -> tuple[bool, int, int]:
            first, last = base.life.get(sense.entity, (dt.date.min, dt.date.max))
            country = base.actors[sense.entity].country or ""
            return not first <= self._day <= last, _CLAIMS[sense.how], -self._r.countries[country]

        bodies = [s for s in senses if not s.entity.startswith("person/")]
        return min(bodies, key=rank) if bodies else None

    def _mention(self, hit: Hit, sense: Sense) -> ActorMention | None:
        if hit.prefix:
            return self._in_compound(hit, sense)
        if sense.how == "adjective":
            return None if self._about_land(hit.last + 1) else self._modifier(hit, sense)
        if hit.suffix or self._ordinary(hit, sense):
            return None
        if sense.how in {"people", "demonym"}:
            return self._people(hit, sense)
        seat = sense.how == "capital" or (
            sense.how == "metonym" and self._r.pieces.joined(hit.first, hit.last) in gazetteer()
        )
        return self._capital(hit, sense) if seat else self._body(hit, sense)

    def _body(self, hit: Hit, sense: Sense) -> ActorMention | None:
        """A state or body by name; a state where something happens ("in Syrien") is a place."""
        confidence = _SURE
        land = (
            sense.entity.startswith("government/")
            and sense.how == "name"
            and self._r.pieces.joined(hit.first, hit.last) in gazetteer()
        )
        if sense.entity.startswith("state/") or land:  # "in Abchasien", "in Syrien"
            before = self._r.preposition(hit.first)
            if self._r.words.is_part(before, "two_sided_preposition"):
                confidence = _WEAK
            elif self._r.words.is_part(before, "place_preposition"):
                return None
        return self._made(hit, sense, confidence=confidence)

    def _ordinary(self, hit: Hit, sense: Sense) -> bool:
        """A word of the dictionary that no tagger takes for a name: "Es blieb keine Zeit" does not name the newspaper."""
        kind = known_actors().actors[sense.entity].kind
        if hit.first != hit.last or sense.exact or hit.first in self._tagged:
            return False
        if sense.how == "capital" and self._r.grammar.upos(self._r.pieces.starts[hit.first]) != "NOUN":
            return False  # "Mehrere Male" does not name the capital of the Maldives
        if sense.how != "capital" and kind not in _NAMED_LIKE_THINGS:
            return False
        if self._r.grammar.upos(self._r.pieces.starts[hit.first]) == "ADJ":
            return True  # "Grünes Licht"
        return any(a.upos == "NOUN" and not a.sort for a in lookup(self._language, self._r.pieces.texts[hit.first]))

    def _made(self, hit: Hit, sense: Sense, *, confidence: float) -> ActorMention:
        form = {"metonym": "metonym", "capital": "metonym", "adjective": "adjective"}.get(sense.how, "name")
        return ActorMention(
            span=self._span(hit, sense), actor=known_actors().actors[sense.entity],
            form=form,  # type: ignore[arg-type]  # one of the forms
            confidence=confidence, why=f"known {sense.how}",
        )  # fmt: skip

    def _span(self, hit: Hit, sense: Sense) -> Span:
        """A full stop that ends an abbreviation ("U.S.") belongs to it."""
        start, end = self._r.span(hit.first, hit.last)
        return Span(start, end + (sense.exact.endswith(".") and hit.last + 1 < len(self._r.pieces.gaps)))

    def _capital(self, hit: Hit, sense: Sense) -> ActorMention | None:
        """A capital stands for its government in "Moskau fordert", "zwischen Moskau und Kiew", "Washingtons Vorschlag"."""
        pieces, words = self._r.pieces, self._r.words
        before = self._r.preposition(hit.first)
        if words.is_part(before, "place_preposition", "two_sided_preposition"):
            return None
        if hit.inflected == "s" or words.is_part(before, "actor_preposition"):
            return self._made(hit, sense, confidence=_LIKELY)
        after = hit.last + 1
        if after >= len(pieces.keys):
            return None
        if self._r.grammar.deprel(pieces.starts[hit.first]).startswith("nsubj") and pieces.gaps[after] != "-":
            return self._made(hit, sense, confidence=_LIKELY)
        upos = self._r.grammar.upos(pieces.starts[after])
        verb = upos in {"VERB", "AUX"} or words.is_part(pieces.keys[after], "speech_verb")
        starts = pieces.gaps[hit.first] in {"|", ";"} or words.is_part(pieces.keys[hit.first - 1], "conjunction")
        possessive = pieces.gaps[after] == "'" and pieces.keys[after] == "s"
        headed = hit.first in self._r.opening and upos == "NOUN" and pieces.texts[after][0].islower()
        if possessive or ((verb or headed) and pieces.gaps[after] == " "):  # headed: "Khartoum voices optimism"
            sure = possessive or (starts and not headed)
            return self._made(hit, sense, confidence=_LIKELY if sure else _WEAK)
        return None

    def _in_compound(self, hit: Hit, sense: Sense) -> ActorMention | None:
        """The first part of a compound: "US-Angriff", "Nato-Luftangriffe" tell who acts; "Syrien-Konflikt" only where."""
        state = sense.entity.startswith("state/")
        if (state and not sense.exact and sense.how != "adjective") or sense.how in {"people", "demonym", "capital"}:
            return None
        if self._about_land(hit.last + 1):
            return None
        return self._modifier(hit, sense)

    def _modifier(self, hit: Hit, sense: Sense) -> ActorMention:
        return ActorMention(
            span=self._span(hit, sense), actor=known_actors().actors[sense.entity], form="adjective", confidence=_WEAK,
            why="modifies what is done",
        )  # fmt: skip

    def _about_land(self, i: int) -> bool:
        """Whether what follows names a place: "die syrische Hauptstadt", "the Syrian border"."""
        pieces, words = self._r.pieces, self._r.words
        for j in range(i, min(i + _BACK, len(pieces.keys))):
            key = pieces.keys[j]
            if pieces.gaps[j] in {"|", ";"}:
                return False
            if words.is_part(key, "landscape"):
                return True
            if pieces.texts[j][0].isupper():
                return False
        return False

    def _people(self, hit: Hit, sense: Sense) -> ActorMention:
        base = known_actors()
        state = base.actors[sense.entity]
        one = sense.how == "demonym"
        own = state.id.partition("/")[2]
        text = " ".join(self._r.pieces.texts[hit.first : hit.last + 1])
        actor = Actor(
            id=f"population/{own}" + ("/one" if one else ""), name=text, name_de=text, kind="population",
            country=state.country, known=False,
        )  # fmt: skip
        first = self._r.pieces.starts[self._extended(hit.first)]
        span = Span(first, self._span(hit, sense)[1])
        return ActorMention(span=span, actor=actor, form="group", confidence=_LIKELY, why=f"known {sense.how}")

    def _extended(self, first: int) -> int:
        """Where a phrase around a people begins: "etwa eintausend christliche Ägypter"."""
        pieces, words = self._r.pieces, self._r.words
        while first > 0 and pieces.gaps[first] in {" ", ".", ","}:
            key = pieces.keys[first - 1]
            adjective = self._r.grammar.upos(pieces.starts[first - 1]) == "ADJ" or key in words.adjectives
            if words.is_part(key, "determiner", "both") and pieces.gaps[first] == " ":
                return first - 1
            if not (key.isdigit() or words.is_part(key, "quantifier") or adjective):
                break
            first -= 1
        return first
