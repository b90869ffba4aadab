"""Actors by a common noun: "die syrischen Regierungstruppen", "drei Soldaten", "Hamas-Kämpfer", "Demonstranten"."""

from collections.abc import Iterator

from depesche.details.actors.drafts import Phrase
from depesche.details.actors.lexicon import GroupNoun
from depesche.details.actors.named import NamedActors
from depesche.details.actors.reading import Reading
from depesche.knowledge.actors import known_actors
from depesche.knowledge.forms import Sense
from depesche.knowledge.rows import StateRow, rows, slug
from depesche.record import Actor, ActorMention

_EXPLICIT, _AGAIN, _CONTEXT, _MODIFIES = 0.9, 0.8, 0.6, 0.5
_OF_A_COUNTRY = frozenset(
    {"military", "police", "judiciary", "legislature", "government", "opposition", "party", "population", "rebel"}
)
_TAKEN_UP = frozenset({"party", "company", "unions", "militia", "rebel-group", "terrorists", "aid-agencies"})
_BODIES = frozenset({"rebel", "ngo", "opposition", "party", "igo", "business"})
_GOVERNMENTS = frozenset({"government", "regime"})
_OF_PERSONS = frozenset({"military", "police", "rebel", "population", "other", "opposition", "media", "ngo"})
_OF_OTHERS = frozenset({"supporters", "opponents", "members", "families", "leaders", "representatives"})
_NAMED_BODIES = frozenset({"rebel", "ngo", "opposition", "party", "igo", "business", "media", "other", "military"})
_POWERS = frozenset({"USA", "RUS", "GBR", "FRA", "CHN", "DEU"})
_SCENE = 0.4
_INSIDE_NUMBERS = frozenset({".", ","})
PAIRED = frozenset(
    {"government", "governments", "ministers", "party", "warring-parties", "delegation", "leaders", "countries"}
)
"""Nouns that with "both" or "two" take up two actors named before."""
_STATES = ("state/", "government/")


class GroupActors:
    """Turns the group phrases of one article into mentions.

    Args:
        reading: the article, read.
        named: chooses among the readings of a name.
        persons: who is named at each piece; `bodies` likewise.
    """

    def __init__(
        self, reading: Reading, *, named: NamedActors, persons: dict[int, Actor], bodies: dict[int, Actor]
    ) -> None:
        self._r = reading
        self._named = named
        self._persons = persons
        self._bodies = bodies
        self._called: dict[str, Actor] = {}
        self._earlier: dict[str, Actor] = {}
        self._counted: dict[str, str] = {}

    def find(self) -> Iterator[ActorMention]:
        """The mentions, in reading order."""
        for phrase in self._r.phrases:
            noun = phrase.head.group
            if noun is None:
                continue
            first = self._free_from(phrase)
            if first is None:
                continue
            if phrase.head.role and (self._names_a_person(phrase) or not several(phrase, self._r)):
                continue
            if self._names(phrase, noun):
                continue
            if made := self._actor(phrase, noun):
                actor, confidence, why = made
                yield ActorMention(
                    span=self._r.span(first, phrase.last), actor=actor,
                    form="adjective" if phrase.modifies else "group",
                    confidence=_MODIFIES if phrase.modifies else confidence, why=why,
                )  # fmt: skip
                if phrase.beside and (made := self._actor(phrase._replace(owner=phrase.beside, beside=None), noun)):
                    yield ActorMention(
                        span=self._r.span(phrase.beside.first, phrase.beside.last), actor=made[0], form="group",
                        confidence=_EXPLICIT, why="group noun that two share",
                    )  # fmt: skip

    def _free_from(self, phrase: Phrase) -> int | None:
        """Where the mention begins: after the person who owns it ("Kabila's rebels" are not Kabila); None where a person is in the way."""
        taken = [i for i in range(phrase.first, phrase.last + 1) if i in self._persons]
        if not taken:
            return phrase.first
        owner = phrase.owner
        if owner is None or owner.last >= phrase.last or taken[-1] != owner.last:
            return None
        after = owner.last + 1
        return after + (self._r.pieces.gaps[after] == "'" and after < phrase.last)

    def _names_a_person(self, phrase: Phrase) -> bool:
        """A title before a name is no group: "Botschafter Stephens"."""
        return phrase.last + 1 in self._persons

    def _names(self, phrase: Phrase, noun: GroupNoun) -> bool:
        """Whether the name that follows is the mention: "der Soldat Mario Lozano", "die Terrororganisation Abu Sayyaf".

        What the report calls by this noun from now on ("the soldier") is remembered.
        """
        after = phrase.last + 1
        if after >= len(self._r.pieces.gaps) or self._r.pieces.gaps[after] != " " or phrase.counted:
            return False
        person = self._persons.get(after)
        body = self._bodies.get(after)
        if self._plural(phrase):
            return False
        genitive = (
            person is not None and self._r.pieces.keys[after].endswith("s") and not slug(person.name).endswith("s")
        )
        if genitive:
            return False  # "Gegner Thaksins"
        if person is not None and noun.kind in _OF_PERSONS and (self._single(phrase) or phrase.head.ambiguous):
            self._called[noun.id] = person
            return True
        alike = body is not None and (noun.kind in {body.kind, "other"} or body.kind == "other")
        if body is not None and not phrase.modifies and alike and noun.kind in _NAMED_BODIES:
            self._called[noun.id] = body
            return True
        return False

    def _plural(self, phrase: Phrase) -> bool:
        return "Number=Plur" in self._r.grammar.feats(self._r.pieces.starts[phrase.last])

    def _actor(self, phrase: Phrase, noun: GroupNoun) -> tuple[Actor, float, str] | None:
        owner = self._named.choose(phrase.owner.senses) if phrase.owner else None
        person = (
            next((s for s in phrase.owner.senses if s.entity.startswith("person/")), None) if phrase.owner else None
        )
        bare = not (owner or person or phrase.people or phrase.adjectives or phrase.prefix)
        if self._for_references(phrase, noun, owned=bool(owner or person)) or (noun.modifier and bare):
            return None
        if owner:
            known = self._of_state if owner.entity.startswith(_STATES) else self._of_body
            return known(phrase, noun, owner)
        if person:
            return self._of_person(phrase, noun, person)
        return self._of_group(phrase, noun) or self._by_context(phrase, noun)

    def _of_person(self, phrase: Phrase, noun: GroupNoun, person: Sense) -> tuple[Actor, float, str]:
        country = known_actors().actors[person.entity].country
        if noun.id in _GOVERNMENTS and (state := known_actors().state_of.get(country or "")):
            government = known_actors().actors[f"government/{state.partition('/')[2]}"]
            return government, _AGAIN, "government that a person leads"
        actor = self._made(phrase, noun, owner=person.entity.partition("/")[2], country=country)
        return actor, _EXPLICIT, "group noun with a person"

    def _for_references(self, phrase: Phrase, noun: GroupNoun, *, owned: bool) -> bool:
        """Whether only what was said before tells who is meant: "die Regierung", "die Minister", "die Gruppe"."""
        if noun.id in _GOVERNMENTS:
            return not owned
        if noun.id in PAIRED and self._r.words.is_part(phrase.determiner, "both") and not owned:
            return True
        if self._qualified(phrase) or not self._r.words.is_part(phrase.determiner, "determiner", "demonstrative"):
            return False
        return noun.id == "ministers" or (noun.id in _TAKEN_UP and self._single(phrase) and self._named_before(phrase))

    def _of_group(self, phrase: Phrase, noun: GroupNoun) -> tuple[Actor, float, str] | None:
        """Those who say of whom they are: "supporters of the government", "Gegner des Präsidenten", "members of the rebel group"."""
        if noun.id not in _OF_OTHERS or phrase.owner is not None or (whose := self._whose(phrase)) is None:
            return None
        if noun.id == "members" and whose.head.group is not None and (made := self._actor(whose, whose.head.group)):
            return made[0], _AGAIN, "members of a group"
        pieces = self._r.pieces
        text = "".join(
            (pieces.gaps[i] if pieces.gaps[i] in {"-", "'"} else " ") + pieces.texts[i]
            for i in range(phrase.last + 1, whose.last + 1)
        )
        actor = self._made(phrase, noun, owner="", country=None)
        name = self._shown(phrase, noun, single=self._single(phrase)) + text
        whom = slug(pieces.joined(whose.core, whose.last))
        made_of = Actor(
            id=f"{actor.id}/of-{whom}",
            name=name,
            name_de=name,
            kind=actor.kind,
            country=self._country_by_context(),
            known=False,
        )
        return made_of, _EXPLICIT, "group noun with those it belongs to"

    def _whose(self, phrase: Phrase) -> Phrase | None:
        """The phrase that follows in the genitive or after "of"."""
        after = phrase.last + 1
        words, keys = self._r.words, self._r.pieces.keys
        if after + 1 >= len(keys) or self._r.pieces.gaps[after] != " ":
            return None
        start = after + words.is_part(keys[after], "belonging")
        follows = next((p for p in self._r.phrases if p.first == start), None)
        said = start > after or (follows is not None and words.is_part(follows.determiner, "genitive_article"))
        return follows if said else None

    def _by_context(self, phrase: Phrase, noun: GroupNoun) -> tuple[Actor, float, str]:
        """A group that does not say whose it is: the one named in full before, else of the country spoken of."""
        definite = self._r.words.is_part(phrase.determiner, "determiner", "demonstrative") and not self._qualified(
            phrase
        )
        if definite and not self._plural(phrase) and (called := self._called.get(noun.id)):
            return called, _AGAIN, "called so in this report"
        if phrase.people is None and (again := self._earlier.get(self._key(phrase, noun))):
            return again, _AGAIN, "group noun, named in full before"
        after = phrase.last + 1
        keys = self._r.pieces.keys
        of_both = after < len(keys) and self._r.words.is_part(keys[after], "both")  # "Diplomaten beider Länder"
        country = self._country_by_context() if noun.kind in _OF_A_COUNTRY and not of_both else None
        state = known_actors().state_of.get(country or "", "").partition("/")[2]
        why = "group noun, country by context" if country else "group noun"
        return self._made(phrase, noun, owner=state, country=country), _CONTEXT, why

    def _qualified(self, phrase: Phrase) -> bool:
        indefinite = self._r.words.is_part(phrase.determiner, "singular_determiner")
        return bool(phrase.owner or phrase.adjectives or phrase.people or phrase.prefix or phrase.counted or indefinite)

    def _named_before(self, phrase: Phrase) -> bool:
        """Whether the report has named a body before, that the noun can take up."""
        actors = known_actors().actors
        return any(
            actors[s.entity].kind in _BODIES
            for h in self._r.hits
            if h.last < phrase.first
            for s in h.senses
            if s.how == "name"
        )

    def _key(self, phrase: Phrase, noun: GroupNoun) -> str:
        return f"{noun.id}/{'one' if self._single(phrase) else 'many'}"

    def _single(self, phrase: Phrase) -> bool:
        head = phrase.head
        if self._r.words.is_part(phrase.determiner, "singular_article"):
            return True  # "dem Soldaten"
        if head.ambiguous:
            return self._r.words.is_part(phrase.determiner, "singular_determiner")
        return head.number == "singular"

    def _of_state(self, phrase: Phrase, noun: GroupNoun, owner: Sense) -> tuple[Actor, float, str]:
        base = known_actors()
        own = owner.entity.partition("/")[2]
        if noun.id in _GOVERNMENTS:
            return base.actors[f"government/{own}"], _EXPLICIT, "government of a known state"
        actor = self._made(phrase, noun, owner=own, country=base.actors[owner.entity].country)
        if phrase.owner and not phrase.owner.by.startswith("preposition"):
            self._earlier[self._key(phrase, noun)] = actor
        return actor, _EXPLICIT, "group noun of a known state"

    def _of_body(self, phrase: Phrase, noun: GroupNoun, owner: Sense) -> tuple[Actor, float, str]:
        body = known_actors().actors[owner.entity]
        if noun.member or self._is_the_body(phrase, noun, body):
            self._earlier[self._key(phrase, noun)] = body
            return body, _EXPLICIT, "members of a known body"
        actor = self._made(phrase, noun, owner=slug(body.name), country=body.country)
        self._earlier[self._key(phrase, noun)] = actor
        return actor, _EXPLICIT, "group noun of a known body"

    def _is_the_body(self, phrase: Phrase, noun: GroupNoun, body: Actor) -> bool:
        """Whether the noun only says what kind of body it is: "the Itar-Tass news agency", "Kifaya-Bewegung"."""
        close = phrase.owner is not None and phrase.owner.by in {"noun", "compound"} and not self._plural(phrase)
        return close and noun.id in _TAKEN_UP | {"group", "media"} and (noun.kind == body.kind or noun.id == "group")

    def _country_by_context(self) -> str | None:
        """The country that the report speaks of, where one stands out."""
        most = self._r.countries.most_common()
        if not most:
            return None
        top = most[0][1]
        if most[0][0] in _POWERS:  # they speak about a conflict more often than they are its scene
            most = [(c, n) for c, n in most if c not in _POWERS and n >= top * _SCENE] or most
        if len(most) > 1 and most[0][1] <= most[1][1]:
            return None
        return most[0][0]

    def _made(self, phrase: Phrase, noun: GroupNoun, *, owner: str, country: str | None) -> Actor:
        single = self._single(phrase)
        people = phrase.people
        told = f"{slug(phrase.prefix)}-{noun.id}" if phrase.prefix and not phrase.owner else noun.id
        parts = [noun.kind, owner, people.id if people else "", told, "one" if single else ""]
        shown = self._shown(phrase, noun, single=single)
        german = self._r.words.endings_of_compounds
        other = noun.name if german else noun.name_de
        if phrase.owner and owner and (adjectives := _adjectives().get(owner)):
            other = f"{adjectives[0]} {noun.name}" if german else f"{adjectives[1]}e {noun.name_de}"
        name, name_de = (other, shown) if german else (shown, other)
        identifier = self._told_apart(phrase, "/".join(p for p in parts if p))
        return Actor(id=identifier, name=name, name_de=name_de, kind=noun.kind, country=country, known=False)

    def _told_apart(self, phrase: Phrase, identifier: str) -> str:
        """Groups of other sizes are others: "Eine Bombe tötete 98 Menschen, eine zweite verletzte 20 Menschen"; "die Menschen" are those counted last."""
        if number := self._number(phrase):
            self._counted[identifier] = f"{identifier}/{number}"
            return self._counted[identifier]
        definite = self._r.words.is_part(phrase.determiner, "determiner", "demonstrative")
        return self._counted.get(identifier, identifier) if definite else identifier

    def _number(self, phrase: Phrase) -> str:
        """The number that counts a group; empty where none does, or only a vague one ("several")."""
        pieces, words = self._r.pieces, self._r.words
        number = ""
        for i in range(phrase.first, phrase.core):
            key = pieces.keys[i]
            if told := key if key.isdigit() else words.numbers.get(key, ""):
                number += told if not number or pieces.gaps[i] in _INSIDE_NUMBERS else f"-{told}"
        return number

    def _shown(self, phrase: Phrase, noun: GroupNoun, *, single: bool) -> str:
        """The phrase as a name: without article and number, its head and adjectives in their plain form."""
        pieces = self._r.pieces
        head = pieces.texts[phrase.last]
        endings = self._r.words.adjective_endings
        forms = noun.singular if single else noun.plural
        plain = next((f for f in forms if head in {f, f + "n"}), head)
        words = []
        for i in range(phrase.core, phrase.last):
            word = pieces.texts[i]
            if endings and word[0].islower() and not single and word.endswith(endings):
                word = word[: -len(next(e for e in endings if word.endswith(e)))] + "e"
            words.append(word + (pieces.gaps[i + 1] if pieces.gaps[i + 1] in {"-", "'"} else " "))
        return "".join(words) + plain + self._complement(phrase)

    def _complement(self, phrase: Phrase) -> str:
        """What follows and says whose it is: "Rebellengruppen Kolumbiens", "opponents of the government"."""
        if phrase.end == phrase.last or phrase.about is not None:
            return ""
        pieces = self._r.pieces
        gaps = (pieces.gaps[i] if pieces.gaps[i] in {"-", "'"} else " " for i in range(phrase.last + 1, phrase.end + 1))
        return "".join(
            gap + pieces.texts[i] for gap, i in zip(gaps, range(phrase.last + 1, phrase.end + 1), strict=True)
        )


def several(phrase: Phrase, reading: Reading) -> bool:
    """Whether a noun that is both a role and a group ("Minister") speaks of several here."""
    pieces, words = reading.pieces, reading.words
    feats = reading.grammar.feats(pieces.starts[phrase.last])
    if "Number=" in feats:
        return "Number=Plur" in feats
    feminine = phrase.head.role is not None and pieces.texts[phrase.last] in phrase.head.role.feminine
    before = phrase.first - 1
    after_noun = before >= 0 and pieces.gaps[phrase.first] == " " and pieces.texts[before][0].isupper()
    genitive = words.is_part(phrase.determiner, "genitive_article") and after_noun  # "Begegnung der Minister"
    if (
        phrase.counted
        or words.is_part(phrase.determiner, "plural_determiner")
        or (genitive and pieces.keys[phrase.last][-1] != "s")
    ):
        return not feminine
    return phrase.determiner == "" and phrase.owner is None and phrase.head.number == "plural"


def _adjectives() -> dict[str, tuple[str, str]]:
    """Slug of a state → its English and German adjective."""
    if not _ADJECTIVES:
        for actor_id, row in ((known_actors().state_of.get(r.iso3, ""), r) for r in rows("states", StateRow)):
            if row.adjective and row.adjective_de:
                _ADJECTIVES.setdefault(actor_id.partition("/")[2], (row.adjective[0], row.adjective_de[0]))
    return _ADJECTIVES


_ADJECTIVES: dict[str, tuple[str, str]] = {}
