"""The stage that says who is meant by a role, a pronoun or "beide Seiten", and which office an actor held on the report's date."""

from collections.abc import Iterable, Iterator
from functools import cache

from depesche.details.actors.drafts import Phrase
from depesche.details.actors.groups import PAIRED, several
from depesche.details.actors.pairs import PairResolver
from depesche.details.actors.reading import Reading, reading_of
from depesche.details.actors.roles import RoleResolver
from depesche.details.actors.scene import Scene
from depesche.details.actors.vocabulary import REFERRING
from depesche.knowledge.actors import Office, known_actors
from depesche.knowledge.rows import StateRow, rows
from depesche.record import ActorMention, Article, Mark, OfficeHeld, Part

_GOVERNMENTS = frozenset({"government", "regime"})
_CLEAR = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "secretary_general",
    "special_envoy",
    "defence_minister",
)


class References:
    """Resolves roles, pronouns, pairs and bare governments, and looks up offices on the report's date."""

    name = "references"
    version = 3
    needs: frozenset[type[Mark]] = frozenset({Part, ActorMention})
    gives: frozenset[type[Mark]] = frozenset({ActorMention, OfficeHeld})

    def __call__(self, article: Article) -> Iterable[ActorMention | OfficeHeld]:
        """The references in reading order, then the offices."""
        reading = reading_of(article)
        scene = Scene(article, reading)
        found = list(_References(scene, reading).find())
        return [*found, *_offices(scene)]


class _References:
    def __init__(self, scene: Scene, reading: Reading) -> None:
        self._scene = scene
        self._r = reading
        self._roles = RoleResolver(scene)
        self._pairs = PairResolver(scene)
        self._told: set[int] = set()
        self._covered = {i for s in scene.seen for i in reading.pieces.within(s.mention.span)}

    def find(self) -> Iterator[ActorMention]:
        """All references, in reading order; each is known to those after it."""
        phrases = {p.last: p for p in self._r.phrases}
        words, pieces = self._r.words, self._r.pieces
        for piece in sorted(phrases.keys() | self._r.able(REFERRING)):
            if piece in self._r.outside:
                continue
            key = pieces.keys[piece]
            if phrase := phrases.get(piece):
                yield from self._phrase(phrase)
            elif piece not in self._covered:
                if words.is_part(key, "person_pronoun") and pieces.gaps[piece] in {" ", "|", ";"}:
                    yield from self._kept(self._pairs.pronoun(piece))
                elif (
                    words.is_part(key, "both")
                    and piece + 1 not in phrases
                    and piece + 1 < len(pieces.keys)
                    and words.is_part(pieces.keys[piece + 1], "party_word")
                ):
                    yield from self._both(piece)
                elif words.is_part(key, "both") and piece + 1 not in phrases:
                    for mention in self._pairs.alone(piece):
                        yield from self._kept(mention)
                elif (
                    words.is_part(key, "country_word") and piece and words.is_part(pieces.keys[piece - 1], "determiner")
                ):
                    yield from self._kept(self._pairs.country(self._r.span(piece - 1, piece)))

    def _both(self, piece: int) -> Iterator[ActorMention]:
        span = self._r.span(piece, piece + 1)
        self._told.add(piece + 1)
        for actor in self._pairs.pair(span[0], {"state", "government", "rebel", "opposition", "party"}):
            mention = ActorMention(
                span=span, actor=actor, form="group", confidence=0.7, why="both of the two named last"
            )
            yield from self._kept(mention)

    def _phrase(self, phrase: Phrase) -> Iterator[ActorMention]:
        words = self._r.words
        noun = phrase.head.group
        paired = noun is not None and noun.id in PAIRED
        if words.is_part(phrase.determiner, "both") and paired and phrase.last not in self._told and noun is not None:
            for mention in self._pairs.both(phrase, self._scene.span(phrase)):
                yield from self._kept(mention)
        elif noun is not None and noun.id in _GOVERNMENTS and phrase.owner is None and phrase.last not in self._covered:
            yield from self._kept(self._pairs.government(phrase))
        elif noun is not None and noun.id == "ministers" and several(phrase, self._r):
            yield from self._ministers(phrase)
        elif noun is not None and self._takes_up(phrase):
            yield from self._kept(self._pairs.body(phrase))
        elif phrase.head.role is not None:
            yield from self._role(phrase)

    def _ministers(self, phrase: Phrase) -> Iterator[ActorMention]:
        """The two persons that "die Minister", "the foreign ministers" take up."""
        if phrase.last in self._covered:
            return
        span = self._scene.span(phrase)
        for actor in self._pairs.pair(span[0], {"person"}):
            yield from self._kept(
                ActorMention(span=span, actor=actor, form="role", confidence=0.7, why="the two persons named last")
            )

    def _takes_up(self, phrase: Phrase) -> bool:
        """A definite singular that says nothing more: "die Gruppe", "the party"."""
        bare = not (phrase.owner or phrase.adjectives or phrase.people or phrase.prefix or phrase.counted)
        definite = self._r.words.is_part(
            phrase.determiner, "determiner", "demonstrative"
        ) and not self._r.words.is_part(phrase.determiner, "singular_determiner")
        return bare and definite and phrase.head.number == "singular" and phrase.last not in self._covered

    def _role(self, phrase: Phrase) -> Iterator[ActorMention]:
        beside = self._roles.named_beside(phrase)
        span = self._scene.span(phrase)
        if beside is not None:
            if not self._roles.former(phrase):
                self._scene.note_role(beside.actor, phrase, self._roles.country(phrase))
            if (
                phrase.last + 1 < len(self._r.pieces.starts)
                and beside.mention.span[0] == self._r.pieces.starts[phrase.last + 1]
            ):
                return  # "Präsident Putin": the name alone is the mention
            yield from self._kept(
                ActorMention(span=span, actor=beside.actor, form="role", confidence=0.9, why="role beside the name")
            )
        elif phrase.last not in self._covered and (found := self._roles.resolve(phrase)):
            actor, confidence, why = found
            self._scene.note_role(actor, phrase, self._roles.country(phrase))
            yield from self._kept(ActorMention(span=span, actor=actor, form="role", confidence=confidence, why=why))

    def _kept(self, mention: ActorMention | None) -> Iterator[ActorMention]:
        if mention is not None:
            self._scene.add(mention)
            yield mention


def _offices(scene: Scene) -> Iterator[OfficeHeld]:
    """One office for each person of the report who held one on its date."""
    told: set[str] = set()
    for seen in scene.seen:
        person = seen.actor.id
        if person in told or not seen.actor.known or seen.actor.kind != "person":
            continue
        told.add(person)
        if offices := scene.offices(person):
            best = min(offices, key=lambda o: (o.role not in _CLEAR, -o.first.toordinal()))
            yield OfficeHeld(
                span=seen.mention.span, actor=person, office=office_name(best), why=f"in office on {scene.day}"
            )


@cache
def _names_of_state(iso3: str) -> frozenset[str]:
    """The words that already say whose office it is: "Syria", "Syrian", "US"."""
    states = [row for row in rows("states", StateRow) if row.iso3 == iso3]
    return frozenset(name for row in states for name in (row.name, *row.aliases, *row.adjective))


def office_name(office: Office) -> str:
    """An office with what it is an office of: "Secretary of State of the United States"."""
    base = known_actors()
    state = base.actors.get(base.state_of.get(office.country, ""))
    if office.body or state is None or not _names_of_state(office.country).isdisjoint(office.title.split()):
        return office.title
    article = "the " if state.name.startswith("United ") or state.name.endswith(("s", "Republic")) else ""
    return f"{office.title} of {article}{state.name}"
