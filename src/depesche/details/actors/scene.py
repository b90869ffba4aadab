"""What a report has said of its persons and parties so far: the state that references look back into."""

import datetime as dt
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from depesche.details.actors.drafts import Phrase
from depesche.details.actors.people import day_of
from depesche.details.actors.reading import Reading
from depesche.knowledge.actors import Office, known_actors
from depesche.record import Actor, ActorMention, Article, Publication, Sentence, Span

_YEAR_LENGTH = 4
_PEOPLE = frozenset({"population", "military", "police", "rebel"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_GENDERS = {"Masc": "m", "Fem": "f", "Neut": "n"}


class Seen(NamedTuple):
    """A mention of an actor, with its sentence's number."""

    mention: ActorMention
    sentence: int

    @property
    def actor(self) -> Actor:
        """Who is mentioned."""
        return self.mention.actor


class Scene:
    """The mentions of one article in reading order, and the roles that its words give to persons.

    Args:
        article: the article, with the mentions of the actor stage.
        reading: the same, read.
    """

    def __init__(self, article: Article, reading: Reading) -> None:
        self.reading = reading
        self.day = day_of(article) or _inferred(article)
        self.spans = [s.span for s in article.of(Sentence)]
        self._starts = [span[0] for span in self.spans]
        self.seen = [Seen(m, self.sentence(m.span[0])) for m in article.of(ActorMention)]
        self._at = {m.mention.span[0]: m for m in self.seen}
        self.roles: dict[str, list[tuple[str, str]]] = {}
        self._gender: dict[str, str] = {}

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self._starts, at) - 1

    def add(self, mention: ActorMention) -> None:
        """Take a resolved reference into account for what follows."""
        seen = Seen(mention, self.sentence(mention.span[0]))
        place = bisect_right(self.seen, mention.span[0], key=_start)
        self.seen.insert(place, seen)

    def at(self, start: int) -> Seen | None:
        """The mention that begins at a character."""
        return self._at.get(start)

    def before(self, at: int, *, sentences: int) -> list[Seen]:
        """The mentions before a character, nearest first, at most so many sentences back (0: the same sentence only)."""
        earliest = self.sentence(at) - sentences
        found: list[Seen] = []
        for i in range(bisect_left(self.seen, at, key=_start) - 1, -1, -1):
            seen = self.seen[i]
            if seen.sentence < earliest:
                break
            if seen.mention.span[1] <= at:
                found.append(seen)
        return found

    def persons_before(self, at: int, *, sentences: int = 3) -> list[Seen]:
        """The persons before a character: those of the nearest sentence first, in it its subject, then the last named.

        Where nothing is known of the grammar, the first named counts as the subject.
        """
        near = [s for s in self.before(at, sentences=sentences) if s.actor.kind == "person"]
        if not self.reading.grammar.words:
            return sorted(near, key=lambda s: (-s.sentence, s.mention.span[0]))
        return sorted(near, key=lambda s: (-s.sentence, not self.is_subject(s), -s.mention.span[0]))

    def single_before(self, at: int, *, sentences: int) -> list[Seen]:
        """The persons before a character and those that a noun tells of one by one ("a policeman"), in the order of `persons_before`."""
        near = [s for s in self.before(at, sentences=sentences) if s.actor.kind == "person" or _one(s.actor)]
        if not self.reading.grammar.words:
            return sorted(near, key=lambda s: (-s.sentence, s.mention.span[0]))
        return sorted(near, key=lambda s: (-s.sentence, not self.is_subject(s), -s.mention.span[0]))

    def gender_of_mention(self, seen: Seen) -> str:
        """`m` or `f` where it is known of the person, or the noun's own gender tells; else empty."""
        if seen.actor.kind == "person":
            own = seen.actor.id
            return known_actors().gender.get(own) or self._gender.get(own, "")
        return _GENDERS.get(self._feature(seen, "Gender="), "")

    def is_singular(self, seen: Seen) -> bool:
        """Whether a mention's noun is singular: "die Regierung", "the ministry"."""
        return seen.actor.id.endswith("/one") or self._feature(seen, "Number=") == "Sing"

    def _feature(self, seen: Seen, name: str) -> str:
        pieces = self.reading.pieces
        within = pieces.within(seen.mention.span)
        told = self.reading.grammar.feats(pieces.starts[within[-1]]) if within else ""
        return next((f.removeprefix(name) for f in told.split("|") if f.startswith(name)), "")

    def is_subject(self, seen: Seen) -> bool:
        """Whether a mention is the subject of its clause."""
        start, end = seen.mention.span
        subjects = self._subjects
        after = bisect_left(subjects, start)
        return after < len(subjects) and subjects[after] < end

    @cached_property
    def _subjects(self) -> list[int]:
        return [at for at, word in self.reading.grammar.words.items() if word.deprel in _SUBJECTS]

    def note_role(self, person: Actor, phrase: Phrase, country: str) -> None:
        """Remember that the report calls a person by a role."""
        role = phrase.head.role
        if role is None:
            return
        self.roles.setdefault(person.id, []).append((role.role, country or role.country))
        if role.feminine:
            self._gender.setdefault(person.id, self.gender_of(phrase))

    def gender_of(self, phrase: Phrase) -> str:
        """`f` or `m` where the role's form tells ("Ministerin"), else empty."""
        role = phrase.head.role
        text = self.reading.pieces.texts[phrase.last]
        if role is None or not role.feminine:
            return ""
        inflects = bool(self.reading.words.adjective_endings)
        return "f" if text in role.feminine else "m" if inflects else ""

    def offices(self, person: str) -> list[Office]:
        """The offices that a person held on the report's day, where the day is known."""
        if self.day is None:
            return []
        return [o for o in known_actors().terms.get(person, []) if o.held(self.day)]

    def span(self, phrase: Phrase) -> Span:
        """The characters of a phrase, without what follows its head."""
        return self.reading.span(phrase.first, phrase.last)


def _start(seen: Seen) -> int:
    return seen.mention.span[0]


def _one(actor: Actor) -> bool:
    return actor.kind in _PEOPLE and "/one" in actor.id


def _inferred(article: Article) -> dt.date | None:
    """The middle of an inferred publication interval, where it is no longer than a year."""
    for publication in article.of(Publication):
        if publication.edtf:
            year = publication.edtf[:_YEAR_LENGTH]
            first, _, last = publication.edtf.partition("/")
            if year.isdigit() and (not last or last[:_YEAR_LENGTH] == year):
                try:
                    return dt.date.fromisoformat(first[:10])
                except ValueError:
                    return dt.date(int(year), 7, 1)
    return None
